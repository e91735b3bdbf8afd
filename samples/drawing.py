"""Lines and tables laid out on pages, for any format whose pages are fixed: a pen draws, this places.

Lengths are points from the page's upper left corner. Words are as wide as STSong-Light has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from samples.layout import Block, Line, Look, PageBreak, Table
from samples.paging import Piece, Strip, pieces, wrap_text

FONT = "STSong-Light"
A4 = (595.28, 841.89)
MARGIN = 54.0
PAD = 3.0
SIZES = {"title": 18.0, "heading": 14.0}

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Pen(Protocol):
    """What a format has to know: words, rules, rectangles, pages."""

    def text(self, x: float, top: float, words: str, size: float, align: str) -> None:
        """One line of words; `top` is its baseline, `x` its left end, its middle or its right end."""

    def rule(self, x0: float, top0: float, x1: float, top1: float, dashed: bool) -> None:
        """A straight stroke."""

    def box(self, x0: float, top0: float, x1: float, top1: float, filled: bool) -> None:
        """A rectangle, its outline or its whole area."""

    def end_page(self) -> None:
        """What follows is drawn on a new page."""


def page_size(look: Look) -> tuple[float, float]:
    """Width and height of the look's pages."""
    return (A4[1], A4[0]) if look.landscape else A4


def draw(blocks: Sequence[Block], pen: Pen, look: Look) -> None:
    """Draws the blocks page by page; the last page is ended too."""
    flow = _Flow(pen, look, *page_size(look))
    for block in blocks:
        if isinstance(block, PageBreak):
            flow.next_page()
        elif isinstance(block, Line):
            _line(flow, block)
        else:
            _table(flow, block)
    flow.end_page()


@dataclass(slots=True)
class _Flow:
    """A pen, the page's size and how far down the page the pen has come."""

    pen: Pen
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
            self.pen.text(self.width / 2, self.height - MARGIN / 2, f"— {self.page} —", 9, "centre")
        self.pen.end_page()

    def rule(self, x0: float, top0: float, x1: float, top1: float) -> None:
        """A straight rule in the file's manner."""
        if self.look.rules == "rectangles":
            self.pen.box(x0 - 0.25, top0 - 0.25, x1 + 0.25, top1 + 0.25, True)
            return
        self.pen.rule(x0, top0, x1, top1, self.look.rules == "dashed")
        if self.look.rules == "double":
            gap = 1.2
            across, down = (gap, 0.0) if x0 == x1 else (0.0, gap)
            self.pen.rule(x0 + across, top0 + down, x1 + across, top1 + down, False)


def _line(flow: _Flow, line: Line) -> None:
    size = SIZES.get(line.style, flow.look.size + 1.5)
    first = "　　" if line.style == "text" and len(line.text) > 12 else ""
    for words in wrap_text(first + line.text, flow.inner, FONT, size):
        if flow.left_over < size * 1.6:
            flow.next_page()
        flow.top += size * 1.6
        align = "centre" if line.style in ("title", "centre") else line.style
        x = {"centre": flow.width / 2, "right": flow.width - MARGIN}.get(align, MARGIN)
        flow.pen.text(x, flow.top, words, size, align)
        if line.style in ("title", "heading"):
            flow.pen.text(x + 0.3, flow.top, words, size, align)
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
            _frame(flow, edges[0] - inset, flow.top - inset, edges[-1] + inset, flow.top + height + inset)
        flow.top += height
    flow.top += 8.0


def _sheet(flow: _Flow, table: Table, sheet: list[Strip], edges: list[float]) -> None:
    for piece in _pieces(table, sheet):
        cell = piece.cell
        x0, x1 = edges[cell.column], edges[cell.column + cell.column_span]
        top, bottom = flow.top + piece.top, flow.top + piece.bottom
        if flow.look.rules == "boxes":
            flow.pen.box(x0, top, x1, bottom, False)
        else:
            _frame(flow, x0, top, x1, bottom, edges if flow.look.rules == "open_sides" else None)
        size, lines = flow.look.size, piece.lines
        leading = size * 1.3
        start = top + (bottom - top - leading * len(lines)) / 2
        centred = len(cell.text) <= 24
        for index, words in enumerate(lines):
            x = (x0 + x1) / 2 if centred else x0 + PAD
            flow.pen.text(x, start + leading * index + size, words, size, "centre" if centred else "left")


def _pieces(table: Table, sheet: list[Strip]) -> list[Piece]:
    return [piece for cell in table.cells for piece in Piece.on(cell, sheet)]


def _frame(
    flow: _Flow, x0: float, top: float, x1: float, bottom: float, edges: list[float] | None = None
) -> None:
    """Four rules around a rectangle; with `edges`, none along the table's left and right sides."""
    flow.rule(x0, top, x1, top)
    flow.rule(x0, bottom, x1, bottom)
    for x in (x0, x1):
        if edges is None or x not in (edges[0], edges[-1]):
            flow.rule(x, top, x, bottom)
