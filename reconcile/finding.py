"""What judging a report gives: findings and tallies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from extract.document import Locus


class Verdict(StrEnum):
    """How one examination ended. All count in tallies; broken, suspect and rounding make findings."""

    EXACT = "exact"
    ROUNDING = "rounding"
    BROKEN = "broken"
    SUSPECT = "suspect"
    UNCHECKED = "unchecked"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a finding was accepted, by whom and when. `stale` once the figures it was accepted for changed."""

    number: int
    reason: str
    by: str
    at: datetime
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a clerk should act on (broken, suspect) or may know (rounding).

    `message` is Chinese, at most two lines, with the equation in printed numbers. `cites` are the
    paths of the figures concerned, `places` where they stand. `waiver` is put on by the store.
    """

    rule: str
    severity: Severity
    verdict: Verdict
    message: str
    expected: Decimal | None = None
    found: Decimal | None = None
    difference: Decimal | None = None
    cites: tuple[str, ...] = ()
    places: tuple[Locus, ...] = ()
    hint: str = ""
    waiver: Waiver | None = None

    @property
    def waived(self) -> bool:
        return self.waiver is not None and not self.waiver.stale

    @property
    def flagged(self) -> bool:
        return self.verdict in (Verdict.BROKEN, Verdict.SUSPECT) and not self.waived


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one rule was examined on one submission and how that ended.

    All zero means the rule did not apply: it saw nothing, which is not the same as having passed.
    """

    rule: str
    exact: int = 0
    rounding: int = 0
    broken: int = 0
    suspect: int = 0
    unchecked: int = 0

    @property
    def examined(self) -> int:
        return self.exact + self.rounding + self.broken + self.suspect + self.unchecked


@dataclass(frozen=True, slots=True)
class Judgement:
    """`settings` tells which settings it was made by, empty for those that come with gouji; a rule that
    they put off has no tally."""

    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    settings: str = ""

    def status(self) -> str:
        """`incomplete` where a part is missing, `flagged` where anything is broken or suspect, or `clean`."""
        if any(f.rule == "completeness.parts" and f.flagged for f in self.findings):
            return "incomplete"
        return "flagged" if any(f.flagged for f in self.findings) else "clean"
