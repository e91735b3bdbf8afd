"""The kinds told of 190 real files, many broken on purpose, agree with the list that comes with them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extract import kinds
from extract.failure import Unreadable
from extract.filetype import tell

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
KINDS = {
    "docx": kinds.DOCX,
    "pdf": kinds.PDF,
    "doc": kinds.DOC,
    "xls": kinds.XLS,
    "xlsx": kinds.XLSX,
    "ofd": kinds.OFD,
    "odt": kinds.ODT,
    "ods": kinds.ODS,
    "fodt/fods(flat ODF)": kinds.FLAT_ODF,
    "rtf": kinds.RTF,
    "mhtml": kinds.MHTML,
    "xml/html": kinds.HTML,
    "png": kinds.IMAGE,
    "text": kinds.TEXT,
    "unknown-binary": kinds.UNKNOWN,
    "ole:MS-Works/other": kinds.WORKS,
    "ole:other": kinds.HWP,
}
FAULTS = {
    "doc(broken OLE)": "broken",
    "xls(broken OLE)": "broken",
    "docx(broken zip)": "truncated",
    "zip(broken)": "truncated",
    "ole:encrypted-ooxml": "encrypted",
}
BETTER_THAN_THE_LIST = {"tika/testHTML_charset_utf16le.html": kinds.HTML}


def _told(path: Path) -> kinds.Kind | str:
    with path.open("rb") as file:
        try:
            kind = tell(file)
            return "encrypted" if kind.locked else kind
        except Unreadable as error:
            return error.reason


def _expected(row: dict[str, str]) -> kinds.Kind | str:
    if row["path"] in BETTER_THAN_THE_LIST:
        return BETTER_THAN_THE_LIST[row["path"]]
    if row["note"].startswith("encrypted(") and row["type"] not in FAULTS:
        return "encrypted"
    return FAULTS.get(row["type"]) or KINDS[row["type"]]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared/corpus, which is not part of the project")
def test_every_real_file_is_told() -> None:
    with (CORPUS / "INDEX.tsv").open(encoding="utf-8", newline="") as index:
        rows = list(csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) >= 190
    told = {row["path"]: _told(CORPUS / row["path"]) for row in rows}
    assert told == {row["path"]: _expected(row) for row in rows}
