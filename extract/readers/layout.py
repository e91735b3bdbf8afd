"""What stands on a page, free of any file format: glyphs, ruled lines, coloured areas.

Coordinates are points from the upper left corner of the page *as it is read*, that is with most of
its text upright; `Ink.shown` turns a box into the page as it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.document import Box


class Overfull(Exception):
    """A page holds more marks than any form or report does."""


class Glyph(NamedTuple):
    """One printed character in its em box (advance by ascent to descent).

    `spaced`: a typed space precedes it. `turn`: quarter turns clockwise from the page's own text. `sure`
    is 1 for digital text, less for what was recognised on a picture.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    spaced: bool = False
    turn: int = 0
    sure: float = 1.0

    def upright(self) -> Glyph:
        """The glyph as it stands when its own text is turned upright."""
        left, top, right, bottom = self[1:5]
        match self.turn:
            case 1:
                left, top, right, bottom = top, -right, bottom, -left
            case 2:
                left, top, right, bottom = -right, -bottom, -left, -top
            case 3:
                left, top, right, bottom = -bottom, left, -top, right
        return Glyph(self.text, left, top, right, bottom, self.spaced, 0, self.sure)


class Rule(NamedTuple):
    """A straight line along an axis: at a height (or, going down, at an x), from start to end."""

    at: float
    start: float
    end: float


class Line(NamedTuple):
    """A line of text. `size` is its font size, `head` the width of its first unbreakable unit."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    head: float
    glyphs: tuple[Glyph, ...] = ()
    sure: float = 1.0

    @property
    def width(self) -> float:
        return self.right - self.left

    def moved(self, across: float) -> Line:
        return self._replace(left=self.left + across, right=self.right + across)


@dataclass(slots=True)
class Ink:
    """A page's marks. `across` and `down` are drawn rules, `fills` coloured areas.

    `sideways` are glyphs turned by quarters from the page's text (vertical labels);
    `slanted` is the text at any other angle (watermarks); `turn` the quarter turns clockwise from the
    page as read to the page as shown. `warp`: for a page that was levelled, nine numbers row by row by
    which a point of it is found on the page as shown; then there is no turn.
    """

    number: int
    width: float
    height: float
    turn: int = 0
    glyphs: list[Glyph] = field(default_factory=list)
    sideways: list[Glyph] = field(default_factory=list)
    slanted: str = ""
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    warp: tuple[float, ...] = ()

    def shown(self, box: Box) -> Box:
        """The box on the page as a viewer shows it."""
        if self.warp:
            box = _warped(box, self.warp)
        left, top, right, bottom = box
        match self.turn:
            case 1:
                box = (self.height - bottom, left, self.height - top, right)
            case 2:
                box = (self.width - right, self.height - bottom, self.width - left, self.height - top)
            case 3:
                box = (top, self.width - right, bottom, self.width - left)
        left, top, right, bottom = box
        return (round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))


def _warped(box: Box, warp: tuple[float, ...]) -> Box:
    """The upright box around the four corners as a homography moves them."""
    a, b, c, d, e, f, g, h, i = warp
    corners = [(x, y, g * x + h * y + i) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [(a * x + b * y + c) / depth for x, y, depth in corners]
    ys = [(d * x + e * y + f) / depth for x, y, depth in corners]
    return (min(xs), min(ys), max(xs), max(ys))


def around(boxes: Iterable[Box | Line]) -> Box:
    """The smallest box that holds them all; at least one is given."""
    edges = [(box[1:5] if isinstance(box, Line) else box) for box in boxes]
    return (
        min(edge[0] for edge in edges),
        min(edge[1] for edge in edges),
        max(edge[2] for edge in edges),
        max(edge[3] for edge in edges),
    )


def inside(x: float, y: float, box: Box) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
