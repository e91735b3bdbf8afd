"""What the store knows beside a report: last year's, the revision before, narratives like its own."""

from __future__ import annotations

from sqlalchemy import select

from extract.report import Report
from models.store import Stored, department_key, fingerprint, latest, load
from models.store_read import Database
from models.tables import Department, Submission
from models.trouble import trouble
from reconcile.surroundings import Surroundings


def around(db: Database, report: Report, revision: int | None = None) -> Surroundings:
    """What is known beside a report that is to be judged. `revision` is its own where it is stored;
    without it the report is about to be stored. Raises DatabaseTrouble."""
    prior = None if report.fiscal_year is None else latest(db, report.department, report.fiscal_year - 1)
    previous = _previous(db, report, revision)
    return Surroundings(
        prior=None if prior is None else prior.report,
        previous=None if previous is None else previous.report,
        asked=frozenset() if previous is None else _asked(previous),
    )


def _previous(db: Database, report: Report, revision: int | None) -> Stored | None:
    """The revision before the report's own; the last one for a report whose files are not stored yet."""
    theirs = (
        Department.name == department_key(report.department),
        Submission.fiscal_year == report.fiscal_year,
    )
    columns = select(Submission.id, Submission.revision, Submission.fingerprint).join(Department)
    with trouble():
        stored = db.execute(columns.where(*theirs).order_by(Submission.revision.desc())).all()
    if revision is None:
        files = fingerprint(report.sources)
        revision = next((row.revision for row in stored if row.fingerprint == files), None)
    before = [row.id for row in stored if revision is None or row.revision < revision]
    return load(db, before[0]) if before else None


def _asked(previous: Stored) -> frozenset[str]:
    """The paths that a revision's department was asked about."""
    return frozenset(
        path for finding in previous.judgement.findings if finding.flagged for path in finding.cites
    )
