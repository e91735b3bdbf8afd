"""Waivers are kept for a department and a year, and put on its findings with every judgement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from extract.report import Report
from models.database import reading, writing
from models.store import Stored, load, replace_judgement, save
from models.store_waivers import hold, kept, waive, withdraw
from models.trouble import DatabaseTrouble
from reconcile.finding import Finding, Judgement
from tests.reconcile.edits import changed
from tests.reports import full_judgement, full_report
from tests.store.conftest import count

SUM = full_judgement().findings[0]
PATH = "expenses.three_public.final"
REASON, BY = "经批复\x00调整", "综合科"


def filed(letter: str = "a", report: Report | None = None, **changes: Any) -> Report:
    """The whole report from a file of its own."""
    report = report or full_report()
    (source,) = report.sources
    return replace(report, sources=(replace(source, sha256=letter * 64),), **changes)


def accept(engine: Engine, submission_id: int, finding: int = 0, reason: str = REASON) -> Judgement:
    with writing(engine) as db:
        return waive(db, submission_id, finding, reason, BY)


def stored(engine: Engine, submission_id: int) -> Stored:
    with reading(engine) as db:
        found = load(db, submission_id)
    assert found is not None
    return found


def states(judgement: Judgement) -> list[str]:
    return [
        "" if one.waiver is None else "stale" if one.waiver.stale else "valid" for one in judgement.findings
    ]


def row(engine: Engine, view: str, submission_id: int) -> dict[str, Any]:
    with reading(engine) as db:
        found = db.exec_driver_sql(f"SELECT * FROM {view} WHERE submission_id = {submission_id}").mappings()
        return dict(found.all()[0])


@pytest.fixture
def first(engine: Engine) -> int:
    return save(engine, filed(), full_judgement()).submission_id


def test_an_accepted_finding_is_not_flagged(engine: Engine, first: int) -> None:
    given = accept(engine, first)
    assert states(given) == ["valid", "", ""]
    assert stored(engine, first).judgement == given
    waiver = given.findings[0].waiver
    assert waiver is not None
    assert (waiver.reason, waiver.by, waiver.stale) == ("经批复�调整", BY, False)
    assert given.status() == "flagged"
    assert accept(engine, first, 1).status() == "clean"


def test_the_views_tell_of_it(engine: Engine, first: int) -> None:
    accept(engine, first)
    seen = row(engine, "v_submission", first)
    assert (seen["status"], seen["errors"], seen["warnings"]) == ("flagged", 0, 1)
    with reading(engine) as db:
        found = db.exec_driver_sql(
            "SELECT line, waived, waiver_stale, waiver_reason, waived_by FROM v_finding ORDER BY line"
        ).all()
    told = [(line, bool(waived), stale and bool(stale), why, by) for line, waived, stale, why, by in found]
    assert told[0] == (1, True, False, "经批复�调整", BY)
    assert told[1:] == [(2, False, None, None, None), (3, False, None, None, None)]
    accept(engine, first, 1)
    assert row(engine, "v_submission", first)["status"] == "clean"


def test_it_survives_a_new_judgement_and_a_new_revision(engine: Engine, first: int) -> None:
    accept(engine, first)
    other_order = Judgement(full_judgement().findings[::-1], ())
    with writing(engine) as db:
        assert states(replace_judgement(db, first, other_order)) == ["", "", "valid"]
    assert states(stored(engine, first).judgement) == ["", "", "valid"]
    again = save(engine, filed("b", grade=None), full_judgement())
    assert states(again.judgement) == ["valid", "", ""]
    assert stored(engine, again.submission_id).judgement == again.judgement
    known = save(engine, filed("b", grade=None), Judgement((), ()))
    assert (known.created, known.judgement) == (False, again.judgement)


def test_other_figures_make_it_stale_and_the_old_ones_hold_again(engine: Engine, first: int) -> None:
    accept(engine, first)
    other = filed("b", changed(full_report(), {PATH: "9.90"}))
    second = save(engine, other, full_judgement())
    assert states(second.judgement) == ["stale", "", ""]
    assert row(engine, "v_submission", second.submission_id)["errors"] == 1
    assert not row(engine, "v_finding", second.submission_id)["waived"]
    assert states(save(engine, filed("c"), full_judgement()).judgement) == ["valid", "", ""]
    with_a_correction = "UPDATE expense SET final = 9.8 WHERE item = 'three_public' AND submission_id = "
    with writing(engine) as db:
        db.exec_driver_sql(f"{with_a_correction}{first}")
        assert states(replace_judgement(db, first, full_judgement())) == ["stale", "", ""]


def test_a_stale_one_that_is_accepted_anew_is_withdrawn(engine: Engine, first: int) -> None:
    accept(engine, first)
    second = save(engine, filed("b", changed(full_report(), {PATH: "9.90"})), full_judgement()).submission_id
    assert states(accept(engine, second, reason="又一次")) == ["valid", "", ""]
    with reading(engine) as db:
        told = [(one.finding, one.withdrawn_by, one.accepted.waiver.reason) for one in kept(db, [second])]
    assert told == [(None, BY, "经批复�调整"), (0, None, "又一次")]
    assert states(stored(engine, first).judgement) == ["stale", "", ""]


@pytest.mark.parametrize("other", [{"department": "云岭县林业局"}, {"fiscal_year": 2023}])
def test_it_is_no_other_departments_or_years(engine: Engine, first: int, other: dict[str, Any]) -> None:
    accept(engine, first)
    saved = save(engine, filed("b", **other), full_judgement())
    assert states(saved.judgement) == ["", "", ""]
    with reading(engine) as db:
        assert kept(db, [saved.submission_id]) == []
        assert len(kept(db, [saved.submission_id, first])) == 1


def test_it_is_put_on_every_revision_and_taken_off_every_one(engine: Engine, first: int) -> None:
    second = save(engine, filed("b"), full_judgement()).submission_id
    with writing(engine) as db:
        assert (hold(db, first), hold(db, second)) == (second, second)
    (waiver, *_) = (one.waiver for one in accept(engine, second).findings)
    assert waiver is not None
    assert states(stored(engine, first).judgement) == ["valid", "", ""]
    with writing(engine) as db:
        assert states(withdraw(db, second, waiver.number, "李四")) == ["", "", ""]
    assert states(stored(engine, first).judgement) == ["", "", ""]
    assert states(save(engine, filed("c"), full_judgement()).judgement) == ["", "", ""]
    with reading(engine) as db:
        (one,) = kept(db, [second])
    assert (one.finding, one.withdrawn_by, one.message) == (None, "李四", SUM.message)
    assert one.withdrawn_at is not None


def test_a_finding_that_is_gone(engine: Engine, first: int) -> None:
    accept(engine, first)
    fixed = save(engine, filed("b"), Judgement((), ())).submission_id
    with reading(engine) as db:
        (one,) = kept(db, [fixed])
    assert (one.submission_id, one.finding, one.accepted.waiver.stale) == (fixed, None, False)


def test_what_breaks_off_leaves_nothing(engine: Engine, first: int) -> None:
    def interrupted() -> None:
        with writing(engine) as db:
            waive(db, first, 0, REASON, BY)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (count(engine, "waiver"), count(engine, "finding_waiver")) == (0, 0)
    with writing(engine) as db:
        db.exec_driver_sql("DROP VIEW v_finding")
        db.exec_driver_sql("DROP VIEW v_submission")
        db.exec_driver_sql("DROP TABLE finding_waiver")
    with pytest.raises(DatabaseTrouble, match="缺少"):
        accept(engine, first)
    assert count(engine, "waiver") == 0


def test_no_such_submission(engine: Engine) -> None:
    with pytest.raises(DatabaseTrouble), writing(engine) as db:
        waive(db, 99, 0, REASON, BY)
    with pytest.raises(DatabaseTrouble), writing(engine) as db:
        hold(db, 99)


def test_a_finding_without_cites_is_known_by_its_words(engine: Engine) -> None:
    def found(times: int) -> Judgement:
        cited: Finding = replace(SUM, rule="identity.template", cites=(), expected=None, found=None)
        return Judgement((replace(cited, message=f"模板里的“XX”没有改，共 {times} 处"),), ())

    saved = save(engine, filed(), found(2))
    accept(engine, saved.submission_id)
    assert states(save(engine, filed("b"), found(2)).judgement) == ["valid"]
    assert states(save(engine, filed("c"), found(3)).judgement) == ["stale"]
