"""Submissions put under the departments they belong to, after a register has told new names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from models.bureau import WaiverRow
from models.tables import Department, Submission

Whose = Callable[[str, str | None, int], tuple[str, str | None]]
"""From a printed name, a printed code and a year to the department's name and code."""

_Year = tuple[int, int]
"""A department and a fiscal year."""


def department_row(db: Connection, name: str, code: str | None) -> int:
    """The id of the department of this name, made where there is none; its code is the last one given."""
    known = db.execute(select(Department.id, Department.code).where(Department.name == name)).first()
    if known is None:
        added = insert(Department).values(name=name, code=code).returning(Department.id)
        return db.execute(added).scalar_one()
    if code is not None and code != known.code:
        db.execute(update(Department).where(Department.id == known.id).values(code=code))
    return int(known.id)


def regroup(db: Connection, whose: Whose) -> None:
    """Move every submission to its department. Where two departments become one, the revisions of a year
    are numbered anew by the time they came; the same files under both stay where they are. Waivers go
    with their submissions, departments that are left with nothing go."""
    groups: defaultdict[_Year, list[Any]] = defaultdict(list)
    changed: set[_Year] = set()
    moved: set[tuple[int, int, int]] = set()
    for row in db.execute(
        select(*Submission.__table__.c).order_by(Submission.ingested_at, Submission.id)
    ).all():
        name, code = whose(row.department_name, row.department_code, row.fiscal_year)
        target = department_row(db, name, code)
        groups[target, row.fiscal_year].append(row)
        if target != row.department_id:
            changed.add((target, row.fiscal_year))
            moved.add((row.department_id, target, row.fiscal_year))
    for department, year in changed:
        _number(db, department, groups[department, year])
    for old, new, year in moved:
        theirs = (WaiverRow.department_id == old, WaiverRow.fiscal_year == year)
        db.execute(update(WaiverRow).where(*theirs).values(department_id=new))
    left = {old for old, _, _ in moved}
    kept = select(Submission.department_id)
    db.execute(delete(Department).where(Department.id.in_(left), Department.id.not_in(kept)))


def _number(db: Connection, department: int, rows: list[Any]) -> None:
    """Give these submissions to the department, numbered from 1 in the order they came."""
    rows = sorted(rows, key=lambda row: (row.department_id != department, row.ingested_at, row.id))
    first = {row.fingerprint: row for row in reversed(rows)}
    theirs = sorted(first.values(), key=lambda row: (row.ingested_at, row.id))
    for row in theirs:
        db.execute(update(Submission).where(Submission.id == row.id).values(revision=-row.id))
    for revision, row in enumerate(theirs, 1):
        values = {"department_id": department, "revision": revision}
        db.execute(update(Submission).where(Submission.id == row.id).values(**values))
