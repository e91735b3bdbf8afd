"""Workbooks: what each sheet shows, by all three readers; LibreOffice is the oracle for formats."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from extract import kinds
from extract.document import Document, Source
from extract.failure import Unreadable
from extract.readers import number_format
from extract.readers.workbook import read_workbook
from tests.office import convert, needs_office

KINDS = {"xlsx": kinds.XLSX, "xls": kinds.XLS, "ods": kinds.ODS}
LINE = Side("thin")
OPEN, STRICT = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
MONEY, PERCENT = "#,##0.00", "0.0%"
ROWS: list[list[Any]] = [
    ["2024年度部门整体支出绩效评价基础数据表"],
    ["填报单位：望舒县水利局"],
    ["经费控制情况", "2023年决算数", "2024年预算数", "2024年决算数", "执行率"],
    ["三公经费", 1.2, 1.8, 1704.7, 0.947],
    ["其中：公务接待", 0.2, 0.5, -0.3, None],
    ["说明", "本表金额单位为万元", None, None, None],
    ["填报人：甲"],
]


def form(sheet: Worksheet) -> None:
    for row in ROWS:
        sheet.append(row)
    for cells in sheet.iter_rows(min_row=4, max_row=5, min_col=2, max_col=4):
        for cell in cells:
            cell.number_format = MONEY
    sheet["E4"].number_format = PERCENT
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("B6:E6")


def made(folder: Path, fill: Any = form, name: str = "附件2.xlsx") -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.title = "基础数据表"
    fill(book.active)
    book.save(folder / name)
    return folder / name


def read(path: Path) -> Document:
    kind = KINDS[path.suffix[1:]]
    return read_workbook(path, Source(path.name, str(path), "", kind.media_type, 0))


def shown(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text if cell else "" for cell in row] for row in grid.layout()] for grid in document.grids()
    ]


def test_a_sheet_is_titles_a_table_and_notes(tmp_path: Path) -> None:
    found = read(made(tmp_path))
    assert [one.text for one in found.paragraphs()] == [ROWS[0][0], ROWS[1][0], ROWS[6][0]]
    (grid,) = found.grids()
    assert shown(found)[0] == [
        ["经费控制情况", "2023年决算数", "2024年预算数", "2024年决算数", "执行率"],
        ["三公经费", "1.20", "1.80", "1,704.70", "94.7%"],
        ["其中：公务接待", "0.20", "0.50", "-0.30", ""],
        ["说明", *["本表金额单位为万元"] * 4],
    ]
    assert (grid.caption, grid.part, grid.first) == (ROWS[1][0], "工作表“基础数据表”", (2, 0))


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_old_and_open_formats_show_the_same(tmp_path: Path, kind: str) -> None:
    one = read(made(tmp_path))
    other = read(convert(tmp_path / "附件2.xlsx", kind, tmp_path))
    assert (shown(other), other.source.reader) == (shown(one), "workbook")
    assert [cell.column_span for cell in next(other.grids()).cells] == [
        cell.column_span for cell in next(one.grids()).cells
    ]


FORMATS: list[tuple[Any, str]] = [
    (0.947, "0%"),
    (0.947, "0.00%"),
    (-1234.5, "#,##0.00_);(#,##0.00)"),
    (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '),
    (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '),
    (1363.3799999999999, "General"),
    (123456.5, "0.##"),
    (98, "0"),
    (2.345, "0.00"),
    (1.8, '0.00"万元"'),
    (123456, r"0\.0,"),
    (date(2024, 3, 1), 'yyyy"年"m"月"d"日"'),
    (date(2024, 12, 31), "yyyy-mm-dd"),
    (12, "00000"),
    (1234567.891, "#,##0.0"),
    (0.00005, "0.0000"),
    (24, '0"人"'),
    (-7.3, "0.00;[Red]-0.00"),
    (5, '0;-0;"无"'),
    (0, '0;-0;"无"'),
]


@pytest.mark.parametrize("name", ["附件2.xls", "附件2.et", "附件2.doc", "附件2"])
def test_a_workbook_is_read_whatever_its_name_ends_in(tmp_path: Path, name: str) -> None:
    path = made(tmp_path).rename(tmp_path / name)
    renamed = read_workbook(path, Source(name, str(path), "", kinds.XLSX.media_type, 0))
    assert renamed.blocks == read(made(tmp_path)).blocks


@needs_office
def test_numbers_show_as_libreoffice_shows_them(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for row, (value, code) in enumerate(FORMATS, 1):
            sheet.cell(row, 1, f"{row}").number_format = "@"
            sheet.cell(row, 2, value).number_format = code

    ours = shown(read(made(tmp_path, fill)))
    theirs = shown(read(convert(tmp_path / "附件2.xlsx", "ods", tmp_path)))
    assert ours == theirs
    assert shown(read(convert(tmp_path / "附件2.xlsx", "xls", tmp_path))) == theirs


def test_a_sign_that_is_shown_by_colour_alone_stays(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["结余", -7.3])
        sheet["B1"].number_format = "#,##0.00;[Red]#,##0.00"

    assert shown(read(made(tmp_path, fill))) == [[["结余", "-7.30"]]]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (45291.5, '[>=10000]0!.0,"万";0.00', "4.5万"),
        (1234.5, '[>=10000]0!.0,"万";0.00', "1234.50"),
        (-1234.5, '[>=10000]0!.0,"万";0.00', "-1234.50"),
        (0.5, "[<1]0.00%;0.00", "50.00%"),
        (2.5, "[<1]0.00%;0.00", "2.50"),
        (0, '[=0]"-";0.00', "-"),
        (7, '[=0]"-";0.00', "7.00"),
        (-226, "[>100]0.0;[<-100]-0.0;0.00", "-226.0"),
        (5, "[>100]0.0;[<-100]-0.0;0.00", "5.00"),
        (5, "[>100]0.0;[<-100]-0.0", "5"),
        (-0.226, '0.0%;"下降"0.0%', "下降22.6%"),
        (-3, 'yyyy"年"', "-3"),
    ],
)
def test_a_format_s_conditions_choose_and_a_sign_is_told_once(value: float, code: str, text: str) -> None:
    assert number_format.shown(value, code) == text


def test_tables_are_parted_by_blank_rows(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (
            ["编制数", "在职人数"],
            [24, 23],
            [],
            ["二、经费"],
            ["项目", "决算数"],
            ["三公经费", 1.8],
            [None, None],
        ):
            sheet.append(row)
        sheet.append(["公用经费", 2])

    found = read(made(tmp_path, fill))
    assert shown(found) == [
        [["编制数", "在职人数"], ["24", "23"]],
        [["项目", "决算数"], ["三公经费", "1.8"], ["", ""], ["公用经费", "2"]],
    ]
    assert [one.text for one in found.paragraphs()] == ["二、经费"]


def test_hidden_sheets_are_named_and_not_read(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        form(sheet)
        assert sheet.parent is not None
        for name, state in (("上年", "hidden"), ("底稿", "veryHidden"), ("空表", "hidden")):
            other = sheet.parent.create_sheet(name)
            other.sheet_state = state
            if name != "空表":
                other.append(["三公经费", 99])

    found = read(made(tmp_path, fill))
    assert len(shown(found)) == 1
    assert found.warnings == ("工作表“上年”是隐藏的，没有读取", "工作表“底稿”是隐藏的，没有读取")


def test_a_used_range_blown_up_costs_nothing(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        form(sheet)
        sheet.cell(1_048_576, 40).number_format = MONEY
        for row in range(10, 4000):
            sheet.cell(row, 30).number_format = MONEY

    assert shown(read(made(tmp_path, fill)))[0][1][0] == "三公经费"


def test_a_stray_cell_far_off_is_refused_by_name(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in range(1, 31):
            sheet.append([f"项目{row}", row])
        sheet.cell(3, 16_384, "多余")

    with pytest.raises(Unreadable, match="散得太开"):
        read(made(tmp_path, fill))


@needs_office
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_last_row_of_which_only_the_label_is_filled_is_the_table_s_by_its_lines(
    tmp_path: Path, suffix: str
) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["项目", "预算数"], ["三公经费", 1.8], ["政府采购金额"], ["注：单位为万元"]):
            sheet.append(row)
        sheet["A4"].border = Border(left=None, bottom=LINE)
        for cells in sheet.iter_rows(max_row=3, max_col=2):
            for cell in cells:
                cell.border = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)

    path = made(tmp_path, fill)
    found = read(path if suffix == "xlsx" else convert(path, suffix, tmp_path))
    assert shown(found) == [[["项目", "预算数"], ["三公经费", "1.8"], ["政府采购金额", ""]]]
    assert [paragraph.text for paragraph in found.paragraphs()] == ["注：单位为万元"]


def test_a_strict_workbook(tmp_path: Path) -> None:
    usual = made(tmp_path, form)
    with zipfile.ZipFile(usual) as old, zipfile.ZipFile(tmp_path / "strict.xlsx", "w") as strict:
        for name in old.namelist():
            content = old.read(name).decode()
            content = content.replace(f"{OPEN}spreadsheetml/2006/", f"{STRICT}spreadsheetml/")
            strict.writestr(name, content.replace(f"{OPEN}officeDocument/2006/", f"{STRICT}officeDocument/"))
    assert read(tmp_path / "strict.xlsx").blocks == read(usual).blocks


def test_values_under_a_merge_do_not_show(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["合计", 10, 20])
        sheet.append(["其中", 1, 2])
        sheet.merge_cells("B1:C1")
        sheet["A2"].value = "其中"

    path = made(tmp_path, fill)
    assert shown(read(path)) == [[["合计", "10", "10"], ["其中", "1", "2"]]]


def test_hidden_rows_and_columns_are_read(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["项目", "预算数", "决算数"], ["基本支出", 10, 9], ["项目支出", 5, 4], ["合计", 15, 13]):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    assert shown(read(made(tmp_path, fill)))[0][2] == ["项目支出", "5", "4"]


def test_a_formula_without_its_result_is_neither_blank_nor_a_figure(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["基本支出", 10])
        sheet.append(["合计", "=B1"])

    assert shown(read(made(tmp_path, fill))) == [[["基本支出", "10"], ["合计", "#未计算"]]]


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 no", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 2000, b"<a>"]
)
def test_what_is_broken_says_so(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as raised:
        read(path)
    assert raised.value.reason in ("broken", "truncated")


def test_an_empty_workbook_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as raised:
        read(made(tmp_path, lambda sheet: None))
    assert raised.value.reason == "empty"
