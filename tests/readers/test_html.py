"""Web pages saved as documents: what a browser shows, whatever they are called and however they are coded."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import Document, Grid, Source
from extract.failure import Unreadable
from extract.intake import take
from extract.readers.registry import read_document

TABLE = """<table border=1><tr><td rowspan=2>项目</td><td colspan=2>决算数（万元）</td></tr>
<tr><td>上年</td><td>本年</td></tr>
<tr style="display:none"><td>隐藏</td><td>1</td><td>2</td></tr>
<tr><td>三公经费</td><td>1.80</td><td><p>0.96</p></td></tr></table>"""
LAID_OUT = [
    (0, 0, 2, 1, "项目"),
    (0, 1, 1, 2, "决算数（万元）"),
    (1, 1, 1, 1, "上年"),
    (1, 2, 1, 1, "本年"),
    (2, 0, 1, 1, "三公经费"),
    (2, 1, 1, 1, "1.80"),
    (2, 2, 1, 1, "0.96"),
]
MAIL = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="=_x"

--=_x
Content-Type: text/html; charset="{charset}"
Content-Transfer-Encoding: {how}

{body}
--=_x--
"""


def read(path: Path, content: bytes) -> Document:
    path.write_bytes(content)
    source = take(path)
    assert isinstance(source, Source)
    return read_document(source)


def cells(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in grid.cells]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("gb2312", "gb18030"), ("GBK", "gbk"), ("utf-8", "utf-8"), ("utf-8", "gb18030"), ("", "gb18030")],
)
def test_a_page_called_doc_is_read_by_its_own_or_its_true_charset(
    declared: str, encoding: str, tmp_path: Path
) -> None:
    """«㎡» and «镕» are not in GB2312, which the page claims all the same."""
    head = f'<html><head><meta http-equiv=Content-Type content="text/html; charset={declared}"></head>'
    page = f"{head}<body><p>2024年度基础数据表（㎡，镕）</p>{TABLE}</body></html>"
    found = read(tmp_path / "附件2.doc", page.encode(encoding))
    assert [p.text for p in found.paragraphs()] == ["2024年度基础数据表（㎡，镕）"]
    (grid,) = found.grids()
    assert (cells(grid), grid.caption) == (LAID_OUT, "2024年度基础数据表（㎡，镕）")
    assert (found.source.reader, "扩展名是 .doc" in found.source.note) == ("html", True)


def test_what_is_not_shown_is_not_read(tmp_path: Path) -> None:
    page = """<html><title>标题</title><style>p{}</style><script>var a = "1.00";</script>
    <p>项目支出<del>7.00</del><span style='mso-hide:all'>8.00</span>710.47万
元，其中<b>专项</b> 2.00<br>万元<!-- 9.00 --></p><p hidden>6.00</p><template>5.00</template></html>"""
    found = read(tmp_path / "a.html", page.encode())
    assert [p.text for p in found.paragraphs()] == ["项目支出710.47万元，其中专项 2.00", "万元"]


@pytest.mark.parametrize("declared", ["<meta charset=utf-8>", ""])
def test_stray_control_characters_are_left_out(declared: str, tmp_path: Path) -> None:
    page = f"<html>{declared}<p>\x04项目支出\x05 1.00\x00</p></html>"
    found = read(tmp_path / "a.doc", page.encode())
    assert [p.text for p in found.paragraphs()] == ["项目支出 1.00"]


def test_a_table_in_a_cell_follows_the_one_it_stands_in(tmp_path: Path) -> None:
    page = "<table><tr><td>外<table><tr><td>内</td></tr></table>后</td><td>右</td></tr></table><p>完</p>"
    found = read(tmp_path / "a.html", f"<html><body>{page}</body></html>".encode())
    assert [[cell.text for cell in grid.cells] for grid in found.grids()] == [["外\n后", "右"], ["内"]]


def test_spans_that_lie_don_t_cover_other_cells(tmp_path: Path) -> None:
    page = """<table><tr><td rowspan=99>一</td><td>二</td><td rowspan="0">三</td></tr>
    <tr><td colspan=999999>四</td></tr><tr><td colspan=x>五</td></tr></table>"""
    (grid,) = read(tmp_path / "a.html", f"<html>{page}</html>".encode()).grids()
    assert cells(grid) == [
        (0, 0, 3, 1, "一"),
        (0, 1, 1, 1, "二"),
        (0, 2, 3, 1, "三"),
        (1, 1, 1, 1, "四"),
        (2, 1, 1, 1, "五"),
    ]
    assert (grid.rows, grid.columns) == (3, 3)


@pytest.mark.parametrize(("how", "body"), [("8bit", TABLE), ("base64", None), ("quoted-printable", None)])
def test_mhtml_is_a_mail_that_holds_a_page(how: str, body: str | None, tmp_path: Path) -> None:
    import base64
    import quopri

    raw = f"<html><body>{TABLE}</body></html>".encode("gb18030")
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(how, bytes)(raw)
    head, tail = MAIL.format(charset="gb2312", how=how, body="\0").encode().split(b"\0")
    (grid,) = read(tmp_path / "附件2.doc", head + coded + tail).grids()
    assert cells(grid) == LAID_OUT


BAD = {
    "nothing in it": (b"<html><body><p>&nbsp; </p></body></html>", "empty"),
    "only a picture": (b"<html><body><img src=a.png></body></html>", "needs_ocr"),
    "nested without end": (b"<html>" + b"<div>" * 100_000 + b"1.00", "hostile"),
    "a table beyond measure": (
        b"<table>" + b"<tr><td colspan=1000>1</td></tr>" * 500 + b"</table>",
        "too_large",
    ),
    "a mail without a page": (MAIL.replace("text/html", "image/png").encode(), "broken"),
    "mails in mails": (
        b"MIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 5000 + b"<html>",
        "hostile",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_ones_are_named(name: str, tmp_path: Path) -> None:
    content, reason = BAD[name]
    with pytest.raises(Unreadable) as raised:
        read(tmp_path / "a.html", content)
    assert raised.value.reason == reason
