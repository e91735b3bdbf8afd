"""Lines of running text to paragraphs, over page breaks too, and the captions of tables.

A line that had no room for the next one's first word goes on; a short line, an indent, a number that
opens a heading, or white space begins a new paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from extract.document import Box
from extract.readers.layout import Line, around
from extract.readers.sheet import Sheet
from extract.readers.text_flow import ENDING, MARKER, glue, is_full

INDENT = 1.2
"""An indent is wider than this many characters."""
PITCH = 1.35
"""Lines further apart than this many usual distances belong to different paragraphs."""
SAME_SIZE = 0.12
ENOUGH_FULL = 3
"""So many lines that end at one place show the right margin."""
LARGER = 1.15
CAPTION_LINES, CAPTION_REACH = 3, 130.0
HEADING = re.compile(
    r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+[章节部]).{1,40}"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: the sheet it begins on, its box there, its text, what it is and how sure its least sure
    line is."""

    sheet: Sheet
    box: Box
    text: str
    kind: Literal["text", "heading", "furniture"] = "text"
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Column:
    """The column of text: its sides, the usual distance of lines in font sizes, the usual font size."""

    left: float
    right: float
    pitch: float
    size: float


def passages(sheets: Sequence[Sheet]) -> list[Passage]:
    """The running text of all sheets as paragraphs in reading order, furniture among them."""
    column = _column(sheets)
    bundles: list[list[tuple[Sheet, Line]]] = []
    open_end = False
    for sheet in sheets:
        for index, line in enumerate(sheet.lines):
            on_top = index == 0
            above = None if on_top or not bundles else bundles[-1][-1][1]
            parted = not open_end or _table_between(sheet, above, line)
            if parted or not _goes_on([line for _, line in bundles[-1]], line, column, new_page=on_top):
                bundles.append([])
            bundles[-1].append((sheet, line))
            open_end = True
        if sheet.grids and (not sheet.lines or sheet.grids[-1].ys[0] > sheet.lines[-1].top):
            open_end = False
    found = [_passage(bundle, column) for bundle in bundles]
    found += [
        Passage(sheet, line[1:5], line.text, "furniture", line.sure)
        for sheet in sheets
        for line in sheet.furniture
    ]
    return found


def _column(sheets: Sequence[Sheet]) -> Column:
    lines = [line for sheet in sheets for line in sheet.lines]
    if not lines:
        return Column(0.0, 0.0, 0.0, 12.0)
    long = [line for line in lines if len(line.text) >= 15] or lines
    pitches = [
        (below.bottom - above.bottom) / above.size
        for sheet in sheets
        for above, below in zip(sheet.lines, sheet.lines[1:], strict=False)
        if 0 < below.bottom - above.bottom < 4 * above.size
    ]
    left = min(line.left for line in long)
    return Column(
        left,
        _right_side(sheets, long, left),
        max(1.2, sorted(pitches)[len(pitches) // 4]) if pitches else 1.5,
        median(line.size for line in long),
    )


def _right_side(sheets: Sequence[Sheet], lines: Sequence[Line], left: float) -> float:
    """Where full lines end; where too few are full, a right margin as wide as the left one."""
    rights = sorted(line.right for line in lines)
    right = rights[int(0.97 * (len(rights) - 1))]
    size = median(line.size for line in lines)
    full = sum(abs(end - right) < INDENT * size for end in rights)
    return right if full >= ENOUGH_FULL else max(right, median(sheet.ink.width for sheet in sheets) - left)


def _table_between(sheet: Sheet, above: Line | None, below: Line) -> bool:
    top = above.bottom if above is not None else 0.0
    return any(top - 2 <= grid.ys[0] <= below.top + 2 for grid in sheet.grids)


def _goes_on(lines: Sequence[Line], line: Line, column: Column, new_page: bool) -> bool:
    last = lines[-1]
    if abs(line.size - last.size) > SAME_SIZE * max(last.size, line.size):
        return False
    if not new_page and (line.bottom - last.bottom) / last.size > PITCH * column.pitch:
        return False
    width = column.right - last.left
    if not is_full(last, line, width):
        return False
    ended = last.text[-1] in ENDING
    if MARKER.match(line.text) and (ended or HEADING.fullmatch(lines[0].text)):
        return False
    return not (line.left > column.left + INDENT * line.size and line.left > last.left - 1 and ended)


def _passage(bundle: Sequence[tuple[Sheet, Line]], column: Column) -> Passage:
    sheet = bundle[0][0]
    lines = [line for _, line in bundle]
    text = lines[0].text
    for above, below in pairwise(lines):
        text += glue(above, below, column.right - above.left).replace("\n", " ") + below.text
    short = len(lines) <= 2 and len(text) <= 45 and text[-1] not in "。；;，"
    large = min(line.size for line in lines) > LARGER * column.size
    heading = short and (large or HEADING.fullmatch(text) is not None)
    box = around([line for page, line in bundle if page is sheet])
    return Passage(sheet, box, text, "heading" if heading else "text", min(line.sure for line in lines))


def caption(sheet: Sheet, top: float) -> str:
    """The lines nearest above a table, as printed: at most three, and none beyond another table."""
    walls = [grid.ys[-1] for grid in sheet.grids if grid.ys[-1] <= top + 2]
    highest = max([top - CAPTION_REACH, *walls])
    near = [line for line in sheet.above(top) if line.top >= highest - 2]
    return "\n".join(line.text for line in near[-CAPTION_LINES:])
