"""Lines and tables drawn as .pdf: merged cells, tables running over pages, several kinds of rules.

STSong-Light is named, not embedded, so no font file is needed; the same plan gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from samples.drawing import FONT, draw, page_size
from samples.layout import Block, Look


@dataclass(frozen=True, slots=True)
class PdfPen:
    """A pen on reportlab's canvas, whose heights count from the page's lower edge."""

    canvas: Canvas
    height: float

    def text(self, x: float, top: float, words: str, size: float, align: str) -> None:
        self.canvas.setFont(FONT, size)
        aligned = {"centre": self.canvas.drawCentredString, "right": self.canvas.drawRightString}
        aligned.get(align, self.canvas.drawString)(x, self.height - top, words)

    def rule(self, x0: float, top0: float, x1: float, top1: float, dashed: bool) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.setDash(*((2, 1) if dashed else ()))
        self.canvas.line(x0, self.height - top0, x1, self.height - top1)

    def box(self, x0: float, top0: float, x1: float, top1: float, filled: bool) -> None:
        if not filled:
            self.canvas.setLineWidth(0.5)
        place = (x0, self.height - top1, x1 - x0, top1 - top0)
        self.canvas.rect(*place, stroke=int(not filled), fill=int(filled))

    def end_page(self) -> None:
        self.canvas.showPage()


def write(blocks: Sequence[Block], path: Path, look: Look | None = None) -> None:
    """Writes the blocks to `path`."""
    look = look or Look()
    path.parent.mkdir(parents=True, exist_ok=True)
    size = page_size(look)
    canvas = Canvas(str(path), pagesize=size, invariant=1, pageCompression=0)
    draw(blocks, PdfPen(canvas, size[1]), look)
    canvas.save()
