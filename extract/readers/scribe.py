"""Writes drawn lines and areas into a page's Ink, whatever they are drawn as.

A line may be a stroke, a thin filled rectangle, a trapezoid, the side of a stroked box, a run of dashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.document import Box
from extract.readers.layout import Ink, Rule

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

THIN = 3.5
"""A filled area thinner than this is a line."""
STRAIGHT = 0.8
"""A stroke that strays less from its axis is a rule."""
WHITE = 250
"""Ink whose every channel is at least this bright is no ink."""


class Scribe:
    """Takes shapes in reading coordinates and enters the rules and fills among them."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink

    def outline(self, points: Sequence[Point], stroked: bool) -> None:
        """A run of straight edges: drawn as lines, or else filled."""
        if stroked:
            for begin, end in pairwise(points):
                self._stroke(begin, end)
        else:
            self._fill(points)

    def _stroke(self, begin: Point, end: Point) -> None:
        wide, high = abs(begin[0] - end[0]), abs(begin[1] - end[1])
        if high <= STRAIGHT < wide:
            self._across((begin[1] + end[1]) / 2, begin[0], end[0])
        elif wide <= STRAIGHT < high:
            self._down((begin[0] + end[0]) / 2, begin[1], end[1])

    def _fill(self, outline: Sequence[Point]) -> None:
        xs = [point[0] for point in outline]
        ys = [point[1] for point in outline]
        box = (min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            self.thin(box)
        elif all(
            min(x - box[0], box[2] - x) < 1 and min(y - box[1], box[3] - y) < 1
            for x, y in zip(xs, ys, strict=True)
        ):
            self._ink.fills.append(box)

    def thin(self, box: Box) -> None:
        """A thin mark is a rule along its length; a dot, which has none, may belong to a line either way."""
        left, top, right, bottom = box
        wide, high = right - left, bottom - top
        if wide > high or max(wide, high) <= THIN:
            self._across((top + bottom) / 2, left, right)
        if high > wide or max(wide, high) <= THIN:
            self._down((left + right) / 2, top, bottom)

    def _across(self, at: float, start: float, end: float) -> None:
        self._ink.across.append(Rule(at, min(start, end), max(start, end)))

    def _down(self, at: float, start: float, end: float) -> None:
        self._ink.down.append(Rule(at, min(start, end), max(start, end)))


def times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def box_through(one: Point, other: Point, matrix: Matrix) -> Box:
    """The box around a rectangle, given by two corners, after the matrix."""
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (one[0], other[0]) for y in (one[1], other[1])]
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return (min(xs), min(ys), max(xs), max(ys))
