"""Ruled tables on one page: from rules to rows, columns, cells and the glyphs in them.

A wall stands where a rule covers most of a unit edge of the grid of all positions; the places that
no wall parts are one cell. Knows no file format: any reader that yields glyphs and rules may use it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.document import Box
from extract.readers.grid_rules import SAME_AT, Web, merged, sides, webs
from extract.readers.layout import Glyph, Ink, Line, Overfull, Rule, inside
from extract.readers.text_flow import lines_of, turned_text

COVERED = 0.6
"""A wall stands where a rule covers this share of a unit edge."""
OPEN_SIDE = 8.0
"""Rules that reach further than this beyond the last crossing one make a column (or row) open at its side."""
SMALLEST = 12.0
"""Boxes less wide and high than this are tick boxes, not tables."""
RULE_LIMIT = 4000
SLIVER = 4.0


@dataclass(slots=True)
class Draft:
    """A cell being made: places in its page's grid, box in reading coordinates, lines of text."""

    row: int
    column: int
    row_span: int
    column_span: int
    page: int
    box: Box
    lines: list[Line] = field(default_factory=list)
    vertical: str = ""
    sure: float = 1.0
    readings: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        return not self.lines and not self.vertical

    @property
    def bottom(self) -> int:
        """The row after the cell's last."""
        return self.row + self.row_span


@dataclass(slots=True)
class PageGrid:
    """A table, or the part of one that stands on a page. `xs` and `ys` are the edges of columns and rows.

    `inset` is the room between the text and both walls together; `open_bottom` says that no rule
    closes the table below.
    """

    page: int
    xs: list[float]
    ys: list[float]
    cells: list[Draft]
    inset: float = 0.0
    open_bottom: bool = False
    ruled: bool = True
    glyphs: list[Glyph] = field(default_factory=list)
    sideways: list[Glyph] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def single(self) -> bool:
        """One box: a frame around text, unless it continues a table of the page before."""
        return len(self.cells) == 1


def find_grids(ink: Ink) -> tuple[list[PageGrid], list[Rule]]:
    """The ruled tables and single boxes of a page, top to bottom, with their text; and the horizontal
    rules that touch no vertical one, of which three-line tables are made. Raises Overfull."""
    drawn = _webs(ink.across, ink.down)
    loose = [rule for web in drawn if not web.down for rule in web.across]
    grids = [grid for web in _with_fills(drawn, ink) if (grid := _grid(web, ink.number)) is not None]
    grids = _outermost(grids)
    hand_out(ink, grids)
    grids = [grid for grid in grids if grid.glyphs or grid.sideways or len(grid.cells) > 3]
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0])), loose


def _webs(across: Sequence[Rule], down: Sequence[Rule]) -> list[Web]:
    flat, upright = merged(across), merged(down)
    if len(flat) + len(upright) > RULE_LIMIT:
        raise Overfull
    return webs(flat, upright)


def _with_fills(drawn: Sequence[Web], ink: Ink) -> list[Web]:
    """The webs that may be tables; the edges of coloured cells count where no drawn table holds them."""
    tables = [web for web in drawn if _table_like(web)]
    boxes = [web.box for web in tables]
    page = ink.width * ink.height
    free = [
        fill
        for fill in ink.fills
        if (fill[2] - fill[0]) * (fill[3] - fill[1]) < 0.7 * page
        and not any(inside((fill[0] + fill[2]) / 2, (fill[1] + fill[3]) / 2, box) for box in boxes)
    ]
    if len(free) < 4:
        return tables
    edges = [sides(fill) for fill in free]
    return [
        web
        for web in _webs(
            [*ink.across, *(rule for flat, _ in edges for rule in flat)],
            [*ink.down, *(rule for _, upright in edges for rule in upright)],
        )
        if _table_like(web) and (_shares(web, boxes) or (len(web.across) > 2 and len(web.down) > 2))
    ]


def _shares(web: Web, boxes: Sequence[Box]) -> bool:
    left, top, right, bottom = web.box
    return any(
        left - SAME_AT <= box[0] and top - SAME_AT <= box[1] and box[2] <= right + SAME_AT
        and box[3] <= bottom + SAME_AT
        for box in boxes
    )  # fmt: skip


def _table_like(web: Web) -> bool:
    if not web.down or not web.across:
        return False
    left, top, right, bottom = web.box
    return (
        right - left >= SMALLEST and bottom - top >= SMALLEST and right - left + bottom - top > 4 * SMALLEST
    )


def _grid(web: Web, page: int) -> PageGrid | None:
    ys = _positions([rule.at for rule in web.across], web.down)
    xs = _positions([rule.at for rule in web.down], web.across)
    while len(ys) > 1 and len(xs) > 1:
        flat = _walls(web.across, ys, xs)
        upright = _walls(web.down, xs, ys)
        kept_ys = [y for i, y in enumerate(ys) if i in (0, len(ys) - 1) or any(flat[i])]
        kept_xs = [x for i, x in enumerate(xs) if i in (0, len(xs) - 1) or any(upright[i])]
        if len(kept_ys) == len(ys) and len(kept_xs) == len(xs):
            cells = _cells(xs, ys, flat, upright, page)
            open_bottom = sum(flat[-1]) < len(flat[-1]) / 2
            return PageGrid(page, xs, ys, cells, open_bottom=open_bottom)
        xs, ys = kept_xs, kept_ys
    return None


def _positions(drawn: list[float], crossing: Sequence[Rule]) -> list[float]:
    """The edges of rows (or columns): the rules' own places, and the far ends of those that cross them."""
    first = min(rule.start for rule in crossing)
    last = max(rule.end for rule in crossing)
    edges = sorted(drawn)
    if first < edges[0] - OPEN_SIDE:
        edges.insert(0, first)
    if last > edges[-1] + OPEN_SIDE:
        edges.append(last)
    return _apart(edges)


def _apart(edges: Sequence[float]) -> list[float]:
    apart = list(edges[:1])
    for edge in edges[1:]:
        if edge - apart[-1] > SAME_AT:
            apart.append(edge)
    return apart


def _walls(rules: Sequence[Rule], places: list[float], units: list[float]) -> list[list[bool]]:
    """For each place whether a rule stands there along each unit between the crossing edges."""
    covered = [[0.0] * (len(units) - 1) for _ in places]
    for rule in rules:
        place = _nearest(places, rule.at)
        if abs(places[place] - rule.at) > SAME_AT:
            continue
        for unit in range(max(0, bisect_right(units, rule.start) - 1), len(units) - 1):
            if units[unit] >= rule.end:
                break
            covered[place][unit] += min(rule.end, units[unit + 1]) - max(rule.start, units[unit])
    return [[share >= COVERED * (units[i + 1] - units[i]) for i, share in enumerate(row)] for row in covered]


def _cells(
    xs: list[float], ys: list[float], flat: list[list[bool]], upright: list[list[bool]], page: int
) -> list[Draft]:
    """The places that no wall parts, as rectangles: an odd shape is cut into its widest rows."""
    rows, columns = len(ys) - 1, len(xs) - 1
    region = _regions(rows, columns, flat, upright)
    taken = [[False] * columns for _ in range(rows)]
    cells = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            mark = region[row][column]
            right = column + 1
            while right < columns and region[row][right] == mark and not taken[row][right]:
                right += 1
            bottom = row + 1
            while bottom < rows and all(region[bottom][k] == mark for k in range(column, right)):
                bottom += 1
            for i in range(row, bottom):
                taken[i][column:right] = [True] * (right - column)
            box = (xs[column], ys[row], xs[right], ys[bottom])
            cells.append(Draft(row, column, bottom - row, right - column, page, box))
    return cells


def _regions(rows: int, columns: int, flat: list[list[bool]], upright: list[list[bool]]) -> list[list[int]]:
    region = [[-1] * columns for _ in range(rows)]
    mark = 0
    for row in range(rows):
        for column in range(columns):
            if region[row][column] >= 0:
                continue
            region[row][column] = mark
            todo = [(row, column)]
            while todo:
                i, j = todo.pop()
                for k, m, wall in (
                    (i - 1, j, flat[i][j]),
                    (i + 1, j, flat[i + 1][j]),
                    (i, j - 1, upright[j][i]),
                    (i, j + 1, upright[j + 1][i]),
                ):
                    if not wall and 0 <= k < rows and 0 <= m < columns and region[k][m] < 0:
                        region[k][m] = mark
                        todo.append((k, m))
            mark += 1
    return region


def _outermost(grids: list[PageGrid]) -> list[PageGrid]:
    """Without frames drawn around tables, and without single boxes inside a table's cell."""
    kept = []
    for grid in grids:
        others = [other for other in grids if other is not grid]
        if grid.single and any(
            _within(other.box, grid.box) or _within(grid.box, other.box) for other in others
        ):
            continue
        kept.append(grid)
    return kept


def _within(inner: Box, outer: Box) -> bool:
    return inside(inner[0], inner[1], outer) and inside(inner[2], inner[3], outer)


def grid_of_boxes(boxes: Sequence[Box], page: int) -> PageGrid:
    """A grid from its cells' boxes, in their order: spans by the edges that each box covers."""
    xs = _apart(sorted(x for box in boxes for x in (box[0], box[2])))
    ys = _apart(sorted(y for box in boxes for y in (box[1], box[3])))
    cells = []
    for box in boxes:
        left, right = _nearest(xs, box[0]), _nearest(xs, box[2])
        top, bottom = _nearest(ys, box[1]), _nearest(ys, box[3])
        cells.append(Draft(top, left, bottom - top, right - left, page, box))
    return PageGrid(page, xs, ys, cells)


def _nearest(edges: Sequence[float], at: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - at))


def hand_out(ink: Ink, grids: list[PageGrid]) -> None:
    """Move the page's glyphs into the cells of the smallest grid that holds each; the rest stay."""
    by_size = sorted(grids, key=lambda grid: (grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1]))
    boxes = [(grid, *grid.box) for grid in by_size]
    for name in ("glyphs", "sideways"):
        free: list[Glyph] = []
        for glyph in getattr(ink, name):
            x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
            for grid, left, top, right, bottom in boxes:
                if left <= x <= right and top <= y <= bottom:
                    getattr(grid, name).append(glyph)
                    break
            else:
                free.append(glyph)
        setattr(ink, name, free)
    for grid in grids:
        _fill(grid)


def _fill(grid: PageGrid) -> None:
    owner = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.bottom)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    held: dict[int, list[Glyph]] = {}
    last_row, last_column = len(grid.ys) - 2, len(grid.xs) - 2

    def home(glyph: Glyph) -> Draft:
        row = bisect_right(grid.ys, (glyph.top + glyph.bottom) / 2) - 1
        column = bisect_right(grid.xs, (glyph.left + glyph.right) / 2) - 1
        return owner[min(row, last_row), min(column, last_column)]

    for glyph in grid.glyphs:
        held.setdefault(id(home(glyph)), []).append(glyph)
    turned: dict[int, list[Glyph]] = {}
    for glyph in grid.sideways:
        turned.setdefault(id(home(glyph)), []).append(glyph)
    for cell in grid.cells:
        if id(cell) in held:
            cell.lines = lines_of(held[id(cell)])
        if id(cell) in turned:
            cell.vertical = turned_text(turned[id(cell)])
    grid.inset = inset(grid.cells)


def inset(cells: Sequence[Draft]) -> float:
    """How near to both walls together text comes: at least the padding, at most Word's own."""
    lefts = [line.left - cell.box[0] for cell in cells for line in cell.lines]
    rights = [cell.box[2] - line.right for cell in cells for line in cell.lines]
    widest = 5.4
    return max(0.0, min([widest, *lefts])) + max(0.0, min([widest, *rights]))
