"""Web pages saved as documents (HTML, MHTML, often under the name .doc or .xls): their tables and their text.

What a browser would not show is left out. Tables are laid out as HTML says, with spans; one inside a cell
follows the table it stands in. Pages of an MHTML file are read one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from lxml import etree

from extract import kinds
from extract.document import Block, Document, Grid, Paragraph, Source
from extract.encoding import decoded_as
from extract.failure import Unreadable
from extract.means import PLAIN, Means
from extract.readers.docx_table import caption
from extract.readers.html_table import laid_out
from extract.readers.html_text import Line, read_lines

SIZE_LIMIT = 32 << 20
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
DECLARED_WITHIN = 4096
TABS = "tabstrip"
"""In the name of the page that only lists an Excel workbook's sheets."""


@dataclass(slots=True)
class _Story:
    blocks: list[Block] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    pictures: bool = False

    def flow(self, container: etree._Element) -> None:
        above: list[str] = []
        for item in read_lines(container):
            if isinstance(item, Line):
                above.append(item.text)
                kind = Paragraph(item.text, self.paragraphs, kind="heading" if item.heading else "text")
                self.blocks.append(kind)
                self.paragraphs += 1
            else:
                self._table(item, caption(above))
                above = []

    def _table(self, element: etree._Element, above: str) -> None:
        pending = [(element, above)]
        while pending:
            table, words = pending.pop()
            layout = laid_out(table)
            if layout.cells:
                self.tables += 1
                words = layout.caption or words
                self.blocks.append(Grid(self.tables, layout.rows, layout.columns, layout.cells, words))
            pending += [(nested, "") for nested in reversed(layout.nested)]


def read_html(path: Path, source: Source, means: Means = PLAIN) -> Document:
    """Read a page. Raises Unreadable."""
    return _document([(_content(path), "")], source, "html")


def read_mhtml(path: Path, source: Source, means: Means = PLAIN) -> Document:
    """Read the pages of a file that holds them as a mail does. Raises Unreadable."""
    return _document(list(_pages(_content(path))), source, "mhtml")


def _content(path: Path) -> bytes:
    if path.stat().st_size > SIZE_LIMIT:
        raise Unreadable("too_large", f"网页超过 {SIZE_LIMIT >> 20} MB 的上限", kinds.RESAVE_WORD)
    return path.read_bytes()


def _document(pages: list[tuple[bytes, str]], source: Source, reader: str) -> Document:
    story = _Story()
    for content, declared in pages:
        root = _parsed(content, declared)
        story.pictures |= next(root.iter("img", "object"), None) is not None
        for body in [root] if root.tag == "body" else root.iter("body"):
            story.flow(body)
    if not story.blocks:
        if story.pictures:
            raise Unreadable("needs_ocr", "网页里没有文字，只有图片", kinds.RESAVE_WORD)
        raise Unreadable("empty", "网页里没有任何内容", "请核对是否选错了文件")
    lost = story.pictures and not story.tables
    warnings = ("文件里没有表格，只有图片；如果表格是图片，其中的数据未读取",) if lost else ()
    return Document(replace(source, reader=reader, pages=None), tuple(story.blocks), warnings)


def _parsed(content: bytes, declared: str) -> etree._Element:
    told = DECLARED.search(content[:DECLARED_WITHIN])
    text = decoded_as(content, declared or (told.group(1).decode("ascii") if told else ""))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as fault:
        raise Unreadable("broken", "网页已损坏，读不出内容", kinds.RESAVE_WORD) from fault
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise Unreadable("hostile", "网页嵌套过深或内容异常，可能是恶意文件，已停止读取", kinds.RESAVE_WORD)
    if root is None:
        raise Unreadable("empty", "网页里没有任何内容", "请核对是否选错了文件")
    return root


def _pages(content: bytes) -> Iterator[tuple[bytes, str]]:
    """The pages of an MHTML file, each with the charset that its head declares."""
    try:
        message = message_from_bytes(content, policy=policy.default)
        parts = [
            part for part in message.walk() if isinstance(part, EmailMessage) and not part.is_multipart()
        ]
    except RecursionError as fault:
        raise Unreadable("hostile", "邮件格式嵌套过深，已停止读取", kinds.RESAVE_WORD) from fault
    if any(part.get_content_disposition() == "attachment" for part in parts):
        raise Unreadable("unsupported", "这是邮件，不是文档", kinds.MAIL.remedy)
    found = False
    for part in parts:
        place = str(part.get("Content-Location", "")).lower()
        raw = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(raw, bytes) and TABS not in place:
            found = True
            yield raw, str(part.get_content_charset() or "")
    if not found:
        raise Unreadable("broken", "单文件网页里找不到正文", kinds.RESAVE_WORD)
