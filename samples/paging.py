"""How text breaks into lines and a table into pages: geometry only, nothing is drawn here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfmetrics

from samples.layout import Cell, Look, Table

TOKEN = re.compile(r"[0-9A-Za-z.,%０-９．％]+|.", re.DOTALL)
NEVER_FIRST = set("，。、；：）》〉”’？！%")
NEVER_LAST = set("（《〈“‘")


@dataclass(frozen=True, slots=True)
class Strip:
    """A row, or the part of a row that one page shows.

    `lines` maps a cell's first column to the lines shown here; cells over several rows show theirs
    in the strip named by their own choice.
    """

    row: int
    height: float
    lines: dict[int, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a cell that one page shows: `top` and `bottom` from the sheet's upper edge."""

    cell: Cell
    top: float
    bottom: float
    lines: list[str]

    @staticmethod
    def on(cell: Cell, sheet: list[Strip]) -> Iterator[Piece]:
        """The cell's pieces on one sheet: none, one, or one for each run of its rows (a repeated header)."""
        top, run = 0.0, 0.0
        lines: list[str] = []
        for strip in sheet:
            inside = cell.row <= strip.row < cell.row + cell.row_span
            if inside:
                run += strip.height
                lines = lines or strip.lines.get(cell.column, []) if strip.row >= cell.row else lines
            elif run:
                yield Piece(cell, top - run, top, lines)
                run, lines = 0.0, []
            top += strip.height
        if run:
            yield Piece(cell, top - run, top, lines)


def wrap_text(text: str, width: float, font: str, size: float) -> list[str]:
    """The lines of `text`, none wider than `width`; numbers stay whole where they fit."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for token in _tokens(paragraph, width, font, size):
            if line and pdfmetrics.stringWidth(line + token, font, size) > width:
                torn = token[0] in NEVER_FIRST or line[-1] in NEVER_LAST
                keep = line[-1] if torn and len(line) > 1 else ""
                lines.append(line[: len(line) - len(keep)])
                line = keep
            line += token
        lines.append(line)
    return lines


def _tokens(text: str, width: float, font: str, size: float) -> Iterator[str]:
    for token in TOKEN.findall(text):
        if pdfmetrics.stringWidth(token, font, size) > width:
            yield from token
        else:
            yield token


def pieces(
    table: Table, edges: list[float], look: Look, font: str, pad: float, first: float, full: float
) -> list[list[Strip]]:
    """The table's strips page by page: `first` points are left on this page, `full` on every other.

    The first page's list is empty where not even the header and one row fit there.
    """
    leading = look.size * 1.3
    texts = {
        (cell.row, cell.column): wrap_text(
            cell.text, edges[cell.column + cell.column_span] - edges[cell.column] - 2 * pad, font, look.size
        )
        for cell in table.cells
        if cell.text
    }
    heights = _heights(table, texts, leading, pad)
    header = (
        [_strip(table, texts, row, heights[row]) for row in range(table.header)] if look.repeat_header else []
    )
    sheets: list[list[Strip]] = [[]]
    room = first
    for row in range(table.rows):
        strip = _strip(table, texts, row, heights[row])
        if strip.height > room:
            cut = _cut(strip, room, leading, pad) if look.cut_rows or strip.height > full else None
            if cut is not None:
                sheets[-1].append(cut[0])
                strip = cut[1]
            sheets.append([])
            room = full
            if row >= len(header):
                sheets[-1].extend(header)
                room -= sum(part.height for part in header)
        sheets[-1].append(strip)
        room -= strip.height
    return [_labelled(table, texts, sheet, sheets[:number]) for number, sheet in enumerate(sheets)]


def _heights(
    table: Table, texts: dict[tuple[int, int], list[str]], leading: float, pad: float
) -> list[float]:
    heights = [leading + 2 * pad] * table.rows
    for cell in sorted(table.cells, key=lambda cell: cell.row_span):
        need = len(texts.get((cell.row, cell.column), [])) * leading + 2 * pad
        rows = range(cell.row, cell.row + cell.row_span)
        lack = need - sum(heights[row] for row in rows)
        if lack > 0:
            for row in rows:
                heights[row] += lack / len(rows)
    return heights


def _strip(table: Table, texts: dict[tuple[int, int], list[str]], row: int, height: float) -> Strip:
    lines = {
        cell.column: texts[row, cell.column]
        for cell in table.cells
        if cell.row == row and cell.row_span == 1 and (row, cell.column) in texts
    }
    return Strip(row, height, lines)


def _cut(strip: Strip, room: float, leading: float, pad: float) -> tuple[Strip, Strip] | None:
    """The strip in two, as many lines as fit and the rest; None where it is better moved whole."""
    fit = int((room - 2 * pad) / leading)
    most = max((len(lines) for lines in strip.lines.values()), default=0)
    if fit < 1 or most <= fit:
        return None
    above = {column: lines[:fit] for column, lines in strip.lines.items()}
    below = {column: lines[fit:] for column, lines in strip.lines.items() if lines[fit:]}
    return Strip(strip.row, room, above), Strip(strip.row, (most - fit) * leading + 2 * pad, below)


def _labelled(
    table: Table,
    texts: dict[tuple[int, int], list[str]],
    sheet: list[Strip],
    before: list[list[Strip]],
) -> list[Strip]:
    """The sheet with the words of cells over several rows put where they begin, as Word does.

    A repeated header shows them again; a cell too low at the page's end shows them all the same.
    """
    shown = {strip.row for earlier in before for strip in earlier}
    labelled = []
    for index, strip in enumerate(sheet):
        lines = dict(strip.lines)
        again = index < table.header and strip.row < table.header
        for cell in table.cells:
            tall = cell.row_span > 1 and cell.row == strip.row
            if tall and (again or strip.row not in shown) and (cell.row, cell.column) in texts:
                lines[cell.column] = texts[cell.row, cell.column]
        labelled.append(Strip(strip.row, strip.height, lines))
    return labelled
