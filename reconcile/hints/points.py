"""Why points may not add up: 预算执行 left out, weights beyond 100, lost marks that the total forgot."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extract.quantity import Quantity, plain
from reconcile.grid import FULL
from reconcile.hints.equation import row_name, value_of
from reconcile.interval import ZERO
from reconcile.ledger import Ledger, Term


def points_hint(
    ledger: Ledger, rows: Sequence[Term], execution: Term, total: Term | None, wanted: Decimal
) -> str:
    """A guess for a grid whose points and those of 预算执行 don't make `wanted`: the 100 of the weights
    (`total` is None then), or the total score."""
    grid = sum(map(value_of, rows), ZERO)
    own = value_of(execution) if isinstance(execution.figure, Quantity) else ZERO
    surplus = grid + own - wanted
    if total is None:
        return "可能没有给预算执行留分值" if grid == FULL and own and surplus > 0 else ""
    weights = [_weight(ledger, term) for term in (*rows, execution)]
    full = sum((weight for weight in weights if weight is not None), ZERO)
    if None not in weights and full - FULL == surplus:
        return f"分值合计 {plain(full)}，也正好{_over(surplus)}，可能是同一个原因"
    if own and grid == wanted:
        return f"可能综合得分中没有加上预算执行得分：{plain(grid)} + {plain(own)} = {plain(grid + own)}"
    if None in weights or full != FULL or surplus > 0:
        return ""
    if full == wanted:
        return f"综合得分等于分值合计 {plain(full)}，可能没有减去扣掉的 {plain(-surplus)} 分"
    return _forgotten(ledger, rows, -surplus)


def _over(surplus: Decimal) -> str:
    return f"{'多' if surplus > 0 else '少'} {plain(abs(surplus))} 分"


def _weight(ledger: Ledger, score: Term) -> Decimal | None:
    """The weight of the row that this score belongs to; nought where there is no such row."""
    if not isinstance(score.figure, Quantity):
        return ZERO
    figure = ledger.figure(f"{score.path.rpartition('.')[0]}.weight")
    return figure.value if isinstance(figure, Quantity) else None


def _forgotten(ledger: Ledger, rows: Sequence[Term], lacks: Decimal) -> str:
    """One row's lost marks are what the total has too much."""
    lost = [(row, (_weight(ledger, row) or ZERO) - value_of(row)) for row in rows]
    fitting = [row for row, marks in lost if marks == lacks]
    if len(fitting) != 1:
        return ""
    name = row_name(ledger, fitting[0].path)
    return f"“{name}”扣了 {plain(lacks)} 分，可能综合得分没有减去"
