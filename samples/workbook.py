"""Lines and tables as the sheets of an .xlsx: a sheet for each part, numbers as numbers under formats.

Two manners: `apart`, tables in their own columns beside an empty one, with blank rows between, lines in one
cell each; `tight`, everything on one fine grid of columns, cells and lines merged over it, no row left blank.
A number holds more places than its format shows.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from samples.layout import Block, Cell, Line, PageBreak, Table
from samples.word import same_bytes

Manner = Literal["apart", "tight"]
MANNERS: tuple[Manner, ...] = ("apart", "tight")
FINE = 24
"""Columns of the fine grid."""
NUMBER = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%?)", re.ASCII)
UNSEEN = Decimal("0.3")
"""What a number with places holds beyond them, in its last place."""
RULE = Side("thin")
THIN = Border(left=RULE, right=RULE, top=RULE, bottom=RULE)


@dataclass(slots=True)
class _Pen:
    sheet: Worksheet
    manner: Manner
    row: int = 1

    def line(self, line: Line) -> None:
        """A line in its own row: merged over the grid, or in the first cell that the tables use."""
        first, last = (1, FINE) if self.manner == "tight" else (2, 2)
        if line.style == "right":
            first, last = (FINE - 5, FINE) if self.manner == "tight" else (4, 4)
        self._put(line.text, self.row, first, self.row, last)
        self.row += 1

    def table(self, table: Table) -> None:
        columns = _fine(table) if self.manner == "tight" else list(range(2, table.columns + 3))
        for cell in table.cells:
            self._cell(cell, columns)
        self.row += table.rows + (self.manner == "apart")

    def _cell(self, cell: Cell, columns: Sequence[int]) -> None:
        top = self.row + cell.row
        bottom = top + cell.row_span - 1
        left, right = columns[cell.column], columns[cell.column + cell.column_span] - 1
        self._put(cell.text, top, left, bottom, right)
        for row in self.sheet.iter_rows(top, bottom, left, right):
            for place in row:
                place.border = THIN

    def _put(self, text: str, top: int, left: int, bottom: int, right: int) -> None:
        place = self.sheet.cell(top, left)
        if isinstance(place, SheetCell) and text:
            place.value, place.number_format = _value(text)
            place.alignment = Alignment(wrap_text=True, vertical="center")
        if (top, left) != (bottom, right):
            self.sheet.merge_cells(None, top, left, bottom, right)


def write(blocks: Sequence[Block], path: Path, manner: Manner = "apart") -> None:
    """Writes the blocks to `path`, each part on a sheet named by its first title."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = book.properties.modified = datetime.datetime(2025, 1, 1)
    for number, part in enumerate(parts(blocks), 1):
        pen = _Pen(book.create_sheet(_name(part, number)), manner)
        for block in part:
            if isinstance(block, Line):
                pen.line(block)
            else:
                pen.table(block)
    buffer = io.BytesIO()
    book.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(same_bytes(buffer.getvalue()))


def parts(blocks: Sequence[Block]) -> Iterator[list[Line | Table]]:
    """The blocks between page breaks, empty lines left out."""
    part: list[Line | Table] = []
    for block in [*blocks, PageBreak()]:
        if isinstance(block, PageBreak):
            if part:
                yield part
            part = []
        elif isinstance(block, Table) or block.text:
            part.append(block)


def _name(part: Sequence[Line | Table], number: int) -> str:
    title = next((block.text for block in part if isinstance(block, Line) and block.style == "title"), "")
    return f"{number}{re.sub(r'[^一-鿿0-9]', '', title)}"[:31]


def _fine(table: Table) -> list[int]:
    """The fine columns in which the table's columns begin, and the one after the last."""
    edges = [1]
    total = 0.0
    for left, share in enumerate(table.shares(), 1):
        total += share
        after = table.columns - left
        edges.append(max(edges[-1] + 1, min(1 + round(total * FINE), FINE + 1 - after)))
    return edges


def _value(text: str) -> tuple[str | float, str]:
    """A cell's value and number format; words stay words."""
    found = NUMBER.fullmatch(text)
    if found is None or (found[2].startswith("0") and found[2] != "0"):
        return text, "@"
    sign, digits, places, percent = found[1], found[2], found[3] or "", found[4]
    number = Decimal(f"{digits.replace(',', '')}.{places or '0'}")
    if places and number:
        number += UNSEEN.scaleb(-len(places))
    shape = ("#,##0" if "," in digits else "0") + (f".{'0' * len(places)}" if places else "") + percent
    number = -number if sign else number
    return float(number.scaleb(-2 if percent else 0)), shape
