"""Tables and paragraphs that run over page breaks are made whole; what can't be proved is flagged."""

from pathlib import Path

import pytest

from extract.document import Document, Grid
from tests.notation import grid
from tests.readers.pdf_builder import Drawing, read, shape

INDICATORS = """
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标 | 数量指标 | 举办培训班 | ≥4次 | 4次 | 5 | 5 |
^ | ^ | 培训人次 | ≥1000人次 | 1100人次 | 5 | 5 |
^ | 质量指标 | 合格率 | ≥95% | 96% | 10 | 10 |
^ | ^ | 参训率 | ≥90% | 88% | 10 | 8 | 因部分人员出差未参训
效益指标 | 社会效益指标 | 带动就业 | ≥50人 | 50人 | 20 | 20 |
满意度指标 | 服务对象满意度指标 | 满意度 | ≥95% | 96% | 10 | 10 |
"""
WIDTHS = (50.0, 60.0, 70.0, 60.0, 65.0, 35.0, 35.0, 95.0)
HEIGHT = 34.0


def only(document: Document) -> Grid:
    (found,) = document.grids()
    return found


def two_pages(
    path: Path, cut: int, again: bool = False, rules: str = "strokes", header: str = ""
) -> Document:
    """The indicator grid broken before row `cut`, its header drawn again or not."""
    drawing = Drawing(path)
    drawing.text(60, 560, "整体支出绩效自评表")
    tall = [HEIGHT] * 7
    drawing.table(INDICATORS, 60, 590, WIDTHS, rules, rows=(0, cut), heights=tall[:cut])
    drawing.text(290, 800, "1", 9)
    drawing.text(60, 40, header, 9)
    drawing.new_page()
    drawing.text(60, 40, header, 9)
    top = drawing.table(INDICATORS, 60, 80, WIDTHS, rules, rows=(0, 1), heights=[HEIGHT]) if again else 80
    drawing.table(INDICATORS, 60, top, WIDTHS, rules, rows=(cut, 7), heights=tall[cut:])
    drawing.text(60, 400, "填表人：张三")
    drawing.text(290, 800, "2", 9)
    return read(drawing.save())


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("cut", [2, 3, 4, 5, 6])
def test_a_table_over_two_pages_is_one(cut: int, again: bool, tmp_path: Path) -> None:
    """Wherever the page breaks: inside a merged label, at its end, between groups."""
    found = only(two_pages(tmp_path / "over.pdf", cut, again, header="某某市图书馆绩效自评材料"))
    assert shape(found) == shape(grid(INDICATORS))
    assert found.page == 1
    assert found.caption == "整体支出绩效自评表"
    assert {cell.page for cell in found.cells if cell.row >= cut and cell.text} == {2}
    assert all(cell.box is not None for cell in found.cells)


def test_furniture_is_told_and_stops_no_join(tmp_path: Path) -> None:
    document = two_pages(tmp_path / "furniture.pdf", 3, header="某某市图书馆绩效自评材料")
    furniture = [(p.page, p.text) for p in document.paragraphs() if p.kind == "furniture"]
    assert sorted(furniture) == [
        (1, "1"),
        (1, "某某市图书馆绩效自评材料"),
        (2, "2"),
        (2, "某某市图书馆绩效自评材料"),
    ]
    assert [p.text for p in document.paragraphs() if p.kind != "furniture"] == [
        "整体支出绩效自评表",
        "填表人：张三",
    ]


def test_tables_without_side_rules_join_too(tmp_path: Path) -> None:
    found = only(two_pages(tmp_path / "open.pdf", 4, rules="open sides"))
    assert shape(found) == shape(grid(INDICATORS))


UPPER = "产出 | 数量 | 开展全市基层干部党史学习教育等 | ≥4次 | 4次 | 5 | 5 | 年中本单位机构改革人员调整致使"
LOWER = " | | 集中培训 | | | | | 部分培训推迟举办"


def test_a_row_cut_in_two_is_made_one_again(tmp_path: Path) -> None:
    head = INDICATORS.strip().splitlines()[0]
    drawing = Drawing(tmp_path / "cut.pdf")
    drawing.table(f"{head}\n{UPPER}", 60, 700, WIDTHS, heights=(HEIGHT, 45))
    drawing.new_page()
    drawing.table(
        f"{LOWER}\n满意度 | 公众 | 满意率 | ≥95% | 96% | 5 | 5 | ", 60, 60, WIDTHS, heights=(20, HEIGHT)
    )
    found = only(read(drawing.save()))
    assert found.rows == 3
    row = [cell.text for cell in found.cells if cell.row == 1]
    assert row[2] == "开展全市基层干部党史学习教育等集中培训"
    assert row[3:7] == ["≥4次", "4次", "5", "5"]
    assert row[7] == "年中本单位机构改革人员调整致使部分培训推迟举办"


def test_a_list_that_goes_on_below_belongs_to_its_row(tmp_path: Path) -> None:
    form = "年度总体目标 | 预期目标 | 实际完成情况\n^ | 1.办好讲座。⏎2.修缮馆舍。 | 1.已办讲座。⏎2.已修缮。"
    drawing = Drawing(tmp_path / "list.pdf")
    drawing.table(form, 60, 720, (80, 180, 180), heights=(22, 40))
    drawing.new_page()
    drawing.table(" | 3.采购图书。 | 3.已采购。\n得分 | 98 | 优", 60, 60, (80, 180, 180))
    found = only(read(drawing.save()))
    assert [cell.text for cell in found.cells if cell.row == 1] == [
        "1.办好讲座。\n2.修缮馆舍。\n3.采购图书。", "1.已办讲座。\n2.已修缮。\n3.已采购。",
    ]  # fmt: skip
    assert found.rows == 3


def test_numbers_at_a_page_break_stay_two_rows(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "numbers.pdf")
    drawing.table("项目 | 决算数\n1、图书购置 | 12", 60, 740, (100, 60))
    drawing.new_page()
    drawing.table("2、讲座 | 34\n3、修缮 | 56", 60, 60, (100, 60))
    found = only(read(drawing.save()))
    assert [cell.text for cell in found.cells if cell.column == 1] == ["决算数", "12", "34", "56"]


def test_amounts_with_units_that_fill_narrow_cells_stay_two_rows(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "units.pdf")
    widths = (76, 66, 66)
    drawing.table("项目 | 预算数 | 决算数\n运行维护专项 | 550000.00元 | 541000.00元", 60, 700, widths)
    drawing.new_page()
    drawing.table(
        "县级专项资金 | 1700000.00元 | 1681000.00元\n公用经费 | 90000.00元 | 80000.00元", 60, 60, widths
    )
    found = only(read(drawing.save()))
    assert found.rows == 4
    assert [cell.text for cell in found.cells if cell.row == 2][1:] == ["1700000.00元", "1681000.00元"]


def test_a_title_between_keeps_two_tables_apart(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "apart.pdf")
    drawing.table("项目 | 决算数\n图书 | 12", 60, 740, (100, 60))
    drawing.new_page()
    drawing.text(60, 90, "项目支出绩效自评表", 14)
    drawing.table("项目 | 决算数\n讲座 | 34", 60, 120, (100, 60))
    assert [found.caption for found in read(drawing.save()).grids()] == ["", "项目支出绩效自评表"]


def test_other_columns_keep_two_tables_apart(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "columns.pdf")
    drawing.table("项目 | 决算数 | 备注\n图书 | 12 | ", 60, 740, (100, 60, 140))
    drawing.new_page()
    drawing.table("姓名 | 单位 | 签字\n张三 | 图书馆 | ", 60, 60, (60, 140, 100))
    assert [found.number for found in read(drawing.save()).grids()] == [1, 2]


def test_a_head_at_the_end_of_a_page_is_no_part_of_the_row_below(tmp_path: Path) -> None:
    table = """
    经费控制情况 | 2023年决算数 | 2024年预算数 | 2024年决算数
    项目支出 | 40.00 | 50.00 | 45.00
    经费控制情况 | 2023年决算数 | 2024年预算数 | 2024年决算数
    运行维护经费 | 15.00 | 20.00 | 18.00
    """
    widths, tall = (70.0, 64.0, 64.0, 64.0), [20.0] * 4
    drawing = Drawing(tmp_path / "head.pdf")
    drawing.table(table, 60, 720, widths, rows=(0, 3), heights=tall[:3])
    drawing.new_page()
    drawing.table(table, 60, 80, widths, rows=(3, 4), heights=tall[3:])
    assert "运行维护经费" in [cell.text for cell in only(read(drawing.save())).cells]


def test_a_page_ended_on_purpose_makes_the_join_doubtful(tmp_path: Path) -> None:
    """Half a page was free: the rows below may be another form with the same columns."""
    drawing = Drawing(tmp_path / "doubt.pdf")
    drawing.table("项目 | 预算 | 决算 | 备注\n图书 | 12 | 11 | ", 60, 100, (100, 60, 60, 60))
    drawing.new_page()
    drawing.lines(60, 700, ["以下为正文。", "本页写到页末。"])
    drawing.table("讲座 | 34 | 30 | \n修缮 | 56 | 55 | ", 60, 60, (100, 60, 60, 60))
    found = only(read(drawing.save()))
    assert found.rows == 4
    assert found.doubtful_joins == (2,)


def test_paragraphs_run_over_the_page_and_numbers_stay_whole(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "flow.pdf")
    drawing.text(60, 700, "一、基本情况")
    drawing.text(
        81, 740, "全年预算执行情况良好，部门整体支出严格按照年初批复的预算安排执行，决算支出总计一千三百万"
    )
    drawing.text(
        60,
        760,
        "元，其中：基本支出701.92万元，项目支出659.46万元，政府性基金支出1.86万元，本部门全年支出共计13",
    )
    drawing.new_page()
    drawing.text(60, 60, "63.24万元。")
    drawing.text(81, 80, "年末实有人数24人。")
    paragraphs = list(read(drawing.save()).paragraphs())
    assert [(p.page, p.kind) for p in paragraphs] == [(1, "heading"), (1, "text"), (2, "text")]
    assert paragraphs[1].text.endswith("共计1363.24万元。")
    assert paragraphs[2].text == "年末实有人数24人。"
