"""Word documents (.docx, .docm, .dotx): every table wherever it hides, every paragraph, in order.

Walks the XML itself, once and in linear time. What can't be read is said in the document's warnings;
a file that can't be read at all raises Unreadable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

from lxml import etree

from extract.document import Block, Document, Grid, Paragraph, Source
from extract.failure import Unreadable
from extract.means import PLAIN, Means
from extract.readers import docx_names as names
from extract.readers.docx_names import w
from extract.readers.docx_numbering import Numbering
from extract.readers.docx_styles import Styles
from extract.readers.docx_table import TableRead, caption, read_lines, read_table
from extract.readers.docx_text import Line, TextReader
from extract.readers.ooxml import SAVE_AGAIN, Package
from extract.readers.zip_package import Limits

_NOTES = {
    names.FOOTNOTE_REFERENCE: ("footnotes", w("footnote")),
    names.ENDNOTE_REFERENCE: ("endnotes", w("endnote")),
}
_MARGINS = ("header", "footer")


def read_docx(path: Path, source: Source, means: Means = PLAIN, limits: Limits | None = None) -> Document:
    """The document at `path`; the source comes back with this reader's name. Raises Unreadable."""
    with Package(path, limits) as package:
        main = package.main()
        root = None if main is None else package.xml(main)
        if main is None or root is None or root.tag != names.DOCUMENT:
            raise Unreadable("not_a_document", "文件不是 Word 文档", SAVE_AGAIN)
        story = _Story(package, main)
        story.read(root)
        told = replace(source, reader="docx", pages=None)
        return Document(told, tuple(story.blocks), tuple(dict.fromkeys(story.warnings)))


class _Story:
    """Collects the blocks of the main part, then of its notes, headers and footers."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._related = package.relationships(main)
        self.blocks: list[Block] = []
        self.warnings: list[str] = []
        self._paragraphs = 0
        self._tables = 0
        styles = Styles(self._each("styles", w("style")))
        self._reader = TextReader(styles, Numbering(lambda: self._part("numbering"), styles))

    def read(self, root: etree._Element) -> None:
        for body in root.iterchildren(names.BODY):
            self._flow(body)
        for reference, (kind, tag) in _NOTES.items():
            notes = self._part(kind) if reference in self._reader.seen else None
            for note in [] if notes is None else notes.iterchildren(tag):
                if note.get(w("type"), "normal") == "normal":
                    self._flow(note)
        if not self._tables and next(root.iter(names.PICTURE, names.OLD_PICTURE), None) is not None:
            self.warnings.append("文件里没有表格，只有图片；如果表格是图片，其中的数据未读取")
        self._margins()
        self._warn_of_unread()

    def _flow(self, container: etree._Element, furniture: bool = False) -> None:
        """Appends a container's paragraphs and tables."""
        above: list[str] = []
        for item in read_lines(container, self._reader):
            if not isinstance(item, Line):
                self._table(item, caption(above))
                above = []
            elif item.text.strip():
                above.append(item.text)
                kind: Literal["text", "heading", "furniture"] = "heading" if item.heading else "text"
                self.blocks.append(
                    Paragraph(item.text, self._paragraphs, kind="furniture" if furniture else kind)
                )
                self._paragraphs += 1

    def _table(self, element: etree._Element, above: str) -> None:
        """Appends a table and, behind it, the tables in its cells, each before those in its own."""
        pending = [(element, above)]
        while pending:
            table, words = pending.pop()
            read = read_table(table, self._reader)
            pending.extend(reversed(read.nested))
            self._grid(read, words)

    def _grid(self, read: TableRead, words: str) -> None:
        layout = read.layout
        if layout is None:
            return
        self._tables += 1
        number = self._tables
        self.blocks.append(Grid(number, layout.rows, layout.columns, layout.cells, words))
        if layout.clipped:
            self.warnings.append(
                f"表{number}第{layout.clipped[0] + 1}行等 {len(layout.clipped)} 行的跨列数超出表格，"
                "已按表格右边界截去"
            )
        if layout.covered:
            row, column = layout.covered[0]
            self.warnings.append(
                f"表{number}第{row + 1}行第{column + 1}列等 {len(layout.covered)} 个单元格的文字"
                "被合并单元格遮住，Word 中看不到，未计入"
            )

    def _margins(self) -> None:
        """Appends headers and footers as furniture."""
        for related in self._related.values():
            margin = self._optional(related.target) if related.kind in _MARGINS else None
            if margin is not None:
                self._flow(margin, furniture=True)

    def _warn_of_unread(self) -> None:
        for tag in sorted(self._reader.seen):
            if tag == names.ALT_CHUNK or tag == names.SUB_DOCUMENT:
                self.warnings.append("文件里嵌入了另一份文档，其中的文字和表格未读取")
            elif tag.startswith(names.OLE_OBJECT) and "Excel" in tag:
                self.warnings.append("文件里嵌入了 Excel 表格，其中的数据未读取")
            elif tag.startswith(names.OLE_OBJECT) and "Word" in tag:
                self.warnings.append("文件里嵌入了 Word 文档，其中的文字和表格未读取")

    def _part(self, kind: str) -> etree._Element | None:
        """The root of the first part that the main one relates to in this way."""
        targets = [related.target for related in self._related.values() if related.kind == kind]
        return self._optional(targets[0]) if targets else None

    def _each(self, kind: str, tag: str) -> Iterator[etree._Element]:
        """The elements of one name in the first part related in this way, as they are asked for."""
        name = next((related.target for related in self._related.values() if related.kind == kind), "")
        if name in self._package:
            try:
                yield from self._package.each(name, tag)
            except Unreadable as fault:
                self._forgive(fault)

    def _forgive(self, fault: Unreadable) -> None:
        """A broken part beside the main one is a warning; a hostile one is not."""
        if fault.reason != "broken":
            raise fault
        self.warnings.append(f"{fault.message}，对应的内容未读取")

    def _optional(self, name: str) -> etree._Element | None:
        """A part the document can be read without: its loss is a warning, unless the file is hostile."""
        if name not in self._package:
            self.warnings.append(f"文件内部缺少 {name}，对应的内容未读取")
            return None
        try:
            return self._package.xml(name)
        except Unreadable as fault:
            self._forgive(fault)
            return None
