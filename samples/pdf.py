"""Lines and tables drawn as .pdf: merged cells, tables running over pages, several kinds of rules.

STSong-Light is named, not embedded, so no font file is needed; the same plan gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from samples.layout import Block, Line, Look, PageBreak, Table
from samples.paging import Piece, Strip, pieces, wrap_text

FONT = "STSong-Light"
A4 = (595.28, 841.89)
MARGIN = 54.0
PAD = 3.0
SIZES = {"title": 18.0, "heading": 14.0}

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


@dataclass(slots=True)
class _Flow:
    """The pen: a canvas, the page's size and how far down the page it has come."""

    canvas: Canvas
    look: Look
    width: float
    height: float
    page: int = 1
    top: float = field(default=MARGIN)

    @property
    def left_over(self) -> float:
        return self.height - MARGIN - self.top

    @property
    def inner(self) -> float:
        return self.width - 2 * MARGIN

    def next_page(self) -> None:
        self.end_page()
        self.page += 1
        self.top = MARGIN

    def end_page(self) -> None:
        if self.look.page_numbers:
            self.text(self.width / 2, self.height - MARGIN / 2, f"— {self.page} —", 9, "centre")
        self.canvas.showPage()

    def text(self, x: float, top: float, words: str, size: float, align: str = "left") -> None:
        """One line of words; `top` is its baseline's distance from the page's upper edge."""
        self.canvas.setFont(FONT, size)
        draw = {"centre": self.canvas.drawCentredString, "right": self.canvas.drawRightString}
        draw.get(align, self.canvas.drawString)(x, self.height - top, words)

    def rule(self, x0: float, top0: float, x1: float, top1: float) -> None:
        """A straight rule in the file's manner."""
        y0, y1 = self.height - top0, self.height - top1
        if self.look.rules == "rectangles":
            self.canvas.rect(
                x0 - 0.25, min(y0, y1) - 0.25, x1 - x0 + 0.5, abs(y1 - y0) + 0.5, stroke=0, fill=1
            )
            return
        self.canvas.setLineWidth(0.5)
        self.canvas.setDash(*((2, 1) if self.look.rules == "dashed" else ()))
        self.canvas.line(x0, y0, x1, y1)
        if self.look.rules == "double":
            gap = 1.2
            across = (gap, 0.0) if x0 == x1 else (0.0, gap)
            self.canvas.line(x0 + across[0], y0 - across[1], x1 + across[0], y1 - across[1])


def write(blocks: Sequence[Block], path: Path, look: Look | None = None) -> None:
    """Writes the blocks to `path`."""
    look = look or Look()
    width, height = (A4[1], A4[0]) if look.landscape else A4
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), pagesize=(width, height), invariant=1, pageCompression=0)
    flow = _Flow(canvas, look, width, height)
    for block in blocks:
        if isinstance(block, PageBreak):
            flow.next_page()
        elif isinstance(block, Line):
            _line(flow, block)
        else:
            _table(flow, block)
    flow.end_page()
    canvas.save()


def _line(flow: _Flow, line: Line) -> None:
    size = SIZES.get(line.style, flow.look.size + 1.5)
    first = "　　" if line.style == "text" and len(line.text) > 12 else ""
    for words in wrap_text(first + line.text, flow.inner, FONT, size):
        if flow.left_over < size * 1.6:
            flow.next_page()
        flow.top += size * 1.6
        align = "centre" if line.style in ("title", "centre") else line.style
        x = {"centre": flow.width / 2, "right": flow.width - MARGIN}.get(align, MARGIN)
        flow.text(x, flow.top, words, size, align)
        if line.style in ("title", "heading"):
            flow.text(x + 0.3, flow.top, words, size, align)
    flow.top += size * 0.3


def _table(flow: _Flow, table: Table) -> None:
    """Draws the table from the pen on, over as many pages as it needs."""
    inset = 4.0 if table.wrap == "nested" else 0.0
    width = flow.inner - 2 * inset
    edges = [MARGIN + inset]
    for share in table.shares():
        edges.append(edges[-1] + share * width)
    flow.top += 6.0
    full = flow.height - 2 * MARGIN - 12
    sheets = pieces(table, edges, flow.look, FONT, PAD, flow.left_over - 6, full)
    for number, sheet in enumerate(sheets):
        if number:
            flow.next_page()
        if not sheet:
            continue
        _sheet(flow, table, sheet, edges)
        height = sum(strip.height for strip in sheet)
        if inset:
            _box(flow, edges[0] - inset, flow.top - inset, edges[-1] + inset, flow.top + height + inset)
        flow.top += height
    flow.top += 8.0


def _sheet(flow: _Flow, table: Table, sheet: list[Strip], edges: list[float]) -> None:
    for piece in _pieces(table, sheet):
        cell = piece.cell
        x0, x1 = edges[cell.column], edges[cell.column + cell.column_span]
        top, bottom = flow.top + piece.top, flow.top + piece.bottom
        if flow.look.rules == "boxes":
            flow.canvas.setLineWidth(0.5)
            flow.canvas.rect(x0, flow.height - bottom, x1 - x0, bottom - top)
        else:
            _box(flow, x0, top, x1, bottom, edges if flow.look.rules == "open_sides" else None)
        size, lines = flow.look.size, piece.lines
        leading = size * 1.3
        start = top + (bottom - top - leading * len(lines)) / 2
        centred = len(cell.text) <= 24
        for index, words in enumerate(lines):
            x = (x0 + x1) / 2 if centred else x0 + PAD
            flow.text(x, start + leading * index + size, words, size, "centre" if centred else "left")


def _pieces(table: Table, sheet: list[Strip]) -> list[Piece]:
    return [piece for cell in table.cells for piece in Piece.on(cell, sheet)]


def _box(
    flow: _Flow, x0: float, top: float, x1: float, bottom: float, edges: list[float] | None = None
) -> None:
    """Four rules around a rectangle; with `edges`, none along the table's left and right sides."""
    flow.rule(x0, top, x1, top)
    flow.rule(x0, bottom, x1, bottom)
    for x in (x0, x1):
        if edges is None or x not in (edges[0], edges[-1]):
            flow.rule(x, top, x, bottom)
