"""Printed numbers as intervals: what was rounded may lie half a unit of its last place to either side.

Only decimals, never floats. An interval remembers the number itself (`value`) and the coarsest place
that went into it (`step`, 0 for exact numbers), so that «equal as printed» and «equal within
rounding» stay two different answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reconcile.finding import Verdict

ZERO = Decimal(0)
ONE = Decimal(1)
TWICE = Decimal("1.11")


@dataclass(frozen=True, slots=True)
class Interval:
    """`value` as printed or computed, the least and the greatest it can stand for, its coarsest place."""

    value: Decimal
    low: Decimal
    high: Decimal
    step: Decimal = ZERO

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.value + other.value, self.low + other.low, self.high + other.high, max(self.step, other.step)
        )

    def __sub__(self, other: Interval) -> Interval:
        return Interval(
            self.value - other.value, self.low - other.high, self.high - other.low, max(self.step, other.step)
        )

    def __mul__(self, other: Interval) -> Interval:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(self.value * other.value, min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient. Ask `divides` of the divisor first: one that may be zero raises ZeroDivisionError."""
        if not other.divides:
            raise ZeroDivisionError("an interval that holds zero divides nothing")
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(self.value / other.value, min(ends), max(ends))

    @property
    def divides(self) -> bool:
        return self.low > 0 or self.high < 0

    def capped(self, limit: Interval) -> Interval:
        """The smaller of the two, end by end: a score that can't exceed its weight."""
        return Interval(
            min(self.value, limit.value), min(self.low, limit.low), min(self.high, limit.high), self.step
        )


NOTHING = Interval(ZERO, ZERO, ZERO)


def total_of(intervals: Sequence[Interval]) -> Interval:
    """The sum of any number of intervals, of none too."""
    return Interval(
        sum((one.value for one in intervals), ZERO),
        sum((one.low for one in intervals), ZERO),
        sum((one.high for one in intervals), ZERO),
        max((one.step for one in intervals), default=ZERO),
    )


def exactly(value: Decimal) -> Interval:
    """A number that was counted or set, not rounded."""
    return Interval(value, value, value)


def around(value: Decimal, step: Decimal) -> Interval:
    """A number rounded to `step`: half of it to either side.

    >>> around(Decimal("1.8"), Decimal("0.01")).low
    Decimal('1.795')
    """
    half = step / 2
    return Interval(value, value - half, value + half, step)


def cut_short(printed: Interval) -> Interval:
    """What a printed number can stand for if its further places were dropped: 96.8 for 96.87."""
    return Interval(printed.value, printed.value, printed.value + printed.step, printed.step)


def twice_rounded(printed: Interval) -> Interval:
    """What a printed number can stand for if it was rounded to a finer place first: 381, by way of 380.5,
    for 380.4986."""
    reach = printed.step * TWICE / 2
    return Interval(printed.value, printed.value - reach, printed.value + reach, printed.step)


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """`value` to the nearest multiple of `step`, halves away from zero; as it is where `step` is 0."""
    if not step:
        return value
    return (value / step).quantize(ONE, ROUND_HALF_UP) * step


def agree(computed: Interval, printed: Interval) -> Verdict:
    """Exact where both say the same to the coarser precision, rounding where they can still mean the
    same, else broken. Intervals that only touch are apart: 0.96 is not 0.97."""
    step = max(computed.step, printed.step)
    if computed.value == printed.value or rounded(computed.value, step) == rounded(printed.value, step):
        return Verdict.EXACT
    if computed.low < printed.high and printed.low < computed.high:
        return Verdict.ROUNDING
    return Verdict.BROKEN


def at_most(left: Interval, right: Interval) -> Verdict:
    """Whether left ≤ right: exact as printed, rounding where it can be, else broken."""
    if left.value <= right.value:
        return Verdict.EXACT
    return Verdict.ROUNDING if left.low < right.high else Verdict.BROKEN
