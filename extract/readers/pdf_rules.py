"""The ruled lines and coloured areas among a PDF page's objects, whatever they are drawn as.

They may stand inside form objects, each with its own matrix. White ink is no ink.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from extract.document import Box
from extract.readers.layout import Ink, Overfull
from extract.readers.scribe import THIN, WHITE, Matrix, Point, Scribe, box_through, times

OBJECT_LIMIT = 60_000
SEGMENT_LIMIT = 60_000
DEPTH_LIMIT = 12


class Pen:
    """Walks a page's objects once and writes what it finds into the Ink."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._scribe = Scribe(ink)
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
                inner = times(_matrix_of(item), matrix)
                count_inside = pdfium.FPDFFormObj_CountObjects(item)
                self._walk(inner, depth + 1, item, count_inside, pdfium.FPDFFormObj_GetObject)

    def _bounds(self, item: Any, matrix: Matrix) -> Box:
        pdfium.FPDFPageObj_GetBounds(item, *self._edges)
        left, bottom, right, top = (edge.value for edge in self._edges)
        return box_through((left, bottom), (right, top), matrix)

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
            self._scribe.thin(bounds)
            return
        shape = times(_matrix_of(item), matrix)
        for outline in self._outlines(item, shape):
            self._scribe.outline(outline, stroked)

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


def _matrix_of(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
