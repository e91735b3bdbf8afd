"""The real submission, read where it lies: Word and PDF give one record, with its nine known faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models import store
from models.database import ensure_ready, open_database, reading
from outcome import Options
from outputs.record import record
from pipeline import ingest
from tests.whole.conftest import Record

SEED = Path(__file__).parents[2].parent / "shared" / "seed"
pytestmark = pytest.mark.skipif(
    not SEED.is_dir(), reason="needs the real submission, which lies outside the project"
)

FAULTS = {
    "1 the grid makes 110": ("indicator.weight_sum", "110"),
    "1 so do the scores": ("indicator.score_sum", "差 10 分"),
    "2 the sentence's parts make more": ("narrative.total_sum", "差 1.86 万元"),
    "3 project spending repeats basic": ("funding.narrative", "差 40.46 万元"),
    "4 公用经费 is not 商品和服务支出": ("expense.operating_narrative", "差 191.18 万元"),
    "5 class totals": ("indicator.class_narrative", "差 10 分"),
    "6 fifteen times over": ("indicator.overshot", "15 倍"),
    "7 no value": ("indicator.unmeasurable", "＞95"),
    "7 twice": ("indicator.duplicate", "≥50人"),
    "8 over budget": ("expense.over_budget", "多 430.71 万元"),
    "8 adjusted": ("funding.adjustment", "122%"),
    "9 blank cells": ("completeness.cells", "政府采购金额"),
    "9 blank sign-off": ("completeness.cells", "签字"),
}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Record]:
    found = {}
    for kind in ("docx", "pdf"):
        engine = open_database(f"sqlite:///{tmp_path_factory.mktemp(kind) / 'seed.db'}")
        ensure_ready(engine)
        list(ingest([SEED / f"report.{kind}"], engine, Options()))
        with reading(engine) as db:
            (submission_id,) = store.find(db)
            stored = store.load(db, submission_id)
        assert stored is not None
        found[kind] = record(stored)
        engine.dispose()
    return found


def test_word_and_pdf_give_one_record(both: dict[str, Record]) -> None:
    word, pdf = (_without_places(both[kind]) for kind in ("docx", "pdf"))
    assert word == pdf


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_each_known_fault_is_told(both: dict[str, Record], kind: str, fault: str) -> None:
    rule, words = FAULTS[fault]
    assert any(words in f["message"] for f in both[kind]["findings"] if f["rule"] == rule)


def test_the_record_is_complete(both: dict[str, Record]) -> None:
    found = both["docx"]
    assert found["staffing"] == {"authorized": "24", "on_duty": "24", "control_rate": "1"}
    assert len(found["expenses"]) == 16
    assert len(found["indicators"]) == 15
    assert found["funding"]["by_source"]["government_fund"] == "1.86"
    assert found["funding"]["by_nature"] == {"basic": "701.92", "project": "661.46"}
    assert (found["total_score"], found["grade"]) == ("100", "优")
    assert (found["fiscal_year"], found["department_code"], found["report_date"]) == (
        2024,
        "110001",
        "2025-06-30",
    )
    money = {code: figure["value"] for code, figure in found["narrative"].items()}
    assert money["basic_expenditure"] == "701.92"
    assert money["goods_services"] == "231.72"
    assert money["three_public.budget"] == "1.8"
    assert money["state_capital"] is None


def _without_places(found: Record) -> Any:
    """The record without what two formats may differ in: sources, places, white space."""
    left = {key: value for key, value in found.items() if key not in ("sources", "submission_id")}
    left["findings"] = [{k: v for k, v in f.items() if k != "places"} for f in found["findings"]]
    return _tight(left)


def _tight(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _tight(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_tight(inner) for inner in value]
    return "".join(value.split()) if isinstance(value, str) else value
