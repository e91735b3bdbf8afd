"""Where tables and paragraphs hide in a Word file, in which order they come, what stands above a table."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extract.document import Grid, Paragraph
from extract.readers.docx import read_docx
from tests import notation
from tests.readers.docx_builder import (
    SOURCE,
    blocks,
    document,
    paragraph,
    part,
    read,
    run,
    shown,
    texts,
    write,
)

TABLE = blocks("@ 900 900\n编制数 | 24")
BOX = f"<w:txbxContent>{TABLE}{paragraph('框中字')}</w:txbxContent>"
CHOICE = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
FALLBACK = f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback>"
ALTERNATE = f"<mc:AlternateContent>{CHOICE}{FALLBACK}</mc:AlternateContent>"


def wrapped(xml: str, name: str, *around: str) -> str:
    """`xml` with each element of a name put into others."""
    begins = "".join(f"<{other}>" for other in around)
    ends = "".join(f"</{other}>" for other in reversed(around))
    return xml.replace(f"<{name}>", f"{begins}<{name}>").replace(f"</{name}>", f"</{name}>{ends}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.docx"


@pytest.mark.parametrize(
    "body",
    [
        TABLE,
        f"<w:sdt><w:sdtPr/><w:sdtContent>{TABLE}</w:sdtContent></w:sdt>",
        TABLE.replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>").replace(
            "</w:tr>", "</w:tr></w:sdtContent></w:sdt>"
        ),
        TABLE.replace("<w:tc>", "<w:sdt><w:sdtContent><w:tc>").replace(
            "</w:tc>", "</w:tc></w:sdtContent></w:sdt>"
        ),
        f"<w:customXml>{TABLE}</w:customXml>",
        f"<w:ins>{TABLE}</w:ins>",
        f"<w:moveTo>{TABLE}</w:moveTo>",
        f"<w:p><w:r>{TABLE}</w:r></w:p>",
        f"<w:p>{TABLE}</w:p>",
        f"<w:p><w:hyperlink><w:smartTag><w:r>{TABLE}</w:r></w:smartTag></w:hyperlink></w:p>",
        f"<w:p><w:r>{ALTERNATE}</w:r></w:p>",
        f"<w:p><w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r></w:p>",
        f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice>{FALLBACK}</mc:AlternateContent></w:r></w:p>",
        wrapped(ALTERNATE, "w:drawing", "w:p", "w:r"),
    ],
)
def test_table_is_found_once_wherever_it_hides(path: Path, body: str) -> None:
    found = read(path, body)
    assert [(grid.number, grid.rows, grid.columns) for grid in found.grids()] == [(1, 1, 2)]
    assert shown(found) == [["编制数", "24"]]


@pytest.mark.parametrize("wrapper", ["del", "moveFrom"])
def test_deleted_table_is_not_there(path: Path, wrapper: str) -> None:
    assert not read(path, f"<w:{wrapper}>{TABLE}</w:{wrapper}>").blocks


def test_nested_tables_follow_the_grid_they_stand_in(path: Path) -> None:
    innermost = f"<w:tbl><w:tr><w:tc>{paragraph('最内')}</w:tc></w:tr></w:tbl>"
    inner = f"<w:tbl><w:tr><w:tc>{innermost}{paragraph('内')}</w:tc></w:tr></w:tbl>"
    outer = (
        f"<w:tbl><w:tr><w:tc>{paragraph('外上')}{inner}{paragraph('外下')}</w:tc>"
        f"<w:tc>{TABLE}{paragraph('')}</w:tc></w:tr></w:tbl>"
    )
    found = read(path, outer + paragraph("后文"))
    assert [shown(found, number) for number in (1, 2, 3, 4)] == [
        [["外上\n外下", ""]],
        [["内"]],
        [["最内"]],
        [["编制数", "24"]],
    ]
    assert [grid.caption for grid in found.grids()] == ["", "外上", "", ""]
    assert isinstance(found.blocks[-1], Paragraph)


def test_text_box_in_a_cell_gives_its_words_to_the_cell(path: Path) -> None:
    cell = f"<w:tc>{paragraph(run('外') + f'<w:r>{ALTERNATE}</w:r>')}</w:tc>"
    found = read(path, f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")
    assert [shown(found, 1), shown(found, 2)] == [[["外\n框中字"]], [["编制数", "24"]]]


def test_order_of_headings_paragraphs_and_tables(path: Path) -> None:
    found = read(path, "# 一、概况\n正文\n\n@ 9 9\n甲 | 乙\n\n# 二、支出\n\n@ 9\n丙\n\n末段")
    kinds = [block.kind if isinstance(block, Paragraph) else block.number for block in found.blocks]
    assert kinds == ["heading", "text", 1, "heading", 2, "text"]
    assert [block.index for block in found.paragraphs()] == [0, 1, 2, 3]


def test_caption_is_the_short_lines_right_above(path: Path) -> None:
    long = "本" * 80
    found = read(
        path,
        f"""
        {long}
        附件2
        基础数据表

        @ 9
        甲

        @ 9
        乙

        一
        二
        三
        单位：万元

        @ 9
        丙

        {long}

        @ 9
        丁
        """,
    )
    assert [grid.caption for grid in found.grids()] == ["附件2\n基础数据表", "", "二\n三\n单位：万元", ""]


def test_paragraphs_of_a_cell_are_lines_and_empty_ones_none(path: Path) -> None:
    cell = "".join(map(paragraph, ("", "一线", "", "二线", "")))
    assert shown(read(path, f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>")) == [["一线\n二线"]]


def test_headers_and_footers_are_furniture_at_the_end(path: Path) -> None:
    main = document(paragraph("正文"))
    others = {kind: _margin(kind) for kind in ("header", "footer")}
    found = read_docx(write(path, main, others), SOURCE)
    assert [(block.text, block.kind) for block in found.paragraphs()] == [
        ("正文", "text"),
        ("header", "furniture"),
        ("footer", "furniture"),
    ]


def _margin(kind: str) -> str:
    return part("hdr" if kind == "header" else "ftr", paragraph(kind))


def test_footnotes_follow_the_text_where_one_is_cited(path: Path) -> None:
    notes = f"<w:footnote w:type='separator'>{paragraph('线')}</w:footnote>"
    notes += f"<w:footnote>{paragraph('注一')}</w:footnote>"
    cited = paragraph(run("支出1.86") + "<w:r><w:footnoteReference w:id='1'/></w:r>")
    assert texts(read(path, cited, footnotes=notes)) == ["支出1.86", "注一"]
    assert texts(read(path, paragraph("支出"), footnotes=notes)) == ["支出"]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ('<w:altChunk r:id="rId9"/>', "嵌入"),
        ("<w:p><w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r></w:p>", "图片"),
        ('<w:p><w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>', "Excel"),
        ('<w:p><w:r><w:object><o:OLEObject ProgID="Word.Document.12"/></w:object></w:r></w:p>', "Word"),
    ],
)
def test_what_is_not_read_is_said(path: Path, body: str, word: str) -> None:
    (warning,) = read(path, body).warnings
    assert word in warning


def test_table_in_a_header_is_a_grid_behind_the_others(path: Path) -> None:
    main = document(TABLE)
    header = part("hdr", blocks("@ 9\n单位：万元"))
    found = read_docx(write(path, main, {"header": header}), SOURCE)
    assert [shown(found, number) for number in (1, 2)] == [[["编制数", "24"]], [["单位：万元"]]]


def test_what_the_notation_draws_is_read_back(path: Path) -> None:
    text = """
    # 基础数据表
    财政供养人员情况 | 编制数 | < | 控制率
    ^ | 24 | 25 | 100%
    厉行节约⏎保障措施 | ^ | 严格执行 |

    说明：无。
    甲 | 乙
    """
    drawn = notation.document(text)
    found = read_docx(notation.write_docx(text, path), SOURCE)
    assert list(found.paragraphs()) == list(drawn.paragraphs())
    assert [grid.cells for grid in found.grids()] == [grid.cells for grid in drawn.grids()]


def test_empty_document_is_a_document(path: Path) -> None:
    assert read(path, "").blocks == ()


def test_time_is_linear_in_cells(path: Path) -> None:
    """Eight times the rows take about eight times as long: quadratic reading would take sixty-four."""

    def seconds(rows: int) -> float:
        body = blocks("@ 900 900 900\n" + "产出 [v] | 指标 | 1\n" + "^ | 数 | 2\n" * rows)
        write(path, document(body))
        begun = time.process_time()
        (grid,) = read_docx(path, SOURCE).grids()
        assert isinstance(grid, Grid)
        assert len(grid.cells) == 2 * rows + 3
        return time.process_time() - begun

    seconds(50)
    assert seconds(4000) < 24 * min(seconds(500) for _ in range(3))


def test_deeply_nested_tables_do_not_overflow(path: Path) -> None:
    body = "<w:tbl><w:tr><w:tc>" * 70 + paragraph("底") + "</w:tc></w:tr></w:tbl>" * 70
    found = list(read(path, body).grids())
    assert len(found) == 70
    assert found[-1].cells[0].text == "底"
