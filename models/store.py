"""The store: a report and its judgement into rows, and back as they were.

One transaction a submission. The same files again change nothing; other files for the same department
and year make the next revision, and earlier ones stay. Whatever goes wrong is DatabaseTrouble.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from extract.bureau import department_key
from extract.document import Source
from extract.failure import Failure
from extract.report import Report
from models.database import take_turn, writing
from models.judged import FindingRow, IngestFailure, IngestRun, JudgedBy, TallyRow
from models.regroup import department_row
from models.store_judgement import read_judgement
from models.store_read import Database, Shelf, read_report
from models.store_register import departments_called, owner_of
from models.store_rows import Row, Rows
from models.store_waivers import hold, matched
from models.store_write import judgement_rows, report_rows, submission_texts
from models.tables import Department, Submission
from models.trouble import trouble
from reconcile.finding import Judgement


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a report is stored; `created` is False where these very files were stored before. `judgement`
    is the one that is stored: the older one of such files, and with the waivers that were given before."""

    submission_id: int
    revision: int
    created: bool
    judgement: Judgement = field(compare=False)


@dataclass(frozen=True, slots=True)
class Stored:
    """A submission out of the database."""

    submission_id: int
    revision: int
    report: Report
    judgement: Judgement
    ingested_at: datetime


def fingerprint(sources: Iterable[Source]) -> str:
    """One hash for a set of files, whatever their names and order."""
    return sha256("\n".join(sorted({source.sha256 for source in sources})).encode("ascii")).hexdigest()


def save(engine: Engine, report: Report, judgement: Judgement, run_id: int | None = None) -> Saved:
    """Store a report of a known department and year, in one transaction of its own.

    Two processes that save at once take turns, so that neither the same files nor a revision's number is
    stored twice. Raises DatabaseTrouble, and nothing is half-written then; ValueError for a report
    without department or year.
    """
    name = department_key(report.department)
    if not name or report.fiscal_year is None:
        raise ValueError("a report without department or year can't be stored")
    with writing(engine) as db:
        owner = owner_of(db, report.department, report.department_code, report.fiscal_year)
        take_turn(db, owner.name)
        department_id = department_row(db, owner.name, owner.code)
        judgement = matched(db, department_id, report.fiscal_year, judgement, lambda: report)
        files = fingerprint(report.sources)
        theirs = (Submission.department_id == department_id, Submission.fiscal_year == report.fiscal_year)
        same = select(Submission.id, Submission.revision).where(*theirs, Submission.fingerprint == files)
        stored = db.execute(same).first()
        if stored is not None:
            return Saved(stored.id, stored.revision, False, read_judgement(Shelf(db, stored.id)))
        revision = (db.execute(select(func.max(Submission.revision)).where(*theirs)).scalar() or 0) + 1
        identity = {
            "department_id": department_id,
            "fiscal_year": report.fiscal_year,
            "revision": revision,
            "fingerprint": files,
            "ingest_run_id": run_id,
            "ingested_at": datetime.now(UTC),
            "department_name": report.department,
            "department_code": report.department_code,
        }
        return Saved(_insert(db, identity, report, judgement), revision, True, judgement)


def _insert(db: Connection, identity: Row, report: Report, judgement: Judgement) -> int:
    rows = Rows()
    texts = submission_texts(rows, report)
    inserted = insert(Submission).values(**identity, **texts).returning(Submission.id)
    submission_id = db.execute(inserted).scalar_one()
    report_rows(rows, report)
    judgement_rows(rows, judgement)
    rows.insert(db, submission_id)
    return submission_id


def load(db: Database, submission_id: int) -> Stored | None:
    """A submission as it was saved, with the values that were corrected since; None for no such id."""
    with trouble():
        row = _submission(db, submission_id)
        if row is None:
            return None
        shelf = Shelf(db, submission_id)
        report, judgement = read_report(shelf, row), read_judgement(shelf)
    return Stored(submission_id, row.revision, report, judgement, row.ingested_at)


def load_judged(db: Database, submission_id: int) -> Stored | None:
    """As `load`, but of the report only whose it is: for listings of many submissions."""
    with trouble():
        row = _submission(db, submission_id)
        if row is None:
            return None
        judgement = read_judgement(Shelf(db, submission_id))
    whose = Report(row.department_name, row.department_code, row.fiscal_year)
    return Stored(submission_id, row.revision, whose, judgement, row.ingested_at)


def _submission(db: Database, submission_id: int) -> Any:
    columns = Submission.__table__.c
    return db.execute(select(*columns).where(columns.id == submission_id)).first()


def find(
    db: Database, department: str | None = None, fiscal_year: int | None = None, latest_only: bool = True
) -> list[int]:
    """The ids of submissions, in order of department, year and revision.

    Without `latest_only` superseded revisions too. `department` is a code, or a name or part of one.
    """
    wanted = select(Submission.id).join(Department)
    if department is not None:
        part = department_key(department)
        wanted = wanted.where(
            or_(
                Department.name.contains(part, autoescape=True),
                Department.name.in_(departments_called(db, part)),
                Department.code == part,
                Submission.department_code == part,
            )
        )
    if fiscal_year is not None:
        wanted = wanted.where(Submission.fiscal_year == fiscal_year)
    if latest_only:
        later = aliased(Submission)
        is_later = later.revision > Submission.revision
        theirs = (
            later.department_id == Submission.department_id,
            later.fiscal_year == Submission.fiscal_year,
        )
        wanted = wanted.where(~exists().where(*theirs, is_later))
    order = (Department.name, Submission.fiscal_year, Submission.revision)
    with trouble():
        return list(db.execute(wanted.order_by(*order)).scalars())


def latest(db: Database, department: str, fiscal_year: int | None, code: str | None = None) -> Stored | None:
    """The last revision of one department, by a name or the code that the register knows or by its exact
    name, and year; None where nothing is stored."""
    found = latest_id(db, department, fiscal_year, code)
    return None if found is None else load(db, found)


def latest_id(db: Database, department: str, fiscal_year: int | None, code: str | None = None) -> int | None:
    """As `latest`, its id alone."""
    owner = owner_of(db, department, code, fiscal_year)
    wanted = (
        select(Submission.id)
        .join(Department)
        .where(Department.name == owner.name, Submission.fiscal_year == fiscal_year)
        .order_by(Submission.revision.desc())
        .limit(1)
    )
    with trouble():
        return db.execute(wanted).scalar()


def departments_of(db: Database, submission_ids: Iterable[int]) -> dict[int, str]:
    """The name of the department under which each of these submissions is stored: one for all its years,
    whatever it was called in them."""
    wanted = select(Submission.id, Department.name).join(Department)
    with trouble():
        known = {row.id: row.name for row in db.execute(wanted)}
    return {one: known[one] for one in submission_ids if one in known}


def departments(db: Database) -> list[str]:
    """Every department's name as it stands in its submissions, in order."""
    with trouble():
        named = select(Submission.department_name).distinct().order_by(Submission.department_name)
        return list(db.execute(named).scalars())


def replace_judgement(db: Database, submission_id: int, judgement: Judgement) -> Judgement:
    """Put a new judgement in the old one's place, in the caller's transaction; gives it with its waivers."""
    with trouble():
        hold(db, submission_id)
        row = _submission(db, submission_id)
        shelf = Shelf(db, submission_id)
        whose = (row.department_id, row.fiscal_year)
        judgement = matched(db, *whose, judgement, lambda: read_report(shelf, row))
        rows = Rows()
        judgement_rows(rows, judgement)
        for table in (FindingRow, TallyRow, JudgedBy):
            db.execute(delete(table).where(table.submission_id == submission_id))
        rows.insert(db, submission_id)
    return judgement


def start_run(engine: Engine) -> int:
    """Open the record of one `gouji ingest`."""
    with writing(engine) as db:
        started = insert(IngestRun).returning(IngestRun.id)
        return db.execute(started, {"started_at": datetime.now(UTC)}).scalar_one()


def finish_run(engine: Engine, run_id: int, created: int, unchanged: int, failed: int) -> None:
    """Close it, with how many submissions were new or known and how many files could not be read."""
    counts = {"created": created, "unchanged": unchanged, "failed": failed}
    with writing(engine) as db:
        closed = update(IngestRun).where(IngestRun.id == run_id)
        db.execute(closed.values(finished_at=datetime.now(UTC), **counts))


def record_failure(engine: Engine, run_id: int, failure: Failure) -> None:
    """Keep why a file of a run was not read."""
    with writing(engine) as db:
        row = {"path": failure.path, "reason": failure.reason}
        row |= {"message": failure.message, "remedy": failure.remedy}
        db.execute(insert(IngestFailure), {"ingest_run_id": run_id, **row})
