"""The notation says what it draws: independent readers find the same cells in its Word and its PDF."""

from __future__ import annotations

from pathlib import Path

import docx
import pdfplumber
import pytest

from extract.document import Grid
from samples.layout import BadLayoutError, Look, Rules
from tests.notation import document, grid, write_docx, write_pdf

STAFFING = """
# 部门整体支出绩效评价基础数据表
单位：万元
财政供养人员情况 | 编制数 | 2024年实际在职人数 | 控制率
^ | 24 | 24 | 100%
经费控制情况 | 2023年决算数 | 2024年预算数 | 2024年决算数
三公经费 | 0.41 | 1.80 |
厉行节约⏎保障措施 | 严格执行 | < | <
"""


def printed(table: Grid) -> list[list[str]]:
    """A spanning cell's words at each position that it covers, line breaks dropped."""
    return [[cell.text.replace("\n", "") if cell else "" for cell in row] for row in table.layout()]


def test_cells_merge_upward_and_leftward() -> None:
    table = grid(STAFFING)
    assert (table.rows, table.columns) == (5, 4)
    first = table.layout()[1][0]
    assert first is not None
    assert (first.text, first.row, first.row_span) == ("财政供养人员情况", 0, 2)
    assert printed(table)[3] == ["三公经费", "0.41", "1.80", ""]
    assert printed(table)[4] == ["厉行节约保障措施", "严格执行", "严格执行", "严格执行"]
    assert table.cells[-2].text == "厉行节约\n保障措施"


def test_a_block_merges_both_ways() -> None:
    table = grid("甲 | < | 1\n^ | ^ | 2\n^ | < | 3")
    assert [(cell.text, cell.row_span, cell.column_span) for cell in table.cells] == [
        ("甲", 3, 2),
        ("1", 1, 1),
        ("2", 1, 1),
        ("3", 1, 1),
    ]


def test_lines_around_tables_are_paragraphs_in_order() -> None:
    whole = document(STAFFING + "\n---\n说明：无。\n\n甲 | 乙\n", paged=True)
    assert [(line.text, line.kind, line.page) for line in whole.paragraphs()] == [
        ("部门整体支出绩效评价基础数据表", "heading", 1),
        ("单位：万元", "text", 1),
        ("说明：无。", "text", 2),
    ]
    assert [(table.number, table.caption, table.page) for table in whole.grids()] == [
        (1, "单位：万元", 1),
        (2, "说明：无。", 2),
    ]


@pytest.mark.parametrize("text", ["甲 | 乙\n丙 | 丁 | 戊", "^ | 乙", "< | 乙", "甲 | <\n^ | 乙"])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(BadLayoutError):
        grid(text)


def test_word_shows_the_same_cells_to_python_docx(tmp_path: Path) -> None:
    opened = docx.Document(str(write_docx(STAFFING, tmp_path / "样.docx")))
    assert [p.text for p in opened.paragraphs if p.text] == ["部门整体支出绩效评价基础数据表", "单位：万元"]
    (table,) = opened.tables
    words = [[cell.text.replace("\n", "") for cell in row.cells] for row in table.rows]
    assert words == printed(grid(STAFFING))


@pytest.mark.parametrize("rules", ["strokes", "rectangles", "boxes"])
def test_pdf_shows_the_same_cells_to_pdfplumber(rules: Rules, tmp_path: Path) -> None:
    with pdfplumber.open(write_pdf(STAFFING, tmp_path / "样.pdf", Look(rules=rules))) as opened:
        (page,) = opened.pages
        (rows,) = page.extract_tables()
        text = page.extract_text()
    owners = {(cell.row, cell.column): cell.text.replace("\n", "") for cell in grid(STAFFING).cells}
    found = {
        (row, column): cell.replace("\n", "")
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell is not None
    }
    assert found == owners
    assert "单位：万元" in text


def test_the_same_text_gives_the_same_bytes(tmp_path: Path) -> None:
    for write, name in ((write_docx, "样.docx"), (write_pdf, "样.pdf")):
        first = write(STAFFING, tmp_path / "一" / name).read_bytes()
        assert first == write(STAFFING, tmp_path / "二" / name).read_bytes()
