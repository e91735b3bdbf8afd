"""Real files of other projects' test suites, many broken or hostile on purpose: each ends in a known outcome.

They are no submissions. What counts is that none stops, hangs or crashes the run, that what is locked,
scanned or damaged is said to be so, and that the others are read to the end.
"""

from __future__ import annotations

import csv
import subprocess
from functools import cache, partial
from pathlib import Path

import pytest

from extract.document import Source
from extract.failure import Failure
from extract.forms.vocabulary import load
from extract.incoming import incoming
from extract.means import Means
from extract.report import Report
from extract.sandbox import Limits, run_all
from extract.scratch import scratch_folder
from pipeline import read_file
from tests.office import needs_office

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="needs ../shared/corpus, which is not part of the project"
)


@cache
def index() -> dict[str, dict[str, str]]:
    with (CORPUS / "INDEX.tsv").open(encoding="utf-8", newline="") as lines:
        return {row["path"]: row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}


@cache
def outcomes() -> dict[str, Report | Failure]:
    """What became of each file, by its path in the corpus, each read in a child with a minute at most."""
    with scratch_folder() as scratch:
        means = Means(scratch=scratch, ocr=False)
        found = list(incoming([CORPUS], (), means))
        sources = [entry for entry in found if isinstance(entry, Source)]
        ended: dict[str, Report | Failure] = {
            _name(entry.path): entry for entry in found if isinstance(entry, Failure)
        }
        read = partial(read_file, words=load(None), means=means)
        for source, result in run_all(read, sources, Limits(seconds=60), describe=lambda source: source.path):
            ended[_name(source.path)] = result
    assert not scratch.exists()
    running = subprocess.run(["ps", "-eo", "args="], capture_output=True, text=True, check=True).stdout
    assert scratch.name not in running
    return ended


def _name(path: str) -> str:
    return Path(path).relative_to(CORPUS).as_posix()


def reasons(**wanted: str) -> dict[str, str]:
    """How the files whose index entry holds these words ended, by path."""
    chosen = [name for name, row in index().items() if all(word in row[key] for key, word in wanted.items())]
    assert chosen, wanted
    return {
        name: ended.reason if isinstance(ended := outcomes()[name], Failure) else "read" for name in chosen
    }


def test_every_file_ends_in_an_outcome() -> None:
    assert outcomes().keys() == {*index(), "INDEX.tsv"}


def test_no_file_crashes_hangs_or_meets_a_fault_of_the_programs() -> None:
    bad = {
        name: ended.message
        for name, ended in outcomes().items()
        if isinstance(ended, Failure)
        and (ended.reason in ("crashed", "timeout") or "程序内部错误" in ended.message)
    }
    assert bad == {}


def test_every_failure_says_what_to_do() -> None:
    failures = [ended for ended in outcomes().values() if isinstance(ended, Failure)]
    assert [ended for ended in failures if not (ended.message and ended.remedy)] == []


DAMAGED = {
    "libreoffice/ofz37458-1.docx": "broken",
    "poi/crash-517626e815e0afa9decd0ebb6d1dee63fb9907dd.docx": "truncated",
    "libreoffice/ofz-redlining-1.doc": "broken",
    "libreoffice/ofz45140-1.doc": "broken",
    "libreoffice/forcepoint-xstor-1.odt": "broken",
    "libreoffice/forcepoint-4.rtf": "broken",
    "libreoffice/forcepoint-82.rtf": "broken",
    "libreoffice/ofz14120-1.xls": "broken",
    "tika/testEXCEL_embeddedPDF_windows.xls": "empty",
    "poi/password_tika_binaryrc4.doc": "encrypted",
    "tika/testODTEncrypted.odt": "encrypted",
    "msoffcrypto/xor_password_123456789012345.xls": "encrypted",
    "tika/testEXCEL_protected_passtika.xls": "encrypted",
}
"""Fuzzed files on which LibreOffice hangs or dies, a workbook whose sheets are empty, and locked ones."""


@needs_office
@pytest.mark.parametrize("kind", ["docx", "doc", "rtf", "odt", "xls", "xlsx", "ods", "ofd"])
def test_files_are_read_but_for_the_damaged_and_the_locked(kind: str) -> None:
    ended = {name: reason for name, reason in reasons(type=kind).items() if name.endswith(f".{kind}")}
    damaged = {name: reason for name, reason in DAMAGED.items() if name in ended}
    assert {name: reason for name, reason in ended.items() if reason != "read"} == damaged


def test_locked_files_are_said_to_be_locked() -> None:
    assert set(reasons(note="needs-password").values()) == {"encrypted"}
    assert set(reasons(note="encrypted(").values()) == {"encrypted"}


A_WORD_IN_TYPE = {
    "paperless/rtl-test.pdf": "read",
    "pdfjs/annotation-line.pdf": "read",
    "verapdf/7.18.6.2-t01-fail-a.pdf": "read",
    "pdfjs/issue5280.pdf": "empty",
}
"""Pictures that have a word or two of real text beside them, and one page with nothing on it at all."""


def test_scans_are_said_to_need_ocr_where_nothing_recognises_them() -> None:
    ended = reasons(type="pdf", note="image-only/scan")
    assert ended == dict.fromkeys(ended, "needs_ocr") | A_WORD_IN_TYPE
