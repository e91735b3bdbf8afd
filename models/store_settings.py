"""The bureau's settings files as they are kept: the one in force, and those that were before."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from models.judged import JudgedBy, SettingsFile
from models.store_read import Database
from models.tables import Submission
from models.trouble import trouble


def in_force(db: Database) -> tuple[str, str] | None:
    """Name and text of the settings file that holds, None where none does."""
    wanted = select(SettingsFile.name, SettingsFile.text).where(SettingsFile.in_force)
    with trouble():
        found = db.execute(wanted.order_by(SettingsFile.id.desc())).first()
    return None if found is None else (found.name, found.text)


def put_in_force(db: Connection, name: str, text: str) -> None:
    """Let this file hold instead of any other; without a name, none."""
    if in_force(db) == (name, text):
        return
    with trouble():
        db.execute(update(SettingsFile).where(SettingsFile.in_force).values(in_force=False))
        if name:
            row = {"name": name, "text": text, "stored_at": datetime.now(UTC), "in_force": True}
            db.execute(insert(SettingsFile), row)


def judged_otherwise(db: Database, source: str) -> int:
    """How many submissions were last judged by other settings than those of `source`, the first line of
    what a judgement says of its settings; empty for none."""
    wanted = select(JudgedBy.settings).select_from(Submission).outerjoin(JudgedBy)
    with trouble():
        return sum((said or "").partition("\n")[0] != source for said in db.execute(wanted).scalars())
