"""The register in the store: whose a submission is, what an import moves, who has not submitted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from extract.bureau import BookFigure, Entry
from extract.document import Locus
from extract.quantity import Quantity
from extract.report import Report
from models.database import reading, writing
from models.store import find, latest, load, save
from models.store_around import around
from models.store_register import due, held, read_register, register_years, unfiled
from models.store_register_import import import_registers
from models.store_waivers import waive
from models.tables import Department, Submission
from models.trouble import DatabaseTrouble
from reconcile.finding import Judgement
from tests.reports import full_judgement, quantity
from tests.store.test_revisions import filed

NOTHING = Judgement((), ())
WATER = Entry("330017", "云岭县水利局", ("云岭县水务局",))
FOREST = Entry("330020", "云岭县林业局")


def under(name: str, code: str | None = None, hashes: str = "a", year: int = 2024) -> Report:
    return replace(filed(hashes, name, year), department_code=code)


def departments(engine: Engine) -> list[str]:
    with reading(engine) as db:
        return list(db.execute(select(Department.name).order_by(Department.id)).scalars())


def revisions(engine: Engine) -> list[tuple[str, int, int, str]]:
    """Department, year, revision, printed name."""
    columns = (Department.name, Submission.fiscal_year, Submission.revision, Submission.department_name)
    wanted = select(*columns).join_from(Submission, Department)
    with reading(engine) as db:
        return [
            (name, year, number, said)
            for name, year, number, said in db.execute(wanted.order_by(Submission.id))
        ]


def test_a_register_comes_back_as_it_was(engine: Engine) -> None:
    locus = Locus("台账.xlsx", row=4)
    books: dict[BookFigure, Quantity] = {
        "on_duty": replace(quantity("27", "count"), locus=locus),
        "executed": replace(quantity("1363.40"), locus=locus),
    }
    entries = (
        Entry("1", "云岭县水利局", ("水务局", "水利水电局"), None, True, books),
        Entry("2", "云岭县水库管理所", (), "1", False),
    )
    import_registers(engine, {2024: entries, None: [FOREST]})
    with reading(engine) as db:
        assert read_register(db, 2024) == entries
        assert str(read_register(db, 2024)[0].figures["executed"].value) == "1363.40"
        assert register_years(db) == [2024, None]
    import_registers(engine, {2024: entries[:1]})
    with reading(engine) as db:
        assert read_register(db, 2024) == entries[:1]
        assert read_register(db, None) == (FOREST,)


def test_an_import_tells_what_changed_and_keeps_a_former_name(engine: Engine) -> None:
    import_registers(engine, {2024: [WATER, FOREST]})
    renamed = Entry("330017", "云岭县水利水务局")
    for _ in range(2):
        change = import_registers(engine, {2024: [renamed, Entry("330021", "云岭县气象局")]})[2024]
        with reading(engine) as db:
            assert read_register(db, 2024)[0].names == ("云岭县水利水务局", "云岭县水利局")
    assert (change.new, change.gone, change.renamed) == ((), (), ())
    change = import_registers(engine, {2025: [WATER]})[2025]
    assert [old for old, _ in change.renamed] == ["云岭县水利水务局"]
    assert [entry.code for entry in change.gone] == ["330021"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("云岭县水务局", None),
        ("云岭县 水利局", None),
        ("云岭县水利局（本级）", None),
        ("云岭县水上事务局", "330017"),
        ("云岭县水务局", "330020"),
    ],
)
def test_a_submission_belongs_to_the_department_that_bears_its_name_or_code(
    engine: Engine, name: str, code: str | None
) -> None:
    import_registers(engine, {2024: [WATER, FOREST]})
    save(engine, under("云岭县水利局", "330017"), NOTHING)
    saved = save(engine, under(name, code, "b"), NOTHING)
    assert (saved.revision, departments(engine)) == (2, ["云岭县水利局"])
    with reading(engine) as db:
        stored = load(db, saved.submission_id)
        assert stored is not None
        assert stored.report.department == name
        found = latest(db, "云岭县水务局", 2024)
        assert found is not None
        assert found.submission_id == saved.submission_id
        assert find(db, "水务") == find(db, "330017") == [saved.submission_id]


def test_an_unknown_department_stays_its_own(engine: Engine) -> None:
    import_registers(engine, {2024: [WATER]})
    save(engine, under("云岭县档案馆", "330099"), NOTHING)
    assert departments(engine) == ["云岭县档案馆"]


def test_an_import_moves_what_is_stored_and_numbers_revisions_by_their_time(engine: Engine) -> None:
    save(engine, under("云岭县水务局", hashes="a"), NOTHING)
    save(engine, under("云岭县水利局", hashes="b"), NOTHING)
    save(engine, under("云岭县水务局", hashes="c"), NOTHING)
    save(engine, under("云岭县林业局", hashes="d"), NOTHING)
    import_registers(engine, {2024: [WATER, FOREST]})
    assert revisions(engine) == [
        ("云岭县水利局", 2024, 1, "云岭县水务局"),
        ("云岭县水利局", 2024, 2, "云岭县水利局"),
        ("云岭县水利局", 2024, 3, "云岭县水务局"),
        ("云岭县林业局", 2024, 1, "云岭县林业局"),
    ]
    assert sorted(departments(engine)) == ["云岭县林业局", "云岭县水利局"]


def test_a_corrected_register_moves_them_back(engine: Engine) -> None:
    save(engine, under("云岭县水务局", hashes="a"), NOTHING)
    save(engine, under("云岭县水利局", hashes="b"), NOTHING)
    before = revisions(engine)
    import_registers(engine, {2024: [WATER]})
    import_registers(engine, {2024: [replace(WATER, aliases=()), Entry("330018", "云岭县水务局")]})
    assert revisions(engine) == before


def test_the_same_files_under_two_names_are_both_kept(engine: Engine) -> None:
    save(engine, under("云岭县水务局"), NOTHING)
    save(engine, under("云岭县水利局"), NOTHING)
    import_registers(engine, {2024: [WATER]})
    assert len(revisions(engine)) == 2


def test_waivers_go_with_their_submissions_and_hold_at_once(engine: Engine) -> None:
    former = save(engine, under("云岭县水务局"), full_judgement())
    with writing(engine) as db:
        waive(db, former.submission_id, 0, "经批复调整", "综合科")
    own = save(engine, under("云岭县水利局", hashes="b"), full_judgement())
    assert [one.waived for one in own.judgement.findings] == [False, False, False]
    import_registers(engine, {2024: [WATER]})
    with reading(engine) as db:
        for one in (former, own):
            stored = load(db, one.submission_id)
            assert stored is not None
            assert [one.waived for one in stored.judgement.findings] == [True, False, False]


def test_departments_that_were_apart_in_their_own_year_stay_apart(engine: Engine) -> None:
    """水务局 was merged into 水利局 in 2024; 2023's register knows both."""
    apart = [replace(WATER, aliases=()), Entry("330018", "云岭县水务局")]
    import_registers(engine, {2023: apart, 2024: [WATER]})
    save(engine, under("云岭县水务局", year=2023), NOTHING)
    save(engine, under("云岭县水利局", hashes="b", year=2023), NOTHING)
    save(engine, under("云岭县水务局", hashes="c", year=2024), NOTHING)
    assert [row[:3] for row in revisions(engine)] == [
        ("云岭县水务局", 2023, 1),
        ("云岭县水利局", 2023, 1),
        ("云岭县水利局", 2024, 1),
    ]


def test_a_renamed_department_finds_its_last_year(engine: Engine) -> None:
    import_registers(engine, {2023: [Entry("330017", "云岭县水务局")]})
    save(engine, under("云岭县水务局", hashes="a", year=2023), NOTHING)
    import_registers(engine, {2024: [Entry("330017", "云岭县水利局")]})
    save(engine, under("云岭县水利局", hashes="b", year=2024), NOTHING)
    assert departments(engine) == ["云岭县水利局"]
    with reading(engine) as db:
        prior = around(db, under("云岭县水利局", hashes="b")).prior
        assert prior is not None
        assert prior.fiscal_year == 2023
        assert unfiled(db) == []


def test_which_register_holds_for_a_year(engine: Engine) -> None:
    old, always, new = (Entry("1", f"云岭县{name}局") for name in ("水务", "水利", "水政"))
    import_registers(engine, {2022: [old]})
    with reading(engine) as db:
        assert (held(db, under(old.name)).entry, held(db, under(old.name)).booked) == (old, False)
    import_registers(engine, {None: [always]})
    with reading(engine) as db:
        kept = held(db, under(always.name))
        assert (kept.entry and kept.entry.names, kept.booked) == ((always.name, old.name), True)
    import_registers(engine, {2024: [new]})
    with reading(engine) as db:
        mine = held(db, under("某局", "1"))
        assert (mine.entry and mine.entry.name, mine.booked) == (new.name, True)


def test_a_parents_units_come_with_their_reports(engine: Engine) -> None:
    units = [Entry("2", "云岭县水库管理所", (), "1"), Entry("3", "云岭县河道所", (), "1", False)]
    import_registers(engine, {2024: [Entry("1", "云岭县水利局"), *units]})
    save(engine, under("云岭县水库管理所"), NOTHING)
    with reading(engine) as db:
        known = around(db, under("云岭县水利局", hashes="b"))
    assert known.entry is not None
    assert known.booked
    assert [(unit.entry.code, unit.report is None) for unit in known.units] == [("2", False), ("3", True)]


def test_who_has_not_submitted(engine: Engine) -> None:
    excused = Entry("330030", "云岭县档案馆", (), None, False)
    import_registers(engine, {2024: [WATER, FOREST, excused], None: [FOREST]})
    save(engine, under("云岭县水务局"), NOTHING)
    save(engine, under("云岭县气象局", hashes="b", year=2023), NOTHING)
    with reading(engine) as db:
        assert [(one.fiscal_year, one.name) for one in unfiled(db)] == [
            (2023, "云岭县林业局"),
            (2024, "云岭县林业局"),
        ]
        assert [one.name for one in unfiled(db, 2024)] == ["云岭县林业局"]
        assert (due(db, 2024), due(db, 2023), due(db, 2020)) == (2, 1, 1)


def test_the_view_says_what_the_register_and_the_store_say_one_by_one(engine: Engine) -> None:
    entries = [Entry(str(n), f"云岭县第{n}局", (f"云岭县旧{n}局",), None, n % 3 != 0) for n in range(1, 10)]
    import_registers(engine, {2024: entries, 2023: entries[:4]})
    save(engine, under("云岭县旧1局", hashes="a"), NOTHING)
    save(engine, under("云岭县新2局", "2", hashes="b"), NOTHING)
    save(engine, under("云岭县第4局", "5", hashes="c"), NOTHING)
    save(engine, under("云岭县第2局", hashes="d", year=2023), NOTHING)
    with reading(engine) as db:
        by_hand = [
            (year, entry.code)
            for year in (2023, 2024)
            for entry in read_register(db, year)
            if entry.must_submit and latest(db, entry.name, year, entry.code) is None
        ]
        assert [(one.fiscal_year, one.code) for one in unfiled(db)] == by_hand
    assert by_hand == [(2023, "1"), (2023, "4"), *((2024, code) for code in "578")]


def test_an_import_that_fails_changes_nothing(engine: Engine) -> None:
    import_registers(engine, {2024: [WATER]})
    with pytest.raises(DatabaseTrouble):
        import_registers(engine, {2024: [FOREST, FOREST]})
    with reading(engine) as db:
        assert read_register(db, 2024) == (WATER,)
