"""What a clerk is told of files not read as they came: pages called documents, conversions that differ."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from extract.converting import convert as converting
from samples.office import convert_all
from tests.office import needs_office

SAMPLE = Path(__file__).parents[2] / "samples" / "submissions" / "云岭县文化和旅游局"


def gouji(folder: Path, *arguments: str) -> str:
    database = f"sqlite:///{folder / 'gouji.db'}"
    return CliRunner().invoke(cli.main, [*arguments, "--db", database]).output


def altered(path: Path, target: Path, was: str, becomes: str) -> Path:
    """The Word file with one text that stands in it once in the place of another."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                assert content.count(was.encode()) == 1
                content = content.replace(was.encode(), becomes.encode())
            new.writestr(name, content)
    return target


@needs_office
def test_what_two_conversions_read_differently_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (original,) = SAMPLE.glob("*.docx")
    (old,) = convert_all([original], "doc:MS Word 97", tmp_path)
    again = altered(convert_all([old], "docx", tmp_path)[0], tmp_path / "altered.docx", "11.46", "11.64")
    program = tmp_path / "soffice"
    program.write_text(
        f'#!/bin/bash\nuntil [ "$1" = --outdir ]; do shift; done\nmkdir -p $2\ncp {again} $2/1.docx\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr(converting, "program", lambda: str(program))
    gouji(tmp_path, "ingest", str(old))
    told = gouji(tmp_path, "flags")
    assert "（reading.differ）" in told
    assert "读作 11.64，另一种方法读作 11.46，请对照原件" in told


@needs_office
def test_a_page_that_is_called_a_word_file_is_read_and_shown_as_what_it_is(tmp_path: Path) -> None:
    (original,) = SAMPLE.glob("*.docx")
    (page,) = convert_all([original], "html", tmp_path)
    old = page.rename(tmp_path / f"{original.stem}.doc")
    assert "云岭县文化和旅游局 2024年度 第1版 1个文件 无问题" in gouji(tmp_path, "ingest", str(old))
    shown = gouji(tmp_path, "show", "1")
    assert f"{old.name}：扩展名与内容不符：扩展名是 .doc，内容是网页（HTML）" in shown
