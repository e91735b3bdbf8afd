"""One record whatever the road: each sample by every kind of file that a department may send."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from extract.document import Source
from extract.forms.vocabulary import load
from extract.intake import take
from extract.paths import figures
from extract.quantity import Absent, Figure, Quantity
from extract.readers import scan_models
from extract.report import Report
from extract.submission import Assumed, assemble
from pipeline import read_file
from samples.facts import Facts
from samples.generate import all_samples
from samples.golden import golden
from samples.roads import OFFICE_ROADS, ROADS, by_office, scanned
from tests.compare import differences, finding_differences
from tests.office import needs_office
from tests.whole.conftest import Ingest, Record

needs_recognition = pytest.mark.skipif(
    not scan_models.installed(), reason="recognition needs the extra gouji[ocr]; `make test` installs it"
)
MADE = {made.slug: made for made in all_samples()}
TESTED_ELSEWHERE = ("docx", "pdf")
"""Every sample, one by one, in test_samples.py."""
OTHER_YEAR = {"xlsx beside docx": "e-market"}
"""A report sent in a file of its own under last year's title is read as last year's."""


@pytest.mark.parametrize("road", [road for road in ROADS if road not in TESTED_ELSEWHERE])
def test_each_sample_by(
    road: str, tmp_path: Path, take_in: Ingest, records: Callable[[], list[Record]]
) -> None:
    sent = [made for slug, made in MADE.items() if slug != OTHER_YEAR.get(road)]
    written = [path for made in sent for path in ROADS[road](made, tmp_path / made.slug)]
    assert _wrong(written, take_in, records, sent) == {}


@needs_office
@pytest.mark.parametrize("suffix", OFFICE_ROADS)
def test_each_sample_by_libreoffice(
    suffix: str, tmp_path: Path, take_in: Ingest, records: Callable[[], list[Record]]
) -> None:
    made = by_office(MADE, suffix, tmp_path)
    paths = [path for paths in made.values() for path in paths]
    if suffix == "doc":
        paths[::2] = [path.rename(path.with_suffix(".wps")) for path in paths[::2]]
    assert _wrong(paths, take_in, records, list(MADE.values())) == {}


@needs_recognition
def test_a_scanned_sample_is_right_or_says_where_it_may_not_be(tmp_path: Path) -> None:
    truth = _figures(ROADS["pdf"](MADE["b-forest"], tmp_path / "printed"))
    seen = _figures(scanned(MADE["b-forest"], tmp_path / "scanned"))
    right = {path for path in truth.keys() | seen.keys() if _same(truth.get(path), seen.get(path))}
    asked = {path for path, figure in seen.items() if figure.unsure}
    assert (truth.keys() | seen.keys()) - right - asked == set()
    assert len(right) > 0.95 * len(truth)


def _figures(paths: Sequence[Path]) -> dict[str, Figure]:
    sources = [source for path in paths if isinstance(source := take(path), Source)]
    (report,) = assemble([read_file(source, load(None)) for source in sources], Assumed())
    assert isinstance(report, Report)
    return dict(figures(report))


def _same(one: Figure | None, other: Figure | None) -> bool:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return (one.value, one.unit) == (other.value, other.unit)
    return isinstance(one, Absent) and isinstance(other, Absent) and one.why == other.why


def _wrong(
    paths: Sequence[Path],
    take_in: Ingest,
    records: Callable[[], list[Record]],
    sent: Sequence[Facts],
) -> dict[str, list[str]]:
    """What differs from the goldens, by department; failures under no name."""
    told = {"": [outcome.failure.message for outcome in take_in(*paths) if outcome.failure]}
    found = {record["department"]: record for record in records()}
    for made in sent:
        told[made.department] = (
            differences(golden(made), found[made.department])
            + finding_differences(golden(made), found[made.department])
            if made.department in found
            else ["not read"]
        )
    return {name: lines for name, lines in told.items() if lines}
