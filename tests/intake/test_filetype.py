"""Every kind is told by its bytes; what is broken, hostile or locked is said to be."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import kinds
from extract.converting.convert import ROUTES
from extract.failure import Unreadable
from extract.filetype import tell
from extract.kinds import Kind
from extract.readers.registry import READERS
from tests.intake.build import MAIN, ole2, word, zipped

OOXML = "application/vnd.openxmlformats-officedocument."
FIB = b"\xec\xa5\xc1\x00" + bytes(6)
BIFF_START = struct.pack("<2H", 0x0809, 16) + bytes(16)


def package(main: str, *others: str) -> bytes:
    types = "".join(
        f'<Default Extension="x{place}" ContentType="{name}"/>' for place, name in enumerate((*others, main))
    )
    return zipped({"[Content_Types].xml": f"<Types>{types}</Types>"})


def told(content: bytes) -> Kind:
    return tell(io.BytesIO(content))


def refused(content: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        told(content)
    return caught.value


KINDS = {
    "docx": (word(), kinds.DOCX),
    "docx, main part elsewhere": (word(document="word/document2.xml"), kinds.DOCX),
    "docx, types in capitals": (word(MAIN.upper()), kinds.DOCX),
    "docx, types missing": (zipped({"word/document.xml": "<w/>"}), kinds.DOCX),
    "docx, backslashes": (zipped({"word\\document.xml": "<w/>"}), kinds.DOCX),
    "docx, types in UTF-16": (
        zipped({"[Content_Types].xml": f'<Override ContentType="{MAIN}"/>'.encode("utf-16")}),
        kinds.DOCX,
    ),
    "docm": (word("application/vnd.ms-word.document.macroEnabled.main+xml"), kinds.DOCM),
    "dotx": (word(f"{OOXML}wordprocessingml.template.main+xml"), kinds.DOTX),
    "dotm": (word("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"), kinds.DOTM),
    "docx with a workbook in it": (package(MAIN, f"{OOXML}spreadsheetml.sheet"), kinds.DOCX),
    "xlsx": (package(f"{OOXML}spreadsheetml.sheet.main+xml"), kinds.XLSX),
    "xlsm": (package("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), kinds.XLSX),
    "pptx": (package(f"{OOXML}presentationml.presentation.main+xml"), kinds.PPTX),
    "pptx with a workbook in it": (
        package(f"{OOXML}presentationml.slideshow.main+xml", f"{OOXML}spreadsheetml.sheet"),
        kinds.PPTX,
    ),
    "odt": (zipped({"mimetype": kinds.ODT.media_type, "content.xml": "<x/>"}), kinds.ODT),
    "ods": (zipped({"mimetype": kinds.ODS.media_type}), kinds.ODS),
    "odp": (zipped({"mimetype": kinds.ODP.media_type}), kinds.ODP),
    "ofd": (zipped({"OFD.xml": "<ofd:OFD/>", "Doc_0/Document.xml": "<x/>"}), kinds.OFD),
    "uof": (zipped({"uof.xml": "<x/>"}), kinds.UOF),
    "zip of documents": (zipped({"附件2.docx": word(), "附件3.pdf": b"%PDF-1.7"}), kinds.ZIP),
    "empty zip": (zipped({}), kinds.ZIP),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", kinds.PDF),
    "pdf after junk": (b"\r\n" * 400 + b"%PDF-1.4\n", kinds.PDF),
    "pdf after a server's headers": (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%PDF-1.4\n",
        kinds.PDF,
    ),
    "pdf that is a zip further on": (b"%PDF-1.7\n" + zipped({"a": b"x"}), kinds.PDF),
    "page that speaks of a pdf": (b"<html><p>%PDF-1.7</p></html>", kinds.HTML),
    "rtf that speaks of a pdf": (b"{\\rtf1 %PDF-1.7}", kinds.RTF),
    "pdf after too much junk": (b"\x00junk" * 400 + b"%PDF-1.4\n", kinds.UNKNOWN),
    "doc": (ole2({"WordDocument": FIB + bytes(5000), "1Table": bytes(100)}), kinds.DOC),
    "doc, short": (ole2({"1Table": bytes(100), "WordDocument": FIB + bytes(50)}), kinds.DOC),
    "xls": (ole2({"Workbook": BIFF_START + bytes(5000)}), kinds.XLS),
    "xls of Excel 5": (ole2({"Book": BIFF_START + bytes(5000)}), kinds.XLS),
    "doc with a workbook in it": (
        ole2({"WordDocument": FIB + bytes(5000)}, nested={"Workbook": BIFF_START + bytes(4096)}),
        kinds.DOC,
    ),
    "OLE with a Word file further down": (ole2({"Contents": b"x"}, nested={"WordDocument": FIB}), kinds.OLE),
    "ppt": (ole2({"PowerPoint Document": bytes(8)}), kinds.PPT),
    "works": (ole2({"MatOST": bytes(8)}), kinds.WORKS),
    "hwp": (ole2({"\x05HwpSummaryInformation": bytes(8)}), kinds.HWP),
    "msg": (ole2({"__properties_version1.0": bytes(8)}), kinds.MAIL),
    "rtf": (rb"{\rtf1\ansi\ansicpg936 \'b1\'e0}", kinds.RTF),
    "rtf after a blank line": (b"\r\n{\\rtf1 x}", kinds.RTF),
    "html": ("<!DOCTYPE html>\n<html><table>编制数</table></html>".encode(), kinds.HTML),
    "html in GBK": ("<html><head><title>自评报告</title>".encode("gbk"), kinds.HTML),
    "html in UTF-16": ("<html><table>编制数</table></html>".encode("utf-16"), kinds.HTML),
    "html in UTF-16, unmarked": (b"<\0h\0t\0m\0l\0>\0", kinds.HTML),
    "xhtml": (b'<?xml version="1.0"?><!-- a --><html xmlns="http://www.w3.org/1999/xhtml"/>', kinds.HTML),
    "mhtml": (b"From: <Saved by WPS>\r\nSubject: x\r\n y\r\nMIME-Version: 1.0\r\n\r\n<html>", kinds.MHTML),
    "word xml": (
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="x">',
        kinds.WORD_XML,
    ),
    "word flat package": (
        b'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">',
        kinds.WORD_XML,
    ),
    "excel xml": (b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', kinds.EXCEL_XML),
    "flat odf": (
        b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">',
        kinds.FLAT_ODF,
    ),
    "flat ods": (
        b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        b' office:mimetype="application/vnd.oasis.opendocument.spreadsheet">',
        kinds.FLAT_ODS,
    ),
    "xml": ("<?xml version='1.0'?><数据/>".encode(), kinds.XML),
    "text": ("部门整体支出绩效自评报告\r\n一、编制数 24 人".encode(), kinds.TEXT),
    "text in GBK": ("部门整体支出绩效自评报告".encode("gbk"), kinds.TEXT),
    "text longer than what is looked at": ("编".encode() * 40_000, kinds.TEXT),
    "csv": (b"a,b\n1,2\n", kinds.TEXT),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(20), kinds.IMAGE),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(20), kinds.IMAGE),
    "gif": (b"GIF89a" + bytes(20), kinds.IMAGE),
    "tiff": (b"II*\x00" + bytes(20), kinds.IMAGE),
    "bmp": (b"BM\x46\x00\x00\x00\x00\x00\x00\x00" + bytes(20), kinds.IMAGE),
    "webp": (b"RIFF\x10\x00\x00\x00WEBPVP8 ", kinds.IMAGE),
    "heic": (b"\x00\x00\x00\x18ftypheic" + bytes(16), kinds.HEIC),
    "rar": (b"Rar!\x1a\x07\x01\x00", kinds.ARCHIVE),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", kinds.ARCHIVE),
    "gz": (b"\x1f\x8b\x08\x00", kinds.ARCHIVE),
    "tar": (b"a.docx" + bytes(251) + b"ustar\x0000", kinds.ARCHIVE),
    "program": (b"MZ\x90\x00" + bytes(60), kinds.PROGRAM),
    "noise": (bytes(range(256)), kinds.UNKNOWN),
    "zeros": (bytes(4096), kinds.UNKNOWN),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_told_by_its_bytes(name: str) -> None:
    content, kind = KINDS[name]
    assert told(content) == kind


def test_what_is_read_has_one_reader_and_every_other_kind_a_remedy() -> None:
    every = {kind for kind in vars(kinds).values() if isinstance(kind, Kind)}
    claimed = [media_type for types, _ in READERS for media_type in types]
    claimed += [kinds.ZIP.media_type, kinds.ARCHIVE.media_type, *ROUTES]
    claimed.append(kinds.ENCRYPTED_OFFICE.media_type)
    assert sorted(claimed) == sorted({kind.media_type for kind in every if kind.is_read})
    names = [kind.name for kind in every]
    assert len(set(names)) == len(names)


def test_a_zip_cut_off_is_truncated() -> None:
    whole = word()
    for kept in (30, len(whole) // 2, len(whole) - 10):
        assert refused(whole[:kept]).reason == "truncated"


def test_a_zip_with_a_spoilt_list_of_parts_is_broken() -> None:
    whole = bytearray(word())
    place = whole.index(b"PK\x01\x02")
    whole[place : place + 4] = b"XXXX"
    assert refused(bytes(whole)).reason == "broken"


def test_a_list_of_parts_past_the_limit_is_not_even_opened() -> None:
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 9, 9, 0x7FFFFFFF, 0, 0)
    assert refused(b"PK\x03\x04" + bytes(100) + end).reason == "hostile"


def test_a_list_of_parts_past_the_limit_hidden_in_zip64_is_not_opened_either() -> None:
    record = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 9, 9, 1 << 40, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, 4, 1)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, 46, 0, 0)
    assert refused(b"PK\x03\x04" + record + locator + end).reason == "hostile"


def test_a_bomb_as_index_part_is_unpacked_only_up_to_the_limit() -> None:
    bomb = zipped({"[Content_Types].xml": b" " * (64 << 20), "word/document.xml": "<w/>"})
    assert len(bomb) < 100_000
    assert told(bomb) == kinds.DOCX


def test_a_document_whose_zip_has_a_password_is_encrypted() -> None:
    content = bytearray(zipped({"word/document.xml": "<w/>"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    assert zipfile.ZipFile(io.BytesIO(bytes(content))).infolist()[0].flag_bits & 1
    assert refused(bytes(content)).reason == "encrypted"


def test_office_files_with_a_password_are_locked() -> None:
    odf = {"mimetype": kinds.ODT.media_type, "META-INF/manifest.xml": "<manifest:encryption-data/>"}
    locked = [
        ole2({"EncryptionInfo": bytes(200), "EncryptedPackage": bytes(6000)}),
        ole2({"WordDocument": FIB + b"\x00\x01" + bytes(5000)}),
        ole2({"Contents": bytes(70), "WordDocument": FIB + b"\x00\x01" + bytes(50)}),
        ole2({"Workbook": BIFF_START + struct.pack("<2H", 0x2F, 6) + bytes(5000)}),
        zipped(odf),
    ]
    assert [told(content).locked for content in locked] == [True] * len(locked)


def test_ole_files_that_contradict_themselves_are_broken_and_end() -> None:
    whole = ole2({"WordDocument": FIB + bytes(5000)})
    endless = bytearray(whole)
    endless[512 + 4 : 512 + 8] = struct.pack("<I", 1)
    cases = [whole[:100], whole[:600], bytes(endless), whole[:30] + b"\x07" + whole[31:]]
    for content in cases:
        assert refused(content).reason == "broken"


def test_ole_entries_that_point_at_each_other_end() -> None:
    whole = bytearray(ole2({"a": b"x", "WordDocument": FIB + bytes(5000)}))
    directory = 1024
    whole[directory + 2 * 128 + 72 : directory + 2 * 128 + 76] = struct.pack("<I", 1)
    assert told(bytes(whole)) == kinds.DOC


WHOLE = (
    word(),
    zipped({"mimetype": kinds.ODT.media_type, "META-INF/manifest.xml": "<x/>"}),
    ole2({"WordDocument": FIB + bytes(5000), "1Table": bytes(100)}, nested={"Workbook": BIFF_START}),
)


@settings(max_examples=400, deadline=None)
@given(
    whole=st.sampled_from(WHOLE),
    changes=st.lists(st.tuples(st.integers(0, 9000), st.binary(min_size=1, max_size=8)), max_size=6),
    cut=st.integers(0, 9000),
)
def test_spoilt_bytes_end_in_a_kind_or_in_unreadable(
    whole: bytes, changes: list[tuple[int, bytes]], cut: int
) -> None:
    content = bytearray(whole)
    for place, new in changes:
        place %= len(content)
        content[place : place + len(new)] = new
    with contextlib.suppress(Unreadable):
        assert isinstance(told(bytes(content[: cut or None])), Kind)
