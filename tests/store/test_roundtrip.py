"""Record → rows → record, on both databases: what was saved is what is loaded."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine, delete

from extract.document import Locus
from extract.paths import figures
from extract.quantity import Quantity, decimal_text
from extract.report import Report, Unrecognised
from models.database import reading, writing
from models.store import Stored, load, replace_judgement, save
from models.tables import Submission
from reconcile.finding import Judgement
from tests.reports import full_judgement, full_report, judgements, reports

NOTHING = Judgement((), ())


def stored(engine: Engine, report: Report, judgement: Judgement = NOTHING) -> Stored:
    saved = save(engine, report, judgement)
    with reading(engine) as db:
        found = load(db, saved.submission_id)
    assert found is not None
    return found


def printed(report: Report) -> list[tuple[str, str]]:
    """Every figure as the record prints it: equal decimals may still be written differently."""
    return [(path, decimal_text(f)) for path, f in figures(report) if isinstance(f, Quantity)]


def test_a_whole_report_comes_back_as_it_was(engine: Engine) -> None:
    found = stored(engine, full_report(), full_judgement())
    assert found.report == full_report()
    assert printed(found.report) == printed(full_report())
    assert found.judgement == full_judgement()
    assert str(found.judgement.findings[0].difference) == "7.30"
    assert found.ingested_at.utcoffset() is not None


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(report=reports(), judgement=judgements())
def test_any_report_comes_back_as_it_was(engine: Engine, report: Report, judgement: Judgement) -> None:
    with writing(engine) as db:
        db.execute(delete(Submission))
    found = stored(engine, report, judgement)
    assert found.report == report
    assert printed(found.report) == printed(report)
    assert found.judgement == judgement


def test_a_report_of_nothing_but_a_name_and_a_year(engine: Engine) -> None:
    report = Report(department="云岭县档案局", fiscal_year=2024)
    assert stored(engine, report).report == report


def test_characters_no_database_takes_are_marked_unreadable(engine: Engine) -> None:
    broken = replace(full_report(), unrecognised=(Unrecognised("row", "金\x00额\ud800", Locus("甲.pdf")),))
    assert stored(engine, broken).report.unrecognised[0].text == "金�额�"


def test_a_new_judgement_takes_the_old_ones_place(engine: Engine) -> None:
    saved = save(engine, full_report(), full_judgement())
    other = Judgement(full_judgement().findings[1:2], full_judgement().tallies[:1])
    with writing(engine) as db:
        replace_judgement(db, saved.submission_id, other)
    with reading(engine) as db:
        found = load(db, saved.submission_id)
    assert found is not None
    assert found.judgement == other
    assert found.report == full_report()


def test_a_value_of_25_digits_is_kept(engine: Engine) -> None:
    long = replace(
        full_report().funding,
        executed=Quantity(
            Decimal("123456789012345.6789"), Decimal("0.0001"), "money", "万元", "123456789012345.6789"
        ),
    )
    report = replace(full_report(), funding=long)
    assert stored(engine, report).report == report
