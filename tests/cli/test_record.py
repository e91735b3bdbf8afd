"""The record: exactly the contract's keys and texts, and nothing about persons."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from extract.report import Report
from models.store import Stored
from outputs.record import record
from reconcile.finding import Judgement
from tests.cli.reports import FLAGGED, FORM, INCOMPLETE, WATER


def recorded(report: Report = WATER, judgement: Judgement = FLAGGED) -> dict[str, Any]:
    return record(Stored(7, 2, report, judgement, datetime(2025, 7, 1, tzinfo=UTC)))


def test_keys_stand_in_the_contracts_order() -> None:
    head = "submission_id department department_code fiscal_year revision status report_date sources"
    tables = "staffing expenses construction thrift_measures funding goals indicators total_score grade"
    assert list(recorded()) == f"{head} {tables} narrative projects findings unsure".split()


def test_identity_and_files() -> None:
    made = recorded()
    assert (made["submission_id"], made["revision"], made["status"]) == (7, 2, "flagged")
    assert (made["department"], made["department_code"]) == ("云岭县水利局", "110001")
    assert (made["fiscal_year"], made["report_date"]) == (2024, "2025-06-30")
    assert made["sources"][0] == {
        "name": FORM,
        "sha256": "a" * 64,
        "media_type": "application/vnd.openxmlformats",
        "pages": 4,
        "reader": "docx",
    }


def test_money_keeps_its_places_and_rates_are_fractions() -> None:
    made = recorded()
    assert made["staffing"] == {"authorized": "24", "on_duty": "23", "control_rate": "0.9583"}
    assert made["funding"]["initial_budget"] == "615.20"
    assert made["funding"]["execution_rate"] == "1"
    assert made["expenses"][0] == {
        "item": "three_public",
        "label": "三公经费",
        "prior_final": "0.41",
        "budget": "1.80",
        "final": "0.96",
    }


def test_what_is_blank_dashed_or_unreadable_is_null() -> None:
    made = recorded()
    assert made["expenses"][1]["item"] is None
    assert made["expenses"][1]["prior_final"] is made["expenses"][1]["budget"] is None
    assert made["funding"]["by_source"]["special_account"] is None
    assert made["indicators"][1]["score"] is None
    assert made["indicators"][1]["actual"] == ""


def test_an_empty_report_has_all_its_blocks() -> None:
    made = recorded(Report(), INCOMPLETE)
    assert made["status"] == "incomplete"
    assert made["staffing"] == {"authorized": None, "on_duty": None, "control_rate": None}
    assert set(made["funding"]["by_nature"].values()) == {None}
    assert made["goals"] == {"expected": None, "actual": None}
    assert (made["total_score"], made["grade"], made["thrift_measures"]) == (None, None, None)
    assert (made["expenses"], made["narrative"], made["projects"]) == ([], {}, [])


def test_narrative_has_the_first_mention_and_lists_all_where_there_are_more() -> None:
    narrative = recorded()["narrative"]
    assert narrative["grade"] == {"value": "优", "text": "自评等次为优。"}
    assert narrative["basic_expenditure"] == {
        "value": "701.92",
        "text": "基本支出701.92万元。",
        "mentions": [
            {"value": "701.92", "text": "基本支出701.92万元。"},
            {"value": "702", "text": "基本支出约702万元。"},
        ],
    }


def test_findings_count_places_from_one() -> None:
    missed, rounded, broken = recorded()["findings"]
    assert (broken["expected"], broken["found"], broken["difference"]) == ("1363.38", "1370.68", "7.30")
    assert broken["places"][0] == {
        "source": FORM,
        "page": 3,
        "table": 2,
        "row": 7,
        "column": 7,
        "bbox": [10.0, 20.0, 30.0, 40.0],
    }
    assert missed["places"][0]["paragraph"] == 12
    assert (rounded["verdict"], rounded["expected"], rounded["places"]) == ("rounding", None, [])


def test_no_person_is_named() -> None:
    text = json.dumps(recorded(), ensure_ascii=False)
    assert "某评审员" not in text
    assert "reviewer" not in text
