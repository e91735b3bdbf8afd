"""A grid as the forms read it: rows of cells, their labels, the cells beside and below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from extract.document import Cell, Grid, Locus
from extract.forms.numbers import is_unit, money_unit
from extract.forms.unsure import figure_of, whole
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact, flow, label
from extract.quantity import MISSING, Figure, Kind
from extract.report import Text

_FIGURE = re.compile(r"[(¥负-]*\d[\d,.]*(?:[亿万千百]*元|[亿万]|%|‰|人次|[人名个分次项])?\)?[。.]?")
_NOTED = re.compile(r"(?:金额|数据)?单位[^（(]{0,4}元|金额[^（(]{0,6}单位")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_INLINE = re.compile(
    r"(?P<label>[^\d]{2,24}?)\s*[:：]\s*(?P<figure>[-−(（]?[\d０-９][\d０-９,，.．]*\s*(?:万元|亿元|元|[%％人名分])?[)）]?)",
    re.S,
)

Columns = tuple[int, int]
"""First column and the one after the last."""


@dataclass(frozen=True)
class Table:
    """A grid with its source and the context it stands in: `above` are the texts over it, nearest last;
    `unit_before` is the money unit of the grid that this one goes on from. `turned` says that rows and
    columns are exchanged, which places are told back from."""

    grid: Grid
    source: str
    above: Sequence[str] = ()
    unit_before: str | None = None
    turned: bool = False
    layout: list[list[Cell | None]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "layout", self.grid.layout())

    @cached_property
    def rows(self) -> list[list[Cell]]:
        """For each row its cells from left to right, those that reach in from above too."""
        return [_distinct(row) for row in self.layout]

    @cached_property
    def labels(self) -> list[tuple[int, Cell]]:
        """The cells that can be labels, with the row they begin in: short, and not figures alone."""
        found = []
        for number, row in enumerate(self.rows):
            for cell in row:
                if cell.row == number and len(cell.text) <= 60 and _HAN.search(cell.text):
                    found.append((number, cell))
        return found

    def marked(self, words: Vocabulary, block: str) -> dict[int, list[tuple[Cell, str]]]:
        """The rows that hold labels of a block, with those labels' cells and codes, from left to right."""
        if block not in self._marked:
            rows: dict[int, list[tuple[Cell, str]]] = {}
            for row, cell in self.labels:
                if (code := words.code(block, cell.text)) is not None:
                    rows.setdefault(row, []).append((cell, code))
            self._marked[block] = rows
        return self._marked[block]

    @cached_property
    def _marked(self) -> dict[str, dict[int, list[tuple[Cell, str]]]]:
        return {}

    def locus(self, cell: Cell) -> Locus:
        page = cell.page if cell.page is not None else self.grid.page
        row, column = (cell.column, cell.row) if self.turned else (cell.row, cell.column)
        down, right = self.grid.first
        number = self.grid.number
        return Locus(self.source, page, number, row + down, column + right, None, self.grid.part, cell.box)

    def turn(self) -> Table:
        """The table with rows for columns: for forms that print items across and periods down."""
        cells = tuple(
            replace(c, row=c.column, column=c.row, row_span=c.column_span, column_span=c.row_span)
            for c in self.grid.cells
        )
        grid = replace(self.grid, rows=self.grid.columns, columns=self.grid.rows, cells=cells)
        return Table(grid, self.source, self.above, self.unit_before, not self.turned)

    def row_locus(self, row: int) -> Locus:
        cells = self.rows[row]
        return self.locus(cells[0]) if cells else Locus(self.source, self.grid.page, self.grid.number)

    def under(self, row: int, columns: Columns) -> Cell | None:
        """The row's cell that stands under a head: most overlap, then not blank, then leftmost."""
        start, end = columns
        places = self.layout[row][start:end]
        found = places[0] if places else None
        if all(cell is found for cell in places):
            return found
        candidates = [cell for cell in _distinct(places) if cell is not None]
        return max(candidates, key=lambda cell: _fit(cell, start, end)) if candidates else None

    def right_of(self, cell: Cell) -> Cell | None:
        """The next cell to the right in the cell's first row."""
        return next((c for c in self.rows[cell.row] if c.column >= cell.column + cell.column_span), None)

    def below(self, cell: Cell) -> Cell | None:
        row = cell.row + cell.row_span
        return self.under(row, columns_of(cell)) if row < self.grid.rows else None

    def read(
        self, cell: Cell | None, kind: Kind, unit: str = "", part: Callable[[str], str] = whole
    ) -> Figure:
        """The cell's figure as sure as its reader was; `part` gives of the cell's text what is the figure."""
        return MISSING if cell is None else figure_of(cell, kind, unit, self.locus(cell), part)

    def text(self, cell: Cell | None) -> Text | None:
        """The cell's words, or None where there are none."""
        if cell is None or not compact(cell.text):
            return None
        return Text(flow(cell.text), self.locus(cell))

    def unit_near(self, rows: range) -> str | None:
        """The money unit that the given rows name, else the nearest named above, in this grid or over it,
        else one that a note below names for all amounts."""
        for row in rows:
            for cell in self.rows[row]:
                if (unit := money_unit(cell.text)) and not is_figure(cell.text):
                    return unit
        for row in range(rows.start - 1, -1, -1):
            for cell in self.rows[row]:
                if "单位" in compact(cell.text) and (unit := money_unit(cell.text)):
                    return unit
        for text in reversed([*self.above, *self.grid.caption.split("\n")]):
            if unit := money_unit(text):
                return unit
        for row in range(rows.stop, self.grid.rows):
            for cell in self.rows[row]:
                if (
                    cell.row == row
                    and len(cell.text) > 6
                    and (unit := money_unit(cell.text))
                    and _NOTED.search(cell.text)
                ):
                    return unit
        return self.unit_before


def split_inline(text: str) -> tuple[str, str]:
    """A cell that holds a label and its figure, «一般公共预算：1361.52», parted; (text, "") for any other.

    >>> split_inline("其中：基本支出：701.92万元")
    ('其中：基本支出', '701.92万元')
    """
    match = _INLINE.fullmatch(text.strip())
    return (match["label"], match["figure"]) if match else (text, "")


def inline_figure(text: str) -> str:
    """The figure of a cell that holds its label, too; empty for any other."""
    return split_inline(text)[1]


def columns_of(cell: Cell) -> Columns:
    return (cell.column, cell.column + cell.column_span)


def is_figure(text: str) -> bool:
    """Whether a cell holds one printed figure and nothing else: «1,234.56», «24人», «100.00%»."""
    return _FIGURE.fullmatch(compact(text)) is not None


def _fit(cell: Cell, start: int, end: int) -> tuple[int, bool, int]:
    overlap = min(end, cell.column + cell.column_span) - max(start, cell.column)
    return overlap, bool(compact(cell.text)), -cell.column


def _distinct(row: Sequence[Cell | None]) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row:
        if cell is not None and (not cells or cells[-1] is not cell):
            cells.append(cell)
    return cells


def own_label(cells: Sequence[Cell]) -> str:
    """The rightmost printed label among the cells that stand before a row's values; units are none."""
    return next((cell.text for cell in reversed(cells) if label(cell.text) and not is_unit(cell.text)), "")
