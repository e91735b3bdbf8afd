"""Equations between figures: parts that must make a total, and how they stand with figures given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import Literal

from extract.quantity import Figure, Quantity
from reconcile.interval import TWICE, rounded

ZERO = Decimal(0)


class State(IntEnum):
    """From the best to the worst. `NEAR` is within what rounding explains, `OPEN` can't be told."""

    EXACT = 0
    NEAR = 1
    OPEN = 2
    BROKEN = 3


@dataclass(frozen=True, slots=True)
class Equation:
    """Paths. `sum`: the parts make one of the totals, or `constant`. `rate`: the first part divided by the
    second is the total. `limit`: the parts are at most the total («其中»), which proves nothing."""

    kind: Literal["sum", "rate", "limit"]
    parts: tuple[str, ...]
    totals: tuple[str, ...] = ()
    constant: Decimal | None = None

    @property
    def operands(self) -> tuple[str, ...]:
        return (*self.parts, *self.totals)

    @property
    def is_pair(self) -> bool:
        """Two places that print one figure."""
        return self.kind == "sum" and len(self.parts) == 1

    def state(self, figures: Mapping[str, Figure], slack: Mapping[str, Decimal]) -> State:
        """How it stands with these figures; `slack` is what rounding may hide in each."""
        if self.kind == "rate":
            return _rate(*(figures[path] for path in self.operands))
        if any(_unreadable(figures[path]) for path in self.parts):
            return State.OPEN
        parts = [figures[path] for path in self.parts]
        added = sum((part.value for part in parts if isinstance(part, Quantity)), ZERO)
        loose = sum((slack.get(path, ZERO) for path in self.parts), ZERO)
        blank = not all(isinstance(part, Quantity) for part in parts)
        if blank and not any(isinstance(part, Quantity) for part in parts):
            return State.OPEN
        states = [
            _against(self.kind, added, total, loose + slack.get(path, ZERO), blank)
            for path, total in self.wanted(figures)
        ]
        return min(states, default=State.OPEN)

    def wanted(self, figures: Mapping[str, Figure]) -> list[tuple[str, Decimal]]:
        """The totals that are printed, with their paths; the constant has none."""
        if self.constant is not None:
            return [("", self.constant)]
        found = ((path, figures[path]) for path in self.totals)
        return [(path, figure.value) for path, figure in found if isinstance(figure, Quantity)]


def _against(kind: str, added: Decimal, total: Decimal, slack: Decimal, blank: bool) -> State:
    if added == total or (kind == "limit" and added < total):
        return State.EXACT
    if abs(added - total) < slack:
        return State.NEAR
    return State.OPEN if blank and added < total else State.BROKEN


def _rate(part: Figure, whole: Figure, rate: Figure) -> State:
    if not (isinstance(part, Quantity) and isinstance(whole, Quantity) and isinstance(rate, Quantity)):
        return State.OPEN
    if not whole.value:
        return State.OPEN
    quotient = part.value / whole.value
    if rounded(quotient, rate.step) == rate.value:
        return State.EXACT
    return State.NEAR if abs(quotient - rate.value) < rate.step * TWICE else State.BROKEN


def _unreadable(figure: Figure) -> bool:
    return not isinstance(figure, Quantity) and figure.why == "unreadable"


def determined(equations: Sequence[Mapping[str, int]]) -> set[str]:
    """Of the unknowns of linear equations (coefficients by unknown) those that have one solution only.

    >>> sorted(determined([{"a": 1, "b": 1}, {"b": 1}, {"c": 1, "d": -1}]))
    ['a', 'b']
    """
    names = sorted({name for equation in equations for name in equation})
    rows = [[Decimal(equation.get(name, 0)) for name in names] for equation in equations]
    rank = 0
    for column in range(len(names)):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [value / rows[rank][column] for value in rows[rank]]
        for i, row in enumerate(rows):
            if i != rank and row[column]:
                factor = row[column]
                rows[i] = [a - factor * b for a, b in zip(row, rows[rank], strict=True)]
        rank += 1
    lone = ([name for name, value in zip(names, row, strict=True) if value] for row in rows[:rank])
    return {row[0] for row in lone if len(row) == 1}
