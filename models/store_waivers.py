"""Waivers in the store: kept for a department and a year, put on the findings they were given for.

A waiver is put on anew whenever a judgement is stored, in that very transaction. One that was withdrawn
stays in its table and is put on nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update

from extract.report import Report
from models.bureau import FindingWaiver, WaiverRow
from models.database import take_turn
from models.store_judgement import read_judgement
from models.store_read import Database, Shelf, read_report
from models.store_rows import Rows
from models.store_write import waiver_rows
from models.tables import Department, Submission
from models.trouble import trouble
from reconcile.change import Names
from reconcile.finding import Judgement, Waiver
from reconcile.waiving import Accepted, Basis, Operand, basis_of
from reconcile.waiving import matched as put_on

_MANY = 500
_WAIVER, _HELD, _SUBMISSION = (t.__table__.c for t in (WaiverRow, FindingWaiver, Submission))


@dataclass(frozen=True, slots=True)
class Kept:
    """A waiver as it is kept: the `message` it was given for, the last revision of its department and
    year, and there the place of the finding it is on, None where there is none."""

    accepted: Accepted
    message: str
    submission_id: int
    finding: int | None
    withdrawn_by: str | None
    withdrawn_at: datetime | None


def matched(
    db: Database, department_id: int, fiscal_year: int, judgement: Judgement, report: Callable[[], Report]
) -> Judgement:
    """The judgement with the waivers of its department and year on its findings. The report is asked
    for only where there are any."""
    accepted = _in_force(db, department_id, fiscal_year)
    return put_on(report() if accepted else Report(), judgement, accepted)


def hold(db: Database, submission_id: int) -> int:
    """Wait until nobody else is at work on the submission's department, for the rest of the transaction;
    gives the id of the last revision of its year. Raises DatabaseTrouble."""
    with trouble():
        name = select(Department.name).join(Submission).where(Submission.id == submission_id)
        take_turn(db, db.execute(name).scalar_one())
        row = db.execute(select(*_SUBMISSION).where(_SUBMISSION.id == submission_id)).one()
        theirs = select(_SUBMISSION.id).where(*_same_year(row.department_id, row.fiscal_year))
        last = theirs.order_by(_SUBMISSION.revision.desc()).limit(1)
        return int(db.execute(last).scalar_one())


def waive(db: Connection, submission_id: int, finding: int, reason: str, by: str) -> Judgement:
    """Accept a finding (its place in the judgement from 0), in the caller's transaction; gives the
    judgement as it is then. A waiver that the finding outlived is withdrawn. Raises DatabaseTrouble."""
    with trouble():
        row, report, judgement = _judged(db, submission_id)
        found = judgement.findings[finding]
        basis = basis_of(Names(report), found)
        now = datetime.now(UTC)
        if found.waiver is not None:
            _withdraw(db, found.waiver.number, by, now)
        values = {
            "department_id": row.department_id,
            "fiscal_year": row.fiscal_year,
            "rule": basis.rule,
            "subject": _text(basis.subject),
            "operands": _text([[one.name, one.label, one.value] for one in basis.operands]),
            "message": found.message,
            "reason": reason,
            "waived_by": by,
            "waived_at": now,
        }
        db.execute(insert(WaiverRow), values)
        put_on_again(db, row.department_id, row.fiscal_year)
        return read_judgement(Shelf(db, submission_id))


def withdraw(db: Connection, submission_id: int, number: int, by: str | None) -> Judgement:
    """Take back the waiver of this number, which was given for the submission's department and year, in
    the caller's transaction; gives the judgement as it is then. Raises DatabaseTrouble."""
    with trouble():
        row = db.execute(select(*_SUBMISSION).where(_SUBMISSION.id == submission_id)).one()
        _withdraw(db, number, by, datetime.now(UTC))
        put_on_again(db, row.department_id, row.fiscal_year)
        return read_judgement(Shelf(db, submission_id))


def put_on_again(db: Connection, department_id: int, fiscal_year: int) -> None:
    """Match the waivers of a department and year with the findings of all its revisions, in the caller's
    transaction."""
    accepted = _in_force(db, department_id, fiscal_year)
    revisions = select(_SUBMISSION.id).where(*_same_year(department_id, fiscal_year))
    for submission_id in db.execute(revisions).scalars().all():
        db.execute(delete(FindingWaiver).where(FindingWaiver.submission_id == submission_id))
        if accepted:
            _, report, judgement = _judged(db, submission_id)
            rows = Rows()
            waiver_rows(rows, put_on(report, judgement, accepted))
            rows.insert(db, submission_id)


def kept(db: Database, submission_ids: Sequence[int]) -> list[Kept]:
    """Every waiver ever given for the departments and years of these submissions (their last revisions),
    in the order of the submissions and then of the waivers. Raises DatabaseTrouble."""
    same = and_(
        _WAIVER.department_id == _SUBMISSION.department_id, _WAIVER.fiscal_year == _SUBMISSION.fiscal_year
    )
    held = and_(_HELD.waiver_id == _WAIVER.id, _HELD.submission_id == _SUBMISSION.id)
    wanted = (
        select(*_WAIVER, _SUBMISSION.id.label("submission"), _HELD.finding, _HELD.stale)
        .join_from(WaiverRow, Submission, same)
        .join(FindingWaiver, held, isouter=True)
    )
    found: dict[tuple[int, int], Kept] = {}
    with trouble():
        for start in range(0, len(submission_ids), _MANY):
            some = wanted.where(_SUBMISSION.id.in_(submission_ids[start : start + _MANY]))
            for row in db.execute(some.order_by(_WAIVER.id, _HELD.finding)):
                found.setdefault((row.submission, row.id), _kept(row))
    place = {submission_id: index for index, submission_id in enumerate(submission_ids)}
    return sorted(found.values(), key=lambda one: (place[one.submission_id], one.accepted.waiver.number))


def _judged(db: Connection, submission_id: int) -> tuple[Any, Report, Judgement]:
    row = db.execute(select(*_SUBMISSION).where(_SUBMISSION.id == submission_id)).one()
    shelf = Shelf(db, submission_id)
    return row, read_report(shelf, row), read_judgement(shelf)


def _withdraw(db: Connection, number: int, by: str | None, at: datetime) -> None:
    taken = update(WaiverRow).where(WaiverRow.id == number)
    db.execute(taken.values(withdrawn_by=by, withdrawn_at=at))


def _same_year(department_id: int, fiscal_year: int) -> tuple[Any, Any]:
    return _SUBMISSION.department_id == department_id, _SUBMISSION.fiscal_year == fiscal_year


def _in_force(db: Database, department_id: int, fiscal_year: int) -> list[Accepted]:
    """The waivers that are not withdrawn, oldest first."""
    theirs = (_WAIVER.department_id == department_id, _WAIVER.fiscal_year == fiscal_year)
    wanted = select(*_WAIVER).where(*theirs, _WAIVER.withdrawn_at.is_(None)).order_by(_WAIVER.id)
    return [_accepted(row, stale=False) for row in db.execute(wanted)]


def _kept(row: Any) -> Kept:
    accepted = _accepted(row, stale=bool(row.stale))
    return Kept(accepted, row.message, row.submission, row.finding, row.withdrawn_by, row.withdrawn_at)


def _accepted(row: Any, stale: bool) -> Accepted:
    waiver = Waiver(row.id, row.reason, row.waived_by, row.waived_at, stale)
    operands = tuple(Operand(*one) for one in json.loads(row.operands))
    return Accepted(waiver, Basis(row.rule, tuple(json.loads(row.subject)), operands))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
