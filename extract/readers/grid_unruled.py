"""Tables without column rules: three-line tables, and columns of figures by alignment alone.

Conservative on purpose: running text must never become a table. A table needs at least three rows of
three pieces that stand under each other, most of them with a figure; between two rules of the same
width, two columns and two rows will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.readers.grid_finder import Draft, PageGrid, inset
from extract.readers.layout import Ink, Line, Rule
from extract.readers.text_flow import line_of, lines_of

PIECE_GAP = 1.0
"""Pieces of a line stand further apart than this many characters."""
SAME_RULE = 6.0
NEXT_ROW = 3.2
"""Rows further apart than this many line heights belong to different tables."""
FIGURE = re.compile(r"[≥≤＞＜><=＝－+-]*\d[\d,.，]*\s*[%％]?[^\d\s]{0,3}|[-—－/／]")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of text in its pieces, left to right."""

    line: Line
    pieces: tuple[Line, ...]

    @property
    def figures(self) -> int:
        return sum(FIGURE.fullmatch(piece.text) is not None for piece in self.pieces)


def find_unruled(lines: Sequence[Line], ink: Ink, rules: Sequence[Rule]) -> tuple[list[PageGrid], list[Line]]:
    """The tables that stand in running text without column rules, and the lines that are left.

    `rules` are the page's horizontal rules that touch no vertical one.
    """
    rows = [_Row(line, tuple(_pieces(line))) for line in lines]
    grids: list[PageGrid] = []
    taken: set[int] = set()
    for top, bottom in _framed(rules):
        block = [row for row in rows if top < (row.line.top + row.line.bottom) / 2 < bottom]
        _try(block, ink, 2, grids, taken)
    for block in _runs([row for row in rows if id(row.line) not in taken]):
        _try(block, ink, 3, grids, taken)
    return grids, [line for line in lines if id(line) not in taken]


def column_by_alignment(grid: PageGrid, ink: Ink) -> PageGrid:
    """A ruled table of one column whose rows are pieces that stand under each other, by those columns."""
    if len(grid.xs) > 2 or len(grid.ys) < 4:
        return grid
    rows = [_Row(line, tuple(_pieces(line))) for line in lines_of(grid.glyphs)]
    return _grid(rows, ink, 3) or grid


def _try(block: list[_Row], ink: Ink, least: int, grids: list[PageGrid], taken: set[int]) -> None:
    grid = _grid(block, ink, least)
    if grid is not None:
        grids.append(grid)
        taken.update(id(row.line) for row in block)


def _pieces(line: Line) -> list[Line]:
    room = PIECE_GAP * line.size
    starts = [
        index
        for index, (before, glyph) in enumerate(pairwise(line.glyphs), 1)
        if glyph.left - before.right > room
    ]
    if not starts:
        return [line]
    ends = [*starts, len(line.glyphs)]
    return [line_of(line.glyphs[start:end]) for start, end in zip([0, *starts], ends, strict=True)]


def _framed(rules: Sequence[Rule]) -> Iterator[tuple[float, float]]:
    """The spans between the first and the last of rules that are alike: three lines or more."""
    left = sorted(rules)
    while left:
        first = left[0]
        alike = [
            rule
            for rule in left
            if abs(rule.start - first.start) <= SAME_RULE and abs(rule.end - first.end) <= SAME_RULE
        ]
        left = [rule for rule in left if rule not in alike]
        if len(alike) >= 3:
            yield alike[0].at, alike[-1].at


def _runs(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Neighbouring lines of three pieces or more; a line of one or two may stand between two such."""
    run: list[_Row] = []
    for row in rows:
        near = not run or row.line.top - run[-1].line.bottom < NEXT_ROW * row.line.size
        many = len(row.pieces) >= 3
        if near and (many or (run and len(row.pieces) == 2)):
            run.append(row)
            continue
        yield from _trimmed(run)
        run = [row] if many else []
    yield from _trimmed(run)


def _trimmed(run: list[_Row]) -> Iterator[list[_Row]]:
    while run and len(run[-1].pieces) < 3:
        run = run[:-1]
    if len(run) >= 3:
        yield run


def _grid(block: list[_Row], ink: Ink, least: int) -> PageGrid | None:
    full = [row for row in block if len(row.pieces) >= least]
    if len(full) < least or sum(row.figures > 0 for row in full) < 0.6 * len(full):
        return None
    columns = _columns(full)
    if len(columns) < least or not all(_stand_apart(row, columns) for row in full):
        return None
    xs = _edges(columns)
    ys = _row_edges([row.line for row in block])
    cells = [cell for i, row in enumerate(block) for cell in _cells(i, row, columns, xs, ys, ink.number)]
    grid = PageGrid(ink.number, xs, ys, cells, ruled=False, open_bottom=False)
    grid.glyphs = [glyph for row in block for glyph in row.line.glyphs]
    grid.inset = inset(cells)
    return grid


def _columns(rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """Where columns stand: the widths of the rows of most pieces, laid over each other."""
    most = max(len(row.pieces) for row in rows)
    spans = sorted(
        (piece.left, piece.right) for row in rows if len(row.pieces) == most for piece in row.pieces
    )
    columns = [spans[0]]
    for left, right in spans[1:]:
        if left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns if len(columns) == most else []


def _covered(piece: Line, columns: Sequence[tuple[float, float]]) -> list[int]:
    met = [i for i, (left, right) in enumerate(columns) if piece.left < right and left < piece.right]
    if met:
        return met
    middle = (piece.left + piece.right) / 2
    return [min(range(len(columns)), key=lambda i: abs(sum(columns[i]) / 2 - middle))]


def _stand_apart(row: _Row, columns: Sequence[tuple[float, float]]) -> bool:
    met = [column for piece in row.pieces for column in _covered(piece, columns)]
    return len(met) == len(set(met))


def _edges(columns: Sequence[tuple[float, float]]) -> list[float]:
    between = [(one[1] + other[0]) / 2 for one, other in pairwise(columns)]
    return [columns[0][0] - 2.0, *between, columns[-1][1] + 2.0]


def _row_edges(lines: Sequence[Line]) -> list[float]:
    between = [(above.bottom + below.top) / 2 for above, below in pairwise(lines)]
    reach = median(line.bottom - line.top for line in lines) / 2
    return [lines[0].top - reach / 2, *between, lines[-1].bottom + reach / 2]


def _cells(
    index: int,
    row: _Row,
    columns: Sequence[tuple[float, float]],
    xs: list[float],
    ys: list[float],
    page: int,
) -> Iterator[Draft]:
    held: dict[int, list[Line]] = {}
    spans: dict[int, int] = {}
    taken = -1
    for piece in row.pieces:
        met = [column for column in _covered(piece, columns) if column > taken] or [taken]
        held.setdefault(met[0], []).append(piece)
        spans[met[0]] = max(spans.get(met[0], 1), met[-1] - met[0] + 1)
        taken = met[-1]
    column = 0
    while column < len(columns):
        span = spans.get(column, 1)
        box = (xs[column], ys[index], xs[column + span], ys[index + 1])
        yield Draft(index, column, 1, span, page, box, held.get(column, []))
        column += span
