"""From a Word table's rows to the layout grid: which columns there are and what each cell covers.

Word keeps three accounts of a table's columns: the table's own grid (w:tblGrid), the columns each cell
says it spans, and each cell's width. Where spans agree with each other they are believed; a row whose
spans don't is placed by its widths, if these meet the other rows' edges or fill the table; else cell by
cell from the left. Edges closer than `SNAP` are one edge unless a cell stands between them, and an edge
no cell uses is none. Time linear in cells.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf
from typing import Literal, NamedTuple

from extract.document import Cell

SNAP = 80.0
"""Twips (1.4 mm) within which two edges are the same: Word leaves 30 to 60, no character is so narrow."""
FULL = 0.02
"""The share of the table's width by which a row may miss its right side and still be meant to fill it."""
COLUMN = 1440.0
"""The width given to columns of which none is known."""
TABLE = 9000.0
"""The width given to a table that only says its columns' shares."""


class RawCell(NamedTuple):
    """A w:tc as written. `width` is in twips, or a share of the table below 0 (-0.25), or 0 for unknown."""

    text: str
    span: int = 1
    width: float = 0.0
    vertical: Literal["", "start", "continue"] = ""
    joins_left: bool = False


class RawRow(NamedTuple):
    """A w:tr as written; `before` counts the grid columns skipped at its left, `indent` their width."""

    cells: tuple[RawCell, ...]
    before: int = 0
    after: int = 0
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows, columns and cells as a Grid wants them; `clipped` the rows (from 0) whose spans were cut,
    `covered` the (row, column) of cells whose words a merged cell hides."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    clipped: tuple[int, ...] = ()
    covered: tuple[tuple[int, int], ...] = ()


Edges = list[float]
"""A row's edges from left to right, one more than it has cells; or the table's."""


def lay_out(rows: Sequence[RawRow], grid: Sequence[float]) -> Layout:
    """The layout grid of a table's rows, each with at least one cell; `grid` are the w:tblGrid's widths."""
    joined = [_join_left(row) for row in rows]
    placed, clipped = _place(joined, grid)
    columns = _columns(placed)
    begun: list[tuple[str, int, int, int]] = []
    heights: list[int] = []
    covered: list[tuple[int, int]] = []
    merges: dict[tuple[int, int], int] = {}
    for index, (row, edges) in enumerate(zip(joined, placed, strict=True)):
        lines = [columns[edge] for edge in edges]
        open_merges, merges = merges, {}
        for cell, place in zip(row.cells, pairwise(lines), strict=True):
            above = open_merges.get(place) if cell.vertical == "continue" else None
            if above is None:
                above = len(begun)
                begun.append((cell.text, index, place[0], place[1] - place[0]))
                heights.append(1)
            else:
                heights[above] += 1
                if cell.text.strip():
                    covered.append((index, place[0]))
            if cell.vertical:
                merges[place] = above
    cells = tuple(
        Cell(text, row, column, height, width)
        for (text, row, column, width), height in zip(begun, heights, strict=True)
    )
    return Layout(len(rows), max(columns.values(), default=0), cells, tuple(clipped), tuple(covered))


def _join_left(row: RawRow) -> RawRow:
    """The row with cells of the old horizontal merge (w:hMerge) made one."""
    if not any(cell.joins_left for cell in row.cells[1:]):
        return row
    cells: list[RawCell] = []
    for cell in row.cells:
        if cells and cell.joins_left:
            first = cells[-1]
            width = first.width + cell.width if first.width * cell.width > 0 else 0.0
            words = "\n".join(text for text in (first.text, cell.text) if text)
            cells[-1] = first._replace(span=first.span + cell.span, width=width, text=words)
        else:
            cells.append(cell)
    return row._replace(cells=tuple(cells))


def _place(rows: Sequence[RawRow], grid: Sequence[float]) -> tuple[list[Edges], list[int]]:
    """Each row's edges, on one ruler for all of them, and the rows of which a span was cut."""
    totals = [row.before + sum(cell.span for cell in row.cells) + row.after for row in rows]
    ruler = [0.0, *accumulate(grid)] if grid and min(grid) > 0 else []
    if ruler and len(grid) not in totals:
        by_width = [_by_width(row, ruler) for row in rows]
        fitting = [edges for edges, fits in by_width if edges and fits and edges[-1] == ruler[-1]]
        if len(fitting) == len(rows):
            return fitting, []
    count = len(grid) if len(grid) in totals else _most_common(totals)
    by_cells: Edges = []
    if len(ruler) != count + 1 or any(total != count for total in totals):
        even = [row for row, total in zip(rows, totals, strict=True) if total == count]
        by_cells = _ruler_of_cells(even, count)
    if len(ruler) != count + 1:
        ruler = by_cells or [index * COLUMN for index in range(count + 1)]
    placed, clipped = [], []
    for index, (row, total) in enumerate(zip(rows, totals, strict=True)):
        edges = None if total == count else _odd_row(row, total < count, ruler, by_cells)
        if edges is None:
            edges, cut = _by_spans(row, ruler)
            if cut:
                clipped.append(index)
        placed.append(edges)
    return placed, clipped


def _most_common(totals: list[int]) -> int:
    counted = Counter(totals)
    return max(counted, key=lambda total: (counted[total], total), default=0)


def _ruler_of_cells(rows: Sequence[RawRow], count: int) -> Edges:
    """The table's edges from the widths of cells whose spans agree; empty where they don't tell all."""
    known: dict[int, float] = {0: 0.0}
    for row in rows:
        index = row.before
        if index and index not in known and row.indent > 0:
            known[index] = row.indent
        for cell in row.cells:
            if index in known and index + cell.span not in known and cell.width:
                known[index + cell.span] = known[index] + _absolute(cell.width, TABLE)
            index += cell.span
    ruler = [known.get(index, -1.0) for index in range(count + 1)]
    return ruler if all(left < right for left, right in pairwise(ruler)) else []


def _odd_row(row: RawRow, short: bool, ruler: Edges, by_cells: Edges) -> Edges | None:
    """The edges of a row whose spans don't add up, by its widths; None where these can't be believed."""
    edges, fits = _by_width(row, ruler)
    if edges is not None and fits:
        return edges
    if by_cells:
        others, also_fits = _by_width(row, by_cells)
        if others is not None and also_fits:
            return [ruler[by_cells.index(edge)] for edge in others]
    if edges is None or (short and edges[-1] != ruler[-1]):
        return None
    return edges


def _by_width(row: RawRow, ruler: Edges) -> tuple[Edges | None, bool]:
    """A row's edges by its cells' widths, each snapped to the ruler, and whether all of them met it."""
    whole = ruler[-1]
    widths = [_absolute(cell.width, whole) for cell in row.cells]
    if not all(widths):
        return None, False
    start = row.indent or ruler[min(row.before, len(ruler) - 1)]
    edges, fits = [], True
    for position in accumulate(widths, initial=start):
        nearest = _nearest(ruler, position)
        met = abs(nearest - position) <= SNAP
        edges.append(nearest if met else position)
        fits = fits and met
    if abs(edges[-1] - whole) <= whole * FULL:
        edges[-1] = whole
    if edges[-1] > whole or any(left >= right for left, right in pairwise(edges)):
        return None, False
    return edges, fits


def _absolute(width: float, table: float) -> float:
    return width if width >= 0 else -width * table


def _nearest(ruler: Edges, position: float) -> float:
    index = bisect_left(ruler, position)
    around = ruler[max(index - 1, 0) : index + 1]
    return min(around, key=lambda edge: abs(edge - position))


def _by_spans(row: RawRow, ruler: Edges) -> tuple[Edges, bool]:
    """A row's edges by counting spans; a last cell that spans beyond the table is cut at its side."""
    indexes = list(accumulate((cell.span for cell in row.cells), initial=row.before))
    last = len(ruler) - 1
    cut = indexes[-2] < last < indexes[-1]
    if cut:
        indexes[-1] = last
    beyond = ruler[-1]
    return [ruler[index] if index <= last else beyond + (index - last) * COLUMN for index in indexes], cut


def _columns(placed: list[Edges]) -> dict[float, int]:
    """The number of the column line each edge is, with edges that all but touch made one."""
    last_left: dict[float, float] = {}
    for edges in set(map(tuple, placed)):
        last_left.setdefault(edges[0], -inf)
        for left, right in pairwise(edges):
            last_left[right] = max(last_left.get(right, -inf), left)
    columns: dict[float, int] = {}
    first, number = -inf, -1
    for edge in sorted(last_left):
        if edge - first > SNAP or last_left[edge] >= first:
            first, number = edge, number + 1
        columns[edge] = number
    return columns
