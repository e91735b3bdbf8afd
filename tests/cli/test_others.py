"""`gouji rules`, `db`, `doctor`, `check`, and the help pages."""

from __future__ import annotations

import re
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import cli
from outputs.rules_reference import markdown
from reconcile.catalogue import RULES
from tests.cli.conftest import SAMPLES, TOP, Gouji, Process, command


def test_every_rule_is_listed_with_its_severity(gouji: Gouji) -> None:
    done = gouji("rules")
    assert done.exit_code == 0
    listed = re.findall(r"^ +(\w+\.\w+) +(错误|核实|提示) +\S", done.stdout, re.M)
    assert [code for code, _ in listed] == [rule.code for rule in RULES]


def test_a_rule_is_explained(gouji: Gouji) -> None:
    done = gouji("rules", RULES[0].code)
    assert done.exit_code == 0
    assert RULES[0].title in done.stdout
    assert RULES[0].explain.splitlines()[0] in done.stdout


def test_the_rule_reference_is_up_to_date() -> None:
    written = (TOP / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == markdown(), "run: python -m outputs.rules_reference > docs/rules.md"


def test_upgrade_and_current(gouji: Gouji) -> None:
    assert "空数据库" in gouji("db", "current").stdout
    assert "已是最新版" in gouji("db", "upgrade").stdout
    revision = gouji("db", "current").stdout.strip()
    assert revision
    assert revision in gouji("db", "upgrade").stdout


def test_looking_makes_no_database(gouji: Gouji, tmp_path: Path) -> None:
    assert gouji("doctor").exit_code == 0
    assert gouji("db", "current").exit_code == 0
    assert list(tmp_path.iterdir()) == []


def test_doctor_names_what_is_missing_and_hides_the_password(gouji: Gouji) -> None:
    done = gouji("doctor")
    assert done.exit_code == 0
    for name in (
        "Python",
        "SQLite",
        "PDF 读取",
        "PostgreSQL 驱动",
        "LibreOffice",
        "7-Zip",
        ".doc 第二读法",
        "文字识别（OCR）",
        "数据库",
    ):
        assert name in done.stdout
    gone = gouji("doctor", "--db", "postgresql+pg8000://nobody:secret@127.0.0.1:1/none")
    assert gone.exit_code == 4
    assert "连不上" in gone.stdout
    assert "secret" not in gone.stdout


def test_doctor_takes_a_libreoffice_that_does_not_start_for_none(
    gouji: Gouji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 77\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    (line,) = (line for line in gouji("doctor").stdout.splitlines() if "LibreOffice（" in line)
    assert line.split()[0] == "缺"
    assert "不能启动" in line
    assert "读不了 .rtf" in line


def test_check_judges_anew_and_keeps_the_result(gouji: Gouji, filled: str, tmp_path: Path) -> None:
    done = gouji("check", "--department", "110003")
    assert done.exit_code == 1
    line, summary, compared = done.stdout.splitlines()
    assert line.startswith("云岭县农业农村局 2024年度 第1版 1个文件 ")
    assert summary.startswith("重新核对 1 份报告：")
    assert compared.startswith("核对 ")
    with sqlite3.connect(tmp_path / "gouji.db") as connection:
        tallies = connection.execute("SELECT count(*) FROM tally WHERE submission_id = 4").fetchone()
    assert tallies == (len(RULES),)
    assert len(gouji("check").stdout.splitlines()) == 6


@pytest.mark.parametrize("name", [None, *cli.main.commands])
def test_help_is_chinese_and_fits_a_terminal(gouji: Gouji, name: str | None) -> None:
    done = gouji(*([name] if name else []), "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith("用法：gouji")
    assert not re.search(r"Usage|Options|Commands|Show this", done.stdout)
    wide = {line for line in done.stdout.splitlines() if len(line.encode("gbk")) > 80}
    assert wide == set()


def test_help_imports_nothing_heavy() -> None:
    heavy = "sqlalchemy", "rich", "pandas", "lxml", "pypdfium2", "alembic", "pipeline"
    code = f"import sys, cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_version(gouji: Gouji) -> None:
    assert re.fullmatch(r"gouji( \d+\.\d+\.\d+|（未安装.*）)\n", gouji("--version").stdout)


def test_a_locale_without_chinese_gets_utf8(process: Process, filled: str) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    done = process("flags", env=plain)
    assert done.returncode == 1
    assert "云岭县水利局" in done.stdout.decode("utf-8")
    assert process("flag", env=plain).stderr.decode("utf-8").count("没有「flag」这个命令") == 1


def test_a_code_page_that_lacks_a_character_does_not_stop_the_listing(process: Process, filled: str) -> None:
    done = process("show", "1", env={"PYTHONIOENCODING": "gb2312"})
    assert done.returncode == 0
    assert "楼堂馆所控制情况（?、万元）" in done.stdout.decode("gb2312")


@pytest.mark.parametrize(
    "arguments", [("flags",), ("export",), ("show", "1"), ("rules",), ("check",), ("--help",)]
)
def test_a_reader_who_leaves_early_is_no_error(filled: str, arguments: tuple[str, ...]) -> None:
    running = subprocess.Popen(
        command("--db", filled, *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    assert running.stderr.read() == b""
    assert running.wait(timeout=120) in (0, 1)


def test_a_full_disk_is_told(process: Process, filled: str) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs /dev/full")
    with full.open("wb") as out:
        done = process("export", stdout=out.fileno())
    assert done.returncode == 2
    assert done.stderr.decode().startswith("错误：")


def test_the_help_comes_at_once() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(command("--help"), check=True, stdout=subprocess.DEVNULL)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 1.5


def test_ingest_goes_on_when_nobody_reads_its_lines(db: str, gouji: Gouji) -> None:
    running = subprocess.Popen(
        command("--db", db, "ingest", SAMPLES / "望舒县水利局", SAMPLES / "云岭县文化和旅游局"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    assert running.stderr.read() == b""
    assert running.wait(timeout=120) == 1
    assert gouji("show", "云岭县文化和旅游局").exit_code == 0
    assert gouji("show", "望舒县水利局").exit_code == 0
