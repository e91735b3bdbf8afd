"""The analysts' views: one row a thing, on both databases, and nobody's name in them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, inspect

from models.database import reading
from models.store import load, save
from reconcile.finding import Finding, Judgement, Severity, Verdict
from tests.reports import FILE, full_judgement, full_report

VIEWS = ("v_submission", "v_expense", "v_indicator", "v_finding", "v_tally", "v_missing")
NOTHING = Judgement((), ())


def rows(engine: Engine, view: str) -> list[dict[str, Any]]:
    with reading(engine) as db:
        found = db.exec_driver_sql(f"SELECT * FROM {view}").mappings()
        return sorted(map(dict, found), key=lambda row: int(row.get("submission_id", 0)))


def amount(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def test_one_row_a_submission_with_its_counts(engine: Engine) -> None:
    save(engine, full_report(), full_judgement())
    (row,) = rows(engine, "v_submission")
    assert {name: row[name] for name in ("department", "department_code", "fiscal_year", "revision")} == {
        "department": "云岭县水利局",
        "department_code": "330017",
        "fiscal_year": 2024,
        "revision": 1,
    }
    assert (row["status"], row["errors"], row["warnings"], row["notices"]) == ("flagged", 1, 1, 0)
    assert bool(row["is_latest"])
    assert [amount(row[name]) for name in ("authorized", "on_duty", "executed", "total_score")] == [
        Decimal(20),
        Decimal(19),
        Decimal("380.5"),
        Decimal(100),
    ]
    assert row["grade"] == "优"


def finding(rule: str, verdict: Verdict) -> Judgement:
    return Judgement((Finding(rule, Severity.ERROR, verdict, "……"),), ())


@pytest.mark.parametrize(
    "judgement",
    [
        NOTHING,
        finding("staffing.control_rate", Verdict.ROUNDING),
        finding("staffing.control_rate", Verdict.SUSPECT),
        finding("completeness.parts", Verdict.BROKEN),
        finding("completeness.parts", Verdict.SUSPECT),
        finding("completeness.parts", Verdict.UNCHECKED),
    ],
)
def test_the_status_is_the_judgements_own(engine: Engine, judgement: Judgement) -> None:
    saved = save(engine, full_report(), judgement)
    with reading(engine) as db:
        stored = load(db, saved.submission_id)
    assert stored is not None
    (row,) = rows(engine, "v_submission")
    assert row["status"] == stored.judgement.status() == judgement.status()


def test_only_the_last_revision_is_the_latest(engine: Engine) -> None:
    save(engine, full_report(), NOTHING)
    save(engine, replace(full_report(), fiscal_year=2023), NOTHING)
    save(engine, replace(full_report(), sources=()), NOTHING)
    latest = [
        (row["fiscal_year"], row["revision"], bool(row["is_latest"])) for row in rows(engine, "v_submission")
    ]
    assert latest == [(2024, 1, False), (2023, 1, True), (2024, 2, True)]
    assert {bool(row["is_latest"]) for row in rows(engine, "v_expense") if row["revision"] == 1} == {
        True,
        False,
    }


def test_one_row_an_expense_with_its_periods(engine: Engine) -> None:
    save(engine, full_report(), full_judgement())
    found = sorted(rows(engine, "v_expense"), key=lambda row: int(row["line"]))
    assert [(row["item"], row["label"]) for row in found] == [
        (row.item, row.label) for row in full_report().expenses
    ]
    assert [amount(found[0][period]) for period in ("prior_final", "budget", "final")] == [
        Decimal("3.1"),
        Decimal(3),
        Decimal("2.5"),
    ]
    assert found[5]["budget"] is None


def test_one_row_an_indicator_and_whose_project(engine: Engine) -> None:
    save(engine, full_report(), full_judgement())
    found = rows(engine, "v_indicator")
    assert sorted((row["project"] or "", row["level3"], amount(row["weight"])) for row in found) == [
        ("", "加固水库", Decimal(50)),
        ("", "受益人口", Decimal(30)),
        ("", "群众满意度", Decimal(10)),
        ("河道清淤", "清淤长度", Decimal(90)),
    ]


def test_one_row_a_finding_with_its_places_in_words(engine: Engine) -> None:
    save(engine, full_report(), full_judgement())
    first = next(row for row in rows(engine, "v_finding") if row["line"] == 1)
    places = full_judgement().findings[0].places
    assert first["place"] == "；".join(place.printed() for place in places)
    assert first["place"] == f"{FILE} 第2页 表1 第3行第4列；{FILE} 第3页 第13段"
    assert (first["rule"], first["severity"], first["verdict"]) == (
        "expense.three_public_sum",
        "error",
        "broken",
    )
    assert amount(first["difference"]) == Decimal("7.3")


def test_no_view_shows_a_reviewer_or_a_signature(engine: Engine) -> None:
    save(engine, full_report(), full_judgement())
    shown = "".join(str(row) for view in VIEWS for row in rows(engine, view))
    assert "云岭县水利局" in shown
    assert not [word for word in ("甲某", "局长", "签字") if word in shown]
    with reading(engine) as db:
        assert set(inspect(db).get_view_names()) == set(VIEWS)
        for view in VIEWS:
            text = str(inspect(db).get_view_definition(view))
            assert "submission" in text
            assert "reviewer" not in text
            assert "sign_off" not in text
