"""The texts on a levelled page: each read twice, from crops cut in two ways, and again where the two differ.

The first reader sees the detector's lines, clipped by the walls of cells; the second the ink of a cell with
all that belongs to it, so that a minus at a crop's edge is lost to one of them at most. Under a stamp they
see the page with the stamp taken out in two strengths.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from extract.document import Box
from extract.readers import scan_models as models
from extract.readers.layout import Glyph
from extract.readers.scan_lines import Print, Span, clipped, cut, inner, one_line_each, rows_of
from extract.readers.scan_models import Pixels, Read
from extract.readers.scan_picture import Page
from extract.readers.scan_rules import POINTS
from extract.readers.scan_seal import Unsealed
from extract.readers.scan_vote import AGREED, CHOSEN, HIDDEN, LONE, Reading, Verdict, vote

LARGER = 1.6
"""How much larger a line is made for its third reading."""
COVERED = 12
"""Pixels of stamp ink in a cell that may hide something."""
CORE = 0.36
"""A line's characters reach this share of its box's height up and down from its middle."""
STROKES = frozenset("1lI|丨")
SLANTED = 0.14
"""A stroke whose head stands this share of its height to the right of its foot is a slash."""
DASH_OR_ONE = "一"


@dataclass(slots=True)
class View:
    """A page in the ways that it is looked at: `found` are the detector's lines, `ringed` tells of a black
    stamp."""

    page: Page
    clear: Unsealed
    found: list[Span]
    print: Print
    ringed: bool


@dataclass(slots=True)
class Texts:
    """The verdicts on the page's texts, boxes in points: by the cell they stand in, and outside of cells."""

    cells: list[tuple[Box, Verdict]] = field(default_factory=list)
    loose: list[tuple[Box, Verdict]] = field(default_factory=list)

    def all(self) -> list[tuple[Box, Verdict]]:
        return [*self.cells, *self.loose]


def read_texts(view: View, cells: Sequence[Span]) -> Texts:
    """Everything printed on the page, whose tables have these cells."""
    texts = Texts()
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
        texts.cells.append((points(cell), _verdict(view, _split(view, parts), strips, box)))
    loose = [line for index, line in enumerate(view.found) if index not in taken]
    for line in _split(view, loose):
        padded = _padded(line, view)
        texts.loose.append((points(padded), _verdict(view, [line], [padded], line)))
    return texts


def points(line: Span) -> Box:
    left, top, right, bottom = (edge * POINTS for edge in line)
    return (left, top, right, bottom)


def crop(grey: Pixels, line: Span) -> Pixels:
    return grey[line[1] : line[3], line[0] : line[2]]


def _split(view: View, lines: Iterable[Span]) -> list[Span]:
    return [part for line in lines for part in one_line_each(line, view.print.ink, view.print.tall)]


def _padded(line: Span, view: View) -> Span:
    """A loose line with room for what the detector may have cut off at its ends."""
    width, height = view.page.size
    pad = view.print.tall // 2
    return (max(0, line[0] - pad), max(0, line[1] - 1), min(width, line[2] + pad), min(height, line[3] + 1))


def _verdict(view: View, found: Sequence[Span], strips: Sequence[Span], box: Span) -> Verdict:
    """The vote on a text: the detector's lines, those cut by the ink, and these again, larger."""
    stamped = int(crop(view.clear.stamp, box).sum()) > COVERED
    if not found and not strips:
        return Verdict([], HIDDEN if stamped else AGREED)
    one = _reading(models.FIRST, view.clear.soft, found)
    other = _reading(models.SECOND, view.clear.hard if stamped else view.clear.soft, strips)
    verdict = vote(one, other, lambda: _reading(models.THIRD, view.clear.soft, strips or found, LARGER))
    if stamped and not verdict.lines:
        return Verdict([], HIDDEN, verdict.readings)
    return _by_shape(verdict, view.print.ink)


def _by_shape(verdict: Verdict, ink: Pixels) -> Verdict:
    """A lone stroke may be a one or a slash, a lone dash the Chinese one: readers agree on either."""
    if len(verdict.lines) != 1:
        return verdict
    line, text = verdict.lines[0]
    if text == DASH_OR_ONE:
        return Verdict(verdict.lines, min(verdict.sure, LONE), verdict.readings)
    if text in STROKES and _slanted(crop(ink, line)):
        return Verdict([(line, "/")], min(verdict.sure, CHOSEN), (text, *verdict.readings))
    return verdict


def _slanted(ink: Pixels) -> bool:
    ys, xs = np.nonzero(ink)
    if len(ys) < 6:
        return False
    height = int(ys.max() - ys.min()) + 1
    head, foot = xs[ys < ys.min() + height / 4], xs[ys > ys.max() - height / 4]
    return float(head.mean() - foot.mean()) > SLANTED * height


def _reading(model: tuple[str, str], grey: Pixels, lines: Sequence[Span], scale: float = 1.0) -> Reading:
    reads: list[tuple[Span, Read]] = []
    for index in (index for row in rows_of(lines) for index in row):
        pixels = crop(grey, lines[index])
        if scale != 1.0 and pixels.size:
            larger = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
            pixels = np.asarray(larger, np.uint8)
        read = models.read_line(model, pixels)
        if read.text:
            reads.append((lines[index], read))
    sure = min((read.sure for _, read in reads), default=1.0)
    return Reading([(line, read.text) for line, read in reads], sure)


def glyphs_of(verdict: Verdict, box: Box, sure: float) -> list[Glyph]:
    """A verdict's characters, spread evenly over each line, within the box; `sure` is the most they are."""
    glyphs: list[Glyph] = []
    for row in rows_of([line for line, _ in verdict.lines]):
        lines = [(points(verdict.lines[index][0]), verdict.lines[index][1]) for index in row]
        middle = sum(line[1] + line[3] for line, _ in lines) / (2 * len(lines))
        reach = CORE * min(line[3] - line[1] for line, _ in lines)
        for line, text in lines:
            left, right = max(line[0], box[0] + 0.5), min(line[2], box[2] - 0.5)
            em = Glyph("", left, middle - reach, right, middle + reach, False, 0, min(sure, verdict.sure))
            glyphs += _spread(text, em)
    return glyphs


def _spread(text: str, em: Glyph) -> Iterable[Glyph]:
    shares = [0.5 if character.isascii() else 1.0 for character in text]
    unit = (em.right - em.left) / sum(shares)
    left, spaced = em.left, False
    for character, share in zip(text, shares, strict=True):
        if not character.isspace():
            yield em._replace(text=character, left=left, right=left + share * unit, spaced=spaced)
        spaced = character.isspace()
        left += share * unit
