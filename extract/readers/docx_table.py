"""A w:tbl read row by row: deleted and hidden rows left out, each cell with its own paragraphs only.

Tables standing in cells are handed back with the words above them, to become grids of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from lxml import etree

from extract.failure import Unreadable
from extract.readers import docx_names as names
from extract.readers.docx_grid import Layout, RawCell, RawRow, lay_out
from extract.readers.docx_names import VAL, twips, w, whole
from extract.readers.docx_text import Line, TextReader, flow

MOST_SPAN = 512
"""Columns a cell may span; Word itself stops at 63."""
MOST_PLACES = 4_000_000
"""Rows times columns of a table; beyond it a file is made to hurt."""
CAPTION_LINES = 3
CAPTION_LENGTH = 60

_GRID, _GRID_COLUMN, _W, _TYPE = w("tblGrid"), w("gridCol"), w("w"), w("type")
_HIDDEN, _DELETED = w("hidden"), w("del")
_BEFORE, _AFTER, _WIDTH_BEFORE = w("gridBefore"), w("gridAfter"), w("wBefore")
_SPAN, _WIDTH, _V_MERGE, _H_MERGE = w("gridSpan"), w("tcW"), w("vMerge"), w("hMerge")
_CELL_DELETED, _CELL_MERGE = w("cellDel"), w("cellMerge")

Nested = tuple[etree._Element, str]
"""A w:tbl found in a cell, and its caption."""


@dataclass(frozen=True, slots=True)
class TableRead:
    """`layout` is None where nothing of the table is shown."""

    layout: Layout | None
    nested: tuple[Nested, ...]


def read_table(table: etree._Element, reader: TextReader) -> TableRead:
    """Raises Unreadable for a table too large to be one."""
    nested: list[Nested] = []
    rows = [row for row in (_row(tr, reader, nested) for tr in _within(table, names.TR)) if row.cells]
    if not rows:
        return TableRead(None, tuple(nested))
    columns = (column for grid in table.iterchildren(_GRID) for column in grid.iterchildren(_GRID_COLUMN))
    grid = [twips(column.get(_W)) for column in columns]
    layout = lay_out(rows, grid)
    if layout.rows * layout.columns > MOST_PLACES:
        raise Unreadable("hostile", "文件里有大得异常的表格，已停止读取", "请核对原文件后重新报送")
    return TableRead(layout, tuple(nested))


def read_lines(container: etree._Element, reader: TextReader) -> Iterator[Line | etree._Element]:
    """The paragraphs and tables of a container in order; what stands in a paragraph follows it.

    A paragraph whose mark was deleted is one with the next.
    """
    pending = flow(container, reader.seen)[::-1]
    begun = ""
    while pending:
        element = pending.pop()
        if element.tag == names.TBL:
            yield element
            continue
        line = reader.paragraph(element)
        if line.open_end:
            begun += line.text
        elif begun:
            yield line._replace(text=begun + line.text)
            begun = ""
        else:
            yield line
        for inner in reversed(line.inner):
            pending.extend([inner] if inner.tag == names.TBL else reversed(flow(inner, reader.seen)))
    if begun:
        yield Line(begun, False, False, ())


def caption(lines: list[str]) -> str:
    """Up to three short lines right above a table, of the lines since the last one."""
    found: list[str] = []
    for text in reversed(lines):
        stripped = text.strip()
        if len(stripped) > CAPTION_LENGTH or len(found) == CAPTION_LINES:
            break
        if stripped:
            found.append(stripped)
    return "\n".join(reversed(found))


def _within(parent: etree._Element, tag: str) -> list[etree._Element]:
    """The rows of a table or cells of a row, through content controls, custom XML and the like."""
    found = []
    pending = names.backwards(parent)
    while pending:
        child = pending.pop()
        if child.tag == tag:
            found.append(child)
        elif child.tag == names.ALTERNATE:
            branch = names.shown(child)
            pending.extend([] if branch is None else names.backwards(branch))
        elif child.tag not in names.SILENT:
            pending.extend(names.backwards(child))
    return found


def _row(tr: etree._Element, reader: TextReader, nested: list[Nested]) -> RawRow:
    before, after, indent = 0, 0, 0.0
    for properties in names.children(tr):
        for child in names.children(properties) if properties.tag == names.TRPR else ():
            if child.tag == _DELETED or (child.tag == _HIDDEN and names.on(child)):
                return RawRow(())
            if child.tag == _BEFORE:
                before = whole(child.get(VAL), 0, MOST_SPAN)
            elif child.tag == _AFTER:
                after = whole(child.get(VAL), 0, MOST_SPAN)
            elif child.tag == _WIDTH_BEFORE:
                indent = max(_width(child), 0.0)
    cells = (_cell(tc, reader, nested) for tc in _within(tr, names.TC))
    return RawRow(tuple(cell for cell in cells if cell is not None), before, after, indent)


def _cell(tc: etree._Element, reader: TextReader, nested: list[Nested]) -> RawCell | None:
    span, width, joins_left = 1, 0.0, False
    vertical: Literal["", "start", "continue"] = ""
    properties = tc[0] if len(tc) else tc
    for child in names.children(properties) if properties.tag == names.TCPR else ():
        if child.tag == _WIDTH:
            width = _width(child)
        elif child.tag == _SPAN:
            span = max(whole(child.get(VAL), 1, MOST_SPAN), 1)
        elif child.tag == _V_MERGE:
            vertical = "start" if child.get(VAL) == "restart" else "continue"
        elif child.tag == _H_MERGE:
            joins_left = child.get(VAL) != "restart"
        elif child.tag == _CELL_MERGE:
            vertical = "start" if child.get(w("vMerge")) == "rest" else "continue"
        elif child.tag == _CELL_DELETED:
            return None
    return RawCell(_cell_text(tc, reader, nested), span, width, vertical, joins_left)


def _cell_text(tc: etree._Element, reader: TextReader, nested: list[Nested]) -> str:
    """A cell's paragraphs, one a line; paragraphs without a word print nothing and give no line."""
    texts: list[str] = []
    since_table = 0
    for item in read_lines(tc, reader):
        if isinstance(item, Line):
            if item.text.strip():
                texts.append(item.text)
        else:
            nested.append((item, caption(texts[since_table:])))
            since_table = len(texts)
    return "\n".join(texts)


def _width(element: etree._Element) -> float:
    return _measure(element.get(_W, ""), element.get(_TYPE, "dxa"))


@lru_cache(maxsize=1024)
def _measure(text: str, kind: str) -> float:
    """A width in twips, or below 0 as a share of the table's (Word counts fiftieths of a percent)."""
    if text.endswith("%"):
        return -twips(text[:-1]) / 100
    if kind == "pct":
        return -twips(text) / 5000
    return twips(text) if kind == "dxa" else 0.0
