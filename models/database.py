"""Opening a database and bringing its schema up to date; whatever goes wrong is DatabaseTrouble."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, func, inspect, select, text
from sqlalchemy.orm import Session

import migrations
from models.address import BUSY_SECONDS, understood
from models.exact import add_exactly
from models.trouble import DatabaseTrouble, trouble

_BEAT_MS = 100
_UPGRADE_LOCK = 0x676F756A69  # «gouji», the key of PostgreSQL's advisory lock


def open_database(address: str) -> Engine:
    """An engine for a SQLAlchemy URL; nothing is connected to yet.

    On SQLite every connection keeps foreign keys, waits for other writers and sums exactly.
    Raises DatabaseTrouble for an address that can't be understood.
    """
    url, options = understood(address)
    with trouble():
        engine = create_engine(url, connect_args=options, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    else:
        engine.dialect.use_insertmanyvalues_wo_returning = True
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for looking things up."""
    with trouble(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it is written at the end, or nothing. SQLite has one writer at a time."""
    with trouble(), engine.connect() as connection:
        connection.execution_options(gouji_writes=True)
        with connection.begin():
            yield connection


def files_of(engine: Engine) -> list[Path]:
    """The files that a SQLite database keeps: they may stand in the very folder that is read."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return []
    return [Path(engine.url.database + ending) for ending in ("", "-journal", "-wal", "-shm")]


def take_turn(db: Connection | Session, department: str) -> None:
    """Wait until nobody else is at work on the department, for the rest of the transaction (SQLite has but
    one writer as it is)."""
    dialect = db.get_bind().dialect if isinstance(db, Session) else db.dialect
    if dialect.name != "sqlite":
        db.execute(select(func.pg_advisory_xact_lock(func.hashtext(department))))


def upgrade(engine: Engine) -> None:
    """Bring the schema to this program's version; data stays.

    Raises DatabaseTrouble for a database that is another program's or a newer gouji's.
    """
    _refuse_foreign(engine, current(engine))
    with migrating(engine) as connection:
        command.upgrade(_config(connection), "head")


def downgrade(engine: Engine, revision: str) -> None:
    """Take the schema back to a revision, `base` for none: what the older schema can't hold is lost."""
    with migrating(engine) as connection:
        command.downgrade(_config(connection), revision)


def current(engine: Engine) -> str | None:
    """The schema revision of the database, None where it has none."""
    if _absent(engine):
        return None
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The schema revision that this program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def ensure_ready(engine: Engine, create: bool = True) -> None:
    """Return once the schema is this program's; an empty database is upgraded where `create` allows it.

    Raises DatabaseTrouble for a database behind, ahead or not gouji's, and, without `create`, for an
    empty or absent one.
    """
    if not create and _absent(engine):
        raise DatabaseTrouble(
            "数据库还不存在", "请先运行 gouji ingest 导入文件，或用 --db 指定已有的数据库。"
        )
    revision = current(engine)
    _refuse_foreign(engine, revision)
    if revision is None:
        if not create:
            raise DatabaseTrouble(
                "数据库是空的", "请先运行 gouji ingest 导入文件，或用 --db 指定已有的数据库。"
            )
        upgrade(engine)
    elif revision != newest():
        raise DatabaseTrouble(
            f"数据库的结构是旧的（{revision}，需要 {newest()}）",
            "请先备份，再运行 gouji db upgrade；已有数据不会丢失。",
        )


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction for the schema, one migration at a time.

    SQLite alters a table by copying it, dropping it and giving the copy its name. With foreign keys on
    that would delete every row that refers to it, so they are off meanwhile and checked at the end; and
    the views that name it must be let be while it is gone (legacy_alter_table).
    """
    if engine.dialect.name != "sqlite":
        with writing(engine) as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
            yield connection
        return
    with trouble(), engine.connect() as connection:
        driver = connection.connection
        driver.cursor().execute("PRAGMA foreign_keys = OFF")
        driver.cursor().execute("PRAGMA legacy_alter_table = ON")
        try:
            connection.execution_options(gouji_writes=True)
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise DatabaseTrouble(
                        "升级后有数据对不上，已全部撤回，数据库没有改动", "请把数据库备份后告诉开发者。"
                    )
        finally:
            driver.cursor().execute("PRAGMA legacy_alter_table = OFF")
            driver.cursor().execute("PRAGMA foreign_keys = ON")


def _prepare(driver: sqlite3.Connection, _: object) -> None:
    driver.isolation_level = None
    driver.execute("PRAGMA foreign_keys = ON")
    add_exactly(driver)


def _begin(connection: Connection) -> None:
    """A writer takes its turn before it reads, so that what it read still holds when it writes.

    It waits here, not in SQLite's own busy handler, which no interrupt reaches.
    """
    if not connection.get_execution_options().get("gouji_writes", False):
        connection.exec_driver_sql("BEGIN")
        return
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    patience = time.monotonic() + BUSY_SECONDS
    driver.execute(f"PRAGMA busy_timeout = {_BEAT_MS}")
    try:
        while _others_write(driver) and time.monotonic() < patience:
            time.sleep(_BEAT_MS / 1000)
        if not driver.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _others_write(driver: sqlite3.Connection) -> bool:
    """Begin to write, unless somebody else does; any other trouble is left to who tries next."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return False


def _absent(engine: Engine) -> bool:
    """Whether the address is a SQLite file that isn't there (connecting would create it)."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:" or path.startswith("file:"):
        return False
    return not Path(path).exists()


def _refuse_foreign(engine: Engine, revision: str | None) -> None:
    """Another program's tables, or a newer gouji's, are not to be touched."""
    if revision is not None:
        scripts = ScriptDirectory.from_config(_config()).walk_revisions()
        if revision not in {script.revision for script in scripts}:
            raise DatabaseTrouble(
                f"数据库的版本 {revision} 不是这个程序建立的",
                "请换用更新的 gouji，或用 --db 换一个数据库。",
            )
        return
    with reading(engine) as connection:
        tables = set(inspect(connection).get_table_names())
    if tables - {"alembic_version"}:
        raise DatabaseTrouble(
            "这个数据库里已有别的程序的表，不是 gouji 的库", "请用 --db 换一个新的或专用的数据库。"
        )


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
