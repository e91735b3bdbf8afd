"""The settings in force, which of them judged a submission, and tallies added up, on both databases."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from extract.document import Source
from extract.report import Report
from models.database import reading, writing
from models.store import load, replace_judgement, save
from models.store_settings import in_force, judged_otherwise, put_in_force
from models.store_tallies import Added, added_up
from reconcile.finding import Judgement, Tally
from tests.store.conftest import count

PLAIN = Judgement((), (Tally("grade.band", exact=1), Tally("project.sum")))
STRICT = replace(PLAIN, settings="严.toml（0a1b2c3d）\n阈值：预算调整幅度 0.1")


def stored(engine: Engine, name: str, judgement: Judgement) -> int:
    report = Report(
        name, fiscal_year=2024, sources=(Source("a", "a", name.encode().hex(), "docx", 1, "docx"),)
    )
    return save(engine, report, judgement).submission_id


def test_one_settings_file_is_in_force_or_none(engine: Engine) -> None:
    with writing(engine) as db:
        assert in_force(db) is None
        put_in_force(db, "一.toml", "overshoot = 2")
        put_in_force(db, "一.toml", "overshoot = 2")
        put_in_force(db, "二.toml", "# ‘二’\r\n")
        assert in_force(db) == ("二.toml", "# ‘二’\r\n")
        put_in_force(db, "", "")
        assert in_force(db) is None
        put_in_force(db, "一.toml", "overshoot = 2")
        assert in_force(db) == ("一.toml", "overshoot = 2")
    assert count(engine, "settings_file") == 3


def test_a_judgement_comes_back_with_its_settings_and_goes_with_them(engine: Engine) -> None:
    number = stored(engine, "甲局", STRICT)
    with reading(engine) as db:
        found = load(db, number)
    assert found is not None
    assert found.judgement == STRICT
    with writing(engine) as db:
        replace_judgement(db, number, PLAIN)
    with reading(engine) as db:
        found = load(db, number)
    assert found is not None
    assert found.judgement == PLAIN
    assert count(engine, "judged_by") == 0


def test_what_was_judged_by_other_settings_is_counted(engine: Engine) -> None:
    for name, judgement in (("甲局", STRICT), ("乙局", PLAIN), ("丙局", STRICT)):
        stored(engine, name, judgement)
    with reading(engine) as db:
        assert judged_otherwise(db, "") == 2
        assert judged_otherwise(db, "严.toml（0a1b2c3d）") == 1
        assert judged_otherwise(db, "严.toml（ffffffff）") == 3


def test_tallies_are_added_up_by_rule_however_many_submissions_there_are(engine: Engine) -> None:
    other = Judgement((), (Tally("grade.band", 1, 2, 3, 4, 5), Tally("project.sum", suspect=1)))
    ids = [stored(engine, "甲局", PLAIN), stored(engine, "乙局", other), stored(engine, "丙局", PLAIN)]
    with reading(engine) as db:
        assert added_up(db, []) == {}
        assert added_up(db, [*range(10_000, 10_600), *ids[:2]]) == {
            "grade.band": Added(2, 2, 2, 2, 3, 4, 5),
            "project.sum": Added(2, 1, suspect=1),
        }
        assert added_up(db, ids)["project.sum"].not_applicable == 2
