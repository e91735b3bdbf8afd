"""Whole PDF files: unreadable ones say why, the seed and a whole corpus are read through the sandbox."""

import time
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from PIL import Image
from reportlab.lib.utils import ImageReader

from extract.document import Document, Source
from extract.failure import Failure, Unreadable
from extract.intake import take
from extract.means import Means
from extract.readers import pdf
from extract.readers.pdf import read_pdf
from extract.sandbox import run_all
from tests.readers.pdf_builder import Drawing, read

SHARED = Path(__file__).parents[2].parent / "shared"
SEED = SHARED / "seed"
CORPUS = sorted((SHARED / "corpus").rglob("*.pdf"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def reason(path: Path) -> str:
    with pytest.raises(Unreadable) as raised:
        read(path)
    assert raised.value.message
    assert raised.value.remedy
    return raised.value.reason


def picture(drawing: Drawing, left: float, top: float, wide: float, high: float) -> None:
    image = ImageReader(Image.new("RGB", (40, 40), (200, 190, 180)))
    drawing.canvas.drawImage(image, left, drawing.height - top - high, wide, high)


def test_a_scanned_page_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "mixed.pdf")
    drawing.text(60, 60, "部门整体支出绩效自评报告（第一部分）")
    drawing.new_page()
    picture(drawing, 0, 0, 595, 842)
    document = read(drawing.save())
    assert document.warnings == ("第2页没有可用的文字层，需要 OCR，本页内容没有读取",)
    assert [p.text for p in document.paragraphs()] == ["部门整体支出绩效自评报告（第一部分）"]
    assert (document.source.reader, document.source.pages) == ("pdf", 2)


def test_a_scan_with_a_hidden_layer_of_guesses_needs_ocr(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "guessed.pdf")
    picture(drawing, 0, 0, 595, 842)
    layer = drawing.canvas.beginText(60, 700)
    layer.setFont("STSong-Light", 12)
    layer.setTextRenderMode(3)
    layer.textLine("三公经费决算数0.96万元项目支出661.46万元")
    drawing.canvas.drawText(layer)
    assert reason(drawing.save()) == "needs_ocr"


def test_codes_that_map_to_the_wrong_characters_need_ocr(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "garbled.pdf")
    drawing.lines(60, 60, ["垕埖堎塉墲壴夓奀妷娊嫕嬁孲寍屔岉崀嵙巆帇庉廞弅彔徛忷"] * 3)
    assert reason(drawing.save()) == "needs_ocr"


NAMELESS = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R
  /Resources<</Font<</A 5 0 R/B 6 0 R>>>>>> endobj
4 0 obj <</Length LENGTH>> stream
CONTENT
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
6 0 obj <</Type/Font/Subtype/Type0/BaseFont/Nameless/Encoding/Identity-H/DescendantFonts[7 0 R]>> endobj
7 0 obj <</Type/Font/Subtype/CIDFontType2/BaseFont/Nameless/CIDSystemInfo<</Registry(Adobe)
  /Ordering(Identity)/Supplement 0>>/FontDescriptor 8 0 R>> endobj
8 0 obj <</Type/FontDescriptor/FontName/Nameless/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0
  /Ascent 800/Descent -200/CapHeight 700/StemV 80>> endobj
trailer <</Root 1 0 R/Size 9>>
%%EOF"""
"""A page in two fonts: A is Helvetica, B has glyph numbers and nothing that names their characters."""


def nameless(path: Path, content: bytes) -> Path:
    page = NAMELESS.replace(b"CONTENT", content).replace(b"LENGTH", str(len(content)).encode())
    path.write_bytes(page)
    return path


def test_glyphs_without_names_need_ocr(tmp_path: Path) -> None:
    glyphs = "".join(f"{code:04X}" for code in range(0x200, 0x240)).encode()
    assert (
        reason(nameless(tmp_path / "nameless.pdf", b"BT /B 12 Tf 60 700 Td <" + glyphs + b"> Tj ET"))
        == "needs_ocr"
    )


def test_glyphs_without_names_among_others_are_never_guessed(tmp_path: Path) -> None:
    content = b"BT /A 12 Tf 60 700 Td (final accounts 136) Tj /B 12 Tf <02330234> Tj /A 12 Tf (.38) Tj ET"
    document = read(nameless(tmp_path / "hole.pdf", content))
    assert [p.text for p in document.paragraphs()] == ["final accounts 136\ufffd\ufffd.38"]
    assert document.warnings == ("第1页有无法识别的字符，以“\ufffd”代替",)


def test_letters_drawn_as_outlines_need_ocr(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "outlines.pdf")
    for index in range(100):
        drawing.canvas.circle(60 + 4 * index, 500, 3)
    assert reason(drawing.save()) == "needs_ocr"


def test_a_typed_page_over_a_background_picture_is_read(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "background.pdf")
    picture(drawing, 0, 0, 595, 842)
    drawing.text(60, 60, "部门整体支出绩效自评报告封面")
    assert [p.text for p in read(drawing.save()).paragraphs()] == ["部门整体支出绩效自评报告封面"]


def test_a_large_picture_beside_text_is_mentioned(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "picture.pdf")
    drawing.text(60, 60, "基础数据表见下图，请核对。")
    picture(drawing, 60, 200, 400, 300)
    assert read(drawing.save()).warnings == ("第1页有大幅图片，图片里的内容没有读取",)


def test_an_empty_page_needs_no_ocr_but_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "blank.pdf")
    drawing.new_page()
    assert reason(drawing.save()) == "empty"


def test_a_file_with_a_password_is_encrypted(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "locked.pdf", encrypt="secret")
    drawing.text(60, 60, "保密")
    path = drawing.save()
    assert reason(path) == "encrypted"
    source = take(path)
    assert isinstance(source, Source)
    found = read_pdf(path, source, Means(("错的", "secret")))
    assert [p.text for p in found.paragraphs()] == ["保密"]
    with pytest.raises(Unreadable, match="给出的密码都打不开"):
        read_pdf(path, source, Means(("错的",)))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n1 0 obj\n<<", "truncated"),
        (b"PK\x03\x04 no pdf", "not_a_document"),
        (b"", "not_a_document"),
    ],
)
def test_broken_files(content: bytes, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)
    assert reason(path) == expected


def test_too_many_pages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PAGE_LIMIT", 2)
    drawing = Drawing(tmp_path / "long.pdf")
    for _ in range(3):
        drawing.text(60, 60, "一页")
        drawing.new_page()
    assert reason(drawing.save()) == "too_large"


def test_an_overfull_page_is_named(tmp_path: Path) -> None:
    """4,500 rules are a drawing, no form."""
    drawing = Drawing(tmp_path / "overfull.pdf", size=(4000, 6000))
    drawing.text(60, 60, "第一页的正文内容")
    drawing.new_page()
    drawing.text(60, 60, "一张总平面图及其说明")
    for index in range(1, 1125):
        for k in range(4):
            drawing.line(1000 * k, 5 * index, 1000 * k + 500, 5 * index)
    document = read(drawing.save())
    assert document.warnings == ("第2页文字或图形过多，没有读取",)
    assert [p.text for p in document.paragraphs()] == ["第一页的正文内容"]


def test_radicals_are_folded_and_full_width_signs_stay(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "radicals.pdf")
    drawing.text(60, 60, "公务用\u2ecb购置一\u2f00，便\uf9dd群众满意度＞95％，（ＡＢ）")
    assert [p.text for p in read(drawing.save()).paragraphs()] == [
        "公务用车购置一一，便利群众满意度＞95％，（ＡＢ）"
    ]


Place = tuple[int, int]


def word_tables(path: Path) -> Iterator[list[tuple[int, int, int, int, str]]]:
    """An independent reading of a plain .docx: gridSpan and vMerge, nothing else."""
    with ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    for table in root.iter(f"{W}tbl"):
        text: dict[Place, str] = {}
        wide: dict[Place, int] = {}
        high: dict[Place, int] = {}
        above: dict[int, Place] = {}
        for row, line in enumerate(table.iterchildren(f"{W}tr")):
            column = 0
            for cell in line.iterchildren(f"{W}tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                place = row, column
                wide[place] = int(span.get(f"{W}val", "1")) if span is not None else 1
                if merge is not None and merge.get(f"{W}val") != "restart":
                    high[above[column]] += 1
                else:
                    above[column] = place
                    high[place] = 1
                    text[place] = "".join(part.text or "" for part in cell.iter(f"{W}t"))
                column += wide[place]
        yield [(*place, high[place], wide[place], "".join(text[place].split())) for place in sorted(text)]


@pytest.mark.skipif(
    not SEED.exists(), reason="the seed submission lies beside the checkout only where we work"
)
def test_the_seeds_pdf_has_the_cells_and_spans_of_its_word_file() -> None:
    document = read(SEED / "report.pdf")
    found = [
        sorted((c.row, c.column, c.row_span, c.column_span, "".join(c.text.split())) for c in grid.cells)
        for grid in document.grids()
    ]
    assert found == list(word_tables(SEED / "report.docx"))
    assert document.warnings == ()


def source(path: Path) -> Source:
    return Source(path.name, str(path), "", "application/pdf", path.stat().st_size)


@pytest.mark.skipif(not CORPUS, reason="the corpus lies beside the checkout only where we work")
def test_every_file_of_the_corpus_ends_in_a_document_or_a_failure_of_its_own() -> None:
    begin = time.monotonic()
    found = dict(run_all(lambda path: read_pdf(path, source(path), Means(ocr=False)), CORPUS))
    assert time.monotonic() - begin < 30
    assert list(found) == CORPUS
    for path, answer in found.items():
        if isinstance(answer, Document):
            assert any(p.text for p in answer.paragraphs()) or list(answer.grids()), path.name
        else:
            assert isinstance(answer, Failure)
            assert answer.reason not in ("broken", "timeout", "crashed"), answer.printed()
