"""What is committed is what the facts say, and every figure of a golden stands in its documents."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import etree

from samples.facts import Facts
from samples.generate import (
    GOLDENS,
    SUBMISSIONS,
    all_samples,
    differing,
    golden_text,
    main,
    write_docx,
    write_pdf,
)
from samples.golden import golden
from tests.office import needs_office, to_pdf

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGE_NUMBER = re.compile(r"— \d+ —\s*$")
SAMPLES = all_samples()
WORDINGS = [next(sample for sample in SAMPLES if sample.wording == wording) for wording in "abcde"]


def word_text(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return "".join(node.text or "" for node in root.iter(f"{W}t"))


def pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return "".join(PAGE_NUMBER.sub("", page) for page in pages)


def folded(text: str) -> str:
    """Half-width, without white space and thousands separators."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "")


def figures(record: Any) -> Iterator[str]:
    """Every number and word of a record that must be printed somewhere."""
    if isinstance(record, dict):
        for key, value in record.items():
            if not key.endswith("rate") and key not in LEFT_OUT:
                yield from figures(value)
    elif isinstance(record, list):
        for value in record:
            yield from figures(value)
    elif isinstance(record, str) and record != "*":
        yield record


LEFT_OUT = (
    "status",
    "report_date",
    "expected_findings",
    "allowed_findings",
    "item",
    "total_expenditure",
    "fiscal_year",
)


def printed(figure: str, made: Facts) -> tuple[str, ...]:
    """How the wording may have printed it: in 元, or in brackets for less than nothing."""
    try:
        value = Decimal(figure)
    except ArithmeticError:
        return (folded(figure),)
    other = (f"{value * 10000:.2f}", f"({abs(value)})") if made.wording in "ce" else ()
    return (figure, f"{value:.2f}", *other)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("made", SAMPLES, ids=lambda made: str(made.slug))
def test_every_figure_of_the_golden_is_printed(made: Facts, kind: str, tmp_path: Path) -> None:
    written = write_docx(made, tmp_path) if kind == "docx" else write_pdf(made, tmp_path)
    text = folded("".join((word_text if kind == "docx" else pdf_text)(path) for path in written))
    missing = [
        figure for figure in figures(golden(made)) if not any(way in text for way in printed(figure, made))
    ]
    assert missing == []


@pytest.mark.parametrize("made", WORDINGS, ids=lambda made: str(made.slug))
def test_the_same_facts_give_the_same_bytes(made: Facts, tmp_path: Path) -> None:
    for write in (write_docx, write_pdf):
        first = [path.read_bytes() for path in write(made, tmp_path / "一")]
        assert first == [path.read_bytes() for path in write(made, tmp_path / "二")]


def test_what_is_committed_is_what_the_facts_say() -> None:
    assert main(["--check"]) == 0


def test_a_changed_a_missing_and_a_stray_file_are_told(tmp_path: Path) -> None:
    submissions, goldens = tmp_path / "submissions", tmp_path / "goldens"
    shutil.copytree(SUBMISSIONS, submissions)
    shutil.copytree(GOLDENS, goldens)
    first, second = sorted(submissions.rglob("*.pdf"))[:2]
    first.write_bytes(first.read_bytes() + b"%")
    second.unlink()
    (goldens / "nobody.json").write_text("{}")
    spoilt = goldens / "a-culture.json"
    spoilt.write_text(spoilt.read_text(encoding="utf-8").replace("99.4", "99.5"), encoding="utf-8")
    assert sorted(differing(submissions, goldens)) == sorted(
        [
            f"submissions/{first.relative_to(submissions)}: differs from the facts",
            f"submissions/{second.relative_to(submissions)}: missing",
            "goldens/nobody.json: belongs to no sample",
            "goldens/a-culture.json: differs from the facts",
        ]
    )


def test_without_being_asked_no_golden_is_written(tmp_path: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in GOLDENS.iterdir()}
    assert main([str(tmp_path / "demo")]) == 0
    assert {path.name: path.stat().st_mtime_ns for path in GOLDENS.iterdir()} == before
    assert sum(path.is_file() for path in (tmp_path / "demo").rglob("*")) == len(
        [path for path in SUBMISSIONS.rglob("*") if path.is_file()]
    )


def test_goldens_read_as_they_were_written() -> None:
    for made in SAMPLES:
        assert json.loads(golden_text(made)) == golden(made)


def test_the_committed_samples_stay_small() -> None:
    size = sum(path.stat().st_size for folder in (SUBMISSIONS, GOLDENS) for path in folder.rglob("*"))
    assert size < 3_000_000


@needs_office
def test_libreoffice_opens_every_wording(tmp_path: Path) -> None:
    documents = [path for made in WORDINGS for path in write_docx(made, tmp_path / made.slug)]
    text = {path.stem: folded(pdf_text(path)) for path in to_pdf(documents, tmp_path)}
    for made in WORDINGS:
        whole = "".join(text[path.stem] for path in (tmp_path / made.slug).iterdir())
        assert made.department in whole
        amounts = [row.final for row in made.expenses if row.final]
        assert all(any(way in whole for way in printed(format(amount, "f"), made)) for amount in amounts)
