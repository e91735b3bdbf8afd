"""Image files of each kind, and those that can't or may not be read: a named outcome each."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from extract import kinds
from extract.document import Source
from extract.failure import Unreadable
from extract.means import PLAIN, Means
from extract.readers import scan_models
from extract.readers.effort import limits_for
from extract.readers.ofd import read_ofd
from extract.readers.pdf import read_pdf
from extract.readers.picture import read_picture
from extract.readers.scan_image import frames
from samples import scans
from tests.readers.ofd_builder import package, root, tag, text, write
from tests.readers.pdf_builder import Drawing

recognises = pytest.mark.skipif(
    not scan_models.installed(), reason="recognition needs the extra gouji[ocr]; `make test` installs it"
)
WORDS = "本单位严格控制三公经费支出12.60万元，"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> scans.Picture:
    drawing = Drawing(tmp_path_factory.mktemp("scan") / "text.pdf")
    for line in range(3):
        drawing.text(90, 100 + 30 * line, WORDS * 2, 10.5)
    return scans.pages(drawing.save(), 150)[0]


def source(path: Path, media_type: str = kinds.IMAGE.media_type) -> Source:
    return Source(path.name, str(path), "", media_type, path.stat().st_size)


def refused(path: Path, means: Means = PLAIN) -> Unreadable:
    with pytest.raises(Unreadable) as raised:
        read_picture(path, source(path), means)
    assert raised.value.message
    assert raised.value.remedy
    return raised.value


def said(path: Path) -> list[str]:
    document = read_picture(path, source(path))
    assert document.source.reader == "ocr"
    return ["".join(p.text.split()) for p in document.paragraphs()]


@recognises
@pytest.mark.parametrize("kind", ["jpg", "bmp", "webp", "gif"])
def test_every_kind_of_image_is_read(page: scans.Picture, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"page.{kind}"
    (page.convert("P") if kind == "gif" else page).save(path)
    assert "12.60万元" in "".join(said(path))


@recognises
def test_the_pages_of_a_tiff_follow_each_other(page: scans.Picture, tmp_path: Path) -> None:
    path = tmp_path / "two.tiff"
    page.convert("1").save(path, save_all=True, append_images=[page.convert("L")], compression="tiff_lzw")
    document = read_picture(path, source(path))
    assert document.source.pages == 2
    assert "".join(p.text for p in document.paragraphs()).count("12.60万元") == 12


def test_a_cameras_word_on_turning_is_heeded(page: scans.Picture, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "turned.jpg"
    page.transpose(Image.Transpose.ROTATE_90).save(path, exif=exif)
    (frame,) = frames(path)
    assert frame.colour.shape == (2338, 1654, 3)


def test_a_page_without_a_size_of_its_own_counts_as_a4(page: scans.Picture, tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    page.save(path)
    (frame,) = frames(path)
    assert round(frame.colour.shape[0] * frame.warp[1, 1]) == 842
    page.save(path, dpi=(110, 110))
    (larger,) = frames(path)
    assert abs(larger.colour.shape[0] * larger.warp[1, 1] - page.height * 72 / 110) < 2


def test_a_transparent_picture_stands_on_white(page: scans.Picture, tmp_path: Path) -> None:
    path = tmp_path / "clear.png"
    clear = Image.new("RGBA", page.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (200, 200, 400, 400))
    clear.save(path)
    (frame,) = frames(path)
    assert frame.colour[0, 0].tolist() == [255, 255, 255]
    assert frame.colour[400, 400].tolist() == [0, 0, 0]


@recognises
@pytest.mark.parametrize("side", [12_000, 30_000])
def test_an_enormous_image_is_refused_before_it_is_unpacked(tmp_path: Path, side: int) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png(side))
    assert refused(path).reason == "too_large"


@recognises
def test_broken_and_tiny_images_say_what_is_wrong(page: scans.Picture, tmp_path: Path) -> None:
    path = tmp_path / "page.jpg"
    page.save(path)
    path.write_bytes(path.read_bytes()[:9000])
    assert refused(path).reason == "broken"
    path.write_bytes(b"\xff\xd8\xff\xe0")
    assert refused(path).reason == "broken"
    page.resize((210, 297)).save(path)
    assert "太小" in refused(path).message


def test_recognition_may_be_switched_off(page: scans.Picture, tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    page.save(path)
    assert refused(path, Means(ocr=False)).reason == "needs_ocr"


def test_what_is_missing_is_named(
    page: scans.Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_models, "PACKAGES", ("a_package_that_nobody_has",))
    path = tmp_path / "page.png"
    page.save(path)
    assert refused(path).reason == "needs_ocr"
    assert 'pip install "gouji[ocr]"' in refused(path).remedy
    drawing = Drawing(tmp_path / "scan.pdf")
    drawing.canvas.drawInlineImage(page, 0, 0, 595.3, 841.9)
    drawn = drawing.save()
    with pytest.raises(Unreadable, match="没有安装识别组件") as raised:
        read_pdf(drawn, source(drawn, kinds.PDF.media_type))
    assert 'pip install "gouji[ocr]"' in raised.value.remedy


@recognises
def test_time_and_memory_grow_with_what_may_be_pages() -> None:
    def limits(size: int, media_type: str, means: Means = PLAIN) -> float:
        return limits_for(Source("a", "a", "", media_type, size), means).seconds

    pdf = kinds.PDF.media_type
    assert limits(5_000_000, kinds.DOCX.media_type) == 60
    assert limits(5_000_000, kinds.OFD.media_type) == limits(5_000_000, pdf)
    assert limits(5_000_000, pdf, Means(ocr=False)) == 60
    assert 60 < limits(100_000, pdf) < limits(1_000_000, pdf) < limits(100_000_000, pdf) < 3 * 3600


def png(side: int) -> bytes:
    """A black-and-white PNG that is small on disk and as wide and high as it says."""

    def part(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">2I5B", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * 64), 9)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


PICTURE = '<ofd:ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="5"/>'


def pictured_ofd(path: Path, picture: bytes) -> Path:
    """An OFD file of two pages, the second of them the picture."""
    parts: dict[str, str | bytes] = dict(package([text(20, 30, "自评报告正文"), PICTURE]))
    document = str(parts["Doc_0/Document.xml"])
    listed = tag("DocumentRes", "DocumentRes.xml")
    parts["Doc_0/Document.xml"] = document.replace("</ofd:CommonData>", f"{listed}</ofd:CommonData>")
    media = tag("MultiMedia", tag("MediaFile", "page.png"), ID="5", Type="Image")
    resources = root("Res", tag("MultiMedias", media)).replace("<ofd:Res ", '<ofd:Res BaseLoc="Res" ')
    parts["Doc_0/DocumentRes.xml"] = resources
    parts["Doc_0/Res/page.png"] = picture
    return write(path, parts)


@recognises
def test_a_pictured_page_of_an_ofd_is_read_where_it_stands(page: scans.Picture, tmp_path: Path) -> None:
    page.save(tmp_path / "page.png")
    path = pictured_ofd(tmp_path / "a.ofd", (tmp_path / "page.png").read_bytes())
    document = read_ofd(path, source(path, kinds.OFD.media_type))
    first, *rest = document.paragraphs()
    assert (document.source.reader, first.text, first.sure) == ("ofd+ocr", "自评报告正文", 1.0)
    assert "12.60万元" in "".join("".join(one.text.split()) for one in rest)
    assert {one.page for one in rest} == {2}
    assert rest[0].box is not None
    assert rest[0].box[1] == pytest.approx(100, abs=15)


@pytest.mark.parametrize("means", [PLAIN, Means(ocr=False)], ids=["broken picture", "no recognition"])
def test_a_pictured_page_that_is_not_read_is_named(tmp_path: Path, means: Means) -> None:
    path = pictured_ofd(tmp_path / "a.ofd", b"\x89PNG no")
    document = read_ofd(path, source(path, kinds.OFD.media_type), means)
    assert [one.text for one in document.paragraphs()] == ["自评报告正文"]
    assert any(warning.startswith("第2页没有文字，只有图片") for warning in document.warnings)
