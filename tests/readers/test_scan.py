"""Scanned tables: every figure is right or marked, however the page was copied, turned, stamped, seen."""

import random
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from extract.document import Cell, Document, Grid, Source
from extract.failure import Unreadable
from extract.means import Means
from extract.quantity import SURE
from extract.readers import scan_models
from extract.readers.pdf import read_pdf
from extract.readers.picture import read_picture
from samples import scans
from tests.readers.pdf_builder import Drawing

pytestmark = pytest.mark.skipif(
    not scan_models.installed(), reason="recognition needs the extra gouji[ocr]; `make test` installs it"
)

TABLE = """
项目 | 2023年度决算数 | 2024年度预算数 | 2024年度决算数 | 增减率
一、“三公”经费 | 12.60 | 11.38 | 9.75 | -22.6%
公务接待费 | 1,204.08 | 980.00 | -15.32 | 0.00%
运行维护费 | 8.30 | | 7.19 | -3.41%
二、项目支出 | 346.17 | 351.00 | 348.26 | 100%
其中：办公费 | -4.05 | 0.70 | 66.11 | 5.8%
三、公用经费 | 57,283.90 | 61,000.00 | -0.08 | —
政府采购金额 | 19.44 | 21.73 | 20.56 | 94.62%
"""
WIDTHS = [110.0, 95.0, 95.0, 95.0, 75.0]
TITLE = "部门整体支出绩效评价基础数据表"
EXPECTED = [[text.strip() for text in line.split("|")] for line in TABLE.strip().split("\n")]
BLANK = (3, 2)
LEFT, TOP, ROW = 60.0, 100.0, 26.0


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> scans.Picture:
    drawing = Drawing(tmp_path_factory.mktemp("scan") / "table.pdf")
    drawing.text(180, 50, TITLE, 16)
    drawing.table(TABLE.strip(), LEFT, TOP, WIDTHS, heights=[ROW] * len(EXPECTED))
    drawing.text(60, 340, "填报人：张某    联系电话：000-0000000")
    return scans.pages(drawing.save())[0]


def middle(row: int, column: int) -> tuple[int, int]:
    """The middle of a cell in pixels at 200 dpi."""
    x, y = LEFT + sum(WIDTHS[:column]) + WIDTHS[column] / 2, TOP + (row + 0.5) * ROW
    return int(x * 200 / 72), int(y * 200 / 72)


def read(picture: scans.Picture, folder: Path, kind: str = "png") -> Document:
    path = folder / f"page.{kind}"
    picture.save(path)
    return read_picture(path, Source(path.name, str(path), "", "image/*", path.stat().st_size))


def cells(document: Document) -> dict[tuple[int, int], Cell]:
    (grid,) = document.grids()
    return {(cell.row, cell.column): cell for cell in grid.cells}


def plain(text: str) -> str:
    return "".join(text.split()).replace("（", "(").replace("）", ")").replace("：", ":").replace("—", "-")


def unlike(document: Document) -> list[tuple[str, str]]:
    """What was read of the table otherwise than printed, and not marked."""
    (grid,) = document.grids()
    assert (grid.rows, grid.columns) == (len(EXPECTED), len(EXPECTED[0]))
    return unlike_in(grid)


def unlike_in(grid: Grid) -> list[tuple[str, str]]:
    return [
        (EXPECTED[cell.row][cell.column], cell.text)
        for cell in grid.cells
        if plain(cell.text) != plain(EXPECTED[cell.row][cell.column]) and cell.sure >= SURE
    ]


@pytest.mark.parametrize("way", ["scanned", "at_150", "skewed", "faint", "photographed", "upside_down"])
def test_every_figure_of_a_scan_is_right_or_marked(page: scans.Picture, tmp_path: Path, way: str) -> None:
    document = read(scans.VARIANTS[way](page, 200, random.Random(7)), tmp_path)
    assert unlike(document) == []
    sure = [cell for cell in cells(document).values() if cell.sure >= SURE]
    assert len(sure) >= 0.9 * len(EXPECTED) * len(EXPECTED[0])
    assert all(cell.sure < 1 for cell in cells(document).values())
    assert any(TITLE in paragraph.text for paragraph in document.paragraphs())


def test_a_cells_box_lies_where_the_picture_shows_it(page: scans.Picture, tmp_path: Path) -> None:
    turned = scans.on_its_side(page, 200, random.Random(1))
    found = cells(read(turned, tmp_path))[1, 1]
    assert found.text == "12.60"
    assert found.box is not None
    x, y = (edge * 72 / 200 for edge in middle(1, 1))
    width = 595.3
    left, top, right, bottom = found.box
    assert abs((left + right) / 2 - y) < 3
    assert abs((top + bottom) / 2 - (width - x)) < 3


def test_a_figure_under_a_red_stamp_is_right_or_marked(page: scans.Picture, tmp_path: Path) -> None:
    chance = random.Random(3)
    for at in (middle(2, 2), middle(6, 3)):
        page = scans.stamped(page, 200, at, scans.RED, chance)
    document = read(scans.scanned(page, 200, chance), tmp_path)
    assert unlike(document) == []


def test_a_blank_under_a_stamp_is_never_taken_for_one(page: scans.Picture, tmp_path: Path) -> None:
    stamped = scans.stamped(page, 200, middle(*BLANK), scans.RED, random.Random(3))
    assert cells(read(page, tmp_path))[BLANK].sure >= SURE
    document = read(stamped, tmp_path)
    assert cells(document)[BLANK].sure == 0
    assert any("认读没有把握" in warning for warning in document.warnings)


def test_a_row_whose_rule_a_stamp_hides_is_marked(page: scans.Picture, tmp_path: Path) -> None:
    hidden = page.copy()
    y = int((TOP + 3 * ROW) * 200 / 72)
    ImageDraw.Draw(hidden).rectangle((middle(2, 1)[0] - 100, y - 6, middle(2, 4)[0], y + 6), fill="white")
    stamped = scans.stamped(hidden, 200, (middle(2, 2)[0], y), scans.RED, random.Random(3))
    (grid,) = read(stamped, tmp_path).grids()
    both = [cell for cell in grid.cells if "980.00" in cell.text]
    assert all(cell.sure < SURE for cell in both if cell.text != "980.00")
    assert unlike_in(grid) == []


def test_all_of_a_page_under_a_black_stamp_is_for_review(page: scans.Picture, tmp_path: Path) -> None:
    stamped = scans.stamped(page, 200, middle(4, 2), scans.BLACK, random.Random(3))
    grey = scans.scanned(stamped, 200, random.Random(3)).convert("L")
    document = read(grey, tmp_path)
    assert document.warnings == ("第1页有黑白印章，须对照原件逐项核对",)
    assert all(cell.sure < SURE for grid in document.grids() for cell in grid.cells)
    assert all(p.sure < SURE for p in document.paragraphs())


def test_scanned_and_typed_pages_of_a_pdf_keep_their_order(page: scans.Picture, tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "mixed.pdf")
    drawing.text(60, 60, "第一部分：部门基本情况及自评工作开展情况。")
    drawing.new_page()
    drawing.canvas.drawInlineImage(page, 0, 0, 595.3, 841.9)
    drawing.new_page()
    drawing.text(60, 60, "第三部分：存在的问题和改进措施。")
    path = drawing.save()
    source = Source(path.name, str(path), "", "application/pdf", 0)
    document = read_pdf(path, source)
    assert (document.source.reader, document.source.pages) == ("pdf+ocr", 3)
    assert unlike(document) == []
    assert [(p.page, p.sure) for p in document.paragraphs() if "部分" in p.text] == [(1, 1.0), (3, 1.0)]
    assert [grid.page for grid in document.grids()] == [2]
    without = read_pdf(path, source, Means(ocr=False))
    assert without.warnings == ("第2页没有可用的文字层，需要 OCR，本页内容没有读取",)


def test_nothing_is_fetched(page: scans.Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("recognition reached for the network")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refused)
    scan_models._session.cache_clear()
    assert unlike(read(page, tmp_path)) == []


def test_a_picture_without_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as raised:
        read(Image.new("RGB", (1654, 2339), "white"), tmp_path)
    assert raised.value.reason == "empty"


def test_a_figure_whose_point_the_print_lost_is_doubted(tmp_path: Path) -> None:
    lost = TABLE.replace("-4.05 | 0.70", "-4.05 | 170")
    drawing = Drawing(tmp_path / "lost.pdf")
    drawing.table(lost.strip(), LEFT, TOP, WIDTHS, heights=[ROW] * len(EXPECTED))
    document = read(scans.pages(drawing.save())[0], tmp_path)
    (cell,) = [cell for grid in document.grids() for cell in grid.cells if cell.text == "170"]
    assert cell.sure < SURE


def test_loading_a_model_leaves_nothing_behind_and_calls_nobody(tmp_path: Path) -> None:
    load = "from extract.readers import scan_models as m; m._session(m.SECOND[0])"
    told = {"PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", load], env=told, check=True)
    assert list(tmp_path.iterdir()) == []
