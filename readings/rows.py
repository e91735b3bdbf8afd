"""Whether a form's rows are all there, each figure beside its own label.

A row that was lost under a seal puts right figures into wrong rows, which no sum shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.document import Locus
from extract.quantity import MISSING, Absent, Figure
from extract.report import NATURES, PERIODS, SOURCES, ExpenseRow
from reconcile.ledger import Ledger, Scope

UNDER_VEHICLES = ("vehicle_purchase", "vehicle_running")


def whole_forms(ledger: Ledger) -> frozenset[str]:
    """The paths of figures in forms that show every row of theirs."""
    return frozenset((*_expenses(ledger), *_scopes(ledger), *_staffing(ledger)))


def _staffing(ledger: Ledger) -> Iterator[str]:
    names = ("authorized", "on_duty", "control_rate")
    if all(_is_there(ledger.figure(f"staffing.{name}")) for name in names):
        yield from (f"staffing.{name}" for name in names)


def _expenses(ledger: Ledger) -> Iterator[str]:
    items = [row.item for _, row in ledger.expenses]
    if None in items or not _in_order(items):
        return
    for key, row in ledger.expenses:
        figures = [getattr(row, period) for period in PERIODS]
        if all(_is_there(figure) and _beside(row, figure) for figure in figures):
            yield from (f"expenses.{key}.{period}" for period in PERIODS)


def _in_order(items: list[str | None]) -> bool:
    """三公经费 before its three parts, together and each once; the halves of 公务用车 right behind it."""
    parts = ("vehicles", "overseas", "reception")
    if any(items.count(item) != 1 for item in ("three_public", *parts)):
        return False
    halves = [item for item in UNDER_VEHICLES if item in items]
    if len(halves) == 1 or any(items.count(half) != 1 for half in halves):
        return False
    start, length = items.index("three_public"), 1 + len(parts) + len(halves)
    block = items[start : start + length]
    after = items.index("vehicles") + 1
    return set(block) == {"three_public", *parts, *halves} and (items[after : after + len(halves)] == halves)


def _beside(row: ExpenseRow, figure: Figure) -> bool:
    """Whether a figure stands in its label's row (or column, in a table that is turned)."""
    here, there = row.locus, figure.locus
    return here is None or there is None or _in_line(here, there)


def _in_line(one: Locus, other: Locus) -> bool:
    return one.table == other.table and (one.row == other.row or one.column == other.column)


def _scopes(ledger: Ledger) -> Iterator[str]:
    for scope in ledger.scopes():
        yield from _funding(ledger, scope)
        rows = [f"{scope.prefix}indicators.{index}" for index in range(len(scope.indicators))]
        points = [f"{row}.{end}" for row in rows for end in ("weight", "score")]
        if all(_is_there(ledger.figure(path)) for path in points):
            yield from (*points, f"{scope.prefix}total_score")


def _funding(ledger: Ledger, scope: Scope) -> Iterator[str]:
    stem = f"{scope.prefix}funding."
    natures = [f"{stem}by_nature.{name}" for name in NATURES]
    sources = [f"{stem}by_source.{name}" for name in SOURCES[:4]]
    if all(_is_there(ledger.figure(path)) for path in (*natures, *sources)):
        yield from (*natures, *sources, f"{stem}executed", f"{stem}annual_budget", f"{stem}weight")
        yield f"{stem}score"


def _is_there(figure: Figure) -> bool:
    """A cell of the form, whatever it holds."""
    return figure != MISSING and not (isinstance(figure, Absent) and figure.why == "missing")
