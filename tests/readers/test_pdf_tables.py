"""Ruled and unruled tables in drawn PDFs come out as the grids that were drawn."""

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4, landscape

from extract.document import Document, Grid
from extract.readers.pdf_plumber import read_pdf_again
from tests.notation import grid
from tests.readers.pdf_builder import RULES, Drawing, read, shape

FORM = """
财政供养人员情况 | 编制数 | < | 2024年实际在职人数 | 控制率
^ | 24 | < | 23 | 95.83%
经费控制情况（万元） | 2023年决算数 | 2024年预算数 | 2024年决算数 | 备注
三公经费 | 0.41 | 1.80 | 0.96 |
1、公务用车购置和维护经费 | | | | 含租车
"""
WIDTHS = (120.0, 75.0, 75.0, 110.0, 70.0)

FIGURES = """
项目 | 2023年决算数 | 2024年预算数 | 2024年决算数
三公经费 | 0.41 | 1.80 | 0.96
项目支出 | 179.33 | 230.75 | 661.46
公用经费 | 34.04 | 30.74 | 40.54
"""


def only(document: Document) -> Grid:
    (found,) = document.grids()
    return found


@pytest.mark.parametrize("rules", [style for style in RULES if style not in ("none", "three lines")])
def test_every_way_of_ruling_gives_the_same_grid(rules: str, tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "form.pdf")
    drawing.text(60, 60, "部门整体支出绩效评价基础数据表")
    drawing.text(60, 80, "单位：万元")
    drawing.table(FORM, widths=WIDTHS, rules=rules)
    found = only(read(drawing.save()))
    assert shape(found) == shape(grid(FORM))
    assert found.caption == "部门整体支出绩效评价基础数据表\n单位：万元"
    assert found.ruled


@pytest.mark.parametrize("rules", ["three lines", "none"])
def test_columns_without_rules_are_found_by_alignment(rules: str, tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "aligned.pdf")
    drawing.lines(60, 60, ["本部门经费情况如下，各项支出均控制在预算以内，没有超支。"])
    drawing.table(FIGURES, widths=(120, 110, 110, 110), rules=rules)
    found = only(read(drawing.save()))
    assert shape(found) == shape(grid(FIGURES))
    assert not found.ruled


NARRATIVE = (
    "2024年决算支出1361.52万元，其中：基本支出701.92万元，",
    "项目支出659.60万元，比上年增加12.30万元，增长1.88%。",
    "年末实有人数   24人，   编制   24人，   控制率   100%。",
    "填表人：        填报日期：        联系电话：",
    "一、部门概况",
    "编制24人    实有24人",
    "（一）机构设置",
    "1.举办培训班18期  2.培训15000人次  3.合格率100%",
)


def test_narrative_never_becomes_a_table(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "narrative.pdf")
    drawing.lines(60, 60, NARRATIVE)
    document = read(drawing.save())
    assert not list(document.grids())
    assert "".join(p.text for p in document.paragraphs()).replace(" ", "") == "".join(NARRATIVE).replace(
        " ", ""
    )


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "framed.pdf")
    drawing.canvas.rect(40, 40, 515, 760)
    drawing.lines(60, 60, NARRATIVE)
    document = read(drawing.save())
    assert not list(document.grids())
    assert "一、部门概况" in [p.text for p in document.paragraphs()]


def test_a_table_inside_a_page_border_is_found(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "bordered.pdf")
    drawing.canvas.rect(40, 40, 515, 760)
    drawing.table(FORM, widths=WIDTHS)
    assert shape(only(read(drawing.save()))) == shape(grid(FORM))


def test_white_lines_and_underlines_are_no_walls(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "underlined.pdf")
    drawing.table("姓名 | 签字\n张三 | 已签", widths=(200, 200))
    drawing.line(265, 140, 300, 140)
    drawing.canvas.setStrokeGray(1)
    drawing.line(60, 133, 460, 133)
    assert shape(only(read(drawing.save()))) == shape(grid("姓名 | 签字\n张三 | 已签"))


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_rotated_pages_are_read_upright_and_boxes_are_as_shown(rotate: int, tmp_path: Path) -> None:
    """The content is drawn turned back, so that the page shows it upright: as printers do with landscape."""
    drawing = Drawing(tmp_path / "rotated.pdf", size=A4, rotate=rotate)
    wide, high = A4
    if rotate == 90:
        drawing.canvas.translate(wide, 0)
    elif rotate == 180:
        drawing.canvas.translate(wide, high)
    else:
        drawing.canvas.translate(0, high)
    drawing.canvas.rotate(rotate)
    drawing.height = wide if rotate != 180 else high
    drawing.table(FORM, left=60, top=100, widths=WIDTHS)
    found = only(read(drawing.save()))
    assert shape(found) == shape(grid(FORM))
    first = next(cell for cell in found.cells if (cell.row, cell.column) == (0, 0))
    assert first.box == pytest.approx((60, 100, 180, 144), abs=1)


def test_a_table_printed_sideways_keeps_the_box_that_the_page_shows(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "sideways.pdf", size=A4)
    wide, high = A4
    drawing.canvas.translate(wide, 0)
    drawing.canvas.rotate(90)
    drawing.height = wide
    drawing.table(FORM, left=60, top=100, widths=WIDTHS)
    found = only(read(drawing.save()))
    assert shape(found) == shape(grid(FORM))
    first = next(cell for cell in found.cells if (cell.row, cell.column) == (0, 0))
    assert first.box == pytest.approx((100, high - 180, 144, high - 60), abs=1)


def test_landscape_pages(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "landscape.pdf", size=landscape(A4))
    drawing.table(FORM, left=200, widths=WIDTHS)
    assert shape(only(read(drawing.save()))) == shape(grid(FORM))


def test_bold_drawn_twice_is_read_once(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "bold.pdf")
    drawing.table("三公经费 | 11.11\n项目支出 | 661.46", widths=(100, 100))
    for dx in (0.0, 0.3):
        drawing.text(60 + dx, 60, "合计1100.55万元")
        drawing.text(165.4 + dx, 104.4375, "11.11")
    document = read(drawing.save())
    assert [cell.text for cell in only(document).cells] == ["三公经费", "11.11", "项目支出", "661.46"]
    assert [p.text for p in document.paragraphs()] == ["合计1100.55万元"]


def test_wrapped_cells_run_on_and_lists_keep_their_lines(tmp_path: Path) -> None:
    form = (
        "年度总体目标 | 1.完成全年培训任务，培训基层干部不少于1000人次，合格率达到95%以上。⏎2.建成OA系统。\n"
        "偏差原因 | 因project management office人员调整，年初预算1363.38万元未全部执行。"
    )
    drawing = Drawing(tmp_path / "wrapped.pdf")
    drawing.table(form, widths=(60, 150), heights=(90, 90))
    assert shape(only(read(drawing.save()))) == shape(grid(form))


def test_numbers_in_one_cell_are_never_glued(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "numbers.pdf")
    drawing.table("编制数 | 24⏎30⏎12.5\n实有 | 24 30", widths=(60, 40), heights=(60, 20))
    assert [cell.text for cell in only(read(drawing.save())).cells] == [
        "编制数",
        "24\n30\n12.5",
        "实有",
        "24 30",
    ]


@pytest.mark.parametrize(("upper", "lower"), [("1363.3", "8"), ("136338", "000.00"), ("136338", "0000.00")])
def test_a_decimal_wider_than_its_cell_is_one_number(tmp_path: Path, upper: str, lower: str) -> None:
    drawing = Drawing(tmp_path / "narrow.pdf")
    drawing.table("全年执行数 | \n优 | 良", widths=(60, 44), heights=(40, 20))
    drawing.text(125.4, 106, upper)
    drawing.text(125.4, 120, lower)
    assert only(read(drawing.save())).cells[1].text == upper + lower


def test_a_count_cut_before_its_unit_is_one_number(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "narrow.pdf")
    drawing.table("年度指标值 | \n优 | 良", widths=(60, 44), heights=(40, 20))
    drawing.text(125.4, 106, "≥5000")
    drawing.text(125.4, 120, "0人次")
    assert only(read(drawing.save())).cells[1].text == "≥50000人次"


def test_vertical_labels_are_read_down(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "vertical.pdf")
    drawing.table(" | 数量指标\n | 质量指标", widths=(40, 100), heights=(70, 70))
    for index, character in enumerate("产出指标"):
        drawing.text(75, 105 + 14 * index, character)
    drawing.canvas.saveState()
    drawing.canvas.translate(75, drawing.height - 235)
    drawing.canvas.rotate(90)
    drawing.canvas.setFont("STSong-Light", 10.5)
    drawing.canvas.drawString(0, 0, "效益指标")
    drawing.canvas.restoreState()
    assert [cell.text for cell in only(read(drawing.save())).cells] == [
        "产出指标", "数量指标", "效益指标", "质量指标",
    ]  # fmt: skip


def test_a_watermark_is_told_apart_from_the_cells(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "watermark.pdf")
    drawing.table(FORM, widths=WIDTHS)
    drawing.canvas.translate(150, 620)
    drawing.canvas.rotate(40)
    drawing.canvas.setFont("STSong-Light", 40)
    drawing.canvas.drawString(0, 0, "内部资料")
    document = read(drawing.save())
    assert shape(only(document)) == shape(grid(FORM))
    assert [p.text for p in document.paragraphs() if p.kind == "furniture"] == ["内部资料"]


@pytest.mark.parametrize("rules", ["strokes", "rectangles", "boxes", "doubled"])
def test_pdfplumber_sees_the_same_cells(rules: str, tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "again.pdf")
    drawing.table(FIGURES, widths=(120, 110, 110, 110), rules=rules)
    path = drawing.save()
    ours = read(path)
    again = read_pdf_again(path, ours.source)
    assert again.source.reader == "pdfplumber"
    assert shape(only(again)) == shape(only(ours))
