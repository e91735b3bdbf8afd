"""The rows of the indicator grids with their texts measured, once for all the rules that ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.document import Locus
from extract.measures.bearing import Bearing, bearing_of
from extract.measures.measure import Measure, measure
from extract.quantity import Figure, Quantity
from extract.report import Indicator, Report
from reconcile.attained import meets
from reconcile.grid import is_extra, scores_on_weights


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a grid with its texts measured. `stem` opens its paths, `preface` its messages;
    `bearing` says which of its values are good, `met` whether the target is reached (None: can't be
    said). `score` is None, too, where the form's scores are on another scale than its weights, and both are
    None for rows of extra marks: nobody loses what was never due."""

    stem: str
    preface: str
    row: Indicator
    target: Measure
    actual: Measure
    weight: Decimal | None
    score: Decimal | None
    bearing: Bearing
    met: bool | None

    @property
    def name(self) -> str:
        return self.row.level3 or self.row.level2

    def places(self) -> tuple[Locus, ...]:
        """Where target and actual value stand, or the row."""
        loci = [self.row.target.locus, self.row.actual.locus]
        return tuple(locus for locus in loci if locus is not None) or tuple(filter(None, [self.row.locus]))


def lines_of(report: Report) -> Iterator[Line]:
    """The submission's own rows, then each project's."""
    year = report.fiscal_year
    yield from _lines("", "", report.indicators, year)
    for index, form in enumerate(report.projects):
        yield from _lines(f"projects.{index}.", f"项目“{form.name}”：", form.indicators, year)


def _lines(prefix: str, preface: str, rows: Sequence[Indicator], year: int | None) -> Iterator[Line]:
    on_weights = scores_on_weights(rows)
    for index, row in enumerate(rows):
        target, actual = measure(row.target.value), measure(row.actual.value)
        bearing = bearing_of(row.level1, row.level2, row.level3)
        yield Line(
            f"{prefix}indicators.{index}.",
            preface,
            row,
            target,
            actual,
            None if is_extra(row) else _value(row.weight),
            _value(row.score) if on_weights and not is_extra(row) else None,
            bearing,
            meets(target, actual, bearing, year),
        )


def _value(figure: Figure) -> Decimal | None:
    return figure.value if isinstance(figure, Quantity) else None
