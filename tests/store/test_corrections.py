"""A value corrected in its table is the value that is judged; what was read stays beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import Engine

from extract.paths import figures
from extract.quantity import MISSING, Absent, Figure, Quantity
from extract.report import Report
from models.database import reading, writing
from models.store import load, save
from tests.reports import FILE, full_judgement, full_report


def corrected(engine: Engine, *statements: str) -> Report:
    """The whole report after somebody changed rows by hand."""
    saved = save(engine, full_report(), full_judgement())
    with writing(engine) as db:
        for statement in statements:
            assert db.exec_driver_sql(statement).rowcount == 1, statement
    with reading(engine) as db:
        stored = load(db, saved.submission_id)
    assert stored is not None
    return stored.report


def others(report: Report, *paths: str) -> dict[str, Figure]:
    return {path: figure for path, figure in figures(report) if path not in paths}


def test_a_corrected_amount_is_loaded_where_the_old_one_was_read(engine: Engine) -> None:
    report = corrected(engine, "UPDATE expense SET final = 2.75 WHERE item = 'reception'")
    figure = report.expenses[1].final
    read = full_report().expenses[1].final
    assert isinstance(figure, Quantity)
    assert (figure.value, figure.text, figure.unit) == (Decimal("2.75"), "2.75", "万元")
    assert (figure.step, figure.locus) == (Decimal("0.01"), read.locus)
    path = "expenses.reception.final"
    assert others(report, path) == others(full_report(), path)


def test_more_places_than_were_printed_are_kept(engine: Engine) -> None:
    report = corrected(engine, "UPDATE funding SET executed = 380.503 WHERE project IS NULL")
    assert isinstance(report.funding.executed, Quantity)
    assert (report.funding.executed.value, report.funding.executed.step) == (
        Decimal("380.503"),
        Decimal("0.001"),
    )


@pytest.mark.parametrize(
    ("statement", "path", "value", "kind", "unit"),
    [
        (
            "UPDATE funding SET source_other = 5 WHERE project IS NULL",
            "funding.by_source.other",
            "5",
            "money",
            "万元",
        ),
        ("UPDATE staffing SET control_rate = 0.9", "staffing.control_rate", "0.9", "rate", ""),
        ("UPDATE funding SET score = 9.5 WHERE project = 0", "projects.0.funding.score", "9.5", "score", ""),
        (
            "UPDATE narrative_figure SET value = 3 WHERE code = 'grade'",
            "narrative.grade",
            "3",
            "money",
            "万元",
        ),
    ],
)
def test_a_value_filled_in_or_changed_has_the_kind_of_its_column(
    engine: Engine, statement: str, path: str, value: str, kind: str, unit: str
) -> None:
    figure = dict(figures(corrected(engine, statement)))[path]
    assert isinstance(figure, Quantity)
    assert (figure.value, figure.kind, figure.unit) == (Decimal(value), kind, unit)


def test_a_value_taken_out_is_blank_and_not_zero(engine: Engine) -> None:
    report = corrected(engine, "UPDATE staffing SET on_duty = NULL")
    figure = report.staffing.on_duty
    assert isinstance(figure, Absent)
    assert figure.why == "blank"
    assert figure.locus == full_report().staffing.on_duty.locus


def test_a_corrected_item_keeps_its_figures_and_places(engine: Engine) -> None:
    report = corrected(engine, "UPDATE expense SET item = 'overseas' WHERE item = 'reception'")
    assert report.expenses[1].item == "overseas"
    assert report.expenses[1].final == full_report().expenses[1].final


def test_a_row_taken_out_takes_no_other_rows_figures(engine: Engine) -> None:
    report = corrected(
        engine,
        "DELETE FROM expense WHERE label = '河道清淤'",
        "DELETE FROM indicator WHERE level3 = '加固水库'",
    )
    assert [row.label for row in report.expenses][3] == "水库加固"
    assert report.expenses[3] == full_report().expenses[4]
    assert report.indicators == full_report().indicators[1:]


def test_words_are_corrected_too(engine: Engine) -> None:
    report = corrected(engine, "UPDATE submission SET grade = '良'")
    assert report.grade is not None
    assert (report.grade.value, report.grade.locus.source if report.grade.locus else "") == ("良", FILE)


def test_a_figure_that_no_cell_gave_can_be_filled_in(engine: Engine) -> None:
    report = corrected(engine, "UPDATE construction SET budgeted_investment = 0.8")
    figure = report.construction[0].budgeted_investment
    assert isinstance(figure, Quantity)
    assert (figure.unit, figure.step, figure.locus) == ("万元", Decimal("0.1"), None)
    assert full_report().construction[0].budgeted_investment is MISSING
