"""A page taken apart: its tables, its running text, and its furniture (headers, footers, page numbers)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from extract.readers.grid_finder import PageGrid
from extract.readers.layout import Ink, Line

MARGIN = 0.085
"""Furniture stands nearer to the upper or lower edge than this share of the page's longer side."""
TITLE = 1.15
"""A repeated line larger than the body's text by this factor is a title, not furniture."""
PAGE_NUMBER = re.compile(r"[-—–－·.\s第]*\d{1,3}[-—–－·.\s页]*([/／共]?[\s共第]*\d{1,3}\s*页?)?")


@dataclass(slots=True)
class Sheet:
    """One page: `lines` are running text from top to bottom, `furniture` what every page repeats."""

    ink: Ink
    grids: list[PageGrid] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.ink.number

    def above(self, y: float) -> list[Line]:
        return [line for line in self.lines if line.bottom <= y + line.size / 2]

    def below(self, y: float) -> list[Line]:
        return [line for line in self.lines if line.top >= y - line.size / 2]


def set_furniture_aside(sheets: Sequence[Sheet]) -> None:
    """Move page numbers, and the lines that pages repeat at their edges, from `lines` to `furniture`."""
    sizes = [line.size for sheet in sheets for line in sheet.lines]
    body = median(sizes) if sizes else 12.0
    seen = Counter(
        key
        for sheet in sheets
        for key in {_key(line, sheet) for line in sheet.lines if _at_edge(line, sheet)}
    )
    needed = max(2, 0.4 * len(sheets))
    for sheet in sheets:
        kept = []
        for line in sheet.lines:
            repeated = seen[_key(line, sheet)] >= needed and line.size <= TITLE * max(body, 10.5)
            if _at_edge(line, sheet) and (repeated or PAGE_NUMBER.fullmatch(line.text)):
                sheet.furniture.append(line)
            else:
                kept.append(line)
        sheet.lines = kept


def _at_edge(line: Line, sheet: Sheet) -> bool:
    margin = MARGIN * max(sheet.ink.height, sheet.ink.width)
    return line.bottom < margin or line.top > sheet.ink.height - margin


def _key(line: Line, sheet: Sheet) -> tuple[str, int]:
    """What repeats: the text without the page's own number, and how far down it stands."""
    text = line.text.replace(" ", "")
    number = r"\d+" if "页" in text or PAGE_NUMBER.fullmatch(line.text) else rf"(?<!\d){sheet.number}(?!\d)"
    return re.sub(number, "#", text), round(line.top / 6)
