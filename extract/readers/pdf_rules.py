"""The ruled lines and coloured areas among a PDF page's objects, whatever they are drawn as.

A line may be a stroke, a thin filled rectangle, a trapezoid, the side of a stroked box, a run of
dashes; it may stand inside form objects, each with its own matrix. White ink is no ink.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from extract.document import Box
from extract.readers.layout import Ink, Overfull, Rule

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

OBJECT_LIMIT = 60_000
SEGMENT_LIMIT = 60_000
DEPTH_LIMIT = 12
THIN = 3.5
"""A filled area thinner than this is a line."""
STRAIGHT = 0.8
"""A stroke that strays less from its axis is a rule."""
WHITE = 250


class Pen:
    """Walks a page's objects once and writes what it finds into the Ink."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._objects = 0
        self._segments = 0
        self._image_area = 0.0
        self._seen_text = False
        self.paths = 0
        self.image_over_text = False
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._channels = [ctypes.c_uint() for _ in range(4)]
        self._x, self._y = ctypes.c_float(), ctypes.c_float()

    def cover(self) -> float:
        """The share of the page that images cover, at most 1."""
        return min(1.0, self._image_area / max(1.0, self._ink.width * self._ink.height))

    def draw(self, page: Any, matrix: Matrix) -> None:
        """Read every object of the page; raises Overfull."""
        self._walk(matrix, 0, page, pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject)

    def _walk(self, matrix: Matrix, depth: int, holder: Any, count: int, get: Any) -> None:
        self._objects += count
        if self._objects > OBJECT_LIMIT:
            raise Overfull
        for index in range(count):
            item = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.paths += 1
                self._path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._seen_text = True
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._image(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEPTH_LIMIT:
                inner = _times(_matrix_of(item), matrix)
                count_inside = pdfium.FPDFFormObj_CountObjects(item)
                self._walk(inner, depth + 1, item, count_inside, pdfium.FPDFFormObj_GetObject)

    def _bounds(self, item: Any, matrix: Matrix) -> Box:
        pdfium.FPDFPageObj_GetBounds(item, *self._edges)
        left, bottom, right, top = (edge.value for edge in self._edges)
        return _box((left, bottom), (right, top), matrix)

    def _image(self, item: Any, matrix: Matrix) -> None:
        left, top, right, bottom = self._bounds(item, matrix)
        wide = min(right, self._ink.width) - max(left, 0.0)
        high = min(bottom, self._ink.height) - max(top, 0.0)
        if wide > 0 and high > 0:
            self._image_area += wide * high
            covers = wide * high > 0.5 * self._ink.width * self._ink.height
            self.image_over_text |= self._seen_text and covers

    def _path(self, item: Any, matrix: Matrix) -> None:
        fill_mode, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill_mode, stroke)
        stroked = bool(stroke.value) and self._inked(pdfium.FPDFPageObj_GetStrokeColor, item)
        filled = bool(fill_mode.value) and self._inked(pdfium.FPDFPageObj_GetFillColor, item)
        if not stroked and not filled:
            return
        bounds = self._bounds(item, matrix)
        if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= THIN:
            self._thin(bounds)
            return
        shape = _times(_matrix_of(item), matrix)
        for outline in self._outlines(item, shape):
            if stroked:
                for begin, end in pairwise(outline):
                    self._stroke(begin, end)
            else:
                self._fill(outline)

    def _inked(self, colour_of: Any, item: Any) -> bool:
        """Whether the colour shows on paper; a pattern has no colour and does."""
        if not colour_of(item, *self._channels):
            return True
        red, green, blue, alpha = (channel.value for channel in self._channels)
        return alpha > 0 and min(red, green, blue) < WHITE

    def _outlines(self, item: Any, matrix: Matrix) -> Iterator[list[Point]]:
        """The path's pieces as points; a curve breaks a piece, for no rule is curved."""
        count = pdfium.FPDFPath_CountSegments(item)
        self._segments += count
        if self._segments > SEGMENT_LIMIT:
            raise Overfull
        a, b, c, d, e, f = matrix
        outline: list[Point] = []
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            pdfium.FPDFPathSegment_GetPoint(segment, self._x, self._y)
            x, y = self._x.value, self._y.value
            point = (a * x + c * y + e, b * x + d * y + f)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind != pdfium.FPDF_SEGMENT_LINETO:
                if len(outline) > 1:
                    yield outline
                outline = []
            outline.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment) and len(outline) > 1:
                outline.append(outline[0])
        if len(outline) > 1:
            yield outline

    def _stroke(self, begin: Point, end: Point) -> None:
        wide, high = abs(begin[0] - end[0]), abs(begin[1] - end[1])
        if high <= STRAIGHT < wide:
            self._across((begin[1] + end[1]) / 2, begin[0], end[0])
        elif wide <= STRAIGHT < high:
            self._down((begin[0] + end[0]) / 2, begin[1], end[1])

    def _fill(self, outline: list[Point]) -> None:
        xs = [point[0] for point in outline]
        ys = [point[1] for point in outline]
        box = (min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            self._thin(box)
        elif all(
            min(x - box[0], box[2] - x) < 1 and min(y - box[1], box[3] - y) < 1
            for x, y in zip(xs, ys, strict=True)
        ):
            self._ink.fills.append(box)

    def _thin(self, box: Box) -> None:
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


def _matrix_of(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _box(one: Point, other: Point, matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (one[0], other[0]) for y in (one[1], other[1])]
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return (min(xs), min(ys), max(xs), max(ys))
