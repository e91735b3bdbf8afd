"""Whether readings of one print agree, and which is kept where they don't.

A model's own word for its certainty means little, the agreement of two that saw different crops much. What
was chosen between readings that differ is never sure, and the others are kept beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extract.readers.scan_lines import Span

AGREED, CHOSEN, LONE, HIDDEN = 0.99, 0.6, 0.3, 0.0
"""How sure a text is that two readings share; that two of three do; that none shares; a stamp covers."""
WEAK = 0.8
"""A figure of which a model itself is less sure than this is read a third time."""
SIGNS = {"-": "—–－−‐―﹣", "[": "〔［【", "]": "〕］】", '"': "“”「」", "'": "‘’", "·": "•・", ":": "∶"}
ALIKE = {ord(one): sign for sign, others in SIGNS.items() for one in others}
FIGURE = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?|-+|/|")
LIKE_FIGURE = re.compile(r"[-+\d.,%:;'`~OoQDlI|SBZ]*\d[-+\d.,%:;'`~OoQDlI|SBZ]*")


@dataclass(slots=True)
class Reading:
    """What one reader says a print is: lines with their places, and its least certain line's word."""

    lines: list[tuple[Span, str]]
    sure: float

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.lines)

    @property
    def key(self) -> str:
        """The text as it is compared: without spaces, full-width signs and kinds of dashes."""
        return re.sub(r"\s", "", unicodedata.normalize("NFKC", self.text.translate(ALIKE)).translate(ALIKE))


@dataclass(slots=True)
class Verdict:
    """The lines that are kept, how sure they are, and what else was read."""

    lines: list[tuple[Span, str]]
    sure: float
    readings: tuple[str, ...] = ()


def vote(first: Reading, second: Reading, third: Callable[[], Reading]) -> Verdict:
    """The verdict on two readings; the third reader is asked where they differ or look odd."""
    kept = first if first.lines else second
    if first.key == second.key and not _odd(first, second):
        return Verdict(kept.lines, AGREED)
    last = third()
    readings = [first, second, last]
    for one in readings[:2]:
        if one is not last and one.key == last.key:
            agreed = first.key == second.key and FIGURE.fullmatch(one.key) is not None
            return Verdict(one.lines, AGREED if agreed else CHOSEN, _others(one, readings))
    if first.key == second.key:
        return Verdict(kept.lines, CHOSEN, _others(kept, readings))
    return Verdict(kept.lines, LONE, _others(kept, readings))


def _odd(first: Reading, second: Reading) -> bool:
    """Whether two equal readings are a figure that is ill formed, or one that a model doubts."""
    key = first.key
    if LIKE_FIGURE.fullmatch(key) is None:
        return False
    return FIGURE.fullmatch(key) is None or min(first.sure, second.sure) < WEAK


def _others(kept: Reading, readings: Sequence[Reading]) -> tuple[str, ...]:
    """The texts of readings that differ from the kept one, each once, in the order they were made."""
    return tuple(dict.fromkeys(one.text for one in readings if one.key != kept.key))
