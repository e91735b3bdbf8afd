"""What is known beside a report: last year's, the revision before, other departments' sentences."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from extract.bureau import Entry
from extract.report import Report
from models.database import reading
from models.store import find, save
from models.store_around import around, before
from models.store_copies import SET_PHRASE
from models.store_register_import import import_registers
from reconcile.finding import Judgement
from reconcile.surroundings import Copy, Surroundings
from tests.reports import full_judgement, full_report

NOTHING = Judgement((), ())


def filed(
    letter: str, department: str = "云岭县水利局", year: int = 2024, prints: tuple[int, ...] = ()
) -> Report:
    """The whole report out of one file whose hash is this letter."""
    files = (replace(full_report().sources[0], sha256=letter * 64),)
    code = None if department != "云岭县水利局" else "330017"
    whole = replace(full_report(), department=department, department_code=code, fiscal_year=year)
    return replace(whole, sources=files, sentence_prints=prints)


def known(engine: Engine, report: Report, revision: int | None = None) -> Surroundings:
    with reading(engine) as db:
        return around(db, report, revision)


def test_last_years_is_its_last_revision(engine: Engine) -> None:
    assert known(engine, filed("a")).prior is None
    save(engine, filed("b", year=2023), NOTHING)
    save(engine, filed("c", year=2023), NOTHING)
    save(engine, filed("d", year=2022), NOTHING)
    save(engine, filed("e", "云岭县林业局", 2023), NOTHING)
    assert known(engine, filed("a")).prior == filed("c", year=2023)
    assert known(engine, filed("c", year=2023)).prior == filed("d", year=2022)


def test_previous_is_the_last_revision_until_these_files_are_stored(engine: Engine) -> None:
    first, second, third = filed("a"), filed("b"), filed("c")
    assert known(engine, first).previous is None
    save(engine, first, full_judgement())
    assert known(engine, first).previous is None
    assert known(engine, second).previous == first
    save(engine, second, NOTHING)
    assert known(engine, third).previous == second
    assert known(engine, first).previous is None
    assert known(engine, second).previous == known(engine, second, revision=2).previous == first
    assert known(engine, first, revision=1).previous is None


def test_the_revision_before_a_stored_one(engine: Engine) -> None:
    save(engine, filed("0", year=2023), NOTHING)
    save(engine, filed("1", "云岭县林业局"), NOTHING)
    ids = [save(engine, filed(letter), NOTHING).submission_id for letter in "abc"]
    with reading(engine) as db:
        assert before(db, ids[0]) is None
        found = [before(db, one) for one in ids[1:]]
        assert [one and one.submission_id for one in found] == ids[:2]
        assert before(db, 999) is None


def test_asked_are_the_figures_of_flagged_findings(engine: Engine) -> None:
    save(engine, filed("a"), full_judgement())
    expected = {"expenses.reception.final", "expenses.three_public.final"}
    assert known(engine, filed("b")).asked == expected


def test_copies_are_other_departments_last_revisions_of_the_year(engine: Engine) -> None:
    save(engine, filed("a", "云岭县林业局", prints=(1, 2, 3)), NOTHING)
    save(engine, filed("b", "云岭县林业局", prints=(2, 3, 4, 5)), NOTHING)
    save(engine, filed("c", "云岭县教育局", prints=(3, 8)), NOTHING)
    save(engine, filed("d", "云岭县财政局", year=2023, prints=(1, 2, 3)), NOTHING)
    save(engine, filed("e", "云岭县审计局", prints=(9,)), NOTHING)
    save(engine, filed("f", prints=(1, 2, 3)), NOTHING)
    with reading(engine) as db:
        forest, school = find(db, "林业局")[0], find(db, "教育局")[0]
    found = known(engine, filed("0", prints=(1, 2, 3)))
    assert found.copies == (Copy(forest, "云岭县林业局", 2, 4), Copy(school, "云岭县教育局", 1, 2))
    assert found.set_phrases == 0
    assert known(engine, filed("0")).copies == ()


def test_a_sentence_of_very_many_departments_is_nobodys(engine: Engine) -> None:
    for number in range(SET_PHRASE + 1):
        save(engine, filed(str(number), f"云岭县第{number}中学", prints=(7, 100 + number)), NOTHING)
    found = known(engine, filed("a", prints=(7, 100, 8)))
    assert found.set_phrases == 1
    assert [(copy.department, copy.shared) for copy in found.copies] == [("云岭县第0中学", 1)]


def test_copies_are_looked_up_by_index(sqlite: Engine) -> None:
    save(sqlite, filed("a", "云岭县林业局", prints=(1, 2, 3)), NOTHING)
    steps: list[str] = []
    with reading(sqlite) as db:
        driver = db.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(lambda sql: steps.append(sql))
        around(db, filed("b", prints=(1, 2, 3)))
        driver.set_trace_callback(None)
        asked = [sql for sql in steps if "sentence_print" in sql]
        plans = [row[3] for sql in asked for row in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
    assert len(asked) == 3
    assert not [step for step in plans if step.startswith("SCAN") and "sentence_print" in step]


def test_what_departments_filed_that_were_merged_since_is_nobodys_prior_nor_revision(engine: Engine) -> None:
    trade, quality = "云岭县工商局", "云岭县质监局"
    save(engine, filed("a", trade, 2023), NOTHING)
    import_registers(engine, {2024: [Entry("330017", "云岭县水利局", (trade,))]})
    assert known(engine, filed("c")).prior == filed("a", trade, 2023)
    import_registers(engine, {2024: [Entry("330017", "云岭县水利局", (trade, quality))]})
    save(engine, filed("b", quality, 2023), NOTHING)
    assert known(engine, filed("c")).prior is None
    assert known(engine, filed("b", quality, 2023)).previous is None


def test_a_merged_department_with_a_place_of_its_own_in_last_years_register(engine: Engine) -> None:
    trade, quality = Entry("330017", "云岭县工商局"), Entry("330018", "云岭县质监局")
    merged = Entry("330017", "云岭县水利局", (trade.name, quality.name))
    import_registers(engine, {2023: [trade, quality], 2024: [merged]})
    save(engine, filed("a", trade.name, 2023), NOTHING)
    assert known(engine, filed("c")).prior == filed("a", trade.name, 2023)
    save(engine, filed("b", quality.name, 2023), NOTHING)
    assert known(engine, filed("c")).prior is None
