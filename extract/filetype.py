"""Tells a file's kind by its content, never by its name.

`tell` looks at the first bytes, at the root of an OLE2 file, at the parts of a zip. Of a zip only the
small parts that say what it is are unpacked, and those up to a limit: this runs before any sandbox.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from dataclasses import replace
from typing import BinaryIO

from extract import kinds, ole
from extract.encoding import decoded, without_controls
from extract.failure import Unreadable
from extract.kinds import Kind

HEAD = 1 << 16
PDF_WITHIN = 1024
"""A PDF may have junk before its header, within its first 1,024 bytes."""
PDF_HEADER = re.compile(rb"%PDF-\d")
INDEX_PART_LIMIT = 1 << 20
DIRECTORY_LIMIT = 16 << 20
"""A zip's list of parts, in bytes: some hundred thousand parts, more than any document has."""
END_OF_ZIP = struct.Struct("<4s4H2IH")
END_OF_ZIP64 = struct.Struct("<4sQ2H2I4Q")
ZIP64_LOCATOR = struct.Struct("<4sIQI")
ZIP_FAULTS = (
    zipfile.BadZipFile,
    RuntimeError,
    EOFError,
    ValueError,
    OverflowError,
    OSError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
)
"""What zipfile raises on damaged archives; NotImplementedError is a RuntimeError."""

BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", kinds.IMAGE),
    (b"\xff\xd8\xff", kinds.IMAGE),
    (b"GIF87a", kinds.IMAGE),
    (b"GIF89a", kinds.IMAGE),
    (b"II*\x00", kinds.IMAGE),
    (b"MM\x00*", kinds.IMAGE),
    (b"Rar!\x1a\x07", kinds.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", kinds.ARCHIVE),
    (b"\x1f\x8b", kinds.ARCHIVE),
    (b"BZh", kinds.ARCHIVE),
    (b"\xfd7zXZ\x00", kinds.ARCHIVE),
    (b"MZ", kinds.PROGRAM),
    (b"\x7fELF", kinds.PROGRAM),
)
OOXML_MAIN_PARTS = (
    (re.compile(r"wordprocessingml\.document\.main\+xml", re.I), kinds.DOCX),
    (re.compile(r"wordprocessingml\.template\.main\+xml", re.I), kinds.DOTX),
    (re.compile(r"ms-word\.document\.macroEnabled\.main\+xml", re.I), kinds.DOCM),
    (re.compile(r"ms-word\.template\.macroEnabledTemplate\.main\+xml", re.I), kinds.DOTM),
    (re.compile(r"ms-excel\.sheet\.binary\.[\w.]+\.main", re.I), kinds.XLSB),
    (re.compile(r"(?:spreadsheetml|ms-excel)\.[\w.]+\.main", re.I), kinds.XLSX),
    (re.compile(r"(?:presentationml|ms-powerpoint)\.[\w.]+\.main", re.I), kinds.PPTX),
)
PARTS = (
    ("ofd.xml", kinds.OFD),
    ("word/document.xml", kinds.DOCX),
    ("xl/workbook.xml", kinds.XLSX),
    ("xl/workbook.bin", kinds.XLSB),
    ("ppt/presentation.xml", kinds.PPTX),
    ("uof.xml", kinds.UOF),
)
MIMETYPES = (
    (f"{kinds.ODF}.text", kinds.ODT),
    (f"{kinds.ODF}.spreadsheet", kinds.ODS),
    (f"{kinds.ODF}.", kinds.ODP),
    ("application/epub+zip", kinds.EPUB),
)
ROOT_STREAMS = (
    ("EncryptedPackage", kinds.ENCRYPTED_OFFICE),
    ("WordDocument", kinds.DOC),
    ("Workbook", kinds.XLS),
    ("Book", kinds.XLS),
    ("PowerPoint Document", kinds.PPT),
    ("MatOST", kinds.WORKS),
    ("MN0", kinds.WORKS),
    ("\x05HwpSummaryInformation", kinds.HWP),
    ("__properties_version1.0", kinds.MAIL),
)
XML_ROOTS = (
    ("wordDocument", "", kinds.WORD_XML),
    ("package", "schemas.microsoft.com/office/2006/xmlPackage", kinds.WORD_XML),
    ("Workbook", "urn:schemas-microsoft-com:office:spreadsheet", kinds.EXCEL_XML),
    ("document", "urn:oasis:names:tc:opendocument", kinds.FLAT_ODF),
    ("UOF", "", kinds.UOF),
    ("html", "", kinds.HTML),
)
HEIC_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
MAIL_HEADER = re.compile(r"(?i)\A(?:[\w-]+:.*\n(?:[ \t].*\n)*)*?mime-version:")
XML_PROLOG = re.compile(
    r"\A\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!doctype[^>\[]*(?:\[.*?\]\s*)?>\s*)*", re.I | re.S
)
HTML_TAG = re.compile(r"\A<(?:html|head|body|title|meta|table|div|style|p|font|center)\b", re.I)
HTML_DOCTYPE = re.compile(r"<!doctype\s+html", re.I)
FLAT_SHEET = re.compile(r"""mimetype=["'][\w./-]+\.spreadsheet""")
START_TAG = re.compile(r"\A<(?:[\w.-]+:)?([\w.-]+)([^>]*)")


def tell(file: BinaryIO) -> Kind:
    """The kind of an open, seekable file that isn't empty. Raises Unreadable where it is broken."""
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(ole.MAGIC):
        return _tell_ole(file)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _tell_zip(file)
    for beginning, kind in BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return kinds.RTF
    if PDF_HEADER.search(head[: PDF_WITHIN + 8]) and not _is_page(head):
        return kinds.PDF
    if head[257:262] == b"ustar":
        return kinds.ARCHIVE
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return kinds.HEIC
    if _is_other_image(head):
        return kinds.IMAGE
    text = decoded(head)
    if text is not None:
        return _tell_text(text)
    text = decoded(without_controls(head))
    page = None if text is None else _tell_text(text)
    return page if page in (kinds.HTML, kinds.MHTML) else kinds.UNKNOWN


def _is_page(head: bytes) -> bool:
    """Whether this is a web page, which may speak of PDFs or hold a stray control character."""
    text = decoded(head)
    return text is not None and _tell_text(text) in (kinds.HTML, kinds.MHTML)


def _is_other_image(head: bytes) -> bool:
    if head[:4] == b"RIFF":
        return head[8:12] == b"WEBP"
    return head[:2] == b"BM" and head[6:10] == bytes(4)


def _tell_ole(file: BinaryIO) -> Kind:
    try:
        package = ole.Ole(file)
        streams = package.root_streams()
        for name, kind in ROOT_STREAMS:
            entry = streams.get(name)
            if entry is None:
                continue
            return replace(kind, locked=True) if _is_encrypted(kind, package.start_of(entry, 512)) else kind
    except ole.Broken as error:
        raise Unreadable("broken", "旧版 Office 文件的内部结构已损坏", kinds.COPY_AGAIN) from error
    return kinds.OLE


def _is_encrypted(kind: Kind, start: bytes) -> bool:
    """Whether the main stream of an Office file, whose first bytes these are, says that it is encrypted."""
    if kind is kinds.ENCRYPTED_OFFICE:
        return True
    if kind is kinds.DOC:
        return len(start) > 11 and bool(start[11] & 0x01)
    if kind is not kinds.XLS:
        return False
    place = 0
    while place + 4 <= len(start):
        record, length = struct.unpack_from("<2H", start, place)
        if record == 0x2F:
            return True
        place += 4 + length
    return False


def _tell_zip(file: BinaryIO) -> Kind:
    size = _directory_size(file)
    if size is None:
        raise Unreadable("truncated", "文件不完整，末尾缺失（多半是拷贝或下载中断）", kinds.COPY_AGAIN)
    if size > DIRECTORY_LIMIT:
        raise Unreadable("hostile", "压缩结构里的条目多得不正常，没有打开", kinds.COPY_AGAIN)
    try:
        with zipfile.ZipFile(file) as package:
            return _tell_package(package)
    except ZIP_FAULTS as error:
        raise Unreadable("broken", "文件的压缩结构已损坏", kinds.COPY_AGAIN) from error


def _directory_size(file: BinaryIO) -> int | None:
    """Bytes of the zip's list of parts by its own word; None where the end of the zip is missing."""
    size = file.seek(0, 2)
    start = max(0, size - (1 << 16) - END_OF_ZIP.size - ZIP64_LOCATOR.size)
    file.seek(start)
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or place + END_OF_ZIP.size > len(tail):
        return None
    declared: int = END_OF_ZIP.unpack_from(tail, place)[5]
    locator = place - ZIP64_LOCATOR.size
    if locator >= 0 and tail.startswith(b"PK\x06\x07", locator):
        file.seek(min(size, ZIP64_LOCATOR.unpack_from(tail, locator)[2]))
        record = file.read(END_OF_ZIP64.size)
        if len(record) < END_OF_ZIP64.size:
            return None
        declared = END_OF_ZIP64.unpack(record)[8]
    return declared


def _tell_package(package: zipfile.ZipFile) -> Kind:
    kind = _kind_of_package(package)
    if kind is not kinds.ZIP and any(part.flag_bits & 1 for part in package.infolist()):
        raise Unreadable("encrypted", "文件的压缩结构设有密码", kinds.UNLOCK)
    return kind


def _kind_of_package(package: zipfile.ZipFile) -> Kind:
    names = {name.replace("\\", "/").lstrip("/").lower(): name for name in reversed(package.namelist())}
    mimetype = _part(package, names.get("mimetype"))
    for beginning, kind in MIMETYPES:
        if mimetype.startswith(beginning):
            locked = "encryption-data" in _part(package, names.get("meta-inf/manifest.xml"))
            return replace(kind, locked=True) if locked else kind
    content_types = _part(package, names.get("[content_types].xml"))
    for main_part, kind in OOXML_MAIN_PARTS:
        if main_part.search(content_types):
            return kind
    for name, kind in PARTS:
        if name in names:
            return kind
    return kinds.ZIP


def _part(package: zipfile.ZipFile, name: str | None) -> str:
    """The start of a part as text; empty where it is missing or can't be unpacked."""
    if name is None:
        return ""
    try:
        with package.open(name) as part:
            start = part.read(INDEX_PART_LIMIT)
    except ZIP_FAULTS:
        return ""
    return decoded(start) or ""


def _tell_text(text: str) -> Kind:
    if MAIL_HEADER.match(text):
        return kinds.MHTML
    prolog = XML_PROLOG.match(text)
    body = text[prolog.end() :] if prolog else text
    if HTML_TAG.match(body) or (prolog and HTML_DOCTYPE.search(prolog.group())):
        return kinds.HTML
    tag = START_TAG.match(body)
    if tag is None:
        return kinds.TEXT
    for name, namespace, kind in XML_ROOTS:
        if tag.group(1) == name and namespace in tag.group(2):
            return kinds.FLAT_ODS if kind is kinds.FLAT_ODF and FLAT_SHEET.search(tag.group(2)) else kind
    return kinds.XML
