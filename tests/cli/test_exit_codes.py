"""Every exit code of the contract, from the program as a process of its own."""

from __future__ import annotations

import re
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

import cli
from outputs.ending import gravest
from tests.cli.conftest import SAMPLES, Gouji, Process, command, environment

CLEAN_SAMPLE = SAMPLES / "云岭县文化和旅游局"
FLAGGED_SAMPLE = SAMPLES / "望舒县水利局"


def test_0_all_read_and_nothing_flagged(process: Process) -> None:
    done = process("ingest", CLEAN_SAMPLE)
    assert (done.returncode, done.stderr) == (0, b"")
    first, summary, compared = done.stdout.decode().splitlines()
    assert first == "云岭县文化和旅游局 2024年度 第1版 1个文件 无问题"
    assert summary.startswith("共 1 份报告：新入库 1 份，无变化 0 份；有问题 0 份")
    assert re.fullmatch(
        r"核对 \d{3} 处：相符 \d{3} 处，四舍五入之差 \d+ 处，不符 0 处，待核实 0 处，未能核对 \d+ 处。",
        compared,
    )
    assert process("flags").returncode == 0
    assert process("check").returncode == 0


def test_1_all_read_and_something_flagged(process: Process) -> None:
    done = process("ingest", FLAGGED_SAMPLE)
    assert (done.returncode, done.stderr) == (1, b"")
    assert re.search(
        r"^望舒县水利局 2024年度 第1版 1个文件 有问题：错误\d+ 核实\d+ 提示\d+$", done.stdout.decode(), re.M
    )
    assert process("flags").returncode == 1
    assert process("check").returncode == 1
    assert process("show", "望舒县水利局").returncode == 0
    again = process("ingest", FLAGGED_SAMPLE)
    assert again.returncode == 1
    assert "无变化：" in again.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ingest",), "缺少参数 文件或文件夹…"),
        (("ingest", "没有这个文件夹"), "找不到：没有这个文件夹"),
        (("ingest", ".", "--jobs", "many"), "选项 --jobs 应为整数"),
        (("ingest", ".", "--year", "24"), "从 1990 到 2100"),
        (("flags", "--severity", "fatal"), "可选：error、warning、notice"),
        (("flags", "--colour"), "没有「--colour」这个选项"),
        (("flags", "--year"), "选项 --year 后面少一个值"),
        (("flags", "extra"), "多出了参数 extra"),
        (("flag",), "没有「flag」这个命令，可用的有：ingest、flags"),
        (("db",), "用法：gouji db"),
        (("rules", "funding.nature_sums"), "是否指 funding.nature_sum"),
        (("export", "--format", "xlsx"), "还不能导出 xlsx"),
        (("export", "--format", "parquet"), "还不能导出 parquet"),
    ],
)
def test_2_wrong_usage(gouji: Gouji, arguments: tuple[str, ...], words: str) -> None:
    done = gouji(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert words in done.stderr


def test_2_a_vocabulary_that_is_none(process: Process, tmp_path: Path) -> None:
    words = tmp_path / "本地.toml"
    words.write_text("[staffing]\nauthorized = 编制\n", encoding="utf-8")
    done = process("ingest", CLEAN_SAMPLE, "--vocabulary", words)
    assert done.returncode == 2
    assert "本地.toml" in done.stderr.decode()
    assert "line 2" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_3_some_file_was_not_read_and_the_rest_is_in(process: Process, tmp_path: Path) -> None:
    folder = tmp_path / "来件"
    shutil.copytree(CLEAN_SAMPLE, folder)
    (folder / "空.docx").write_bytes(b"")
    done = process("ingest", folder)
    assert done.returncode == 3
    assert re.search(r"^未能读取：.*空\.docx：.+。.+$", done.stdout.decode(), re.M)
    assert "未能读取的文件 1 个" in done.stdout.decode()
    assert process("show", "云岭县文化和旅游局").returncode == 0


def test_3_outranks_1(process: Process, tmp_path: Path) -> None:
    empty = tmp_path / "空.docx"
    empty.write_bytes(b"")
    assert process("ingest", FLAGGED_SAMPLE, empty).returncode == 3


def test_3_nothing_to_read(gouji: Gouji, tmp_path: Path) -> None:
    done = gouji("ingest", tmp_path)
    assert done.exit_code == 3
    assert "没有找到可读的文件" in done.stderr


@pytest.mark.parametrize("arguments", [("flags",), ("show", "1"), ("export",), ("check",)])
def test_4_no_database_yet(gouji: Gouji, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = gouji(*arguments)
    assert done.exit_code == 4
    assert "gouji ingest" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://host/name", "postgresql+pg8000://nobody@127.0.0.1:1/none"]
)
def test_4_no_such_database(gouji: Gouji, url: str) -> None:
    done = gouji("ingest", CLEAN_SAMPLE, "--db", url)
    assert done.exit_code == 4
    assert done.stderr.startswith("错误：")


def test_4_not_a_database(gouji: Gouji, tmp_path: Path) -> None:
    (tmp_path / "gouji.db").write_text("这不是数据库", encoding="utf-8")
    assert gouji("ingest", CLEAN_SAMPLE).exit_code == 4
    assert gouji("doctor").exit_code == 4
    assert gouji("db", "current").exit_code == 4


def test_4_an_older_schema_asks_for_an_upgrade(gouji: Gouji, tmp_path: Path) -> None:
    assert gouji("db", "upgrade").exit_code == 0
    with sqlite3.connect(tmp_path / "gouji.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'unknown'")
    assert gouji("flags").exit_code == 4


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_130_interrupted(db: str, tmp_path: Path, number: signal.Signals) -> None:
    folder = tmp_path / "来件"
    for copy in range(120):
        shutil.copytree(CLEAN_SAMPLE, folder / str(copy))
    running = subprocess.Popen(
        command("ingest", "--jobs", "1", folder),
        env=environment(db),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None
    running.stdout.readline()
    time.sleep(0.2)
    running.send_signal(number)
    _, complaint = running.communicate(timeout=120)
    assert running.returncode == 130
    assert "已中断" in complaint.decode()
    assert "Traceback" not in complaint.decode()
    with sqlite3.connect(tmp_path / "gouji.db") as connection:
        assert connection.execute("SELECT count(*) FROM submission").fetchone() == (1,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_gravest_wins() -> None:
    assert gravest(1, 3) == 3
    assert gravest(3, 2, 0) == 2
    assert gravest(2, 4) == 4
    assert gravest(4, 130, 1) == 130


def test_every_code_is_in_the_help(gouji: Gouji) -> None:
    help_page = gouji("--help").stdout
    for code in ("0", "1", "2", "3", "4", "130"):
        assert re.search(rf"^ +{code} +\S", help_page, re.M)
    assert "130 > 4 > 2 > 3 > 1 > 0" in help_page
    assert cli.EXIT_CODES.splitlines()[1] in help_page
