"""A picture of a page to a Sheet: what a scanner saw, as the marks that any other page has.

What stays doubtful keeps a low `sure` and its other readings; what a stamp may hide is never taken for
blank, and a page under a black stamp is doubtful as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from extract.document import Box
from extract.quantity import SURE
from extract.readers import scan_models as models
from extract.readers.grid_finder import Draft, find_grids
from extract.readers.layout import Glyph, Ink, inside
from extract.readers.pages import sheet_of
from extract.readers.scan_lines import Span, print_of
from extract.readers.scan_models import Pixels
from extract.readers.scan_picture import Matrix, level, quarter_turned
from extract.readers.scan_points import lost_points
from extract.readers.scan_rules import POINTS, rules
from extract.readers.scan_seal import RING, ring, unsealed
from extract.readers.scan_text import Texts, View, crop, glyphs_of, points, read_texts
from extract.readers.scan_vote import CHOSEN, HIDDEN, LONE
from extract.readers.sheet import Sheet

TURNED_BY = 0.12
"""A page is turned where its lines read better so by this much probability."""
SAMPLE = 8
SLIVER = 8.0
"""Points: a row or column that is narrower holds no text, so strokes were taken for rules."""
HIGH = 1.7
"""Under a stamp, a row so much higher than usual may be two whose rule was lost."""


@dataclass(slots=True)
class Scanned:
    """A page that was read: `sheet`, whether a black stamp lies on it, how many texts with figures are
    doubtful."""

    sheet: Sheet
    black_seal: bool
    doubtful: int

    def notes(self) -> Iterator[str]:
        """What has to be said about the page, in Chinese."""
        if self.black_seal:
            yield f"第{self.sheet.number}页有黑白印章，须对照原件逐项核对"
        elif self.doubtful:
            yield f"第{self.sheet.number}页是扫描件，有 {self.doubtful} 处认读没有把握，须对照原件核对"


def read_picture_page(picture: Pixels, number: int, warp: Matrix | None = None) -> Scanned:
    """The page on a picture (blue, green, red) of about 200 pixels an inch. `warp` leads from the
    picture's pixels to points on the page as shown (without it: 72 points for 200 pixels)."""
    view = _look(picture)
    width, height = view.page.size
    across, down = rules(view.clear.hard, view.clear.stamp)
    shown = np.diag([POINTS, POINTS, 1.0]) if warp is None else warp
    whole = shown @ view.page.warp @ np.diag([1 / POINTS, 1 / POINTS, 1.0])
    ink = Ink(number, width * POINTS, height * POINTS, across=across, down=down)
    ink.warp = tuple(whole.ravel().tolist())
    texts = read_texts(view, _cells(ink, view.found))
    for box, verdict in texts.all():
        ink.glyphs += glyphs_of(verdict, box, LONE if view.ringed else 1.0)
    sheet = sheet_of(ink)
    _mark(sheet, texts, view)
    return Scanned(sheet, view.ringed, _doubtful(sheet))


def _look(picture: Pixels) -> View:
    page = level(picture)
    clear = unsealed(page.colour)
    found = models.find_lines(clear.soft)
    quarters = _quarters(clear.soft, found)
    if quarters:
        page = quarter_turned(page, quarters)
        clear = unsealed(page.colour)
        found = models.find_lines(clear.soft)
    return View(page, clear, found, print_of(clear.soft, found), ring(clear.soft) >= RING)


def _quarters(grey: Pixels, found: Sequence[Span]) -> int:
    """How many quarters clockwise the page must be turned to be read: by its longest lines, read each way."""
    longest = sorted(found, key=lambda line: max(line[2] - line[0], line[3] - line[1]), reverse=True)
    crops = [crop(grey, line) for line in longest[:SAMPLE]]
    if not crops:
        return 0
    marks = []
    for quarters in range(4):
        turned = [np.asarray(np.ascontiguousarray(np.rot90(line, -quarters)), np.uint8) for line in crops]
        reads = [models.read_line(models.SECOND, line) for line in turned]
        marks.append(sum(read.sure * min(1.0, len(read.text) / 3) for read in reads) / len(reads))
    best = max(range(4), key=lambda quarters: marks[quarters])
    return best if marks[best] > marks[0] + TURNED_BY else 0


def _cells(ink: Ink, found: Sequence[Span]) -> list[Span]:
    """The cells of the page's tables in pixels; a stand-in for each line keeps small tables with text."""
    trial = Ink(ink.number, ink.width, ink.height, across=list(ink.across), down=list(ink.down))
    trial.glyphs = [Glyph("字", *points(line)) for line in found]
    grids, _ = find_grids(trial)
    return [_pixels(cell.box) for grid in grids if not grid.single for cell in grid.cells]


def _pixels(box: Box) -> Span:
    left, top, right, bottom = (round(edge / POINTS) for edge in box)
    return (left, top, right, bottom)


def _doubtful(sheet: Sheet) -> int:
    """How many cells and lines with figures, or hidden by a stamp, are to be compared with the paper."""
    cells = [cell for grid in sheet.grids for cell in grid.cells]
    words = [(cell.sure, [*(line.text for line in cell.lines), *cell.readings]) for cell in cells]
    words += [(line.sure, [line.text]) for line in sheet.lines]
    return sum(
        sure < SURE and (sure == HIDDEN or any(character.isdigit() for text in said for character in text))
        for sure, said in words
    )


def _mark(sheet: Sheet, texts: Texts, view: View) -> None:
    """Give the sheet's cells their readings, and mark what a stamp may have changed, and tables whose rules
    weren't seen or are too many: their rows are guessed."""
    seals = [points(box) for box in view.clear.boxes]
    for grid in sheet.grids:
        usual = median(below - above for above, below in pairwise(grid.ys))
        slivers = any(
            after - before < SLIVER for edges in (grid.xs, grid.ys) for before, after in pairwise(edges)
        )
        for cell in grid.cells:
            for box, verdict in texts.cells if grid.ruled else texts.loose:
                if inside((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, cell.box):
                    cell.sure, cell.readings = min(cell.sure, verdict.sure), verdict.readings
            high = cell.box[3] - cell.box[1] > HIGH * usual and len(cell.lines) > 1
            spans = cell.row_span > 1 or cell.column_span > 1
            under = any(_overlap(cell.box, seal) for seal in seals)
            if view.ringed or (under and (high or spans)):
                cell.sure = min(cell.sure, LONE)
            elif not grid.ruled or slivers:
                cell.sure = min(cell.sure, CHOSEN)
        lost = lost_points({(cell.row, cell.column): _text(cell) for cell in grid.cells})
        for cell in grid.cells:
            if (cell.row, cell.column) in lost:
                cell.sure = min(cell.sure, CHOSEN)


def _text(cell: Draft) -> str:
    return "".join(line.text for line in cell.lines)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
