"""The schema: up, down and up on both databases, as the models say, from anywhere, never by halves."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Engine, Integer, inspect

from extract.quantity import Quantity
from extract.report import Report
from models import judged, tables
from models.base import Base
from models.database import (
    current,
    downgrade,
    ensure_ready,
    migrating,
    newest,
    open_database,
    reading,
    upgrade,
    writing,
)
from models.store import load, save
from models.trouble import DatabaseTrouble
from tests.reports import full_judgement, full_report
from tests.store.conftest import count

CHECKOUT = Path(__file__).parents[2]


def names(engine: Engine) -> set[str]:
    with reading(engine) as db:
        seen = inspect(db)
        return set(seen.get_table_names()) | set(seen.get_view_names())


def test_up_down_and_up_again(bare: Engine) -> None:
    assert current(bare) is None
    upgrade(bare)
    assert current(bare) == newest()
    full = names(bare)
    assert full >= {"submission", "expense", "v_submission", "v_expense", "v_indicator", "v_finding"}
    downgrade(bare, "base")
    assert (current(bare), names(bare)) == (None, {"alembic_version"})
    upgrade(bare)
    assert names(bare) == full


def without_readings(report: Report) -> Report:
    conflicts = []
    for conflict in report.conflicts:
        assert isinstance(conflict.first, Quantity)
        first, second = replace(conflict.first, readings=(), raw=""), replace(conflict.second, readings=())
        conflicts.append(replace(conflict, first=first, second=second))
    return replace(report, conflicts=tuple(conflicts))


def test_every_step_down_and_up_keeps_the_data(engine: Engine) -> None:
    """But for what only the tables of a later step could hold: the prints of sentences, other readings."""
    saved = save(engine, full_report(), full_judgement())
    downgrade(engine, "0001")
    assert "v_finding" not in names(engine)
    upgrade(engine)
    with reading(engine) as db:
        stored = load(db, saved.submission_id)
    assert stored is not None
    assert stored.report == replace(without_readings(full_report()), sentence_prints=())
    assert stored.judgement == full_judgement()


def test_the_migrations_make_what_the_models_say(engine: Engine) -> None:
    assert {judged.FindingRow.__table__, tables.Expense.__table__} < set(Base.metadata.tables.values())
    with reading(engine) as db:
        context = MigrationContext.configure(db, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_comparison_would_see_a_difference(engine: Engine) -> None:
    with writing(engine) as db:
        db.exec_driver_sql("DROP INDEX ix_finding_rule")
        db.exec_driver_sql("ALTER TABLE expense ADD COLUMN more INTEGER")
    with reading(engine) as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})
        assert len(compare_metadata(context, Base.metadata)) == 2


def test_an_empty_database_is_made_ready_a_ready_one_left_alone(bare: Engine) -> None:
    ensure_ready(bare)
    ensure_ready(bare, create=False)
    assert current(bare) == newest()


def test_a_database_behind_is_not_touched_before_it_is_asked_for(engine: Engine) -> None:
    downgrade(engine, "0001")
    with pytest.raises(DatabaseTrouble, match="结构是旧的") as caught:
        ensure_ready(engine)
    assert "gouji db upgrade" in caught.value.remedy
    assert current(engine) == "0001"


def test_a_newer_database_is_left_alone(engine: Engine) -> None:
    with writing(engine) as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for touch in (ensure_ready, upgrade):
        with pytest.raises(DatabaseTrouble) as caught:
            touch(engine)
        assert "9999" in caught.value.message
    assert current(engine) == "9999"


def test_another_programs_database_is_left_alone(bare: Engine) -> None:
    with writing(bare) as db:
        db.exec_driver_sql("CREATE TABLE salaries (id INTEGER)")
    for touch in (ensure_ready, upgrade):
        with pytest.raises(DatabaseTrouble, match="别的程序"):
            touch(bare)
    assert names(bare) == {"salaries"}


def test_a_failing_upgrade_leaves_nothing_behind(bare: Engine) -> None:
    with writing(bare) as db:
        db.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        db.exec_driver_sql("CREATE VIEW v_expense AS SELECT 1 AS one")
    with pytest.raises(DatabaseTrouble):
        upgrade(bare)
    assert names(bare) == {"alembic_version", "v_expense"}


def test_alembic_itself_works_with_the_url_given_from_anywhere(address: str, tmp_path: Path) -> None:
    alembic = [sys.executable, "-m", "alembic", "-c", str(CHECKOUT / "alembic.ini")]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    subprocess.run(
        [*alembic, "-x", f"db={address}", "upgrade", "head"], cwd=tmp_path, env=environment, check=True
    )
    subprocess.run(
        [*alembic, "downgrade", "-1"], cwd=tmp_path, env={**environment, "GOUJI_DB": address}, check=True
    )
    engine = open_database(address)
    assert current(engine) == "0003"
    engine.dispose()


def test_a_migration_that_loses_what_others_refer_to_is_taken_back(sqlite: Engine) -> None:
    save(sqlite, full_report(), full_judgement())
    with pytest.raises(DatabaseTrouble, match="已全部撤回"), migrating(sqlite) as db:
        db.exec_driver_sql("DELETE FROM submission")
    assert count(sqlite, "submission") == 1


def test_altering_a_table_keeps_the_rows_that_refer_to_it(sqlite: Engine) -> None:
    """SQLite's way of altering a table is to drop it: what refers to it must outlive that."""
    save(sqlite, full_report(), full_judgement())
    before = count(sqlite, "figure")
    with migrating(sqlite) as db:
        operations = Operations(MigrationContext.configure(db))
        with operations.batch_alter_table("submission", recreate="always") as table:
            table.add_column(Column("more", Integer))
    assert (count(sqlite, "submission"), count(sqlite, "figure")) == (1, before)
    with reading(sqlite) as db:
        assert db.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
