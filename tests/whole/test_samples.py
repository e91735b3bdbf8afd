"""Every sample, as Word and as PDF, from files to the golden record and exactly the expected findings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from samples.facts import Facts
from samples.faults import FAULTS, UNSEEN
from samples.generate import GOLDENS, SAMPLES, SUBMISSIONS, all_samples, write_docx, write_pdf
from samples.golden import golden
from samples.invent import facts
from tests.compare import differences, finding_differences
from tests.whole.conftest import Ingest, Record

WRITERS = {"docx": write_docx, "pdf": write_pdf}
PLAIN = {sample.recipe.wording: sample.recipe for sample in SAMPLES if not sample.recipe.weak}


def test_the_committed_samples_give_their_goldens(
    take_in: Ingest, records: Callable[[], list[Record]]
) -> None:
    assert [outcome.failure for outcome in take_in(SUBMISSIONS) if outcome.failure] == []
    found = {record["department"]: record for record in records()}
    goldens = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLDENS.glob("*.json"))]
    assert found.keys() == {golden["department"] for golden in goldens}
    wrong = {golden["department"]: _wrong(golden, found[golden["department"]]) for golden in goldens}
    assert {name: told for name, told in wrong.items() if told} == {}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("made", all_samples(), ids=lambda made: made.slug)
def test_each_sample_in_both_formats(
    made: Facts, kind: str, tmp_path: Path, take_in: Ingest, records: Callable[[], list[Record]]
) -> None:
    assert _differences(made, kind, tmp_path, take_in, records) == []


@pytest.mark.parametrize(
    ("fault", "wording"), [(f, w) for f in FAULTS for w in PLAIN if (f, w) not in UNSEEN]
)
def test_each_fault_in_each_wording(
    fault: str, wording: str, tmp_path: Path, take_in: Ingest, records: Callable[[], list[Record]]
) -> None:
    made = FAULTS[fault](facts(PLAIN[wording]))
    assert _differences(made, "docx", tmp_path, take_in, records) == []


def _differences(
    made: Facts, kind: str, folder: Path, take_in: Ingest, records: Callable[[], list[Record]]
) -> list[str]:
    WRITERS[kind](made, folder)
    assert [o.failure for o in take_in(folder) if o.failure] == []
    (record,) = records()
    return _wrong(golden(made), record)


def _wrong(expected: Record, record: Record) -> list[str]:
    return differences(expected, record) + finding_differences(expected, record)
