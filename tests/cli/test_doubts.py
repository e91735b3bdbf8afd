"""What a clerk and the record are told of figures that were not surely read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from extract.document import Locus
from extract.paths import with_figures
from extract.quantity import Absent, Quantity
from models.store import Stored
from outputs.record import record
from outputs.show import how_it_was_judged, what_was_read
from reconcile.finding import Judgement
from tests.cli.reports import WATER

PLACE = Locus("扫描.pdf", 3, 2, 6, 7)


@pytest.fixture
def stored() -> Stored:
    read, total = WATER.funding.by_nature.project, WATER.funding.executed
    assert isinstance(read, Quantity)
    assert isinstance(total, Quantity)
    doubtful = with_figures(
        WATER,
        {
            "funding.by_nature.project": replace(read, sure=0.6, readings=("601.46",), locus=PLACE),
            "funding.executed": replace(total, sure=0.95, raw="1363.88", readings=()),
            "funding.by_source.other": Absent("blank", "", PLACE, 0.0),
            "staffing.on_duty": replace(WATER.staffing.on_duty, readings=("28",)),
        },
    )
    return Stored(7, 1, doubtful, Judgement((), ()), datetime(2025, 7, 1, tzinfo=UTC))


def test_figures_to_look_at_are_marked_in_their_tables(stored: Stored) -> None:
    funding = next(s for s in what_was_read(stored.report) if s.title.startswith("年度预算申请"))
    shown = {row[0]: row[1] for row in funding.rows}
    assert shown["按支出性质：项目支出"] == "661.46？"
    assert shown["按收入性质：其他资金"] == "（空）？"
    assert shown["按支出性质：基本支出"] == "701.92"
    assert shown["年度资金总额（全年执行数）"].endswith("8")


def test_what_else_was_read_is_told_with_its_place(stored: Stored) -> None:
    section = next(s for s in how_it_was_judged(stored, {}) if "没有把握" in s.title)
    assert [row[:4] for row in section.rows] == [
        ("实际在职人数", "23？", "", "28"),
        ("年度资金总额（全年执行数）", "1370.68", "1363.88", ""),
        ("其他资金", "（空）？", "", ""),
        ("项目支出", "661.46？", "", "601.46"),
    ]
    assert section.rows[3][4] == "扫描.pdf 第3页 表2 第7行第8列"


def test_the_record_lists_them_by_path(stored: Stored) -> None:
    listed = record(stored)["unsure"]
    assert [one["path"] for one in listed] == [
        "staffing.on_duty",
        "funding.executed",
        "funding.by_source.other",
        "funding.by_nature.project",
    ]
    assert listed[1] == {
        "path": "funding.executed",
        "text": "1370.68",
        "raw": "1363.88",
        "readings": [],
        "sure": 0.95,
    }
    assert listed[3]["readings"] == ["601.46"]


def test_digital_text_has_nothing_to_list() -> None:
    stored = Stored(7, 1, WATER, Judgement((), ()), datetime(2025, 7, 1, tzinfo=UTC))
    assert record(stored)["unsure"] == []
    assert not any("没有把握" in section.title for section in how_it_was_judged(stored, {}))
