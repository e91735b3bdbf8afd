"""Sheets of an Office Open XML workbook (.xlsx, .xlsm): values and formats by openpyxl, as a stream.

Where the filled area ends, and what is merged, says calamine, in a fraction of a second: a used range blown
up to a million rows costs nothing.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from extract.failure import Unreadable
from extract.readers.number_format import shown
from extract.readers.workbook_sheet import Sheet, is_ruled, laid_out

SAVE_AGAIN = "请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后重新报送"
FAULTS = (
    CalamineError,
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
)
"""What the two raise on damaged files; a parser's error is a SyntaxError."""
UNCALCULATED = "#未计算"
"""Shown for a formula whose result the file doesn't hold: no blank, and no figure."""
NO_RESULT = re.compile(rb"(?:</f>|<f\b[^>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
STRICT = b"http://purl.oclc.org/ooxml/"
NAMESPACES = {
    STRICT + b"spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    STRICT + b"officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}
FILLED = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>\s*<(?!/)')
AREA_LIMIT = 21_000_000
PART_LIMIT = 512 << 20
"""Bytes that the parts of a workbook may unpack to: a blown-up sheet packs a thousandfold."""


Texts = Mapping[tuple[int, int], str]
EMPTY_TEXT = re.compile(rb'<c\b[^>]*\bt="str"[^>]*>\s*<f\b[^<]*(?:</f>)?\s*(?:<v\s*/>|<v>\s*</v>)\s*</c>')
"""A formula that gives a text, and rightly an empty one."""


def read_xlsx(path: Path) -> Iterator[Sheet]:
    """The workbook's sheets in order. Raises Unreadable."""
    _refuse_bombs(path)
    try:
        with warnings.catch_warnings(action="ignore"):
            _refuse_far_corners(path)
            yield from _sheets(path)
    except FAULTS as fault:
        raise Unreadable("broken", "工作簿已损坏，无法读取", SAVE_AGAIN) from fault


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            size = sum(part.file_size for part in package.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as fault:
        raise Unreadable("truncated", "工作簿不完整或已损坏", "请重新拷贝或下载原文件") from fault
    if size > PART_LIMIT:
        raise Unreadable("hostile", "文件解压后大得异常，已停止读取", SAVE_AGAIN)


def _refuse_far_corners(path: Path) -> None:
    """Refuse sheets whose filled cells lie so far apart that calamine, which keeps all between, aborts."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            places = {(column, int(row)) for column, row in FILLED.findall(package.read(name))}
            if not places:
                continue
            rows = [row for _, row in places]
            columns = [
                column_index_from_string(column.decode()) for column in {column for column, _ in places}
            ]
            if (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) > AREA_LIMIT:
                message = "工作表里的内容散得太开，边角上有多余的单元格"
                raise Unreadable("too_large", message, f"请删去表格之外的内容；{SAVE_AGAIN}")


def _sheets(path: Path) -> Iterator[Sheet]:
    quick = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    kinds = {sheet.name: sheet for sheet in quick.sheets_metadata}
    uncalculated = _lacks_results(path)
    book = load_workbook(_transitional(path), read_only=True, data_only=True, keep_links=False)
    try:
        for number, name in enumerate(quick.sheet_names, 1):
            told = kinds[name]
            if told.typ != SheetTypeEnum.WorkSheet:
                continue
            area = quick.get_sheet_by_name(name)
            hidden = told.visible != SheetVisibleEnum.Visible
            merges = [(*first, *last) for first, last in area.merged_cell_ranges or ()]
            filled = dict(_filled(book[name], area, book.epoch.year == 1904))
            texts = {place: text for place, (text, _) in filled.items()}
            ruled = {place for place, (_, lines) in filled.items() if lines}
            if uncalculated:
                texts.update(_formulas_without_result(path, name, texts))
            yield Sheet(number, name, laid_out(texts, merges, ruled), hidden)
    finally:
        book.close()


def _transitional(path: Path) -> io.BytesIO:
    """The workbook's bytes, so that nobody looks at its extension; where it is a «strict» one, which openpyxl
    takes for empty, the same in the usual namespaces."""
    with zipfile.ZipFile(path) as package:
        if not any(STRICT in package.read(name) for name in package.namelist() if name.endswith(".rels")):
            return io.BytesIO(path.read_bytes())
        usual = io.BytesIO()
        with zipfile.ZipFile(usual, "w") as copy:
            for name in package.namelist():
                content = package.read(name)
                for strict, namespace in NAMESPACES.items():
                    content = content.replace(strict, namespace)
                copy.writestr(name, content)
    usual.seek(0)
    return usual


def _filled(
    sheet: Any, area: CalamineSheet, from_1904: bool
) -> Iterator[tuple[tuple[int, int], tuple[str, bool]]]:
    """What each filled cell shows, and whether lines are drawn about it, by row and column from 0."""
    if area.end is None:
        return
    last_row, last_column = area.end
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_row=last_row + 1, max_col=last_column + 1):
        for cell in row:
            if cell.value is not None:
                text = shown(cell.value, cell.number_format or "General", from_1904).strip()
                sides = (cell.border.left, cell.border.top, cell.border.bottom)
                ruled = is_ruled(*(side is not None and side.style for side in sides))
                yield (cell.row - 1, cell.column - 1), (text, ruled)


def _lacks_results(path: Path) -> bool:
    """Whether some sheet holds a formula without its result, as programs that don't calculate write it."""
    with zipfile.ZipFile(path) as package:
        sheets = [part for part in package.namelist() if part.startswith("xl/worksheets/")]
        return any(
            NO_RESULT.search(EMPTY_TEXT.sub(b"", package.read(part)))
            for part in sheets
            if part.endswith(".xml")
        )


def _formulas_without_result(path: Path, name: str, texts: Texts) -> Iterator[tuple[tuple[int, int], str]]:
    book = load_workbook(_transitional(path), read_only=True, keep_links=False)
    try:
        for row, cells in enumerate(book[name].iter_rows()):
            for column, cell in enumerate(cells):
                if cell.data_type == "f" and not texts.get((row, column)):
                    yield (row, column), UNCALCULATED
    finally:
        book.close()


def uncalculated(path: Path, name: str, texts: Texts) -> dict[tuple[int, int], str]:
    """The formulas of a sheet that show nothing and whose result the file doesn't hold, as `UNCALCULATED`
    by row and column from 0. `texts` are what the sheet's other cells show."""
    return dict(_formulas_without_result(path, name, texts)) if _lacks_results(path) else {}
