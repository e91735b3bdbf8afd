"""The samples printed to PDF by a real LibreOffice, as departments do: the same records as the Word files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from samples.facts import Facts
from samples.generate import all_samples, write_docx
from samples.golden import golden
from tests.compare import differences, finding_differences
from tests.office import needs_office, to_pdf
from tests.whole.conftest import Ingest, Record

pytestmark = needs_office


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """Each sample's Word files as PDF, all converted in one call: a folder a sample."""
    top = tmp_path_factory.mktemp("printed")
    documents: dict[str, list[Path]] = {}
    for made in all_samples():
        folder = top / "word" / made.slug
        folder.mkdir(parents=True)
        documents[made.slug] = [
            path.rename(path.with_name(f"{made.slug} {path.name}")) for path in write_docx(made, folder)
        ]
    to_pdf([path for paths in documents.values() for path in paths], top / "pdf")
    return {slug: [top / "pdf" / f"{p.stem}.pdf" for p in paths] for slug, paths in documents.items()}


@pytest.mark.parametrize("made", all_samples(), ids=lambda made: made.slug)
def test_a_printed_sample(
    made: Facts, printed: dict[str, list[Path]], take_in: Ingest, records: Callable[[], list[Record]]
) -> None:
    assert [outcome.failure for outcome in take_in(*printed[made.slug]) if outcome.failure] == []
    (record,) = records()
    expected = golden(made)
    assert differences(expected, record) + finding_differences(expected, record) == []
