"""Two copies of one part compared: every figure in which they differ."""

from __future__ import annotations

from collections.abc import Iterator

from extract.paths import figures
from extract.quantity import Quantity
from extract.report import Conflict, Report

_COMPARED = ("staffing.", "expenses.", "funding.", "indicators.", "total_score", "narrative.")


def conflicts(first: Report, second: Report) -> Iterator[Conflict]:
    """The figures that both copies print and in which they differ beyond the coarser one's last place."""
    others = dict(figures(second))
    compared = tuple(block for block in _COMPARED if _both_print(block, first, second))
    for path, figure in figures(first):
        other = others.get(path)
        if (
            not path.startswith(compared)
            or not isinstance(figure, Quantity)
            or not isinstance(other, Quantity)
        ):
            continue
        if abs(figure.value - other.value) > max(figure.step, other.step) / 2:
            yield Conflict(path, figure, other)


def _both_print(block: str, first: Report, second: Report) -> bool:
    """A sentence or two beside a table is no copy of the narrative, nor a piece of a grid one of the grid."""
    if block == "narrative.":
        return first.has("narrative") and second.has("narrative")
    return block != "indicators." or len(first.indicators) == len(second.indicators)
