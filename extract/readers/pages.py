"""From the marks of pages to a document's blocks: tables joined over pages, paragraphs, furniture.

Knows no file format: every reader that yields `Ink` comes this way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extract.document import Block, Cell, Grid, Paragraph
from extract.readers.grid_finder import Draft, PageGrid, find_grids
from extract.readers.grid_join import Table, join_pages
from extract.readers.grid_rules import merged
from extract.readers.grid_unruled import column_by_alignment, find_unruled
from extract.readers.layout import Ink
from extract.readers.paragraphs import Passage, caption, passages
from extract.readers.sheet import Sheet, set_furniture_aside
from extract.readers.text_flow import join_lines, lines_of, turned_text

TABLE_RULES = 4
"""So many rules each way, and text, without a grid: the second finder is asked."""


def sheet_of(ink: Ink, again: Callable[[], list[PageGrid]] | None = None) -> Sheet:
    """A page taken apart. `again` is a second finder of tables, asked where the first sees rules but no
    table."""
    grids, loose = find_grids(ink)
    many = min(len(merged(ink.across)), len(merged(ink.down))) >= TABLE_RULES
    if again is not None and not grids and ink.glyphs and many:
        grids = again()
    grids = [column_by_alignment(grid, ink) for grid in grids]
    unruled, lines = find_unruled(lines_of(ink.glyphs), ink, loose)
    return Sheet(ink, sorted([*grids, *unruled], key=lambda grid: grid.ys[0]), lines)


def blocks_of(sheets: list[Sheet]) -> Iterator[Block]:
    """The document's paragraphs and tables in reading order."""
    set_furniture_aside(sheets)
    tables = join_pages(sheets)
    for table in tables:
        if table.frame_only:
            _dissolve(table, sheets)
    tables = [table for table in tables if not table.frame_only]
    sheet_of = {sheet.number: sheet for sheet in sheets}
    placed: list[tuple[int, float, Passage | Table]] = [
        (passage.sheet.number, passage.box[1], passage) for passage in passages(sheets)
    ]
    placed += [(table.parts[0].page, table.parts[0].ys[0], table) for table in tables]
    index = number = 0
    for page, _, item in sorted(placed, key=lambda place: place[:2]):
        if isinstance(item, Table):
            number += 1
            yield _printed_grid(item, number, sheet_of)
        else:
            yield Paragraph(item.text, index, page, item.kind, sheet_of[page].ink.shown(item.box), item.sure)
            index += 1
    for sheet in sheets:
        for text in _aside(sheet):
            yield Paragraph(text, index, sheet.number, "furniture")
            index += 1


def _aside(sheet: Sheet) -> Iterator[str]:
    """Text at an angle that belongs to no table: watermarks, margins."""
    if sheet.ink.slanted:
        yield sheet.ink.slanted
    if sheet.ink.sideways:
        yield turned_text(sheet.ink.sideways)


def _dissolve(table: Table, sheets: list[Sheet]) -> None:
    """A frame around running text is no table: its lines go back to their pages."""
    for part in table.parts:
        sheet = next(sheet for sheet in sheets if sheet.number == part.page)
        sheet.grids = [grid for grid in sheet.grids if grid is not part]
        sheet.ink.sideways.extend(part.sideways)
        sheet.lines = sorted([*sheet.lines, *lines_of(part.glyphs)], key=lambda line: line.top)


def _printed_grid(table: Table, number: int, sheet_of: dict[int, Sheet]) -> Grid:
    first = table.parts[0]
    cells = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    return Grid(
        number=number,
        rows=table.rows,
        columns=len(table.xs) - 1,
        cells=tuple(_printed_cell(cell, table.inset, sheet_of[cell.page].ink) for cell in cells),
        caption=caption(sheet_of[first.page], first.ys[0]),
        page=first.page,
        ruled=first.ruled,
        doubtful_joins=tuple(table.doubtful),
    )


def _printed_cell(cell: Draft, inset: float, ink: Ink) -> Cell:
    text = join_lines(cell.lines, cell.box[2] - cell.box[0] - inset)
    if cell.vertical:
        text = f"{text}\n{cell.vertical}" if text else cell.vertical
    return Cell(
        text,
        cell.row,
        cell.column,
        cell.row_span,
        cell.column_span,
        cell.page,
        ink.shown(cell.box),
        min([cell.sure, *(line.sure for line in cell.lines)]),
        cell.readings,
    )
