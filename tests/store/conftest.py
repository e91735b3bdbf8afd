"""Both databases: a test that takes `engine` runs on SQLite and on PostgreSQL, each time empty and ready."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="session")
def ready_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with tables and nothing in them, to be copied."""
    path = tmp_path_factory.mktemp("ready") / "ready.db"
    _migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def ready_database(postgres: Server) -> str:
    """The same on PostgreSQL."""
    _migrated(postgres.fresh("ready"))
    return "ready"


def _migrated(address: str) -> None:
    engine = open_database(address)
    ensure_ready(engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a database with tables."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("ready_file"), tmp_path / "gouji.db")
        address = f"sqlite:///{path}"
    else:
        server: Server = request.getfixturevalue("postgres")
        address = server.fresh("gouji", request.getfixturevalue("ready_database"))
    engine = open_database(address)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite(ready_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a SQLite file with tables, for what only SQLite can do."""
    engine = open_database(f"sqlite:///{shutil.copy(ready_file, tmp_path / 'only.db')}")
    yield engine
    engine.dispose()


def count(engine: Engine, table: str) -> int:
    """The rows of a table."""
    with writing(engine) as db:
        return int(db.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
