"""OFD files: what stands on their pages, whatever they are drawn as; the corpus' real ones; bad ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import Source
from extract.failure import Unreadable
from extract.readers.ofd import read_ofd
from tests.readers.ofd_builder import SPACE, package, path, read, root, shown, table, tag, text, write

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "ofdrw"
ROWS = [["项目", "预算数", "决算数"], ["三公经费", "1.80", "0.96"], ["公务接待", "1.20", "-0.50"]]
real = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus lies outside the checkout")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "附件2.ofd"


def test_a_ruled_table_and_the_text_around_it(target: Path) -> None:
    objects = text(20, 15, "2024年度基础数据表") + table(ROWS) + text(20, 70, "填报单位：望舒县水利局")
    found = read(target, package([objects]))
    assert shown(found) == [ROWS]
    assert [one.text for one in found.paragraphs()] == ["2024年度基础数据表", "填报单位：望舒县水利局"]
    assert (found.source.reader, found.source.pages, found.warnings) == ("ofd", 1, ())


def test_a_cell_keeps_its_page_and_box_in_points(target: Path) -> None:
    (grid,) = read(target, package([text(20, 15, "封面"), table(ROWS)])).grids()
    assert grid.cells[0].page == 2
    assert grid.cells[0].box == pytest.approx((56.7, 85.0, 155.9, 107.7), abs=0.2)


@pytest.mark.parametrize(
    "drawn",
    [
        path("M 0 0 L 0 16 L 70 16 L 70 0 C M 0 8 L 70 8 M 35 0 L 35 16", boundary="20 30 70 16"),
        path(
            "M 0 0 L 0 1.6 L 7 1.6 L 7 0 C M 0 0.8 L 7 0.8 M 3.5 0 L 3.5 1.6",
            'CTM="10 0 0 10 0 0"',
            "20 30 70 16",
        ),
        "".join(
            path(f"M {x} {y} L {x + w} {y} L {x + w} {y + h} L {x} {y + h} C", 'Stroke="false" Fill="true"')
            for x, y, w, h in (
                *((20, 30 + 8 * k, 70, 0.2) for k in range(3)),
                *((20 + 35 * k, 30, 0.2, 16) for k in range(3)),
            )
        ),
        "".join(
            path(
                f"M {20 + 35 * i} {30 + 8 * j} L {55 + 35 * i} {30 + 8 * j} L {55 + 35 * i} {38 + 8 * j} "
                f"L {20 + 35 * i} {38 + 8 * j} C"
            )
            for i in range(2)
            for j in range(2)
        ),
    ],
    ids=["one path", "scaled by a matrix", "thin fills", "cell boxes"],
)
def test_rules_however_they_are_drawn(target: Path, drawn: str) -> None:
    words = text(22, 32, "编制数") + text(57, 32, "24") + text(22, 40, "在职人数") + text(57, 40, "23")
    assert shown(read(target, package([drawn + words]))) == [[["编制数", "24"], ["在职人数", "23"]]]


def test_white_and_invisible_marks_are_none(target: Path) -> None:
    white = '<ofd:FillColor Value="255 255 255"/>'
    hidden = (
        text(60, 72, "涂白", inside=white)
        + text(20, 80, "不可见", 'Visible="false"')
        + text(20, 90, "不填色", 'Fill="false"')
        + text(20, 100, "透明", 'Alpha="0"')
        + path("M 20 60 L 90 60", inside='<ofd:StrokeColor Value="255 255 255"/>')
    )
    found = read(target, package([table(ROWS) + hidden]))
    assert (shown(found), list(found.paragraphs())) == ([ROWS], [])


def test_what_drawing_parameters_make_white_is_no_mark_either(target: Path) -> None:
    white = '<ofd:FillColor Value="255 255 255"/><ofd:StrokeColor Value="255 255 255"/>'
    parameters = tag("DrawParam", white, ID="7") + tag("DrawParam", ID="8", Relative="7")
    drawn = (
        text(60, 72, "涂白", 'DrawParam="7"')
        + text(20, 100, "承自涂白", 'DrawParam="8"')
        + path("M 37 30 L 37 46", 'LineWidth="0.3" DrawParam="8"')
        + text(20, 120, "自己有色", 'DrawParam="8"', inside='<ofd:FillColor Value="0 0 0"/>')
    )
    parts = package([table(ROWS) + drawn])
    main = "Doc_0/Document.xml"
    located = tag("DocumentRes", "Res.xml") + tag("PublicRes", "Broken.xml")
    parts[main] = parts[main].replace("<ofd:PageArea>", f"{located}<ofd:PageArea>")
    parts |= {"Doc_0/Res.xml": root("Res", tag("DrawParams", parameters)), "Doc_0/Broken.xml": "<a"}
    found = read(target, parts)
    assert (shown(found), [paragraph.text for paragraph in found.paragraphs()]) == ([ROWS], ["自己有色"])


@pytest.mark.parametrize("far", ["1e308", "1e999", "99999999999", "-99999999999", "90000"])
def test_what_is_drawn_far_off_the_page_costs_nothing(target: Path, far: str) -> None:
    strays = path(f"M 100 60 L {far} 60") + text(20, 100, "远").replace('Y="3.52"', f'Y="{far}"')
    strays += path("M 0 0 L 5 5", f'LineWidth="0.3" CTM="{far} 0 0 1 0 0"')
    assert shown(read(target, package([table(ROWS) + strays]))) == [ROWS]


def test_a_template_page_and_annotations_are_part_of_the_page(target: Path) -> None:
    parts = package(
        [text(57, 32, "24")],
        template=path("M 20 30 L 90 30 L 90 38 L 20 38 C M 55 30 L 55 38") + text(22, 32, "编制数"),
    )
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(
        "</ofd:Document>", "<ofd:Annotations>Annots.xml</ofd:Annotations></ofd:Document>"
    )
    listed = tag("Page", tag("FileLoc", "Note.xml"), PageID="1")
    parts["Doc_0/Annots.xml"] = root("Annotations", listed)
    appearance = tag("Appearance", text(0, 0, "批注：已核"), Boundary="20 60 60 8")
    parts["Doc_0/Note.xml"] = root("PageAnnot", tag("Annot", appearance, Type="Stamp"))
    found = read(target, parts)
    assert shown(found) == [[["编制数", "24"]]]
    assert [one.text for one in found.paragraphs()] == ["批注：已核"]


def test_deltas_in_groups_and_without_any(target: Path) -> None:
    def line(y: int, code: str) -> str:
        return tag("TextObject", code, Boundary=f"20 {y} 60 5", Font="1", Size="4")

    grouped = line(30, tag("TextCode", "决算数为96.8", X="0", Y="3.5", DeltaX="g 3 4 2 g 3 2"))
    none = line(40, tag("TextCode", "预算数1.80万元", X="0", Y="3.5"))
    found = [one.text for one in read(target, package([grouped + none])).paragraphs()]
    assert "".join(found) == "决算数为96.8预算数1.80万元"


def test_a_page_turned_on_its_side_is_read_upright(target: Path) -> None:
    """Everything is turned a quarter clockwise by the objects' matrices."""
    turned = f"<ofd:PageBlock>{table(ROWS)}</ofd:PageBlock>".replace(
        "<ofd:PathObject ", '<ofd:PathObject CTM="0 1 -1 0 200 0" '
    )
    objects = ""
    for row, cells in enumerate(ROWS):
        for column, word in enumerate(cells):
            x, y = 200 - (30 + 8 * row + 2), 20 + 35 * column + 2
            objects += text(x, y, word, 'CTM="0 1 -1 0 0 0"')
    lines = turned[: turned.index("<ofd:TextObject")] + "</ofd:PageBlock>"
    found = read(target, package([lines + objects]))
    assert shown(found) == [ROWS]


def test_a_table_over_two_pages_is_one(target: Path) -> None:
    rows = [[f"专项{k}", f"{k}.00", f"{k}.50"] for k in range(1, 60)]
    head = ["项目", "预算数", "决算数"]
    first, second = [head, *rows[:31]], [head, *rows[31:]]
    (grid,) = shown(read(target, package([table(first), table(second, y=20)])))
    assert grid == [head, *rows]


@pytest.mark.parametrize("space", ['xmlns:ofd="http://www.ofdspec.org"', 'xmlns:ofd="urn:x"'])
def test_any_namespace_will_do(target: Path, space: str) -> None:
    assert shown(read(target, package([table(ROWS)], space=space))) == [ROWS]


def test_paths_from_the_root_with_backslashes_and_in_chinese(target: Path) -> None:
    parts = package([table(ROWS)])
    parts["文档_0/页面/内容.XML"] = parts.pop("Doc_0/Pages/Page_1/Content.xml")
    parts["文档_0/文档.xml"] = parts.pop("Doc_0/Document.xml").replace(
        "Pages/Page_1/Content.xml", "\\文档_0\\页面\\内容.xml"
    )
    parts["OFD.xml"] = parts["OFD.xml"].replace("Doc_0/Document.xml", "/文档_0/文档.xml")
    assert shown(read(target, parts)) == [ROWS]


def test_what_the_font_alone_knows_is_no_figure(target: Path) -> None:
    found = read(target, package([text(20, 30, "支出\ue001\ue002万元")]))
    assert [one.text for one in found.paragraphs()] == ["支出\ufffd\ufffd万元"]
    assert found.warnings == ("第1页有无法识别的字符，以“\ufffd”代替",)


def test_a_signature_is_named(target: Path) -> None:
    parts = package([text(20, 30, "正文")])
    parts["OFD.xml"] = parts["OFD.xml"].replace(
        "</ofd:DocBody>", "<ofd:Signatures>/Doc_0/Signs.xml</ofd:Signatures></ofd:DocBody>"
    )
    parts["Doc_0/Signs.xml"] = (
        f'<ofd:Signatures {SPACE}><ofd:Signature ID="1" BaseLoc="S.xml"/></ofd:Signatures>'
    )
    assert any("签章" in warning for warning in read(target, parts).warnings)


IMAGE = '<ofd:ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="5"/>'


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (package([IMAGE]), "needs_ocr"),
        (package([""]), "empty"),
        ({**package([table(ROWS)]), "Encryptions.xml": "<a/>"}, "encrypted"),
        ({"a.xml": "<a/>"}, "broken"),
        ({**package([""]), "Doc_0/Document.xml": "<ofd:Document"}, "broken"),
        ({k: v for k, v in package(["x"]).items() if "Pages" not in k}, "truncated"),
        ({**package([""]), "OFD.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "hostile"),
        (package([path("M 0 0 L 1 1 " * 40_000)]), "too_large"),
        (
            {**package([""]), "Doc_0/Pages/Page_1/Content.xml": b"<a>" + b" " * 40_000_000 + b"</a>"},
            "hostile",
        ),
    ],
    ids=[
        "picture",
        "empty",
        "encrypted",
        "no main part",
        "broken",
        "no pages",
        "entities",
        "overfull",
        "bomb",
    ],
)
def test_what_can_not_be_read_says_why(target: Path, parts: dict[str, str | bytes], reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read(target, parts)
    assert raised.value.reason == reason
    assert raised.value.remedy


def test_a_page_that_is_a_picture_is_named_beside_pages_of_text(target: Path) -> None:
    found = read(target, package([table(ROWS), IMAGE]))
    assert shown(found) == [ROWS]
    assert found.warnings == ("第2页没有文字，只有图片，需要 OCR，本页内容没有读取",)


@real
def test_every_real_one_is_read_or_named() -> None:
    ended: dict[str, tuple[object, int]] = {}
    for one in sorted(CORPUS.glob("*.ofd")):
        try:
            found = read_ofd(one, Source(one.name, str(one), "", "application/ofd", 0))
            ended[one.name] = (found.source.pages, sum(1 for _ in found.grids()))
        except Unreadable as error:
            ended[one.name] = (error.reason, 0)
    assert len(ended) >= 14
    assert ended["signout.ofd"] == (1, 1)
    assert ended["doc1File.ofd"] == (11, 0)
    assert ended["areaholder_fields.ofd"] == (1, 1)


@real
def test_a_real_government_form_has_its_cells_and_spans() -> None:
    one = CORPUS / "signout.ofd"
    (grid,) = read_ofd(one, Source(one.name, str(one), "", "application/ofd", 0)).grids()
    by_text = {cell.text: cell for cell in grid.cells}
    assert (by_text["来文文号"].row, by_text["来文文号"].column) == (0, 0)
    assert by_text["来文单位"].column_span == 2


def test_a_truncated_file(target: Path) -> None:
    write(target, package([table(ROWS)]))
    target.write_bytes(target.read_bytes()[:-100])
    with pytest.raises(Unreadable) as raised:
        read_ofd(target, Source("a.ofd", "", "", "application/ofd", 0))
    assert raised.value.reason == "truncated"
