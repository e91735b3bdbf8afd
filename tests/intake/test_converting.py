"""Old kinds of documents by LibreOffice: batches, names, what fails or hangs, nothing left running."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from extract.converting import convert as converting
from extract.converting.convert import converted
from extract.document import Source
from extract.failure import Failure
from extract.intake import take
from extract.means import Means
from extract.readers.registry import read_document
from tests.notation import write_docx
from tests.office import convert_all, needs_office

TABLE = """
2024年度基础数据表
项目 | 预算数 | 决算数
三公经费 | 1.80 | 0.96
公务接待 | 1.20 | -0.50
"""
ARGUMENTS = """
while [ $# -gt 0 ]; do
    case $1 in --outdir) out=$2; shift ;; -* | docx:*) ;; *) files+=($1) ;; esac
    shift
done
"""
UNLESS_BAD = """
grep -q BAD "${files[@]}" && exit 0
for file in "${files[@]}"; do name=$(basename $file); cp $file $out/${name%.*}.docx; done
"""
KINDS = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "odt": "odt"}


def sources(paths: list[Path]) -> list[Source]:
    found = [take(path) for path in paths]
    assert all(isinstance(one, Source) for one in found)
    return [one for one in found if isinstance(one, Source)]


def fake_office(folder: Path, script: str) -> str:
    """A program in LibreOffice's place that does as the script says; $out and $files are its arguments."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/bash\n{ARGUMENTS}\nmkdir -p $out\n{script}\n")
    program.chmod(0o755)
    return str(program)


@needs_office
def test_old_kinds_show_what_the_word_file_shows(tmp_path: Path) -> None:
    original = write_docx(TABLE, tmp_path / "附件2.docx")
    paths = [convert_all([original], kind, tmp_path)[0] for kind in KINDS.values()]
    wps = tmp_path / "附件2.wps"
    wps.write_bytes(paths[0].read_bytes())
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    ways = converted(sources([*paths, wps]), Means((), scratch))
    (expected,) = read_document(sources([original])[0]).grids()
    for source, instead in ways.items():
        assert isinstance(instead, Source), source.name
        found = read_document(instead)
        (grid,) = found.grids()
        assert [cell.text for cell in grid.cells] == [cell.text for cell in expected.cells], source.name
        assert (found.source.name, found.source.reader) == (source.name, "libreoffice+docx")
        assert (found.source.opened, found.source.media_type) == ("", source.media_type)


@needs_office
def test_random_bytes_don_t_pass_for_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 " + os.urandom(3000))
    (ended,) = converted(sources([path]), Means((), tmp_path)).values()
    if isinstance(ended, Source):
        assert read_document(ended)


def test_one_file_that_fails_does_not_take_the_others_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call with the bad file in it writes nothing at all; alone, the good ones come out."""
    office = fake_office(tmp_path, UNLESS_BAD)
    monkeypatch.setattr(converting, "program", lambda: office)
    paths = []
    for number, words in enumerate(("good one", "BAD", "good two")):
        paths.append(tmp_path / f"{number}.rtf")
        paths[-1].write_text("{\\rtf1 " + words + "}")
    ended = list(converted(sources(paths), Means((), tmp_path), jobs=1).values())
    assert [isinstance(one, Source) for one in ended] == [True, False, True]
    assert isinstance(ended[1], Failure)
    assert "另存为 .docx" in ended[1].remedy
    assert isinstance(ended[0], Source)
    assert ended[0].file.read_text() == "{\\rtf1 good one}"


def test_one_that_hangs_is_ended_with_all_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = f"{600 + os.getpid() % 100}.{os.getpid()}"
    office = fake_office(tmp_path, f"sleep {mark} & sleep {mark}")
    monkeypatch.setattr(converting, "program", lambda: office)
    monkeypatch.setattr(converting, "BASE_SECONDS", 0.5)
    monkeypatch.setattr(converting, "SECONDS_A_FILE", 0.0)
    path = tmp_path / "a.rtf"
    path.write_text("{\\rtf1 x}")
    (ended,) = converted(sources([path]), Means((), tmp_path), jobs=1).values()
    assert isinstance(ended, Failure)
    time.sleep(0.1)
    living = subprocess.run(["ps", "-eo", "args="], capture_output=True, text=True, check=True).stdout
    assert f"sleep {mark}" not in living


def test_an_empty_file_written_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "program", lambda: fake_office(tmp_path, ": > $out/1.docx"))
    path = tmp_path / "a.rtf"
    path.write_text("{\\rtf1 x}")
    (ended,) = converted(sources([path]), Means((), tmp_path), jobs=1).values()
    assert isinstance(ended, Failure)


def test_without_libreoffice_the_package_to_install_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "program", lambda: None)
    path = tmp_path / "a.rtf"
    path.write_text("{\\rtf1 x}")
    (ended,) = converted(sources([path]), Means((), tmp_path)).values()
    assert isinstance(ended, Failure)
    assert (ended.reason, "libreoffice-writer-nogui" in ended.remedy) == ("unsupported", True)
