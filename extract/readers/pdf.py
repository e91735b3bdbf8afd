"""The text-PDF reader: a PDF's tables, paragraphs and furniture, exactly as its pages show them.

Runs inside a child of the sandbox: PDFium may abort on hostile files. A page whose text layer can't be
read is named in the warnings as needing OCR; a file without any readable page is Unreadable.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from extract.document import Block, Cell, Document, Grid, Paragraph, Source
from extract.failure import Unreadable
from extract.readers.grid_finder import Draft, find_grids
from extract.readers.grid_join import Table, join_pages
from extract.readers.grid_rules import merged
from extract.readers.grid_unruled import column_by_alignment, find_unruled
from extract.readers.layout import Ink, Overfull
from extract.readers.paragraphs import Passage, caption, passages
from extract.readers.pdf_page import UNMAPPED, opened_page, read_page
from extract.readers.pdf_plumber import plumbed_grids
from extract.readers.sheet import Sheet, set_furniture_aside
from extract.readers.text_flow import join_lines, lines_of, turned_text
from extract.readers.text_layer import holds_picture, needs_ocr

PAGE_LIMIT = 300
TABLE_RULES = 4
"""So many rules each way, and text, without a grid: the second finder is asked."""


@dataclass(slots=True)
class _Pages:
    """What was read of the file's pages, and what has to be said about them."""

    sheets: list[Sheet] = field(default_factory=list)
    for_ocr: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    overfull: list[int] = field(default_factory=list)
    unmapped: list[int] = field(default_factory=list)

    def warnings(self) -> Iterator[str]:
        for numbers, words in (
            (self.for_ocr, "没有可用的文字层，需要 OCR，本页内容没有读取"),
            (self.damaged, "已损坏，没有读取"),
            (self.overfull, "文字或图形过多，没有读取"),
            (self.pictures, "有大幅图片，图片里的内容没有读取"),
            (self.unmapped, "有无法识别的字符，以“\ufffd”代替"),
        ):
            yield from (f"第{number}页{words}" for number in numbers)


def read_pdf(path: Path, source: Source) -> Document:
    """Read a PDF whose text can be selected. Raises Unreadable."""
    with _opened(path) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count > PAGE_LIMIT:
            message = f"共 {count} 页，超过 {PAGE_LIMIT} 页的上限"
            raise Unreadable("too_large", message, "请只提交自评材料本身，或拆分后再提交")
        pages = _Pages()
        for index in range(count):
            _read_page(document, index, pages, path)
    _refuse_unreadable(pages)
    return Document(
        replace(source, reader="pdf", pages=count), tuple(_blocks(pages.sheets)), tuple(pages.warnings())
    )


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    content = path.read_bytes()
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        raise _why_closed(pdfium.FPDF_GetLastError(), content)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _why_closed(error: int, content: bytes) -> Unreadable:
    if error == pdfium.FPDF_ERR_PASSWORD:
        return Unreadable("encrypted", "PDF 设有打开密码", "请取消密码保护，另存后再提交")
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
                pages.for_ocr.append(number)
                return
            if layer.unmapped and any(glyph.text == UNMAPPED for glyph in ink.glyphs):
                pages.unmapped.append(number)
            if holds_picture(layer):
                pages.pictures.append(number)
            pages.sheets.append(_sheet(ink, path))
        except Overfull:
            pages.overfull.append(number)


def _sheet(ink: Ink, path: Path) -> Sheet:
    grids, loose = find_grids(ink)
    if not grids and ink.glyphs and min(len(merged(ink.across)), len(merged(ink.down))) >= TABLE_RULES:
        grids = plumbed_grids(path, ink)
    grids = [column_by_alignment(grid, ink) for grid in grids]
    unruled, lines = find_unruled(lines_of(ink.glyphs), ink, loose)
    return Sheet(ink, sorted([*grids, *unruled], key=lambda grid: grid.ys[0]), lines)


def _refuse_unreadable(pages: _Pages) -> None:
    """Raise where no page holds anything that was read."""
    if any(sheet.lines or sheet.grids for sheet in pages.sheets):
        return
    if pages.for_ocr:
        message = "各页都是图片或没有可用的文字层，需要 OCR"
        raise Unreadable("needs_ocr", message, "请提交 Word 原件或由 Word/WPS 直接导出的 PDF")
    if pages.overfull:
        raise Unreadable("too_large", "各页的文字或图形都超过上限", "请只提交自评材料本身，重新导出 PDF")
    if pages.damaged:
        raise Unreadable("truncated", "PDF 各页都已损坏", "请重新导出或重新上传完整的 PDF")
    raise Unreadable("empty", "PDF 里没有任何内容", "请核对是否选错了文件")


def _blocks(sheets: list[Sheet]) -> Iterator[Block]:
    """The document's paragraphs and tables in reading order."""
    set_furniture_aside(sheets)
    tables = join_pages(sheets)
    for table in tables:
        if table.frame_only:
            _dissolve(table, sheets)
    tables = [table for table in tables if not table.frame_only]
    sheet_of = {sheet.number: sheet for sheet in sheets}
    placed: list[tuple[int, float, Passage | Table]] = [
        (passage.sheet.number, passage.box[1], passage) for passage in passages(sheets)
    ]
    placed += [(table.parts[0].page, table.parts[0].ys[0], table) for table in tables]
    index = number = 0
    for page, _, item in sorted(placed, key=lambda place: place[:2]):
        if isinstance(item, Table):
            number += 1
            yield _printed_grid(item, number, sheet_of)
        else:
            yield Paragraph(item.text, index, page, item.kind, sheet_of[page].ink.shown(item.box))
            index += 1
    for sheet in sheets:
        for text in _aside(sheet):
            yield Paragraph(text, index, sheet.number, "furniture")
            index += 1


def _aside(sheet: Sheet) -> Iterator[str]:
    """Text at an angle that belongs to no table: watermarks, margins."""
    if sheet.ink.slanted:
        yield sheet.ink.slanted
    if sheet.ink.sideways:
        yield turned_text(sheet.ink.sideways)


def _dissolve(table: Table, sheets: list[Sheet]) -> None:
    """A frame around running text is no table: its lines go back to their pages."""
    for part in table.parts:
        sheet = next(sheet for sheet in sheets if sheet.number == part.page)
        sheet.grids = [grid for grid in sheet.grids if grid is not part]
        sheet.ink.sideways.extend(part.sideways)
        sheet.lines = sorted([*sheet.lines, *lines_of(part.glyphs)], key=lambda line: line.top)


def _printed_grid(table: Table, number: int, sheet_of: dict[int, Sheet]) -> Grid:
    first = table.parts[0]
    cells = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    return Grid(
        number=number,
        rows=table.rows,
        columns=len(table.xs) - 1,
        cells=tuple(_printed_cell(cell, table.inset, sheet_of[cell.page].ink) for cell in cells),
        caption=caption(sheet_of[first.page], first.ys[0]),
        page=first.page,
        ruled=first.ruled,
        doubtful_joins=tuple(table.doubtful),
    )


def _printed_cell(cell: Draft, inset: float, ink: Ink) -> Cell:
    text = join_lines(cell.lines, cell.box[2] - cell.box[0] - inset)
    if cell.vertical:
        text = f"{text}\n{cell.vertical}" if text else cell.vertical
    return Cell(text, cell.row, cell.column, cell.row_span, cell.column_span, cell.page, ink.shown(cell.box))
