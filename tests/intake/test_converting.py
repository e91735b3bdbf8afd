"""Old kinds of documents by LibreOffice: batches, names, what fails or hangs, nothing left running."""

from __future__ import annotations

import os
import subprocess
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from extract.converting import convert as converting
from extract.converting.convert import converted
from extract.document import Source
from extract.failure import Failure, Unreadable
from extract.intake import take
from extract.means import Means
from extract.readers.registry import read_document
from samples.office import convert_all
from tests.notation import write_docx
from tests.office import needs_office

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
for file in "${files[@]}"; do name=$(basename $file); cp WRITTEN $out/${name%.*}.docx; done
"""
NOTHING_BUT = "for file in ${files[@]}; do name=$(basename $file); cp WRITTEN $out/${name%.*}.docx; done"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
KINDS = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "odt": "odt"}


def sources(paths: list[Path]) -> list[Source]:
    found = [take(path) for path in paths]
    assert all(isinstance(one, Source) for one in found)
    return [one for one in found if isinstance(one, Source)]


def fake_office(folder: Path, script: str, written: Path | None = None) -> str:
    """A program in LibreOffice's place that does as the script says; $out and $files are its arguments,
    WRITTEN is a file that it may write."""
    program = folder / "soffice"
    script = script.replace("WRITTEN", str(written))
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
    written = write_docx(TABLE, tmp_path / "written.docx")
    office = fake_office(tmp_path, UNLESS_BAD, written)
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
    assert ended[0].file.read_bytes() == written.read_bytes()


def test_groups_too_deep_are_refused_and_braces_that_are_text_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = write_docx(TABLE, tmp_path / "written.docx")
    monkeypatch.setattr(converting, "program", lambda: fake_office(tmp_path, NOTHING_BUT, written))
    for name, mark in (("deep", "{"), ("text", "\\{")):
        (tmp_path / f"{name}.rtf").write_text("{\\rtf1 " + mark * 5000 + "x}")
    ways = converted(sources([tmp_path / "deep.rtf", tmp_path / "text.rtf"]), Means((), tmp_path), jobs=1)
    ended = {source.name: one for source, one in ways.items()}
    assert isinstance(ended["deep.rtf"], Failure)
    assert ended["deep.rtf"].reason == "hostile"
    assert isinstance(ended["text.rtf"], Source)


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
    patience = time.monotonic() + 30
    while (alive := f"sleep {mark}" in running()) and time.monotonic() < patience:
        time.sleep(0.1)
    assert not alive


def running() -> str:
    return subprocess.run(["ps", "-eo", "args="], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("script", [": > $out/1.docx", "echo rubbish > $out/1.docx", "exit 1", "kill -9 $$"])
def test_rubbish_written_is_no_success(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "program", lambda: fake_office(tmp_path, script))
    path = tmp_path / "a.rtf"
    path.write_text("{\\rtf1 x}")
    (ended,) = converted(sources([path]), Means((), tmp_path), jobs=1).values()
    assert isinstance(ended, Failure)
    assert ended.message.startswith("LibreOffice 没有转换成功")


def test_one_that_converts_nothing_at_all_is_itself_suspected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "program", lambda: fake_office(tmp_path, "exit 77"))
    paths = [tmp_path / "a.rtf", tmp_path / "b.rtf"]
    for path in paths:
        path.write_text("{\\rtf1 x}")
    for ended in converted(sources(paths), Means((), tmp_path), jobs=1).values():
        assert isinstance(ended, Failure)
        assert "gouji doctor" in ended.remedy


def test_a_package_that_is_no_document_is_told_as_a_failed_conversion(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<a")
    (source,) = sources([path])
    with pytest.raises(Unreadable, match="由 libreoffice 转换出来的文件读不了"):
        read_document(replace(source, opened=str(path), reader="libreoffice"))


@pytest.fixture(scope="module")
def old_word(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("old")
    return convert_all([write_docx(TABLE, folder / "附件2.docx")], KINDS["doc"], folder)[0]


@needs_office
def test_without_libreoffice_a_doc_is_read_all_the_same_and_says_so(
    old_word: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "program", lambda: None)
    (instead,) = converted(sources([old_word]), Means((), tmp_path)).values()
    assert isinstance(instead, Source)
    found = read_document(instead)
    assert found.source.reader == "msdoc2docx+docx"
    assert [cell.text for cell in next(found.grids()).cells][-3:] == ["公务接待", "1.20", "-0.50"]
    assert any("没有用 LibreOffice" in warning for warning in found.warnings)


@needs_office
def test_what_libreoffice_fails_on_is_read_by_the_other(
    old_word: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "program", lambda: fake_office(tmp_path, "exit 0"))
    (instead,) = converted(sources([old_word]), Means((), tmp_path)).values()
    assert isinstance(instead, Source)
    assert read_document(instead).source.reader == "msdoc2docx+docx"


@needs_office
def test_a_conversion_that_opens_but_can_not_be_read_gives_way_to_the_other(
    old_word: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.docx"
    with zipfile.ZipFile(bad, "w") as package:
        package.writestr("word/document.xml", "<a")
    monkeypatch.setattr(converting, "program", lambda: fake_office(tmp_path, NOTHING_BUT, bad))
    (instead,) = converted(sources([old_word]), Means((), tmp_path)).values()
    assert isinstance(instead, Source)
    assert instead.reader == "libreoffice"
    assert read_document(instead).source.reader == "msdoc2docx+docx"


@needs_office
def test_a_figure_that_two_conversions_read_differently_keeps_both_readings(
    old_word: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write_docx(TABLE.replace("0.96", "0.69").replace("数据表", "资料表"), tmp_path / "other.docx")
    monkeypatch.setattr(converting, "program", lambda: fake_office(tmp_path, NOTHING_BUT, other))
    (instead,) = converted(sources([old_word]), Means((), tmp_path)).values()
    assert isinstance(instead, Source)
    (grid,) = read_document(instead).grids()
    assert {cell.text: cell.readings for cell in grid.cells if cell.readings} == {"0.69": ("0.96",)}
    assert {cell.sure for cell in grid.cells} == {1.0}


@needs_office
def test_nothing_is_doubted_where_the_conversions_agree_or_hold_other_tables(
    old_word: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source,) = sources([old_word])
    (instead,) = converted([source], Means((), tmp_path)).values()
    longer = write_docx(f"{TABLE}合计 | 3.00 | 0.46\n", tmp_path / "longer.docx")
    monkeypatch.setattr(converting, "program", lambda: fake_office(tmp_path, NOTHING_BUT, longer))
    (elsewhere,) = converted([source], Means((), tmp_path)).values()
    for one in (instead, elsewhere):
        assert isinstance(one, Source)
        assert one.second
        assert all(not cell.readings for grid in read_document(one).grids() for cell in grid.cells)


@needs_office
@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared/corpus, which is not part of the project")
def test_documents_of_word_6_and_95_are_read(tmp_path: Path) -> None:
    paths = [CORPUS / "poi" / name for name in ("Word6.doc", "Word6_sections2.doc", "Bug60942.doc")]
    for instead in converted(sources(paths), Means((), tmp_path)).values():
        assert isinstance(instead, Source), instead
        assert read_document(instead).blocks


def test_without_libreoffice_the_package_to_install_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "program", lambda: None)
    path = tmp_path / "a.rtf"
    path.write_text("{\\rtf1 x}")
    (ended,) = converted(sources([path]), Means((), tmp_path)).values()
    assert isinstance(ended, Failure)
    assert (ended.reason, "libreoffice-writer-nogui" in ended.remedy) == ("unsupported", True)
