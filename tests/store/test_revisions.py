"""The same files change nothing, other files make the next revision, and nobody's number is taken twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from extract.failure import Failure
from extract.report import Report
from models.database import reading, writing
from models.store import (
    Saved,
    departments,
    find,
    finish_run,
    latest,
    load,
    record_failure,
    save,
    start_run,
)
from reconcile.finding import Judgement
from tests.reports import full_judgement, full_report
from tests.store.conftest import count

NOTHING = Judgement((), ())


def filed(hashes: str = "a", department: str = "云岭县水利局", year: int = 2024) -> Report:
    """The whole report, from files whose hashes begin with these letters."""
    source = full_report().sources[0]
    files = tuple(replace(source, sha256=letter * 64) for letter in hashes)
    return replace(full_report(), department=department, fiscal_year=year, sources=files)


def test_the_same_files_again_change_nothing(engine: Engine) -> None:
    first = save(engine, filed("ab"), full_judgement())
    figures = count(engine, "figure")
    renamed = replace(filed("ba"), thrift_measures=None)
    assert save(engine, renamed, NOTHING) == replace(first, created=False)
    assert (count(engine, "submission"), count(engine, "figure")) == (1, figures)


def test_other_files_make_the_next_revision_and_the_earlier_stays(engine: Engine) -> None:
    first = save(engine, filed("a"), full_judgement())
    second = save(engine, replace(filed("ab"), grade=None), NOTHING)
    assert (first.revision, second.revision, second.created) == (1, 2, True)
    with reading(engine) as db:
        before, after = load(db, first.submission_id), load(db, second.submission_id)
        newest = latest(db, "云岭县水利局", 2024)
    assert before is not None
    assert after is not None
    assert before.report == filed("a")
    assert after.report.grade is None
    assert newest == after
    assert save(engine, filed("a"), NOTHING) == replace(first, created=False)


def test_years_and_departments_count_their_own_revisions(engine: Engine) -> None:
    for report in (filed("a"), filed("b", year=2023), filed("c", department="云岭县林业局")):
        assert save(engine, report, NOTHING).revision == 1


def test_a_department_is_its_name_however_it_is_spaced(engine: Engine) -> None:
    save(engine, filed("a"), NOTHING)
    assert save(engine, filed("b", department="云岭县 水利\n局"), NOTHING).revision == 2
    assert save(engine, filed("c", department="云岭县水利局（本级）"), NOTHING).revision == 1
    assert save(engine, filed("d", department="云岭县水利局(本级)"), NOTHING).revision == 2
    assert count(engine, "department") == 2


def test_two_names_with_one_code_are_two_departments(engine: Engine) -> None:
    save(engine, filed("a"), NOTHING)
    assert save(engine, filed("b", department="云岭县林业局"), NOTHING).revision == 1


@pytest.mark.parametrize("report", [filed(department=" \u3000"), replace(filed(), fiscal_year=None)])
def test_a_report_of_nobody_or_no_year_is_not_stored(sqlite: Engine, report: Report) -> None:
    with pytest.raises(ValueError, match="department or year"):
        save(sqlite, report, NOTHING)


def test_two_at_once_store_one_revision_of_the_same_files(engine: Engine) -> None:
    saved = at_once(engine, [filed("a")] * 4)
    assert {one.submission_id for one in saved} == {saved[0].submission_id}
    assert sum(one.created for one in saved) == 1
    assert count(engine, "submission") == count(engine, "department") == 1


def test_two_at_once_number_their_revisions_apart(engine: Engine) -> None:
    saved = at_once(engine, [filed(letter) for letter in "abcd"])
    assert sorted(one.revision for one in saved) == [1, 2, 3, 4]


def at_once(engine: Engine, reports: list[Report]) -> list[Saved]:
    with ThreadPoolExecutor(len(reports)) as pool:
        return list(pool.map(lambda report: save(engine, report, full_judgement()), reports))


def test_finding_submissions(engine: Engine) -> None:
    first = save(engine, filed("a"), NOTHING).submission_id
    second = save(engine, filed("b"), NOTHING).submission_id
    older = save(engine, filed("c", year=2023), NOTHING).submission_id
    other = replace(filed("d", department="云岭县林业局"), department_code="330018")
    forest = save(engine, other, NOTHING).submission_id
    with reading(engine) as db:
        assert find(db) == [forest, older, second]
        assert find(db, latest_only=False) == [forest, older, first, second]
        assert find(db, "水 利") == find(db, "330017") == [older, second]
        assert find(db, "330018") == find(db, "林业局", 2024) == [forest]
        assert find(db, "水利", 2024, latest_only=False) == [first, second]
        assert find(db, "%") == find(db, fiscal_year=1999) == []
        assert load(db, 999) is None
        assert latest(db, "水利局", 2024) is None
        assert departments(db) == ["云岭县林业局", "云岭县水利局"]


def test_a_run_keeps_what_it_brought_in_and_what_it_could_not_read(engine: Engine) -> None:
    run = start_run(engine)
    saved = save(engine, filed("a"), NOTHING, run)
    record_failure(engine, run, Failure("水利/附件9.docx", "empty", "文件是空的", "请重新取得这个文件"))
    finish_run(engine, run, created=1, unchanged=0, failed=1)
    with writing(engine) as db:
        row = db.exec_driver_sql("SELECT created, unchanged, failed FROM ingest_run").one()
        assert tuple(row) == (1, 0, 1)
        assert db.exec_driver_sql("SELECT reason FROM ingest_failure").scalar_one() == "empty"
        assert db.exec_driver_sql("SELECT ingest_run_id FROM submission").scalar_one() == run
        db.exec_driver_sql("DELETE FROM ingest_run")
    with reading(engine) as db:
        assert load(db, saved.submission_id) is not None


def test_a_deleted_submission_leaves_no_row_behind(engine: Engine) -> None:
    save(engine, filed("a"), full_judgement())
    with writing(engine) as db:
        db.exec_driver_sql("DELETE FROM submission")
    for table in ("figure", "place", "indicator", "listed_part", "finding_place", "reviewer", "tally"):
        assert count(engine, table) == 0
