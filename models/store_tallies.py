"""Tallies of many submissions added up by the database, a row a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from models.judged import IngestRun, TallyRow
from models.store_read import Database
from models.tables import Submission
from models.trouble import trouble

COUNTS = ("exact", "rounding", "broken", "suspect", "unchecked")
_AT_ONCE = 500


@dataclass(slots=True)
class Added:
    """One rule over some submissions: on how many it was on, on how many of them it saw anything, and how
    its comparisons ended there."""

    on: int = 0
    applied: int = 0
    exact: int = 0
    rounding: int = 0
    broken: int = 0
    suspect: int = 0
    unchecked: int = 0

    @property
    def not_applicable(self) -> int:
        return self.on - self.applied

    @property
    def examined(self) -> int:
        return self.exact + self.rounding + self.broken + self.suspect + self.unchecked


def of_last_run(db: Database) -> set[int]:
    """The submissions that the last `gouji ingest` brought in, of those that are still there."""
    last = select(func.max(IngestRun.id)).scalar_subquery()
    with trouble():
        return set(db.execute(select(Submission.id).where(Submission.ingest_run_id == last)).scalars())


def added_up(db: Database, ids: Sequence[int]) -> dict[str, Added]:
    """By the codes of all rules that judged one of these submissions."""
    counts = [getattr(TallyRow, name) for name in COUNTS]
    examined = sum(counts[1:], counts[0])
    sums = [func.sum(count).label(count.key) for count in counts]
    wanted = select(
        TallyRow.rule,
        func.count().label("on"),
        func.count(func.nullif(examined, 0)).label("applied"),
        *sums,
    ).group_by(TallyRow.rule)
    found: dict[str, Added] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = TallyRow.submission_id.in_(ids[start : start + _AT_ONCE])
        with trouble():
            rows = db.execute(wanted.where(some)).mappings().all()
        for row in rows:
            rule = found.setdefault(row["rule"], Added())
            for name in ("on", "applied", *COUNTS):
                setattr(rule, name, getattr(rule, name) + int(row[name]))
    return found
