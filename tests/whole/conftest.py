"""The whole path for tests: files in, records out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from models import store
from models.database import ensure_ready, open_database, reading
from outcome import Options, Outcome
from outputs.record import record
from pipeline import ingest

Record = dict[str, Any]
Ingest = Callable[..., list[Outcome]]


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("empty") / "gouji.db"
    made = open_database(f"sqlite:///{path}")
    ensure_ready(made)
    made.dispose()
    return path


@pytest.fixture
def engine(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = shutil.copy(empty_database, tmp_path_factory.mktemp("whole") / "gouji.db")
    made = open_database(f"sqlite:///{path}")
    yield made
    made.dispose()


@pytest.fixture
def take_in(engine: Engine) -> Ingest:
    """Ingests paths and gives the outcomes."""

    def run(*paths: Path, **options: Any) -> list[Outcome]:
        events = ingest(list(paths), engine, Options(**options))
        return [event for event in events if isinstance(event, Outcome)]

    return run


@pytest.fixture
def records(engine: Engine) -> Callable[[], list[Record]]:
    """The stored records of the latest revisions, as they are exported."""

    def read() -> list[Record]:
        with reading(engine) as db:
            stored = [store.load(db, submission_id) for submission_id in store.find(db)]
        return [record(found) for found in stored if found is not None]

    return read
