"""Sheets of a workbook in Excel's old format (.xls, .et): values, formats and merges by xlrd."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import xlrd
from xlrd.biffh import XL_CELL_BOOLEAN, XL_CELL_ERROR, XL_CELL_TEXT, XLRDError, error_text_from_code
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as OldSheet

from extract.failure import Unreadable
from extract.readers.number_format import shown
from extract.readers.workbook_sheet import Sheet, is_ruled, laid_out

SAVE_AGAIN = "请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后重新报送"
FAULTS = (
    XLRDError,
    zipfile.BadZipFile,
    CompDocError,
    struct.error,
    AssertionError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    UnicodeError,
    OverflowError,
    OSError,
)
"""What xlrd raises on damaged files."""


def read_xls(path: Path) -> Iterator[Sheet]:
    """The workbook's sheets in order. Raises Unreadable."""
    try:
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            book = xlrd.open_workbook(str(path), logfile=nowhere, formatting_info=True)
            for number, sheet in enumerate(book.sheets(), 1):
                texts = _texts(book, sheet)
                cells = laid_out(
                    texts, _merges(sheet), {place for place in texts if _ruled(book, sheet, place)}
                )
                yield Sheet(number, sheet.name, cells, sheet.visibility != 0)
    except FAULTS as fault:
        if "encrypted" in str(fault).lower() or "password" in str(fault).lower():
            raise Unreadable("encrypted", "工作簿设有打开密码", "请取消密码，另存后再提交") from fault
        raise Unreadable("broken", "旧版工作簿已损坏，无法读取", SAVE_AGAIN) from fault


def _merges(sheet: OldSheet) -> Iterator[tuple[int, int, int, int]]:
    for first_row, after_row, first_column, after_column in sheet.merged_cells:
        yield first_row, first_column, after_row - 1, after_column - 1


def _ruled(book: Book, sheet: OldSheet, place: tuple[int, int]) -> bool:
    index = sheet.cell(*place).xf_index
    if index is None or index >= len(book.xf_list):
        return False
    border = book.xf_list[index].border
    return border is not None and is_ruled(
        border.left_line_style, border.top_line_style, border.bottom_line_style
    )


def _texts(book: Book, sheet: OldSheet) -> dict[tuple[int, int], str]:
    found = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if text := _shown(book, cell).strip():
                found[row, column] = text
    return found


def _shown(book: Book, cell: Cell) -> str:
    if cell.ctype == XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == XL_CELL_ERROR:
        return str(error_text_from_code.get(int(cell.value), "#ERR!"))
    if cell.ctype == XL_CELL_BOOLEAN:
        return shown(bool(cell.value), "General")
    if cell.value == "":
        return ""
    code = "General"
    if cell.xf_index is not None and cell.xf_index < len(book.xf_list):
        code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    return shown(cell.value, code, book.datemode == 1)
