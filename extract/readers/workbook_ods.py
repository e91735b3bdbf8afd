"""Sheets of an OpenDocument spreadsheet (.ods): the file holds what each cell shows, as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from extract.failure import Unreadable
from extract.readers.workbook_sheet import Sheet, is_ruled, laid_out
from extract.readers.zip_package import ZipPackage

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
SAVE_AGAIN = "请用 WPS 或 LibreOffice 打开原文件，另存为 .xlsx 后重新报送"
REPEAT_LIMIT = 1000
"""A filled cell repeated more often than this is filling, not a form."""


class Package(ZipPackage):
    """An open OpenDocument package."""

    remedy = SAVE_AGAIN


def read_ods(path: Path) -> Iterator[Sheet]:
    """The spreadsheet's sheets in order. Raises Unreadable."""
    with Package(path) as package:
        if "content.xml" not in package:
            raise Unreadable("broken", "表格文件缺少主要内容", SAVE_AGAIN)
        root = package.xml("content.xml")
    hidden, ruled = _hidden_styles(root), _ruled_styles(root)
    for number, table in enumerate(root.iter(f"{TABLE}table"), 1):
        name = table.get(f"{TABLE}name") or f"表{number}"
        texts, merges, styles = _cells(table)
        lines = {place for place, style in styles.items() if style in ruled}
        yield Sheet(number, name, laid_out(texts, merges, lines), table.get(f"{TABLE}style-name") in hidden)


def _hidden_styles(root: etree._Element) -> set[str | None]:
    return {
        style.get(f"{STYLE}name")
        for style in root.iter(f"{STYLE}style")
        if any(part.get(f"{TABLE}display") == "false" for part in style)
    }


def _ruled_styles(root: etree._Element) -> set[str | None]:
    """The styles of cells that have lines drawn about them."""
    found = set()
    for style in root.iter(f"{STYLE}style"):
        for properties in style.iter(f"{STYLE}table-cell-properties"):
            every = properties.get(f"{FO}border", "none")
            sides = (properties.get(f"{FO}border-{side}", every) for side in ("left", "top", "bottom"))
            if is_ruled(*(side != "none" for side in sides)):
                found.add(style.get(f"{STYLE}name"))
    return found


def _cells(
    table: etree._Element,
) -> tuple[dict[tuple[int, int], str], list[tuple[int, int, int, int]], dict[tuple[int, int], str | None]]:
    """Texts, merges and the names of styles, by row and column."""
    texts: dict[tuple[int, int], str] = {}
    styles: dict[tuple[int, int], str | None] = {}
    merges: list[tuple[int, int, int, int]] = []
    row = 0
    for line in _rows(table):
        again = _count(line, "number-rows-repeated")
        column = 0
        for cell in line:
            if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            wide = _count(cell, "number-columns-repeated")
            text = _text(cell)
            if text and cell.tag == f"{TABLE}table-cell":
                for down in range(min(again, REPEAT_LIMIT)):
                    for right in range(min(wide, REPEAT_LIMIT)):
                        texts[row + down, column + right] = text
                        styles[row + down, column + right] = cell.get(f"{TABLE}style-name")
            down, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if down > 1 or right > 1:
                merges.append((row, column, row + down - 1, column + right - 1))
            column += wide
        row += again
    return texts, merges, styles


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The table's own rows, those in header and row groups too, but not a nested table's."""
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-row-group", f"{TABLE}table-rows"):
            yield from _rows(child)


def _count(element: etree._Element, name: str, space: str = TABLE) -> int:
    said = element.get(f"{space}{name}", "1")
    return max(1, int(said)) if said.isdecimal() else 1


def _text(cell: etree._Element) -> str:
    lines = [_words(line) for line in cell if line.tag == f"{TEXT}p"]
    return "\n".join(lines).strip()


def _words(element: etree._Element) -> str:
    """The words of a paragraph: tabs, breaks and runs of spaces are elements; a note's are not shown."""
    out = [element.text or ""]
    for child in element:
        if child.tag == f"{TEXT}s":
            out.append(" " * min(_count(child, "c", TEXT), 200))
        elif child.tag == f"{TEXT}tab":
            out.append("\t")
        elif child.tag == f"{TEXT}line-break":
            out.append("\n")
        elif not str(child.tag).startswith(OFFICE):
            out.append(_words(child))
        out.append(child.tail or "")
    return "".join(out)
