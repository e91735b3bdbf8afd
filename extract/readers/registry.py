"""Which reader claims which media type: exactly one each, in sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from extract import kinds
from extract.converting.plain import PACKAGE
from extract.document import Document, Source
from extract.failure import Unreadable
from extract.means import PLAIN, Means
from extract.readers.docx import read_docx
from extract.readers.html import read_html, read_mhtml
from extract.readers.ofd import read_ofd
from extract.readers.pdf import read_pdf
from extract.readers.picture import read_picture
from extract.readers.second import compared
from extract.readers.text import read_text
from extract.readers.workbook import read_workbook

Reader = Callable[[Path, Source, Means], Document]

READERS: tuple[tuple[frozenset[str], Reader], ...] = (
    (frozenset(kind.media_type for kind in (kinds.DOCX, kinds.DOCM, kinds.DOTX, kinds.DOTM)), read_docx),
    (frozenset((kinds.PDF.media_type,)), read_pdf),
    (frozenset((kinds.IMAGE.media_type,)), read_picture),
    (frozenset((kinds.OFD.media_type,)), read_ofd),
    (frozenset(kind.media_type for kind in (kinds.XLSX, kinds.XLS, kinds.ODS)), read_workbook),
    (frozenset((kinds.HTML.media_type,)), read_html),
    (frozenset((kinds.MHTML.media_type,)), read_mhtml),
    (frozenset((kinds.TEXT.media_type,)), read_text),
)

WITHOUT_OFFICE = "文件由后备的转换程序读取，没有用 LibreOffice，请对照原件核对表格"


def read_document(source: Source, means: Means = PLAIN) -> Document:
    """The source as its one reader shows it. Raises Unreadable where no reader claims its type.

    A source that was converted names both: «libreoffice+docx». Where one conversion can't be read, the
    other is.
    """
    claims = [reader for types, reader in READERS if source.type in types]
    if not claims:
        raise Unreadable("unsupported", f"还不能读取这种文件（{source.type}）", kinds.RETYPE)
    (reader,) = claims
    try:
        found = compared(reader(source.file, source, means), source)
    except Unreadable as fault:
        if not source.reader:
            raise
        if source.second:
            other = replace(source, reader=PACKAGE, opened=source.second, second="")
            return read_document(other, means)
        message = f"由 {source.reader} 转换出来的文件读不了：{fault.message}"
        raise Unreadable(fault.reason, message, kinds.RESAVE_WORD) from fault
    way = "+".join(filter(None, (source.reader, found.source.reader)))
    warnings = (WITHOUT_OFFICE, *found.warnings) if source.reader == PACKAGE else found.warnings
    told = replace(found.source, reader=way, opened="", opened_as="", second="")
    return replace(found, source=told, warnings=warnings)
