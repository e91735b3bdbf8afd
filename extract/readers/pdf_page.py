"""A PDF page's glyphs, rules and coloured areas, read through PDFium's own C functions.

The glyph loop is the hot path of the whole reader: two PDFium calls a character, a few more where a
run of characters begins, one preallocated box, no objects but the Glyph itself.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from extract.document import Box
from extract.readers.characters import CHARACTERS, SPACES, UNMAPPED
from extract.readers.layout import Glyph, Ink, Overfull
from extract.readers.pdf_rules import Pen
from extract.readers.scribe import Matrix

GLYPH_LIMIT = 60_000
INVISIBLE = 3
LEVEL = 0.5
"""A character this much higher or lower than the one before may belong to another run."""
SLANT = 0.12
"""Radians from a quarter turn beyond which text is slanted."""


@dataclass(slots=True)
class Layer:
    """What tells a usable text layer from a missing or lying one."""

    glyphs: int = 0
    unmapped: int = 0
    invisible: int = 0
    cover: float = 0.0
    paths: int = 0
    image_over_text: bool = False


@dataclass(slots=True)
class _Run:
    """Where the characters of one run go: how often it is turned, and whether it can be seen."""

    quarter: int | None = 0
    invisible: bool = False


@contextmanager
def opened_page(document: Any, index: int) -> Iterator[Any]:
    """The PDFium page with its visible annotations and form fields drawn in; None if it is damaged."""
    page = pdfium.FPDF_LoadPage(document, index)
    if page and _draws_annotations(page) and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == 1:
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document, index)
    try:
        yield page or None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


def _draws_annotations(page: Any) -> bool:
    drawn = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), 1000)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in drawn:
            return True
    return False


def read_page(page: Any, number: int) -> tuple[Ink, Layer]:
    """The page's marks in reading coordinates; raises Overfull."""
    text = pdfium.FPDFText_LoadPage(page)
    try:
        return _read(page, text, number)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _read(page: Any, text: Any, number: int) -> tuple[Ink, Layer]:
    count = max(0, pdfium.FPDFText_CountChars(text))
    if count > GLYPH_LIMIT:
        raise Overfull
    frame = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, frame)
    box = (frame.left, frame.bottom, frame.right, frame.top)
    upright = _main_quarter(text, count)
    matrix = reading_matrix(box, upright)
    wide, high = box[2] - box[0], box[3] - box[1]
    ink = Ink(
        number,
        *((wide, high) if upright % 2 == 0 else (high, wide)),
        turn=(pdfium.FPDFPage_GetRotation(page) + upright) % 4,
    )
    layer = Layer(glyphs=count)
    _read_glyphs(text, count, upright, matrix, ink, layer)
    pen = Pen(ink)
    pen.draw(page, matrix)
    layer.cover, layer.paths, layer.image_over_text = pen.cover(), pen.paths, pen.image_over_text
    return ink, layer


def reading_matrix(box: Box, quarter: int) -> Matrix:
    """From PDF space, whose text runs `quarter` quarter turns clockwise, to points from the upper left."""
    left, bottom, right, top = box
    return (
        (1, 0, 0, -1, -left, top),
        (0, -1, -1, 0, top, right),
        (-1, 0, 0, 1, right, -bottom),
        (0, 1, 1, 0, -bottom, -left),
    )[quarter]


def _main_quarter(text: Any, count: int) -> int:
    """The direction of most of the page's text, in quarter turns clockwise, by a sample."""
    turns = Counter(
        _quarter(pdfium.FPDFText_GetCharAngle(text, index)) for index in range(0, count, count // 64 + 1)
    )
    turns.pop(None, None)
    return max(turns, key=lambda quarter: turns[quarter] or 0) or 0 if turns else 0


def _quarter(angle: float) -> int | None:
    quarter = round(angle / (math.pi / 2))
    return quarter % 4 if abs(angle - quarter * math.pi / 2) < SLANT else None


def _read_glyphs(text: Any, count: int, upright: int, matrix: Matrix, ink: Ink, layer: Layer) -> None:
    unmapped_at = pdfium.FPDFText_HasUnicodeMapError
    run, floor = _Run(), 0.0
    slanted: list[str] = []
    for index, code, fresh, spaced, x, y, u, v in _characters(text, count, matrix):
        if fresh or abs(v - floor) > LEVEL:
            run = _begin_run(text, index)
        floor = v
        if run.invisible:
            layer.invisible += 1
            continue
        character, unreadable = CHARACTERS[code]
        if unmapped_at(text, index) == 1:
            character, unreadable = UNMAPPED, True
        if unreadable:
            layer.unmapped += 1
        if not character or u < 0 or v < 0 or x > ink.width or y > ink.height:
            continue
        glyph = Glyph(character, x, y, u, v, spaced)
        if run.quarter == upright:
            ink.glyphs.append(glyph)
        elif run.quarter is None:
            slanted.append(character)
        else:
            ink.sideways.append(glyph._replace(turn=(run.quarter - upright) % 4))
    ink.slanted = "".join(slanted)


def _characters(
    text: Any, count: int, matrix: Matrix
) -> Iterator[tuple[int, int, bool, bool, float, float, float, float]]:
    """Each printing character: index, code, whether white space (and a typed one) precedes it, its box."""
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    generated = pdfium.FPDFText_IsGenerated
    a, b, c, d, e, f = matrix
    rect = pdfium.FS_RECTF()
    pointer = ctypes.byref(rect)
    fresh, spaced, high = True, False, 0
    for index in range(count):
        code = unicode_of(text, index)
        if code in SPACES:
            fresh = True
            spaced = spaced or not generated(text, index)
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        if not box_of(text, index, pointer):
            continue
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        x, y = a * left + c * top + e, b * left + d * top + f
        u, v = a * right + c * bottom + e, b * right + d * bottom + f
        if x > u:
            x, u = u, x
        if y > v:
            y, v = v, y
        yield index, code, fresh, spaced, x, y, u, v
        fresh = spaced = False


def _begin_run(text: Any, index: int) -> _Run:
    holder = pdfium.FPDFText_GetTextObject(text, index)
    return _Run(
        _quarter(pdfium.FPDFText_GetCharAngle(text, index)),
        bool(holder) and pdfium.FPDFTextObj_GetTextRenderMode(holder) == INVISIBLE,
    )
