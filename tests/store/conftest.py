"""Both databases: a test that takes `engine` runs on SQLite and on PostgreSQL, each time empty and ready."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.database import ensure_ready, open_database, writing
from tests.postgres import Server, postgres

__all__ = ["postgres"]


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'gouji.db'}"
    server: Server = request.getfixturevalue("postgres")
    return server.fresh("gouji")


@pytest.fixture
def bare(address: str) -> Iterator[Engine]:
    """An engine on an empty database."""
    engine = open_database(address)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(bare: Engine) -> Engine:
    """An engine on a database with tables."""
    ensure_ready(bare)
    return bare


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    """An engine on a SQLite file with tables, for what only SQLite can do."""
    engine = open_database(f"sqlite:///{tmp_path / 'only.db'}")
    ensure_ready(engine)
    yield engine
    engine.dispose()


def count(engine: Engine, table: str) -> int:
    """The rows of a table."""
    with writing(engine) as db:
        return int(db.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
