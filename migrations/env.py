"""How Alembic reaches the database: on the connection gouji hands it, else on `-x db=URL` or GOUJI_DB.

SQLite alters a table by copying it (batch mode). Everything runs in one transaction, so a migration
that fails leaves the database as it was.
"""

from __future__ import annotations

import os

from alembic import context
from sqlalchemy import Connection

from models.base import Base
from models.database import migrating, open_database


def migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


def url() -> str:
    given = context.get_x_argument(as_dictionary=True).get("db") or os.environ.get("GOUJI_DB")
    return given if isinstance(given, str) else "sqlite:///gouji.db"


handed_over = context.config.attributes.get("connection")
if context.is_offline_mode():
    context.configure(url=url(), literal_binds=True, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
elif isinstance(handed_over, Connection):
    migrate(handed_over)
else:
    with migrating(open_database(url())) as connection:
        migrate(connection)
