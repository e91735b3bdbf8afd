"""Submissions put under the departments they belong to, after a register has told new names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from models.bureau import WaiverRow
from models.store_waivers import put_on_again
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
    with the last of their submissions and are put on the findings of all that is there then; departments
    that are left with nothing go."""
    groups: defaultdict[_Year, dict[str, Any]] = defaultdict(dict)
    changed: set[_Year] = set()
    moved: set[tuple[int, int, int]] = set()
    rows = db.execute(select(*Submission.__table__.c).order_by(Submission.ingested_at, Submission.id)).all()
    targets = {row.id: department_row(db, *_named(whose, row)) for row in rows}
    for row in sorted(rows, key=lambda row: targets[row.id] != row.department_id):
        target, year = targets[row.id], row.fiscal_year
        if row.fingerprint in groups[target, year]:
            target = row.department_id
        groups[target, year][row.fingerprint] = row
        if target != row.department_id:
            changed |= {(target, year), (row.department_id, year)}
            moved.add((row.department_id, target, year))
    _number(db, {key: list(groups[key].values()) for key in changed & groups.keys()})
    for old, new, year in moved:
        if not groups.get((old, year)):
            theirs = (WaiverRow.department_id == old, WaiverRow.fiscal_year == year)
            db.execute(update(WaiverRow).where(*theirs).values(department_id=new))
    for department, year in changed & groups.keys():
        put_on_again(db, department, year)
    left = {old for old, _, _ in moved}
    kept = select(Submission.department_id)
    db.execute(delete(Department).where(Department.id.in_(left), Department.id.not_in(kept)))


def _named(whose: Whose, row: Any) -> tuple[str, str | None]:
    return whose(row.department_name, row.department_code, row.fiscal_year)


def _number(db: Connection, groups: Mapping[_Year, Sequence[Any]]) -> None:
    """Give each department its submissions of a year, numbered from 1 in the order they came. They all
    leave their old numbers before any takes a new one."""
    for rows in groups.values():
        for row in rows:
            db.execute(update(Submission).where(Submission.id == row.id).values(revision=-row.id))
    for (department, _), rows in groups.items():
        for revision, row in enumerate(sorted(rows, key=lambda row: (row.ingested_at, row.id)), 1):
            values = {"department_id": department, "revision": revision}
            db.execute(update(Submission).where(Submission.id == row.id).values(**values))
