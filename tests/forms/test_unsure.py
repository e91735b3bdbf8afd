"""What a reader was not sure of reaches figures, words and labels: a scan's cells and paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from extract.document import Block, Cell, Grid
from extract.forms.read import read_report
from extract.forms.vocabulary import standard
from extract.paths import figures
from extract.quantity import Absent, Figure, Quantity
from extract.report import Report
from tests.notation import document

TABLE = """
# 部门整体支出绩效评价基础数据表
单位：万元
财政供养人员情况 | 编制数 | 2024年实际在职人数 | 控制率
^ | 31 | 29 | 93.55%
经费控制情况 | 2023年决算数 | 2024年预算数 | 2024年决算数
三公经费 | 3.10 | 3.00 | 2.50
公务接待费 | 1.10 | 1.20 | 0.90
项目支出 | 110.00 | 125.00 | 120.20
"""

FORM = """
# 部门整体支出绩效自评表
年度预算申请 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
年度资金总额 | 615.20 | 745.60 | 745.60 | 10 | 100% | 10
按支出性质分：基本支出：427.35 | | | | | |
按支出性质分：项目支出：318.25 | | | | | |
"""

Read = tuple[str, float, tuple[str, ...]]
"""What was read first, how surely, and what else."""


def scanned(text: str, cells: Mapping[str, Read]) -> Report:
    """The document as recognised on a picture: surely, but for the cells (or lines) given."""
    digital = document(text)
    blocks: list[Block] = []
    for block in digital.blocks:
        if isinstance(block, Grid):
            blocks.append(replace(block, cells=tuple(_cell(cell, cells) for cell in block.cells)))
        else:
            words, sure, _ = cells.get(block.text, (block.text, 0.99, ()))
            blocks.append(replace(block, text=words, sure=sure))
    return read_report(replace(digital, blocks=tuple(blocks)), standard())


def _cell(cell: Cell, cells: Mapping[str, Read]) -> Cell:
    words, sure, readings = cells.get(cell.text, (cell.text, 0.99, ()))
    return replace(cell, text=words, sure=sure, readings=readings)


def of(report: Report, path: str) -> Figure:
    return dict(figures(report))[path]


def test_a_figure_is_as_sure_as_its_cell_and_keeps_what_else_was_read() -> None:
    report = scanned(TABLE, {"120.20": ("120.20", 0.6, ("120.26", "120.20万元", "1Z0.20"))})
    figure = of(report, "expenses.project.final")
    assert isinstance(figure, Quantity)
    assert (figure.text, figure.sure) == ("120.20", 0.6)
    assert figure.readings == ("120.26", "1Z0.20")
    assert of(report, "expenses.project.budget").sure == 0.99


@pytest.mark.parametrize(("text", "why"), [("", "blank"), ("1Z0.20", "unreadable")])
def test_where_no_figure_was_read_the_others_wait(text: str, why: str) -> None:
    figure = of(scanned(TABLE, {"120.20": (text, 0.3, ("120.20", text))}), "expenses.project.final")
    assert isinstance(figure, Absent)
    assert (figure.why, figure.sure, figure.readings) == (why, 0.3, ("120.20",))
    assert (figure.kind, figure.unit) == ("money", "万元")


@pytest.mark.parametrize("text", ["120. 2 0", "1 20.20"])
def test_digits_that_stand_wide_apart_are_joined_only_where_a_sum_says_so(text: str) -> None:
    """Two figures in one cell look the same: no figure is made of them here."""
    figure = of(scanned(TABLE, {"120.20": (text, 0.99, ())}), "expenses.project.final")
    assert isinstance(figure, Absent)
    assert (figure.why, figure.readings, figure.unsure) == ("unreadable", ("120.20",), True)


def test_a_figure_in_its_labels_cell() -> None:
    cell = "按支出性质分：项目支出：318.25"
    report = scanned(FORM, {cell: (cell, 0.6, ("按支出性质分：项目支出：378.25",))})
    figure = of(report, "funding.by_nature.project")
    assert isinstance(figure, Quantity)
    assert (format(figure.value, "f"), figure.sure, figure.readings) == ("318.25", 0.6, ("378.25",))


@pytest.mark.parametrize(
    ("cell", "read", "path"),
    [
        ("120.20", "120.20元", "expenses.project.final"),
        ("93.55%", "93559", "staffing.control_rate"),
    ],
)
def test_a_mark_that_contradicts_the_form_is_doubted(cell: str, read: str, path: str) -> None:
    assert of(scanned(TABLE, {cell: (read, 0.99, ())}), path).unsure
    assert not of(scanned(TABLE, {}), path).unsure


@pytest.mark.parametrize("printed", ["800", "800㎡", "800m2", "800m", "800m?"])
def test_square_metres_that_recognition_loses(printed: str) -> None:
    table = f"""
楼堂馆所 | 批复规模（㎡） | 实际规模（㎡） | 规模控制率 | 预算投资 | 实际投资 | 投资概算控制率
防汛仓库 | 1200 | {printed} | 66.67% | 300.00 | 285.00 | 95%
"""
    figure = of(scanned(table, {}), "construction.0.actual_area")
    assert isinstance(figure, Quantity)
    assert figure.value == 800


def test_figures_of_an_unsure_sentence_are_as_sure_as_it() -> None:
    sentence = "2024年决算支出745.60万元，其中：基本支出427.35万元，项目支出318.25万元。"
    other = "2024年公务接待费支出0.90万元。"
    report = scanned(f"# 自评报告\n{sentence}\n{other}\n", {sentence: (sentence, 0.4, ())})
    told = {one.code: one.value for one in report.narrative}
    assert told["basic_expenditure"].sure == told["project_expenditure"].sure == 0.4
    assert told["reception.final"].sure == 0.99
    assert [locus.paragraph is not None for locus in report.unsure] == [True]


def test_places_of_unsure_words_are_kept_and_those_of_figures_are_not() -> None:
    cells: dict[str, Read] = {
        "120.20": ("120.20", 0.3, ()),
        "财政供养人员情况": ("财政供养人员情呪", 0.3, ()),
    }
    report = scanned(TABLE, cells)
    assert [(locus.row, locus.column) for locus in report.unsure] == [(0, 0)]


@pytest.mark.parametrize(
    ("printed", "read", "readings"),
    [
        ("公务接待费", "公务接侍费", ()),
        ("公务接待费", "公务接待资", ("公务接待费", "公务接侍贵")),
        ("公务接待费", "3、公务接持费", ()),
        ("项目支出", "项目支岀", ()),
        ("项目支出", "项日支出", ("项口支出",)),
    ],
)
def test_a_label_misread_by_one_character_is_recognised_and_told(
    printed: str, read: str, readings: tuple[str, ...]
) -> None:
    path = "expenses.project.final" if printed == "项目支出" else "expenses.reception.final"
    report = scanned(TABLE, {printed: (read, 0.6, readings)})
    assert isinstance(of(report, path), Quantity)
    assert [words for words in report.warnings if "识别错误" in words and read in words]
    assert all("可能是识别错误" not in words for words in scanned(TABLE, {}).warnings)


@pytest.mark.parametrize(
    ("read", "readings"),
    [("时效指标", ()), ("目标1：全年安全度汛；目标2：群众满意度稳步提高", ("目标", "预期目标"))],
)
def test_words_of_the_departments_own_are_no_labels(read: str, readings: tuple[str, ...]) -> None:
    report = scanned(TABLE, {"公务接待费": (read, 0.3, readings)})
    assert [row.label for row in report.expenses if row.item is None] == [read]


@pytest.mark.parametrize("sure", [0.99, 1.0])
def test_a_label_that_was_surely_read_stays_as_it_is(sure: float) -> None:
    report = scanned(TABLE, {"公务接待费": ("公务接侍费", sure, ())})
    assert [row.item for row in report.expenses if row.label == "公务接侍费"] == [None]
    assert all("识别错误" not in words for words in report.warnings)


@pytest.mark.parametrize("read", ["全年须算数", "项支", "全市防汛工作"])
def test_a_label_that_may_be_two_or_none_is_left(read: str) -> None:
    """«全年预算数» or «全年决算数»."""
    report = scanned(TABLE, {"公务接待费": (read, 0.3, ())})
    assert [row.item for row in report.expenses if row.label == read] == [None]


def test_a_greater_sign_of_a_scan_may_have_been_one_of_at_least() -> None:
    grid = """
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 巡查次数 | {} | 4次 | 50 | 50
"""
    for sign, places in ((">4次", 1), ("≥4次", 0), (">=4次", 0)):
        assert len(scanned(grid.format(sign), {}).unsure) == places
        assert read_report(document(grid.format(sign)), standard()).unsure == ()


def test_a_unit_of_money_that_may_be_misread_is_told() -> None:
    head = {"2024年预算数": ("2024年预算数（元）", 0.6, ("2024年预算数（万元）",))}
    report = scanned(TABLE, head)
    assert [words for words in report.warnings if "金额单位识别为“元”" in words]
    assert not any("金额单位识别为" in words for words in scanned(TABLE, {}).warnings)
