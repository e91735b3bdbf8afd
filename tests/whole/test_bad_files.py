"""A folder of bad files and a good one: each bad one is named, the good one is in, nothing stays behind."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import msoffcrypto
import pytest
from click.testing import CliRunner, Result

import cli
from extract.converting import convert as converting
from tests.whole.bad_files import BAD

SAMPLE = Path(__file__).parents[2] / "samples" / "submissions" / "云岭县文化和旅游局"
PASSWORD = "绩效2024密"
REASONS = "SELECT path, reason FROM ingest_failure"
OFFICES = {
    "hangs": "sleep {mark} & sleep {mark}",
    "crashes": "kill -SEGV $$",
    "writes rubbish": 'until [ "$1" = --outdir ]; do shift; done; mkdir -p $2; echo x | tee $2/{{1,2}}.docx',
}


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, the test's own."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收到的材料"
    folder.mkdir()
    for path in SAMPLE.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def ingest(inbox: Path, *more: str) -> Result:
    database = f"sqlite:///{inbox.parent / 'gouji.db'}"
    return CliRunner().invoke(cli.main, ["ingest", str(inbox), "--db", database, *more])


def office(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program that does as the script says in LibreOffice's place."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/bash\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(converting, "program", lambda: str(program))


def test_each_is_named_the_good_one_is_in_and_nothing_stays(
    inbox: Path, scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, "exit 1", monkeypatch)
    for name, (made, _) in BAD.items():
        (inbox / name).write_bytes(made())
    done = ingest(inbox)
    with contextlib.closing(sqlite3.connect(inbox.parent / "gouji.db")) as db:
        told = {Path(path.split(" › ")[0]).name: reason for path, reason in db.execute(REASONS)}
    assert {name: told.get(name) for name, (_, reasons) in BAD.items() if told.get(name) not in reasons} == {}
    assert "云岭县文化和旅游局 2024年度 第1版 1个文件 无问题" in done.stdout
    assert "程序内部错误" not in done.stdout
    assert (done.exit_code, list(scratch.iterdir())) == (3, [])


@pytest.mark.parametrize("name", OFFICES)
def test_a_converter_gone_wrong_takes_nothing_along(
    name: str, inbox: Path, scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = f"{500 + len(name)}.{abs(hash(str(tmp_path))) % 10**8}"
    office(tmp_path, OFFICES[name].format(mark=mark), monkeypatch)
    monkeypatch.setattr(converting, "BASE_SECONDS", 0.5)
    monkeypatch.setattr(converting, "SECONDS_A_FILE", 0.0)
    for number in range(2):
        (inbox / f"{number}.rtf").write_text("{\\rtf1 x}")
    done = ingest(inbox)
    assert len(re.findall(r"^未能读取：.*\.rtf：LibreOffice 没有转换成功", done.stdout, re.M)) == 2
    assert "云岭县文化和旅游局 2024年度 第1版" in done.stdout
    assert (done.exit_code, list(scratch.iterdir())) == (3, [])
    living = subprocess.run(["ps", "-eo", "args="], capture_output=True, text=True, check=True).stdout
    assert f"sleep {mark}" not in living


def test_a_password_from_the_environment_opens_and_is_told_nobody(
    inbox: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (plain,) = inbox.glob("*.docx")
    with plain.open("rb") as file, (inbox / "加密.docx").open("wb") as out:
        msoffcrypto.OfficeFile(file).encrypt(PASSWORD, out)
    plain.unlink()
    shut = ingest(inbox)
    assert (shut.exit_code, "文件设有打开密码" in shut.stdout) == (3, True)
    monkeypatch.setenv("GOUJI_PASSWORD", PASSWORD)
    done = ingest(inbox)
    assert (done.exit_code, "云岭县文化和旅游局 2024年度 第1版" in done.stdout) == (0, True)
    assert PASSWORD not in done.output
    assert PASSWORD.encode() not in (inbox.parent / "gouji.db").read_bytes()
    assert list(scratch.iterdir()) == []
