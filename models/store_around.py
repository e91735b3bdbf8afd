"""What the store knows beside a report: last year's, the revision before, narratives like its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from extract.bureau import Entry, department_key, is_one_department
from extract.report import Report
from models.store import Stored, fingerprint, latest, latest_id, load
from models.store_copies import copies
from models.store_read import Database
from models.store_register import held, owner_of
from models.tables import Department, Submission
from models.trouble import trouble
from reconcile.surroundings import Surroundings, Unit


def around(db: Database, report: Report, revision: int | None = None) -> Surroundings:
    """What is known beside a report that is to be judged. `revision` is its own where it is stored;
    without it the report is about to be stored. Raises DatabaseTrouble."""
    owner = owner_of(db, report.department, report.department_code, report.fiscal_year)
    previous = _previous(db, report, owner.name, revision)
    alike, set_phrases = copies(db, report, owner.name)
    books = held(db, report)
    prior = _of_last_year(db, report, books.entry)
    units = [(entry, _last(db, entry.name, entry.code, report.fiscal_year)) for entry in books.units]
    return Surroundings(
        entry=books.entry,
        register=books.register,
        booked=books.booked,
        units=tuple(Unit(entry, None if last is None else last.report) for entry, last in units),
        prior=None if prior is None else prior.report,
        previous=None if previous is None else previous.report,
        asked=frozenset() if previous is None else _asked(previous),
        copies=alike,
        set_phrases=set_phrases,
    )


def before(db: Database, submission_id: int) -> Stored | None:
    """The revision before a stored one; None for a first one."""
    own = aliased(Submission)
    wanted = (
        select(Submission.id)
        .join(own, (own.department_id == Submission.department_id) & (own.id == submission_id))
        .where(Submission.fiscal_year == own.fiscal_year, Submission.revision < own.revision)
        .order_by(Submission.revision.desc())
        .limit(1)
    )
    with trouble():
        found = db.execute(wanted).scalar()
    return None if found is None else load(db, found)


def above(db: Database, submission_ids: Iterable[int]) -> list[int]:
    """The last submissions, of the same years, of the departments in charge of those that filed these."""
    found: dict[int, None] = {}
    columns = select(Submission.department_name, Submission.department_code, Submission.fiscal_year)
    for submission_id in submission_ids:
        with trouble():
            whose = db.execute(columns.where(Submission.id == submission_id)).first()
        parent = None if whose is None else held(db, Report(*whose)).parent
        if whose is None or parent is None:
            continue
        last = latest_id(db, parent.name, whose.fiscal_year, parent.code)
        if last is not None:
            found[last] = None
    return list(found)


def _last(db: Database, department: str, code: str | None, fiscal_year: int | None) -> Stored | None:
    """The department's last revision for the year."""
    return None if fiscal_year is None else latest(db, department, fiscal_year, code)


def _of_last_year(db: Database, report: Report, entry: Entry | None) -> Stored | None:
    """The department's last revision for the year before; None where it was made of several departments
    since, each of which filed a report of its own then: what it spent is told in none of them."""
    if report.fiscal_year is None:
        return None
    last = latest(db, report.department, report.fiscal_year - 1, report.department_code)
    if last is None:
        return None
    names = [report.department] if entry is None else entry.names
    own = select(Submission.department_id).where(Submission.id == last.submission_id)
    theirs = or_(
        Submission.department_id.in_(own),
        Submission.department_name.in_({*names, *map(department_key, names)}),
    )
    wanted = select(Submission.department_name, Submission.department_code).distinct()
    with trouble():
        filed = db.execute(wanted.where(Submission.fiscal_year == report.fiscal_year - 1, theirs)).all()
    alone = all(_same(last.report, row) for row in filed)
    return last if alone else None


def _same(report: Report, row: Any) -> bool:
    """Whether a submission's row is of the report's own department."""
    one = report.department, report.department_code
    return is_one_department(one, (row.department_name, row.department_code))


def _previous(db: Database, report: Report, department: str, revision: int | None) -> Stored | None:
    """The revision before the report's own; the last one for a report whose files are not stored yet. Where
    two departments were merged since, what the other one filed is no revision of this report."""
    theirs = (Department.name == department, Submission.fiscal_year == report.fiscal_year)
    columns = select(*Submission.__table__.c).join(Department)
    with trouble():
        stored = db.execute(columns.where(*theirs).order_by(Submission.revision.desc())).all()
    if revision is None:
        files = fingerprint(report.sources)
        revision = next((row.revision for row in stored if row.fingerprint == files), None)
    before = [
        row.id for row in stored if (revision is None or row.revision < revision) and _same(report, row)
    ]
    return load(db, before[0]) if before else None


def _asked(previous: Stored) -> frozenset[str]:
    """The paths that a revision's department was asked about."""
    return frozenset(
        path for finding in previous.judgement.findings if finding.flagged for path in finding.cites
    )
