"""A sheet of a workbook as it shows: printed cells at their places, merged ones with their spans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Printed(NamedTuple):
    """A cell as it shows. Rows and columns count from 0; a merged cell may show nothing. `ruled` says whether
    lines are drawn about it."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    ruled: bool = False

    @property
    def bottom(self) -> int:
        return self.row + self.row_span - 1

    @property
    def right(self) -> int:
        return self.column + self.column_span - 1


Merges = Iterable[tuple[int, int, int, int]]
"""First row, first column, last row, last column of merged cells."""
Places = AbstractSet[tuple[int, int]]


@dataclass(frozen=True)
class Sheet:
    """`number` counts the workbook's sheets from 1, hidden ones too."""

    number: int
    name: str
    cells: Sequence[Printed]
    hidden: bool = False

    @cached_property
    def rows(self) -> Mapping[int, list[Printed]]:
        """The cells that show something, by the row they begin in, from left to right."""
        found: dict[int, list[Printed]] = {}
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            if cell.text:
                found.setdefault(cell.row, []).append(cell)
        return found

    @cached_property
    def reached(self) -> frozenset[int]:
        """The rows into which a merged cell reaches from above."""
        return frozenset(
            row for cell in self.cells if cell.text for row in range(cell.row + 1, cell.bottom + 1)
        )

    def bottom(self, rows: Iterable[int]) -> int:
        """The last row that the cells of these rows reach."""
        return max(cell.bottom for row in rows for cell in self.rows[row])


def is_ruled(left: object, top: object, bottom: object) -> bool:
    """Whether lines on these sides of a cell are drawn about it, and not about its neighbour: a title over
    a table may have the table's own upper line below it, a note the table's lower line above."""
    return bool(top and (left or bottom))


def laid_out(
    texts: Mapping[tuple[int, int], str], merges: Merges, ruled: Places = frozenset()
) -> list[Printed]:
    """Cells by (row, column) with merged ones put together: what stands under a merge doesn't show.

    Merges that overlap one already taken are left out; no layout shows them.
    """
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    rows = max((row for row, _ in texts), default=-1)
    columns = max((column for _, column in texts), default=-1)
    for first_row, first_column, last_row, last_column in merges:
        last_row, last_column = min(last_row, rows), min(last_column, columns)
        places = {
            (row, column)
            for row in range(first_row, last_row + 1)
            for column in range(first_column, last_column + 1)
        }
        if len(places) > 1 and not places & covered:
            covered |= places
            spans[first_row, first_column] = (last_row - first_row + 1, last_column - first_column + 1)
    shown = [
        Printed(text, *place, *spans.get(place, (1, 1)), place in ruled)
        for place, text in texts.items()
        if text and (place in spans or place not in covered)
    ]
    return shown + [Printed("", *place, *span) for place, span in spans.items() if not texts.get(place)]
