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
    for path, figure in figures(first):
        other = others.get(path)
        if (
            not path.startswith(_COMPARED)
            or not isinstance(figure, Quantity)
            or not isinstance(other, Quantity)
        ):
            continue
        if abs(figure.value - other.value) > max(figure.step, other.step) / 2:
            yield Conflict(path, figure, other)
