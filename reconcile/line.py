"""The rows of the indicator grids with their texts measured, once for all the rules that ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.document import Locus
from extract.forms.measure import Measure, less_is_better, measure
from extract.quantity import Figure, Quantity
from extract.report import Indicator, Report


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a grid with its texts measured. `stem` opens its paths, `preface` its messages; `less`
    says that its small values are good."""

    stem: str
    preface: str
    row: Indicator
    target: Measure
    actual: Measure
    weight: Decimal | None
    score: Decimal | None
    less: bool

    @property
    def name(self) -> str:
        return self.row.level3 or self.row.level2

    def places(self) -> tuple[Locus, ...]:
        """Where target and actual value stand, or the row."""
        loci = [self.row.target.locus, self.row.actual.locus]
        return tuple(locus for locus in loci if locus is not None) or tuple(filter(None, [self.row.locus]))


def lines_of(report: Report) -> Iterator[Line]:
    """The submission's own rows, then each project's."""
    yield from _lines("", "", report.indicators)
    for index, form in enumerate(report.projects):
        yield from _lines(f"projects.{index}.", f"项目“{form.name}”：", form.indicators)


def _lines(prefix: str, preface: str, rows: Sequence[Indicator]) -> Iterator[Line]:
    for index, row in enumerate(rows):
        yield Line(
            f"{prefix}indicators.{index}.",
            preface,
            row,
            measure(row.target.value),
            measure(row.actual.value),
            _value(row.weight),
            _value(row.score),
            less_is_better(row.level1, row.level2, row.level3),
        )


def _value(figure: Figure) -> Decimal | None:
    return figure.value if isinstance(figure, Quantity) else None
