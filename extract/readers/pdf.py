"""The PDF reader: a PDF's tables, paragraphs and furniture, exactly as its pages show them.

Runs inside a child of the sandbox: PDFium may abort on hostile files. A page whose text layer can't be
read is recognised from its picture or, without the means for that, named in the warnings as needing OCR;
a file without any readable page is Unreadable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from extract import kinds
from extract.document import Document, Source
from extract.failure import Unreadable
from extract.means import PLAIN, Means
from extract.readers import scan_models
from extract.readers.characters import UNMAPPED
from extract.readers.layout import Ink, Overfull
from extract.readers.pages import blocks_of, sheet_of
from extract.readers.pdf_page import opened_page, read_page
from extract.readers.pdf_plumber import plumbed_grids
from extract.readers.sheet import Sheet
from extract.readers.text_layer import holds_picture, needs_ocr

if TYPE_CHECKING:
    from extract.readers.scan import Scanned

PAGE_LIMIT = 300


@dataclass(slots=True)
class _Pages:
    """What was read of the file's pages, and what has to be said about them."""

    means: Means = PLAIN
    password: str = ""
    scans: list[Scanned] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    for_ocr: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    overfull: list[int] = field(default_factory=list)
    unmapped: list[int] = field(default_factory=list)

    def warnings(self) -> Iterator[str]:
        for numbers, words in (
            (self.for_ocr, f"没有可用的文字层，需要 OCR{self._missing()}，本页内容没有读取"),
            (self.damaged, "已损坏，没有读取"),
            (self.overfull, "文字或图形过多，没有读取"),
            (self.pictures, "有大幅图片，图片里的内容没有读取"),
            (self.unmapped, "有无法识别的字符，以“\ufffd”代替"),
        ):
            yield from (f"第{number}页{words}" for number in numbers)
        for scanned in self.scans:
            yield from scanned.notes()

    def _missing(self) -> str:
        """What keeps pages from being recognised, if it is that something isn't installed."""
        return f"，但没有安装识别组件（{scan_models.PIP}）" if self.means.ocr and not self.recognises else ""

    @property
    def recognises(self) -> bool:
        return self.means.ocr and scan_models.installed()


def read_pdf(path: Path, source: Source, means: Means = PLAIN) -> Document:
    """Read a PDF, its scanned pages too where the means allow. Raises Unreadable."""
    with _opened(path, means.passwords) as (document, password):
        count = pdfium.FPDF_GetPageCount(document)
        if count > PAGE_LIMIT:
            message = f"共 {count} 页，超过 {PAGE_LIMIT} 页的上限"
            raise Unreadable("too_large", message, "请只提交自评材料本身，或拆分后再提交")
        pages = _Pages(means, password)
        for index in range(count):
            _read_page(document, index, pages, path)
    _refuse_unreadable(pages)
    reader = "pdf+ocr" if pages.scans else "pdf"
    return Document(
        replace(source, reader=reader, pages=count), tuple(blocks_of(pages.sheets)), tuple(pages.warnings())
    )


@contextmanager
def _opened(path: Path, passwords: Sequence[str]) -> Iterator[tuple[Any, str]]:
    """The document, and which of the passwords opened it."""
    content = path.read_bytes()
    for password in ("", *passwords):
        for raw in {password.encode("utf-8"), password.encode("gb18030", "replace")}:
            document = pdfium.FPDF_LoadMemDocument64(content, len(content), raw or None)
            if document:
                try:
                    yield document, password
                finally:
                    pdfium.FPDF_CloseDocument(document)
                return
            if pdfium.FPDF_GetLastError() != pdfium.FPDF_ERR_PASSWORD:
                raise _why_closed(pdfium.FPDF_GetLastError(), content)
    message = "给出的密码都打不开这份 PDF" if passwords else "PDF 设有打开密码"
    raise Unreadable("encrypted", message, kinds.PASSWORD)


def _why_closed(error: int, content: bytes) -> Unreadable:
    if error == pdfium.FPDF_ERR_SECURITY:
        return Unreadable("encrypted", "PDF 用了不支持的加密方式", "请取消加密，另存后再提交")
    if b"%PDF" not in content[:2048]:
        return Unreadable("not_a_document", "内容不是 PDF", "请核对文件，重新导出 PDF 后再提交")
    return Unreadable("truncated", "PDF 已损坏或不完整", "请重新导出或重新上传完整的 PDF")


def _read_page(document: Any, index: int, pages: _Pages, path: Path) -> None:
    number = index + 1
    with opened_page(document, index) as page:
        if page is None:
            pages.damaged.append(number)
            return
        try:
            ink, layer = read_page(page, number)
            if needs_ocr(layer, ink.glyphs):
                _recognise(page, number, pages)
                return
            if layer.unmapped and any(glyph.text == UNMAPPED for glyph in ink.glyphs):
                pages.unmapped.append(number)
            if holds_picture(layer):
                pages.pictures.append(number)
            pages.sheets.append(_sheet(ink, path, pages.password))
        except Overfull:
            pages.overfull.append(number)


def _recognise(page: Any, number: int, pages: _Pages) -> None:
    if not pages.recognises:
        pages.for_ocr.append(number)
        return
    from extract.readers.pdf_scan import read_scanned_page

    pages.scans.append(read_scanned_page(page, number))
    pages.sheets.append(pages.scans[-1].sheet)


def _sheet(ink: Ink, path: Path, password: str) -> Sheet:
    return sheet_of(ink, lambda: plumbed_grids(path, ink, password))


def _refuse_unreadable(pages: _Pages) -> None:
    """Raise where no page holds anything that was read."""
    if any(sheet.lines or sheet.grids for sheet in pages.sheets):
        return
    if pages.for_ocr:
        message = "各页都是图片或没有可用的文字层，需要 OCR"
        if pages.means.ocr:
            raise Unreadable("needs_ocr", f"{message}，但没有安装识别组件", scan_models.INSTALL)
        raise Unreadable("needs_ocr", message, scan_models.ORIGINAL)
    if pages.scans:
        raise Unreadable(
            "empty", "各页都是图片，没有认出文字", "请核对是否选错了文件，或重新扫描清楚后再提交"
        )
    if pages.overfull:
        raise Unreadable("too_large", "各页的文字或图形都超过上限", "请只提交自评材料本身，重新导出 PDF")
    if pages.damaged:
        raise Unreadable("truncated", "PDF 各页都已损坏", "请重新导出或重新上传完整的 PDF")
    raise Unreadable("empty", "PDF 里没有任何内容", "请核对是否选错了文件")
