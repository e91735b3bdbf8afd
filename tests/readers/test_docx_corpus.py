"""The reader on real files: the seed submission, and every .docx of other projects' test suites."""

from __future__ import annotations

import time
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest
from docx.document import Document as OtherDocument
from docx.oxml.ns import qn
from lxml import etree

from extract.document import Document, Grid
from extract.failure import Unreadable
from extract.readers.docx import read_docx
from extract.readers.ooxml import Package
from tests.readers.docx_builder import SOURCE

SHARED = Path(__file__).parents[2].parent / "shared"
SEED = SHARED / "seed" / "report.docx"
CORPUS = sorted((SHARED / "corpus").glob("**/*.doc[xm]")) + sorted((SHARED / "corpus").glob("**/*.dotx"))
UNREADABLE = {
    "Encrypted_MSO2007_abc.docx": "encrypted",
    "ecma376standard_password.docx": "encrypted",
    "bug53475-password-is-pass.docx": "encrypted",
    "protected_normal_case.docx": "encrypted",
    "ofz37458-1.docx": "broken",
    "crash-517626e815e0afa9decd0ebb6d1dee63fb9907dd.docx": "truncated",
    "testWORD_truncated.docx": "truncated",
}
SECONDS = 3.0
SKIPPED = {
    qn("w:del"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
DELETED_ROW = f"{qn('w:trPr')}/{qn('w:del')}"

absent = pytest.mark.skipif(
    not CORPUS, reason="the corpus lies beside the checkout on the makers' machines only"
)


@pytest.mark.skipif(
    not SEED.exists(), reason="the seed lies beside the checkout on the makers' machines only"
)
def test_seed() -> None:
    document = read_docx(SEED, SOURCE)
    base, form, reviewers = document.grids()
    assert [(grid.rows, grid.columns) for grid in (base, form, reviewers)] == [(22, 7), (32, 9), (8, 4)]
    assert document.warnings == ()
    assert [len(grid.cells) for grid in (base, form, reviewers)] == [90, 185, 23]
    assert max(cell.row_span for cell in form.cells) > 10
    assert sum(cell is None for grid in document.grids() for row in grid.layout() for cell in row) == 0
    printed = "".join((SHARED / "seed" / "report.txt").read_text(encoding="utf-8").split())
    cells = ["".join(cell.text.split()) for grid in document.grids() for cell in grid.cells]
    assert [text for text in cells if text not in printed] == []
    lines = ["".join(block.text.split()) for block in document.paragraphs()]
    assert [text for text in lines if text not in printed] == []


@absent
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_corpus_ends_in_a_document_or_a_reason(path: Path) -> None:
    begun = time.process_time()
    document = _read(path)
    assert time.process_time() - begun < SECONDS
    if document is None:
        return
    for grid in document.grids():
        _check_cover(grid)
    other = _other(path)
    if other is not None:
        assert len(other.tables) <= len(list(document.grids()))
        ours = _words(document)
        assert [text for text in _visible_words(other) if text not in ours] == []


@absent
def test_corpus_yields_every_table_of_the_body_that_shows_a_cell() -> None:
    """An oracle that walks nothing: tables counted by their tags, in files without drawings and deletions."""
    compared = 0
    for path in CORPUS:
        if path.name in UNREADABLE:
            continue
        with Package(path) as package:
            root = package.xml(package.main() or "")
        doubtful = ("w:txbxContent", "w:del", "w:moveFrom", "w:vanish", "w:hidden")
        if next(root.iter(*map(qn, doubtful)), None) is not None:
            continue
        numbers = [grid.number for grid in read_docx(path, SOURCE).grids()]
        tables = sum(1 for table in root.iter(qn("w:tbl")) if table.find(f".//{qn('w:tc')}") is not None)
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= tables, path.name
        compared += tables
    assert compared > 40


def _read(path: Path) -> Document | None:
    if path.name in UNREADABLE:
        with pytest.raises(Unreadable) as caught:
            read_docx(path, SOURCE)
        assert caught.value.reason == UNREADABLE[path.name]
        return None
    return read_docx(path, SOURCE)


def _check_cover(grid: Grid) -> None:
    covered = Counter(
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )
    assert set(covered.values()) == {1}
    assert max(row for row, _ in covered) < grid.rows
    assert max(column for _, column in covered) < grid.columns


def _other(path: Path) -> OtherDocument | None:
    """python-docx's view of a file, None where it can't open it."""
    try:
        return docx.Document(str(path))
    except (KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile):
        return None


def _visible_words(other: OtherDocument) -> set[str]:
    """The words in cells of the tables python-docx sees, but for deleted ones and second drawings."""
    words = set()
    for table in other.tables:
        for element in table._tbl.iter(qn("w:t")):
            above = list(element.iterancestors())
            deleted = any(parent.tag in SKIPPED for parent in above)
            deleted = deleted or any(parent.find(DELETED_ROW) is not None for parent in above)
            if element.text and not deleted:
                words.add("".join(element.text.split()))
    return words


def _words(document: Document) -> str:
    return "".join("".join(cell.text.split()) for grid in document.grids() for cell in grid.cells)
