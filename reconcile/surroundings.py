"""What is known beside the report that is judged: last year's, the revision before, the bureau's register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extract.bureau import Entry
from extract.report import Report


@dataclass(frozen=True, slots=True)
class Unit:
    """A department under the one that is judged, by the register; `report` is its last revision of the
    same year, None where it has not submitted."""

    entry: Entry
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """Another department's narrative of the same year that has sentences in common with this one."""

    submission_id: int
    department: str
    shared: int
    sentences: int
    """How many sentences the other narrative has, counted as `Report.sentence_prints` counts them."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All of it may be unknown: then the rules that need it see nothing.

    `prior` is the last revision of the year before. `previous` is the revision before this one, `asked` the
    paths that its flagged findings cite. `entry` is the department's own in the register of its year,
    `register` every name of that register (NFKC, without white space) with its entry; `booked` says
    whether that register is of the very year, so that its figures and its list of who must submit hold.
    `set_phrases` says how many of the report's sentences stand in so many departments' narratives that
    they are nobody's; `copies` don't count them.
    """

    prior: Report | None = None
    previous: Report | None = None
    asked: frozenset[str] = frozenset()
    entry: Entry | None = None
    register: Mapping[str, Entry] = field(default_factory=dict)
    booked: bool = False
    units: tuple[Unit, ...] = ()
    copies: tuple[Copy, ...] = ()
    set_phrases: int = 0


ALONE = Surroundings()
