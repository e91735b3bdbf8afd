"""The workbook reader: the sheets of .xlsx, .xls and .ods as they show on the screen.

Every visible sheet is cut into running text and tables: a line of its own above or below a table is a
paragraph, blank rows part tables. Numbers are read as their formats print them (94.7%, not 0.947).
A hidden sheet is named, not read; hidden rows and columns are read, for the sheet's sums count them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from extract import kinds
from extract.document import Block, Cell, Document, Grid, Paragraph, Source
from extract.failure import Unreadable
from extract.means import PLAIN, Means
from extract.readers.workbook_ods import read_ods
from extract.readers.workbook_sheet import Printed, Sheet
from extract.readers.workbook_xls import read_xls
from extract.readers.workbook_xlsx import read_xlsx

CELL_LIMIT = 400_000
TITLE = 40
PARTED = 2
"""So many blank rows part two tables; one does where a line of its own follows."""
NUMBER = re.compile(r"[-(（]?[\d,.]+%?[)）]?")

_SHEETS = {
    kinds.XLSX.media_type: read_xlsx,
    kinds.XLS.media_type: read_xls,
    kinds.ODS.media_type: read_ods,
}


@dataclass(slots=True)
class _Counter:
    paragraphs: int = 0
    tables: int = 0


def read_workbook(path: Path, source: Source, means: Means = PLAIN) -> Document:
    """Read a workbook. Raises Unreadable."""
    sheets = list(_SHEETS[source.type](path))
    warnings = [f"工作表“{sheet.name}”是隐藏的，没有读取" for sheet in sheets if sheet.hidden and sheet.cells]
    shown = [sheet for sheet in sheets if not sheet.hidden]
    if sum(len(sheet.cells) for sheet in shown) > CELL_LIMIT:
        raise Unreadable("too_large", "工作簿里的单元格过多", "请只提交自评材料本身，删去无关的工作表")
    counter = _Counter()
    blocks = tuple(block for sheet in shown for block in _blocks(sheet, counter))
    if not blocks:
        raise Unreadable("empty", "工作簿里没有任何内容", "请核对是否选错了文件")
    return Document(replace(source, reader="workbook", pages=len(shown)), blocks, tuple(warnings))


def _blocks(sheet: Sheet, counter: _Counter) -> Iterator[Block]:
    above = sheet.name
    for rows in _stretches(sheet):
        first, last = _table_within(sheet, rows)
        for row in rows[:first]:
            yield _paragraph(sheet, row, counter)
            above = sheet.rows[row][0].text
        if first < last:
            yield _grid(sheet, rows[first:last], above, counter)
        for row in rows[last:]:
            yield _paragraph(sheet, row, counter)


def _stretches(sheet: Sheet) -> Iterator[list[int]]:
    """The rows that hold something, parted where a new table may begin."""
    stretch: list[int] = []
    for row in sorted(sheet.rows):
        if stretch:
            gap = row - sheet.bottom(stretch) - 1
            if gap >= PARTED or (gap == 1 and len(sheet.rows[row]) == 1):
                yield stretch
                stretch = []
        stretch.append(row)
    if stretch:
        yield stretch


def _table_within(sheet: Sheet, rows: Sequence[int]) -> tuple[int, int]:
    """Where, among the rows, the table begins and ends: lines of their own at both ends are left out."""
    first, last = 0, len(rows)
    while first < last and _alone(sheet, rows[first]):
        first += 1
    while last > first and _alone(sheet, rows[last - 1]):
        last -= 1
    return first, last


def _alone(sheet: Sheet, row: int) -> bool:
    """One cell in the row, one row high, no lines about it: a title, a unit, a note. A number is none."""
    cells = sheet.rows[row]
    if len(cells) > 1 or cells[0].row_span > 1 or row in sheet.reached:
        return False
    return not cells[0].ruled and NUMBER.fullmatch(cells[0].text) is None


def _paragraph(sheet: Sheet, row: int, counter: _Counter) -> Paragraph:
    counter.paragraphs += 1
    text = sheet.rows[row][0].text
    title = row == min(sheet.rows) and len(text) <= TITLE
    return Paragraph(text, counter.paragraphs - 1, sheet.number, "heading" if title else "text")


def _grid(sheet: Sheet, rows: Sequence[int], above: str, counter: _Counter) -> Grid:
    """A table's rows; columns that are empty at its sides are left out."""
    counter.tables += 1
    top, bottom = rows[0], sheet.bottom(rows)
    shown = [cell for row in rows for cell in sheet.rows[row]]
    left, right = min(cell.column for cell in shown), max(cell.right for cell in shown)
    if (bottom - top + 1) * (right - left + 1) > CELL_LIMIT:
        raise Unreadable("too_large", f"工作表“{sheet.name}”里的内容散得太开", "请删去表格之外多余的单元格")
    merged = [
        cell
        for cell in sheet.cells
        if not cell.text
        and top <= cell.row
        and cell.bottom <= bottom
        and left <= cell.column
        and cell.right <= right
    ]
    cells = [*shown, *merged]
    taken = {place for cell in cells for place in _places(cell.row, cell.column, cell.bottom, cell.right)}
    cells += [Printed("", *place) for place in _places(top, left, bottom, right) if place not in taken]
    return Grid(
        number=counter.tables,
        rows=bottom - top + 1,
        columns=right - left + 1,
        cells=tuple(
            Cell(cell.text, cell.row - top, cell.column - left, cell.row_span, cell.column_span, sheet.number)
            for cell in sorted(cells, key=lambda cell: (cell.row, cell.column))
        ),
        caption=above,
        page=sheet.number,
        part=f"工作表“{sheet.name}”",
        first=(top, left),
    )


def _places(top: int, left: int, bottom: int, right: int) -> Iterator[tuple[int, int]]:
    """Rows and columns of an area, its last ones too."""
    return product(range(top, bottom + 1), range(left, right + 1))
