"""Narratives that have sentences in common, by the prints of their sentences."""

from __future__ import annotations

from collections import Counter

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
    if not report.sentence_prints:
        return (), 0
    with trouble():
        found = db.execute(_alike(report, department)).all()
        holders = Counter(row.print for row in found)
        shared = Counter(row.id for row in found if holders[row.print] <= SET_PHRASE)
        owned = select(SentencePrint.submission_id, func.count()).group_by(SentencePrint.submission_id)
        wanted = owned.where(SentencePrint.submission_id.in_(shared))
        sentences = {row[0]: row[1] for row in db.execute(wanted)} if shared else {}
    names = {row.id: row.department_name for row in found}
    alike = sorted(shared, key=lambda one: (-shared[one], one))
    set_phrases = sum(count > SET_PHRASE for count in holders.values())
    return tuple(Copy(one, names[one], shared[one], sentences[one]) for one in alike), set_phrases


def _alike(report: Report, department: str) -> Select[int, int, str]:
    """Who else has one of the report's prints: a row a print and department."""
    later = aliased(Submission)
    superseded = exists().where(
        later.department_id == Submission.department_id,
        later.fiscal_year == Submission.fiscal_year,
        later.revision > Submission.revision,
    )
    return (
        select(SentencePrint.print, Submission.id, Submission.department_name)
        .join(Submission, Submission.id == SentencePrint.submission_id)
        .join(Department)
        .where(
            SentencePrint.print.in_(report.sentence_prints),
            Submission.fiscal_year == report.fiscal_year,
            Department.name != department,
            ~superseded,
        )
    )
