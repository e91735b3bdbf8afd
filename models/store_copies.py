"""Narratives that have sentences in common, by the prints of their sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased

from extract.report import Report
from models.bureau import SentencePrint
from models.store_read import Database
from models.tables import Department, Submission
from models.trouble import trouble
from reconcile.surroundings import Copy

SET_PHRASE = 5
"""A sentence that stands in more other departments' narratives than these is the template's, or the law's."""


def copies(db: Database, report: Report, department: str) -> tuple[tuple[Copy, ...], int]:
    """The other departments' narratives of the year, in their last revisions, that share sentences with
    the report of `department` (its name as stored), most alike first; and how many of the report's
    sentences are set phrases, which count for none. Raises DatabaseTrouble."""
    with trouble():
        holders = _holders(db, report, department)
        rare = [mark for mark, count in holders.items() if count <= SET_PHRASE]
        wanted = _theirs(report, department, rare).add_columns(Submission.id, Submission.department_name)
        found = db.execute(wanted).all() if rare else []
        shared = Counter(row.id for row in found)
        owned = select(SentencePrint.submission_id, func.count()).group_by(SentencePrint.submission_id)
        counted = owned.where(SentencePrint.submission_id.in_(shared))
        sentences = {row[0]: row[1] for row in db.execute(counted)} if shared else {}
    names = {row.id: row.department_name for row in found}
    alike = sorted(shared, key=lambda one: (-shared[one], one))
    copied = tuple(Copy(one, names[one], shared[one], sentences[one]) for one in alike)
    return copied, len(holders) - len(rare)


def _holders(db: Database, report: Report, department: str) -> dict[int, int]:
    """How many others have each of the report's prints; counted there, for the template's are everybody's."""
    if not report.sentence_prints:
        return {}
    theirs = _theirs(report, department, report.sentence_prints)
    counted = theirs.add_columns(func.count()).group_by(SentencePrint.print)
    return {row[0]: row[1] for row in db.execute(counted)}


def _theirs(report: Report, department: str, prints: Sequence[int]) -> Select[Any]:
    """Those of these prints that others have, in their last narratives of the year."""
    later = aliased(Submission)
    superseded = exists().where(
        later.department_id == Submission.department_id,
        later.fiscal_year == Submission.fiscal_year,
        later.revision > Submission.revision,
    )
    return (
        select(SentencePrint.print)
        .join(Submission, Submission.id == SentencePrint.submission_id)
        .join(Department)
        .where(
            SentencePrint.print.in_(prints),
            Submission.fiscal_year == report.fiscal_year,
            Department.name != department,
            ~superseded,
        )
    )
