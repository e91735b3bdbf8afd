"""Tables that run over pages made whole: repeated headers dropped, cut rows and merged cells made one.

Geometry decides what it can: same outer sides, shared column lines, nothing but furniture between. A
join without such proof is kept and named in `doubtful`, by row, so that the forms' known labels may
settle it. Numbers are never joined to numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.readers.cut_rows import extend_merged, heal_row, is_cut
from extract.readers.grid_finder import Draft, PageGrid
from extract.readers.layout import Line
from extract.readers.sheet import Sheet

SAME_EDGE = 4.0
SAME_WIDTH = 6.0
MIRRORED = 45.0
"""Odd and even pages may have their margins swapped."""
SHARED = 0.7
"""The share of the column lines that two parts of one table have in common, at least."""
LONGEST_HEADER = 5
ROOM = 30.0
"""A page that had this much more room than the next part's first row was ended on purpose."""


@dataclass(slots=True)
class Table:
    """A whole table: its parts page by page, its cells in one grid of `rows` by the edges `xs`."""

    parts: list[PageGrid]
    xs: list[float]
    rows: int
    cells: list[Draft]
    doubtful: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, grid: PageGrid) -> Table:
        return cls([grid], list(grid.xs), len(grid.ys) - 1, grid.cells)

    @property
    def frame_only(self) -> bool:
        """Boxes around running text: no part has more than one cell."""
        return all(part.single for part in self.parts)

    @property
    def inset(self) -> float:
        return min(part.inset for part in self.parts)


def join_pages(sheets: Sequence[Sheet]) -> list[Table]:
    """The document's tables in reading order, parts on following pages joined."""
    tables: list[Table] = []
    floor = {sheet.number: _floor(sheet, sheets) for sheet in sheets}
    before: Sheet | None = None
    for sheet in sheets:
        for index, grid in enumerate(sheet.grids):
            upper = tables[-1] if tables and index == 0 and before is not None else None
            if upper is None or before is None or not _join(upper, grid, before, sheet, floor, sheets):
                tables.append(Table.of(grid))
        before = sheet
    return tables


def _floor(sheet: Sheet, sheets: Sequence[Sheet]) -> float:
    """How far down pages of this shape are printed."""
    alike = [other for other in sheets if abs(other.ink.height - sheet.ink.height) < 2]
    lows = [line.bottom for other in alike for line in other.lines]
    lows += [grid.ys[-1] for other in alike for grid in other.grids]
    return max(lows, default=sheet.ink.height)


def _join(
    table: Table,
    grid: PageGrid,
    before: Sheet,
    sheet: Sheet,
    floor: dict[int, float],
    sheets: Sequence[Sheet],
) -> bool:
    """Add the grid to the table if it is its continuation."""
    last = table.parts[-1]
    if last.page != before.number or sheet.number != before.number + 1 or last is not before.grids[-1]:
        return False
    if before.below(last.ys[-1]) or last.ruled != grid.ruled:
        return False
    shift = last.xs[0] - grid.xs[0]
    if not _same_columns(table, grid, shift):
        return False
    edges, places = _union(table.xs, [x + shift for x in grid.xs])
    header = _repeated_header(table, grid, shift)
    alike = len(edges) == len(table.xs) == len(grid.xs) and len(edges) > 3
    between = sheet.above(grid.ys[0])
    if between and not (_is_caption_again(between, table, sheets) and (header or alike)):
        return False
    first_row = grid.ys[min(header + 1, len(grid.ys) - 1)] - grid.ys[header]
    roomy = floor[before.number] - last.ys[-1] > first_row + ROOM
    if roomy and not header and not alike:
        return False
    _append(table, grid, shift, edges, places, header, doubtful=bool(between) or (roomy and not header))
    return True


def _same_columns(table: Table, grid: PageGrid, shift: float) -> bool:
    width = table.xs[-1] - table.xs[0]
    if abs(width - (grid.xs[-1] - grid.xs[0])) > SAME_WIDTH or abs(shift) > MIRRORED:
        return False
    one, other = table.xs[1:-1], [x + shift for x in grid.xs[1:-1]]
    fewer, more = sorted((one, other), key=len)
    if not fewer:
        return True
    shared = sum(any(abs(x - y) <= SAME_EDGE for y in more) for x in fewer)
    return shared >= SHARED * len(fewer)


def _union(one: list[float], other: list[float]) -> tuple[list[float], list[int]]:
    """All edges of both, and the place of each of `other`'s edges among them."""
    edges = list(one)
    for x in other:
        if all(abs(x - edge) > SAME_EDGE for edge in edges):
            edges.append(x)
    edges.sort()
    return edges, [min(range(len(edges)), key=lambda i: abs(edges[i] - x)) for x in other]


def _is_caption_again(lines: list[Line], table: Table, sheets: Sequence[Sheet]) -> bool:
    """Whether the lines only repeat what stands above the table's first part, or say «续表»."""
    first = table.parts[0]
    above = {
        line.text.replace(" ", "")
        for sheet in sheets
        if sheet.number == first.page
        for line in [*sheet.above(first.ys[0]), *sheet.furniture]
    }
    return all(
        text in above or ("续" in text and len(text) <= 12)
        for text in (line.text.replace(" ", "") for line in lines)
    )


def _repeated_header(table: Table, grid: PageGrid, shift: float) -> int:
    """How many of the grid's first rows repeat the table's first rows."""
    rows = min(LONGEST_HEADER, table.rows, len(grid.ys) - 1)
    here = [_signature(grid.cells, row, shift) for row in range(rows)]
    there = [_signature(table.cells, row, 0.0) for row in range(rows)]
    for count in range(rows, 0, -1):
        whole = all(cell.bottom <= count for cell in grid.cells if cell.row < count)
        words = sum(bool(text) for row in here[:count] for *_, text in row)
        if whole and words >= 2 and all(_alike(here[row], there[row]) for row in range(count)):
            return count
    return 0


Signature = list[tuple[float, float, int, str]]


def _signature(cells: Sequence[Draft], row: int, shift: float) -> Signature:
    return sorted(
        (cell.box[0] + shift, cell.box[2] + shift, cell.row_span, _words(cell))
        for cell in cells
        if cell.row == row
    )


def _alike(one: Signature, other: Signature) -> bool:
    return len(one) == len(other) and all(
        abs(a[0] - b[0]) <= SAME_EDGE and abs(a[1] - b[1]) <= SAME_EDGE and a[2:] == b[2:]
        for a, b in zip(one, other, strict=True)
    )


def _words(cell: Draft) -> str:
    return "".join(line.text for line in cell.lines).replace(" ", "") + cell.vertical


def _append(
    table: Table,
    grid: PageGrid,
    shift: float,
    edges: list[float],
    places: list[int],
    header: int,
    doubtful: bool,
) -> None:
    for cell in table.cells:
        end = cell.column + cell.column_span
        cell.column, end = _place(edges, table.xs[cell.column]), _place(edges, table.xs[end])
        cell.column_span = end - cell.column
    table.xs = edges
    following = [cell for cell in grid.cells if cell.row >= header]
    for cell in following:
        end = places[cell.column + cell.column_span]
        cell.column = places[cell.column]
        cell.column_span = end - cell.column
        cell.row -= header
        cell.lines = [line.moved(shift) for line in cell.lines]
    last = table.parts[-1]
    table.parts.append(grid)
    rows = len(grid.ys) - 1 - header
    if rows == 0:
        return
    seam = table.rows
    height = grid.ys[header + 1] - grid.ys[header]
    cut = is_cut(table.cells, following, seam, last, height, table.inset)
    if cut.joined:
        following, seam = heal_row(table.cells, following, seam), seam - 1
        doubtful = doubtful or cut.doubtful
    else:
        following, unsure = extend_merged(table.cells, following, seam, table.inset)
        doubtful = doubtful or unsure or cut.doubtful
    for cell in following:
        cell.row += seam
    table.cells = [*table.cells, *following]
    table.rows = seam + rows
    if doubtful:
        table.doubtful.append(seam)


def _place(edges: list[float], x: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - x))
