"""A picture of a page to a Sheet: what a scanner saw, as the marks that any other page has.

Every text is read twice, from crops that were cut in two ways, and a third time where the two differ.
What stays doubtful keeps a low `sure` and its other readings; what a stamp may hide is never taken for
blank, and a page under a black stamp is doubtful as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from extract.document import Box
from extract.quantity import SURE
from extract.readers import scan_models as models
from extract.readers.grid_finder import Draft, find_grids
from extract.readers.layout import Glyph, Ink, inside
from extract.readers.pages import sheet_of
from extract.readers.scan_lines import (
    Print,
    Span,
    clipped,
    cut,
    in_reading_order,
    inner,
    one_line_each,
    print_of,
)
from extract.readers.scan_models import Pixels, Read
from extract.readers.scan_picture import Matrix, Page, level, quarter_turned
from extract.readers.scan_rules import POINTS, rules
from extract.readers.scan_seal import RING, Unsealed, ring, unsealed
from extract.readers.scan_vote import AGREED, HIDDEN, LONE, Reading, Verdict, vote
from extract.readers.sheet import Sheet

TURNED_BY = 0.12
"""A page is turned where its lines read better so by this much probability."""
SAMPLE = 8
LARGER = 1.6
"""How much larger a line is made for its third reading."""
COVERED = 12
"""Pixels of stamp ink in a cell that may hide something."""
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


@dataclass(slots=True)
class _View:
    """A page in the ways that it is looked at."""

    page: Page
    clear: Unsealed
    found: list[Span]
    print: Print
    ringed: bool = False


@dataclass(slots=True)
class _Texts:
    """The verdicts on the page's texts: by the cell they stand in, and outside of cells."""

    cells: list[tuple[Box, Verdict]] = field(default_factory=list)
    loose: list[tuple[Box, Verdict]] = field(default_factory=list)


def read_picture_page(picture: Pixels, number: int, warp: Matrix | None = None) -> Scanned:
    """The page on a picture (blue, green, red) of about 200 pixels an inch. `warp` leads from the
    picture's pixels to points on the page as shown (without it: 72 points for 200 pixels)."""
    view = _look(picture)
    width, height = view.page.size
    across, down = rules(view.clear.hard)
    shown = np.diag([POINTS, POINTS, 1.0]) if warp is None else warp
    whole = shown @ view.page.warp @ np.diag([1 / POINTS, 1 / POINTS, 1.0])
    ink = Ink(
        number, width * POINTS, height * POINTS, across=across, down=down, warp=tuple(whole.ravel().tolist())
    )
    texts = _read_all(view, _cells(ink, view.found))
    for box, verdict in [*texts.cells, *texts.loose]:
        ink.glyphs += _glyphs(verdict, box, view.ringed)
    sheet = sheet_of(ink)
    _mark(sheet, texts, view)
    doubtful = [verdict for _, verdict in [*texts.cells, *texts.loose] if verdict.sure < SURE]
    figures = sum(verdict.sure == HIDDEN or _has_figure(verdict) for verdict in doubtful)
    return Scanned(sheet, view.ringed, figures)


def _look(picture: Pixels) -> _View:
    page = level(picture)
    clear = unsealed(page.colour)
    found = models.find_lines(clear.soft)
    quarters = _quarters(clear.soft, found)
    if quarters:
        page = quarter_turned(page, quarters)
        clear = unsealed(page.colour)
        found = models.find_lines(clear.soft)
    return _View(page, clear, found, print_of(clear.soft, found), ring(clear.soft) >= RING)


def _quarters(grey: Pixels, found: Sequence[Span]) -> int:
    """How many quarters clockwise the page must be turned to be read: by its longest lines, read each way."""
    longest = sorted(found, key=lambda line: max(line[2] - line[0], line[3] - line[1]), reverse=True)[:SAMPLE]
    crops = [_crop(grey, line) for line in longest]
    if not crops:
        return 0
    marks = []
    for quarters in range(4):
        reads = [models.read_line(models.SECOND, _upright(crop, quarters)) for crop in crops]
        marks.append(sum(read.sure * min(1.0, len(read.text) / 3) for read in reads) / len(reads))
    best = max(range(4), key=lambda quarters: marks[quarters])
    return best if marks[best] > marks[0] + TURNED_BY else 0


def _upright(crop: Pixels, quarters: int) -> Pixels:
    return np.asarray(np.ascontiguousarray(np.rot90(crop, -quarters)), np.uint8)


def _crop(grey: Pixels, line: Span) -> Pixels:
    return grey[line[1] : line[3], line[0] : line[2]]


def _cells(ink: Ink, found: Sequence[Span]) -> list[Span]:
    """The cells of the page's tables in pixels; a stand-in for each line keeps small tables with text."""
    trial = Ink(ink.number, ink.width, ink.height, across=list(ink.across), down=list(ink.down))
    trial.glyphs = [Glyph("字", *_points(line)) for line in found]
    grids, _ = find_grids(trial)
    boxes = [cell.box for grid in grids if not grid.single for cell in grid.cells]
    return [_pixels(box) for box in boxes]


def _pixels(box: Box) -> Span:
    left, top, right, bottom = (round(edge / POINTS) for edge in box)
    return (left, top, right, bottom)


def _points(line: Span) -> Box:
    left, top, right, bottom = (edge * POINTS for edge in line)
    return (left, top, right, bottom)


def _read_all(view: _View, cells: Sequence[Span]) -> _Texts:
    texts = _Texts()
    taken: set[int] = set()
    for cell in cells:
        box, held = inner(cell, view.print.ink)
        parts = []
        for index, line in enumerate(view.found):
            part = clipped(line, box)
            if part is not None:
                taken.add(index)
                parts.append(part)
        strips = cut(box, held, view.print.tall)
        texts.cells.append((_points(cell), _verdict(view, _split(view, parts), strips, box)))
    loose = [line for index, line in enumerate(view.found) if index not in taken]
    for line in _split(view, loose):
        around = _padded(line, view)
        texts.loose.append((_points(around), _verdict(view, [line], [around], line)))
    return texts


def _split(view: _View, lines: Iterable[Span]) -> list[Span]:
    return [part for line in lines for part in one_line_each(line, view.print.ink, view.print.tall)]


def _padded(line: Span, view: _View) -> Span:
    """A loose line with all ink that goes on at its ends."""
    width, height = view.page.size
    pad = view.print.tall // 2
    return (max(0, line[0] - pad), max(0, line[1] - 1), min(width, line[2] + pad), min(height, line[3] + 1))


def _verdict(view: _View, found: Sequence[Span], strips: Sequence[Span], box: Span) -> Verdict:
    """The vote on a text: the detector's lines, those cut by the ink, and these again, larger."""
    stamped = int(_crop(view.clear.stamp, box).sum()) > COVERED
    if not found and not strips:
        return Verdict([], HIDDEN if stamped else AGREED)
    second = view.clear.hard if stamped else view.clear.soft
    one = _reading(models.FIRST, view.clear.soft, found)
    other = _reading(models.SECOND, second, strips)
    verdict = vote(one, other, lambda: _reading(models.THIRD, view.clear.soft, strips or found, LARGER))
    if stamped and not verdict.lines:
        return Verdict([], HIDDEN, verdict.readings)
    return verdict


def _reading(model: tuple[str, str], grey: Pixels, lines: Sequence[Span], scale: float = 1.0) -> Reading:
    reads: list[tuple[Span, Read]] = []
    for index in in_reading_order(lines):
        crop = _crop(grey, lines[index])
        if scale != 1.0 and crop.size:
            crop = np.asarray(
                cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8
            )
        read = models.read_line(model, crop)
        if read.text:
            reads.append((lines[index], read))
    return Reading(
        [(line, read.text) for line, read in reads], min((read.sure for _, read in reads), default=1.0)
    )


def _has_figure(verdict: Verdict) -> bool:
    words = [*(text for _, text in verdict.lines), *verdict.readings]
    return any(character.isdigit() for word in words for character in word)


def _glyphs(verdict: Verdict, box: Box, doubtful: bool) -> list[Glyph]:
    """A verdict's characters, spread evenly over each line, within the box."""
    sure = min(verdict.sure, LONE) if doubtful else verdict.sure
    glyphs = []
    for line, text in verdict.lines:
        left, top, right, bottom = _points(line)
        left, right = max(left, box[0] + 0.5), min(right, box[2] - 0.5)
        shares = [0.5 if character.isascii() else 1.0 for character in text]
        unit = (right - left) / sum(shares)
        spaced = False
        for character, share in zip(text, shares, strict=True):
            if not character.isspace():
                glyphs.append(Glyph(character, left, top, left + share * unit, bottom, spaced, 0, sure))
            spaced = character.isspace()
            left += share * unit
    return glyphs


def _mark(sheet: Sheet, texts: _Texts, view: _View) -> None:
    """Give the sheet's cells their readings, and mark what a stamp may have changed."""
    seals = [_points(box) for box in view.clear.boxes]
    for grid in sheet.grids:
        usual = sorted(below - above for above, below in zip(grid.ys, grid.ys[1:], strict=False))[
            (len(grid.ys) - 1) // 2
        ]
        for cell in grid.cells:
            for box, verdict in texts.cells if grid.ruled else texts.loose:
                if _same(cell, box):
                    cell.sure, cell.readings = min(cell.sure, verdict.sure), verdict.readings
            high = cell.row_span == 1 and cell.box[3] - cell.box[1] > HIGH * usual and len(cell.lines) > 1
            if (high or cell.row_span > 1) and any(_overlap(cell.box, seal) for seal in seals):
                cell.sure = min(cell.sure, LONE)
            if view.ringed:
                cell.sure = min(cell.sure, LONE)


def _same(cell: Draft, box: Box) -> bool:
    return inside((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, cell.box)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
