"""The samples into a real PostgreSQL: the same exports as from SQLite, and sums in SQL that are right."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import text

import cli
from models.database import open_database, reading
from samples.generate import SUBMISSIONS
from tests.postgres import Server, postgres

__all__ = ["postgres"]


def test_both_databases_give_the_same_records_and_sums(postgres: Server, tmp_path: Path) -> None:
    addresses = [f"sqlite:///{tmp_path / 'gouji.db'}", postgres.fresh("whole")]
    exports, sums = [], []
    for address in addresses:
        assert CliRunner().invoke(cli.main, ["--db", address, "ingest", str(SUBMISSIONS)]).exit_code == 1
        exported = CliRunner().invoke(cli.main, ["--db", address, "export", "--format", "jsonl"])
        exports.append([json.loads(line) for line in exported.output.splitlines()])
        engine = open_database(address)
        with reading(engine) as db:
            sums.append(Decimal(str(db.execute(text("SELECT sum(final) FROM v_expense")).scalar())))
        engine.dispose()
    assert exports[0] == exports[1]
    finals = [Decimal(row["final"]) for found in exports[0] for row in found["expenses"] if row["final"]]
    assert sums == [sum(finals), sum(finals)]
