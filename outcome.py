"""What a run is told, and what it tells while it goes on: a value for each event, nothing that works."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from extract.document import Source
from extract.failure import Failure
from extract.incoming import Stage
from extract.report import Report
from reconcile.finding import Judgement
from reconcile.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Options:
    """`year` and `department` hold for files that name none themselves; `jobs` children read at once;
    `rulebook` holds from now on, None for the one that the database keeps; `passwords` are tried on
    whatever is locked."""

    vocabulary: Path | None = None
    year: int | None = None
    department: str | None = None
    jobs: int | None = None
    rulebook: Rulebook | None = None
    passwords: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many files are about to be read."""

    total: int


@dataclass(frozen=True, slots=True)
class FileDone:
    path: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a submission, or of a file that was not read. `again` where it is judged once more
    because one of its units came: in the place of what was told of it before."""

    sources: tuple[Source, ...] = ()
    report: Report | None = None
    judgement: Judgement | None = None
    failure: Failure | None = None
    submission_id: int | None = None
    revision: int | None = None
    created: bool = False
    again: bool = False

    @property
    def status(self) -> str:
        """`failed`, `unchanged`, or the judgement's `clean`, `flagged`, `incomplete`."""
        if self.judgement is None:
            return "failed"
        return self.judgement.status() if self.created else "unchanged"


Event = Stage | Gathered | FileDone | Outcome
