"""Files that are damaged, empty or built to harm, one or more of each kind, made from nothing."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from extract import kinds
from tests.intake.build import TYPES, WORD, ole2, word, zipped
from tests.readers import ofd_builder as ofd

SHEET_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SHEET_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIB = b"\xec\xa5\xc1\x00" + bytes(8)


def document(body: str) -> bytes:
    """A .docx with this body."""
    part = zipfile.ZipFile(io.BytesIO(word())).read("[Content_Types].xml")
    main = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": part, "word/document.xml": main})


def workbook(sheet: str) -> bytes:
    """An .xlsx with this one sheet."""
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_MAIN}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
            f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{SHEET_SPACE}" xmlns:r="{LINKS}"><sheets>'
            '<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
            f'Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET_SPACE}"><sheetData>{sheet}</sheetData>'
            "</worksheet>",
        }
    )


def spreadsheet(rows: str) -> bytes:
    """An .ods with these rows."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    return zipped(
        {
            "mimetype": kinds.ODS.media_type,
            "META-INF/manifest.xml": "<m/>",
            "content.xml": f'<o:document-content xmlns:o="{space}:office:1.0" xmlns:t="{space}:table:1.0" '
            f'xmlns:x="{space}:text:1.0"><o:body><o:spreadsheet><t:table t:name="表">{rows}</t:table>'
            "</o:spreadsheet></o:body></o:document-content>",
        }
    )


def pages(objects: str) -> bytes:
    """An .ofd with one page of these objects."""
    return zipped(dict(ofd.package([objects])))


def picture(wide: int, high: int) -> bytes:
    """A white PNG of so many pixels, black and white."""
    row = b"\x00" + b"\xff" * (-(-wide // 8))
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(row) for _ in range(high)) + packer.flush()
    chunks = [(b"IHDR", struct.pack(">2I5B", wide, high, 1, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")]
    packed = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def bomb_in_zips(depth: int) -> bytes:
    """A Word file that unpacks to 80 MB of zeros, in so many zips."""
    content = zipped({"word/document.xml": bytes(80 << 20)})
    for number in range(depth):
        content = zipped({"内.zip" if number else "附件2.docx": content})
    return content


CELL = "<t:table-cell><x:p>1.00</x:p></t:table-cell>"
BAD: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "空.doc": (lambda: b"", {"empty"}),
    "半截.docx": (lambda: word()[:200], {"truncated"}),
    "坏部件.docx": (lambda: document("<w:p>"), {"broken"}),
    "嵌套.docx": (lambda: document("<w:tbl><w:tr><w:tc>" * 20_000), {"hostile", "broken"}),
    "实体.docx": (
        lambda: zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        {"hostile"},
    ),
    "炸弹.docx": (lambda: document("<w:p/>" * 3_000_000 + " " * (40 << 20)), {"hostile"}),
    "坏.doc": (lambda: ole2({"WordDocument": FIB})[:700], {"broken"}),
    "乱.doc": (lambda: ole2({"WordDocument": FIB + bytes(range(256)) * 40}), {"broken"}),
    "坏.xls": (lambda: ole2({"Workbook": b"\x09\x08\x10\x00" + b"\xff" * 5000}), {"broken"}),
    "坏.xlsx": (lambda: workbook("<row><c"), {"broken"}),
    "远角.xlsx": (
        lambda: workbook(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
        ),
        {"too_large"},
    ),
    "重复.ods": (
        lambda: spreadsheet(f'<t:table-row t:number-rows-repeated="1000000000">{CELL}</t:table-row>'),
        {"no_table"},
    ),
    "坏.ods": (lambda: spreadsheet("<t:table-row>"), {"broken"}),
    "坏.ofd": (lambda: pages("<ofd:TextObject"), {"broken"}),
    "嵌套.ofd": (lambda: pages("<ofd:PageBlock>" * 100_000 + "</ofd:PageBlock>" * 100_000), {"hostile"}),
    "百万.ofd": (lambda: pages(ofd.path("M 1 1 L 9 9", boundary="0 0 9 9") * 200_000), {"too_large"}),
    "坏.pdf": (lambda: b"%PDF-1.7\n1 0 obj\n<<", {"truncated"}),
    "嵌套.html": (lambda: b"<html>" + b"<div>" * 1_000_000, {"hostile"}),
    "空.html": (lambda: b"<html></html>", {"empty"}),
    "表格.csv": (lambda: "项目,决算数\n三公经费,1\n".encode(), {"unsupported"}),
    "二进制.txt": (lambda: bytes(range(256)) * 10, {"not_a_document"}),
    "坏.png": (lambda: picture(800, 600)[:60], {"broken", "truncated"}),
    "巨幅.png": (lambda: picture(30_000, 30_000), {"too_large"}),
    "没有表.png": (lambda: picture(800, 600), {"empty", "needs_ocr"}),
    "炸弹.zip": (lambda: bomb_in_zips(2), {"too_large", "hostile"}),
    "坏.zip": (lambda: zipped({"附件1.docx": word()})[:-10], {"truncated"}),
    "坏.7z": (lambda: b"7z\xbc\xaf\x27\x1c\x00\x04" + b"\xff" * 500, {"broken"}),
    "坏.rar": (lambda: b"Rar!\x1a\x07\x01\x00" + b"\xff" * 500, {"broken"}),
    "深.rtf": (lambda: b"{\\rtf1 " + b"{\\b " * 300_000, {"hostile"}),
}
"""By name: the bytes, and the reasons that a clerk may be told."""
