"""A table of a web page laid out: rows and cells in their places, spans as HTML counts them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extract.document import Cell
from extract.failure import Unreadable
from extract.readers.html_text import Line, is_shown, read_lines

PLACE_LIMIT = 400_000
WIDEST = 1000
GROUPS = frozenset({"thead", "tbody", "tfoot"})


@dataclass(slots=True)
class Layout:
    rows: int = 0
    columns: int = 0
    cells: tuple[Cell, ...] = ()
    caption: str = ""
    nested: list[etree._Element] = field(default_factory=list)


def laid_out(table: etree._Element) -> Layout:
    """The shown rows of a table, without those of the tables in its cells. Raises Unreadable where the
    table is larger than any form."""
    layout = Layout()
    rows = list(_rows(table))
    taken: dict[tuple[int, int], bool] = {}
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        column = 0
        for element in row:
            if element.tag not in ("td", "th") or not is_shown(element):
                continue
            while (number, column) in taken:
                column += 1
            width = _span(element, "colspan", WIDEST)
            height = min(_span(element, "rowspan", len(rows)) or len(rows), len(rows) - number)
            width = _room(taken, number, column, max(width, 1))
            for below in range(number, number + height):
                for beside in range(column, column + width):
                    taken[below, beside] = True
            if len(taken) > PLACE_LIMIT:
                raise Unreadable("too_large", "表格里的单元格过多", "请只提交自评材料本身")
            cells.append(Cell(_text(element, layout.nested), number, column, height, width))
            column += width
    layout.caption = _caption(table)
    if any(cell.text for cell in cells):
        layout.rows, layout.cells = len(rows), tuple(cells)
        layout.columns = max(column for _, column in taken) + 1
    return layout


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows; one of no height without text only sets the columns' widths."""
    for child in table:
        if child.tag in GROUPS and is_shown(child):
            yield from _rows(child)
        elif child.tag == "tr" and is_shown(child):
            if child.get("height") == "0" and not _text(child, []):
                continue
            yield child


def _room(taken: dict[tuple[int, int], bool], row: int, column: int, width: int) -> int:
    """How wide a cell may be before it meets one that reaches down from above."""
    return next((step for step in range(width) if (row, column + step) in taken), width)


def _span(element: etree._Element, name: str, most: int) -> int:
    word = element.get(name, "1").strip()
    return min(int(word), most) if word.isdecimal() and len(word) < 10 else 1


def _text(element: etree._Element, nested: list[etree._Element]) -> str:
    lines = []
    for item in read_lines(element):
        if isinstance(item, Line):
            lines.append(item.text)
        else:
            nested.append(item)
    return "\n".join(lines)


def _caption(table: etree._Element) -> str:
    found = [child for child in table if child.tag == "caption" and is_shown(child)]
    return _text(found[0], []) if found else ""
