"""The database as commands use it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from outputs.ending import DatabaseFailed
from outputs.options import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """The database as it is; its trouble becomes a message and exit code 4."""
    from models.database import open_database
    from models.trouble import DatabaseTrouble

    try:
        engine = open_database(url)
        try:
            yield engine
        finally:
            engine.dispose()
    except DatabaseTrouble as error:
        raise DatabaseFailed(error.printed()) from error


@contextmanager
def reading(settings: Settings) -> Iterator[Connection]:
    """The stored submissions, for looking them up."""
    from models.database import reading

    with database(settings) as engine, reading(engine) as db:
        yield db


@contextmanager
def database(settings: Settings, create: bool = False) -> Iterator[Engine]:
    """The database with its tables in order; where allowed, an empty one gets them."""
    from models.database import ensure_ready

    with opened(settings.db) as engine:
        ensure_ready(engine, create)
        yield engine


def titles() -> dict[str, str]:
    from outputs.rules_reference import titles

    return titles()
