"""Opens a register's file: a workbook or a CSV to sheets of text, numbers exactly as they were typed.

A number in a workbook is a binary float: it becomes the decimal that Excel shows, with the places (or the
leading zeros) of its number format where that is known, else with up to 15 digits. Needs a child process:
the library that reads workbooks may abort.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from extract import filetype, kinds
from extract.encoding import CONTROLS
from extract.failure import Unreadable
from extract.readers.workbook_xlsx import uncalculated

RESAVE = "请用 Excel 或 WPS 另存为 .xlsx 或「CSV UTF-8」后再导入"
WORKBOOKS = (kinds.XLSX, kinds.XLS, kinds.ODS)
LARGEST = 50 << 20
ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
STYLE_FAULTS = (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError)
_ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_PLACES = re.compile(r"[#0,]*0(?:\.(0+))?")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows from its first one; a merged area has its text in every cell."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The visible sheets of a workbook, or a CSV as one. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, io.SEEK_END)
            if not size:
                raise Unreadable("empty", "文件是空的（0 字节）", "请确认名录已保存，再重新导入")
            if size > LARGEST:
                raise Unreadable("too_large", f"文件有 {size >> 20} MB，不像是部门名录", RESAVE)
            kind = filetype.tell(file)
            file.seek(0)
            if kind in WORKBOOKS:
                return _workbook(path, file.read(), kind is kinds.XLSX)
            if kind is kinds.TEXT or path.suffix.lower() in (".csv", ".tsv", ".txt"):
                return (Sheet("", _separated(_decoded(file.read()))),)
    except OSError as error:
        raise Unreadable("no_access", "打不开这个文件", "请检查路径和访问权限") from error
    raise Unreadable("not_a_document", f"这不是 Excel 工作簿或 CSV，而是{kind.name}", RESAVE)


def _workbook(path: Path, data: bytes, styled: bool) -> tuple[Sheet, ...]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        formats = _formats(data) if styled else {}
        sheets = []
        for told in book.sheets_metadata:
            if (
                told.typ is calamine.SheetTypeEnum.WorkSheet
                and told.visible is calamine.SheetVisibleEnum.Visible
            ):
                sheet = book.get_sheet_by_name(told.name)
                values = sheet.to_python(skip_empty_area=False)
                rows = _texts(values, formats.get(told.name, {}))
                if styled:
                    _mark_uncalculated(path, told.name, rows)
                sheets.append(Sheet(told.name, _spread(rows, sheet.merged_cell_ranges or ())))
    except calamine.PasswordError as error:
        raise Unreadable("encrypted", "工作簿设有打开密码", "请去掉密码后另存一份再导入") from error
    except calamine.CalamineError as error:
        raise Unreadable("broken", "工作簿的内部结构已损坏，读不出来", RESAVE) from error
    return tuple(sheets)


def _mark_uncalculated(path: Path, name: str, rows: list[list[str]]) -> None:
    """Put a mark for each formula whose result the file doesn't hold: it is no blank, and no figure."""
    texts = {(row, column): text for row, cells in enumerate(rows) for column, text in enumerate(cells)}
    for (row, column), mark in uncalculated(path, name, texts).items():
        rows += [[] for _ in range(len(rows), row + 1)]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = mark


def _formats(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """The number format of each number by sheet and position, and what an error cell shows. Nothing where
    the styles can't be read: the numbers themselves don't depend on it."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    found: dict[str, dict[tuple[int, int], str]] = {}
    with suppress(*STYLE_FAULTS, InvalidFileException, zipfile.BadZipFile):
        for sheet in load_workbook(io.BytesIO(data), data_only=True).worksheets:
            found[sheet.title] = {
                (cell.row - 1, cell.column - 1): str(cell.value)
                if cell.data_type == "e"
                else cell.number_format
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None and cell.data_type in ("n", "e")
            }
    return found


def _texts(values: Sequence[Sequence[Any]], formats: Mapping[tuple[int, int], str]) -> list[list[str]]:
    return [
        [_text(value, formats.get((row, column), "")) for column, value in enumerate(cells)]
        for row, cells in enumerate(values)
    ]


def _text(value: object, form: str) -> str:
    if value == "" and form.startswith("#") and form[1:2].isalpha():
        return form
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return _as_shown(Decimal(f"{value:.15g}"), form)
    return str(value)


def _as_shown(number: Decimal, form: str) -> str:
    """The number with the places of its format: 615.2 under `#,##0.00` is 615.20, 1001 under `000000` is
    001001."""
    if set(form) == {"0"} and number == number.to_integral_value():
        return format(number, ".0f").zfill(len(form))
    places = _PLACES.fullmatch(_ASIDE.sub("", form.split(";")[0]).strip())
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-len(places[1] or "")), ROUND_HALF_UP)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if places is None and "." in text else text


def _spread(
    rows: list[list[str]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> tuple[tuple[str, ...], ...]:
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        text = rows[top][left]
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [text] * len(row[left : right + 1])
    return tuple(map(tuple, rows))


def _decoded(data: bytes) -> str:
    encodings = [name for mark, name in ENCODINGS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if not CONTROLS.search(text):
                return text
    raise Unreadable("broken", "文字编码认不出（不是 UTF-8，也不是 GBK）", RESAVE)


def _separated(text: str) -> tuple[tuple[str, ...], ...]:
    lines = text.splitlines()[:50]
    separator = max("\t,;", key=lambda mark: sum(line.count(mark) for line in lines))
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        return tuple(tuple(row) for row in rows)
    except csv.Error as error:
        raise Unreadable("broken", "CSV 的引号或分隔符不成对，读不出来", RESAVE) from error
