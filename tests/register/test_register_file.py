"""A bureau's list of departments as bureaus write it: heads, units, years, codes; and what is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from extract.bureau import Entry
from extract.failure import Unreadable
from extract.register_file import BadRegister, Registers, read_register
from extract.register_heads import field_of

Written = Callable[..., Path]
HEAD = "部门编码,部门名称,曾用名,主管部门,是否报送,编制数,实有人数,预算数,决算数"
PLAIN = f"""{HEAD}
110001,云岭县水利局,云岭县水务局；县水利水电局,,是,24,23,615.20,1363.4
110002,云岭县水库管理所,,云岭县水利局,否,10,9,100,99.55
"""


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(text: str, encoding: str = "utf-8", name: str = "名录.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def sheet(tmp_path: Path, fill: Callable[[Worksheet], None], name: str = "名录.xlsx") -> Path:
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    fill(book.active)
    book.save(tmp_path / name)
    return tmp_path / name


def only(registers: Registers, year: int | None = 2024) -> tuple[Entry, ...]:
    assert list(registers.by_year) == [year]
    return registers.by_year[year]


def refused(path: Path, year: int | None = 2024, unit: str | None = "万元") -> str:
    with pytest.raises(BadRegister) as caught:
        read_register(path, year, unit)
    return str(caught.value)


def test_a_plain_list_gives_its_entries(written: Written) -> None:
    water, reservoir = only(read_register(written(PLAIN), 2024, "万元"))
    assert (water.code, water.name, water.parent, water.must_submit) == ("110001", "云岭县水利局", None, True)
    assert water.aliases == ("云岭县水务局", "县水利水电局")
    assert (reservoir.parent, reservoir.must_submit) == ("110001", False)
    assert {name: one.value for name, one in water.figures.items()} == {
        "authorized": 24,
        "on_duty": 23,
        "budget": Decimal("615.20"),
        "executed": Decimal("1363.4"),
    }
    locus = water.figures["executed"].locus
    assert locus is not None
    assert (locus.source, locus.row) == ("名录.csv", 1)


def test_a_columns_finest_place_holds_for_all_of_it(written: Written) -> None:
    water, reservoir = only(read_register(written(PLAIN), 2024, "万元"))
    assert water.figures["executed"].step == reservoir.figures["executed"].step == Decimal("0.01")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_any_encoding_of_an_office(written: Written, encoding: str) -> None:
    assert len(only(read_register(written(PLAIN, encoding), 2024, "万元"))) == 2


def test_tabs_part_cells_too(written: Written) -> None:
    text = PLAIN.replace(",", "\t")
    assert len(only(read_register(written(text, name="名录.txt"), 2024, "万元"))) == 2


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("预算编码", "code"),
        ("单位代码", "code"),
        ("预算单位", "name"),
        ("部门（单位）名称", "name"),
        ("合并前名称", "alias"),
        ("曾用名/简称", "alias"),
        ("主管部门编码", "parent"),
        ("上级部门", "parent"),
        ("是否需要报送", "must_submit"),
        ("应报", "must_submit"),
        ("核定编制", "authorized"),
        ("在职人数", "on_duty"),
        ("年初预算", "initial_budget"),
        ("预算数（年初）", "initial_budget"),
        ("调整预算数（万元）", "annual_budget"),
        ("2024年预算数", "budget"),
        ("支出决算（元）", "executed"),
        ("执行数", "executed"),
        ("上年决算数", None),
        ("预算执行率", None),
        ("是否已报送", None),
        ("归口科室", None),
        ("序号", None),
    ],
)
def test_heads_are_known_by_their_words(head: str, field: str | None) -> None:
    assert field_of(head) == field


def test_titles_units_notes_totals_and_blank_rows_are_passed_over(written: Written) -> None:
    text = """2024年度云岭县预算部门名录,,,
单位：元,,,
序号,单位名称,预算编码,支出决算
1,云岭县水利局,001001,13633800.50
,,,

合计,,,13633800.50
注：以上为一级预算部门,,,
"""
    (water,) = only(read_register(written(text)))
    assert (water.code, water.figures["executed"].value) == ("001001", Decimal("1363.38005"))


def test_units_may_stand_in_each_head(written: Written) -> None:
    text = "编码,名称,年初预算数（元）,决算数（万元）\n1,云岭县水利局,6152000,1363.38\n"
    text = text.replace("编码", "部门编码").replace("名称", "部门名称")
    (water,) = only(read_register(written(text), 2024))
    assert [one.value for one in water.figures.values()] == [Decimal("615.2"), Decimal("1363.38")]


def test_a_list_without_amounts_holds_for_every_year(written: Written) -> None:
    assert len(only(read_register(written("代码,单位名称\n1,云岭县水利局\n")), None)) == 1


def test_a_column_of_years_makes_a_register_each(written: Written) -> None:
    text = "代码,单位名称,年度,编制数\n1,云岭县水利局,2023,20\n1,云岭县水利局,2024年,21\n"
    assert list(read_register(written(text)).by_year) == [2023, 2024]


def test_last_years_columns_and_other_matters_are_left_alone(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page.append(["2024年度部门台账（万元）"])
        page.merge_cells("A1:H1")
        page.append(["部门编码", "部门名称", "预算数", None, "三公经费", None, "2023年决算数", "决算数"])
        page.append([None, None, "年初", "全年", "预算数", "决算数", None, None])
        for area in ("A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "H2:H3"):
            page.merge_cells(area)
        page.append([110001, "云岭县水利局", 600, 700.5, 1, 2, 3, 690.25])

    read = read_register(sheet(tmp_path, fill))
    (water,) = only(read)
    assert {name: str(one.value) for name, one in water.figures.items()} == {
        "initial_budget": "600",
        "annual_budget": "700.5",
        "executed": "690.25",
    }


def test_a_head_of_two_rows_that_lost_its_merged_cells_is_understood(written: Written) -> None:
    text = """部门编码,部门名称,三公经费,,预算决算情况（万元）,
,,预算数,决算数,年初预算,支出决算
1,云岭县水利局,1.00,0.90,600,590
"""
    (water,) = only(read_register(written(text), 2024, "万元"))
    assert {name: one.value for name, one in water.figures.items()} == {
        "initial_budget": 600,
        "executed": 590,
    }


def test_blanks_among_ticks_are_taken_for_yes_and_told(written: Written) -> None:
    read = read_register(written("代码,单位名称,应报送\n1,云岭县水利局,√\n2,云岭县林业局,\n"))
    assert [entry.must_submit for entry in only(read, None)] == [True, True]
    assert "1 处空白" in read.remarks[0]


def test_a_workbooks_numbers_are_what_excel_shows(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page.append(["部门编码", "部门名称", "决算数（万元）", "预算数（万元）"])
        page.append([1001, "云岭县水利局", 1363.3800000000001, 615.2])
        page.append(["001002", "云岭县林业局", 0.1 + 0.2, 100])
        page["A2"].number_format = "000000"
        for cell in ("D2", "D3"):
            page[cell].number_format = "#,##0.00"

    water, forestry = only(read_register(sheet(tmp_path, fill), 2024))
    assert (water.code, forestry.code) == ("001001", "001002")
    assert [one.text for one in water.figures.values()] == ["1363.38", "615.20"]
    assert forestry.figures["executed"].text == "0.3"


def test_a_formula_without_its_result_is_refused_where_it_is_used(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page.append(["序号", "部门编码", "部门名称", "决算数", "备注"])
        page.append(["=ROW()", "110001", "云岭县水利局", "=600+63.38", "=1"])
        page.append(["=ROW()", "110002", "云岭县林业局", "#REF!", ""])
        page.append(["", "", "合计", "=SUM(D2:D3)", ""])

    said = refused(sheet(tmp_path, fill))
    assert "名录.xlsx 第2行：决算数是公式，文件里没有算出的结果" in said
    assert "名录.xlsx 第3行：决算数是公式" in said
    assert "第4行" not in said


def test_an_empty_text_is_a_formulas_result(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page.append(["部门编码", "部门名称", "主管部门"])
        page.append(["110001", "云岭县水利局", '=IF(1=1,"","x")'])

    path = sheet(tmp_path, fill)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data.replace(b'<c r="C2">', b'<c r="C2" t="str">'))
    assert only(read_register(path, 2024))[0].parent is None


def test_a_merged_parent_counts_in_every_row(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page.append(["部门编码", "部门名称", "主管部门"])
        page.append([1.0, "云岭县水利局", "云岭县水利局"])
        page.append([2, "云岭县水库管理所", None])
        page.append([3, "云岭县河道管理所", None])
        page.merge_cells("C2:C4")

    entries = only(read_register(sheet(tmp_path, fill)), None)
    assert [(entry.code, entry.parent) for entry in entries] == [("1", None), ("2", "1"), ("3", "1")]


FAULTS = {
    "110001,云岭县水利局,,,是,,,,\n110001,云岭县林业局,,,是,,,,": "第3行：编码 110001 与第2行重复",
    "1,云岭县水利局,,,是,,,,\n2,云岭县 水利局,,,是,,,,": "第3行：名称“云岭县水利局”与第2行重复",
    "1,云岭县水利局,水务局,,,,,,\n2,云岭县林业局,水务局,,,,,,": "第3行：曾用名“水务局”也写在第2行",
    "1,云岭县水利局,,,,,,,\n2,云岭县林业局,云岭县水利局,,,,,,": "第3行：曾用名“云岭县水利局”是第2行",
    "1,云岭县水利局,,县政府,,,,,": "第2行：主管部门“县政府”不在名录里",
    "1,云岭县水利局,,2,,,,,\n2,云岭县林业局,,1,,,,,": "主管部门绕成了圈（1 → 2 → 1）",
    "1,云岭县水利局,,,,,,约六百,": "第2行：预算数“约六百”不是可用的数",
    "1,云岭县水利局,,,,,,-5,": "第2行：预算数“-5”不是可用的数",
    "1,云岭县水利局,,,,2.5,,,": "第2行：编制数“2.5”不是可用的数",
    "1,云岭县水利局,,,也许,,,,": "第2行：是否报送填的是“也许”",
    ",云岭县水利局,,,,,,,": "第2行：“云岭县水利局”没有编码",
    "1,,,,是,,,,": "第2行：编码 1 没有部门名称",
    "1.1E+05,云岭县水利局,,,是,,,,": "第2行：编码“1.1E+05”成了科学计数",
    "": "表头下面没有一个部门",
}


@pytest.mark.parametrize("rows", FAULTS)
def test_a_faulty_list_is_refused_with_its_row_and_a_remedy(written: Written, rows: str) -> None:
    said = refused(written(f"{HEAD}\n{rows}\n"))
    assert FAULTS[rows] in said
    assert "名录.csv" in said
    assert "请" in said


def test_a_row_wider_than_its_head_is_refused(written: Written) -> None:
    """«1,363.40» without quotation marks would be one: 1."""
    head = "部门编码,部门名称,决算数,备注"
    for row in ("110001,云岭县水利局,1,363.40", "110001,云岭县水利局,1,363.40,"):
        said = refused(written(f"{head}\n110002,云岭县林业局,5,\n{row},\n"))
        assert "名录.csv 第3行：格数比表头多，各列可能错开了。数里的千分位逗号请去掉" in said
    quoted = written(f'{head}\n110001,云岭县水利局,"1,363.40",\n')
    assert only(read_register(quoted, 2024, "万元"))[0].figures["executed"].value == Decimal("1363.40")


def test_amounts_without_a_unit_or_a_year_are_refused(written: Written) -> None:
    assert "--unit 万元" in refused(written(PLAIN), unit=None)
    assert "--year" in refused(written(PLAIN), year=None)


def test_missing_columns_are_told_with_what_was_seen(written: Written) -> None:
    said = refused(written("序号,部门名称,电话\n1,云岭县水利局,1\n"))
    assert "预算编码" in said
    assert "部门名称" in said
    assert "电话" in refused(written("甲,电话\n1,2\n"))


def test_two_columns_for_one_thing_are_refused(written: Written) -> None:
    said = refused(written("部门编码,部门名称,单位名称\n1,云岭县水利局,水库所\n"))
    assert "“部门名称”、“单位名称”" in said


def test_two_lists_in_one_workbook_are_refused(tmp_path: Path) -> None:
    book = Workbook()
    for page in (book.active, book.create_sheet("旧")):
        assert isinstance(page, Worksheet)
        page.append(["部门编码", "部门名称"])
        page.append([1, "云岭县水利局"])
    book.save(tmp_path / "两张.xlsx")
    assert "两张" in refused(tmp_path / "两张.xlsx")
    assert "“旧”" in refused(tmp_path / "两张.xlsx")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n", "not_a_document"),
        ("部门编码,部门名称".encode() + b"\xff\xfe\xff\n", "broken"),
        (b"PK\x03\x04 broken", "truncated"),
        (b'a,b\n"c,d\n', "broken"),
    ],
)
def test_what_cannot_be_read_at_all_says_so(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / ("名录.csv" if b"," in data else "名录.xlsx")
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        read_register(path)
    assert caught.value.reason == reason
    assert caught.value.remedy
