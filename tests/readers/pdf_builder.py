"""Draws test PDFs: a table in the field's notation, ruled in any of the ways that real producers rule.

Coordinates are points from the page's upper left corner, as in a Box.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract.document import Box, Cell, Document, Grid, Source
from extract.means import Means
from extract.readers.pdf import read_pdf
from tests.notation import grid

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

ROW = 22.0
PADDING = 5.4


class Drawing:
    """A PDF being drawn. `rotate` is the page's /Rotate; `size` its paper before that."""

    def __init__(
        self, path: Path, size: tuple[float, float] = A4, rotate: int = 0, encrypt: str = ""
    ) -> None:
        self.path = path
        self.height = size[1]
        paper = size[::-1] if rotate % 180 else size  # reportlab swaps it back
        self.canvas = Canvas(str(path), pagesize=paper, encrypt=encrypt or None)
        self.canvas.setPageRotation(rotate)
        self.canvas.setLineWidth(0.5)

    def save(self) -> Path:
        self.canvas.save()
        return self.path

    def new_page(self) -> None:
        self.canvas.showPage()
        self.canvas.setLineWidth(0.5)

    def text(self, left: float, top: float, words: str, size: float = 10.5, font: str = FONT) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(left, self.height - top - 0.88 * size, words)

    def lines(self, left: float, top: float, lines: Sequence[str], pitch: float = 20.0) -> None:
        for index, line in enumerate(lines):
            self.text(left, top + index * pitch, line)

    def table(
        self,
        text: str,
        left: float = 60.0,
        top: float = 100.0,
        widths: Sequence[float] = (),
        rules: str = "strokes",
        rows: tuple[int, int] | None = None,
        heights: Sequence[float] = (),
        size: float = 10.5,
    ) -> float:
        """Draw a table in the notation, or only its `rows` from a to b, and return its lower edge."""
        whole = grid(text)
        first, last = rows or (0, whole.rows)
        widths = widths or [80.0] * whole.columns
        xs = _edges(left, widths)
        ys = _edges(top, heights or [ROW] * (last - first))
        cells = []
        for cell in whole.cells:
            begin, end = max(cell.row, first), min(cell.row + cell.row_span, last)
            if begin < end:
                right = xs[cell.column + cell.column_span]
                cells.append((cell, (xs[cell.column], ys[begin - first], right, ys[end - first])))
        RULES[rules](self, [box for _, box in cells], (xs[0], ys[0], xs[-1], ys[-1]))
        for cell, box in cells:
            self._write(cell.text if cell.row >= first else "", box, size)
        return ys[-1]

    def _write(self, text: str, box: Box, size: float) -> None:
        lines = [line for part in text.split("\n") for line in wrapped(part, box[2] - box[0], size)]
        top = (box[1] + box[3] - len(lines) * 1.25 * size) / 2
        for index, line in enumerate(lines):
            self.text(box[0] + PADDING, top + index * 1.25 * size, line, size)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def fill(self, left: float, top: float, right: float, bottom: float) -> None:
        self.canvas.rect(left, self.height - bottom, right - left, bottom - top, stroke=0, fill=1)


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The text as Word would break it in a cell of this width: anywhere in Chinese, not inside figures."""
    lines, line = [], ""
    for unit in _units(text):
        if line and pdfmetrics.stringWidth(line + unit, FONT, size) > width - 2 * PADDING:
            lines.append(line)
            line = ""
        line += unit
    return [*lines, line] if line else lines


def _units(text: str) -> list[str]:
    units: list[str] = []
    for character in text:
        if units and character.isascii() and units[-1][-1].isascii() and character != " ":
            units[-1] += character
        else:
            units.append(character)
    return units


def _edges(start: float, lengths: Sequence[float]) -> list[float]:
    edges = [start]
    for length in lengths:
        edges.append(edges[-1] + length)
    return edges


Ruling = Callable[[Drawing, list[Box], Box], None]


def _sides(box: Box) -> list[Box]:
    left, top, right, bottom = box
    return [
        (left, top, right, top), (left, bottom, right, bottom),
        (left, top, left, bottom), (right, top, right, bottom),
    ]  # fmt: skip


def _strokes(drawing: Drawing, boxes: list[Box], frame: Box) -> None:
    for side in sorted({side for box in boxes for side in _sides(box)}):
        drawing.line(*side)


def _rectangles(drawing: Drawing, boxes: list[Box], frame: Box) -> None:
    for x0, y0, x1, y1 in sorted({side for box in boxes for side in _sides(box)}):
        drawing.fill(x0 - 0.25, y0 - 0.25, x1 + 0.25, y1 + 0.25)


def _boxes(drawing: Drawing, boxes: list[Box], frame: Box) -> None:
    for left, top, right, bottom in boxes:
        drawing.canvas.rect(left, drawing.height - bottom, right - left, bottom - top)


def _dashed(drawing: Drawing, boxes: list[Box], frame: Box) -> None:
    drawing.canvas.setDash(3, 2)
    _strokes(drawing, boxes, frame)
    drawing.canvas.setDash()


def _pieces(drawing: Drawing, boxes: list[Box], frame: Box) -> None:
    """Dashes drawn one by one."""
    for x0, y0, x1, y1 in sorted({side for box in boxes for side in _sides(box)}):
        steps = int(max(x1 - x0, y1 - y0) // 5) or 1
        for step in range(steps):
            a, b = step / steps, (step + 0.6) / steps
            drawing.line(x0 + a * (x1 - x0), y0 + a * (y1 - y0), x0 + b * (x1 - x0), y0 + b * (y1 - y0))


def _doubled(drawing: Drawing, boxes: list[Box], frame: Box) -> None:
    for x0, y0, x1, y1 in sorted({side for box in boxes for side in _sides(box)}):
        across = 0.75 if y0 == y1 else 0.0
        down = 0.75 - across
        drawing.line(x0 - down, y0 - across, x1 - down, y1 - across)
        drawing.line(x0 + down, y0 + across, x1 + down, y1 + across)


def _fills(drawing: Drawing, boxes: list[Box], frame: Box) -> None:
    """Coloured cells without a rule, parted by white gaps."""
    drawing.canvas.setFillGray(0.9)
    for left, top, right, bottom in boxes:
        drawing.fill(left + 0.5, top + 0.5, right - 0.5, bottom - 0.5)
    drawing.canvas.setFillGray(0)


def _open_sides(drawing: Drawing, boxes: list[Box], frame: Box) -> None:
    for side in sorted({side for box in boxes for side in _sides(box)}):
        if side[0] == side[2] and side[0] in (frame[0], frame[2]):
            continue
        drawing.line(*side)


def _open_bottom(drawing: Drawing, boxes: list[Box], frame: Box) -> None:
    for side in sorted({side for box in boxes for side in _sides(box)}):
        if side[1] != side[3] or side[1] != frame[3]:
            drawing.line(*side)


def _three_lines(drawing: Drawing, boxes: list[Box], frame: Box) -> None:
    below_header = min(box[3] for box in boxes)
    for y in (frame[1], below_header, frame[3]):
        drawing.line(frame[0], y, frame[2], y)


def _form(drawing: Drawing, boxes: list[Box], frame: Box) -> None:
    """The rules inside a form object that is drawn at half its size's double."""
    drawing.canvas.beginForm("rules")
    drawing.canvas.setLineWidth(1)
    for x0, y0, x1, y1 in sorted({side for box in boxes for side in _sides(box)}):
        drawing.canvas.line(2 * x0, 2 * (drawing.height - y0), 2 * x1, 2 * (drawing.height - y1))
    drawing.canvas.endForm()
    drawing.canvas.saveState()
    drawing.canvas.scale(0.5, 0.5)
    drawing.canvas.doForm("rules")
    drawing.canvas.restoreState()


RULES: dict[str, Ruling] = {
    "strokes": _strokes,
    "rectangles": _rectangles,
    "boxes": _boxes,
    "dashed": _dashed,
    "pieces": _pieces,
    "doubled": _doubled,
    "fills": _fills,
    "open sides": _open_sides,
    "open bottom": _open_bottom,
    "three lines": _three_lines,
    "form object": _form,
    "none": lambda drawing, boxes, frame: None,
}


def read(path: Path) -> Document:
    """What the file's text layer says; pages without one are not recognised (see test_scan.py)."""
    return read_pdf(path, Source(path.name, str(path), "", "application/pdf", 0), Means(ocr=False))


def shape(found: Grid) -> list[tuple[int, int, int, int, str]]:
    """Cells by place, span and text, for comparing with a grid in the notation."""
    return sorted(_shape(cell) for cell in found.cells)


def _shape(cell: Cell) -> tuple[int, int, int, int, str]:
    return (cell.row, cell.column, cell.row_span, cell.column_span, cell.text)
