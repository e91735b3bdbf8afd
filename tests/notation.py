"""The field's notation for tests: ten lines of text are a Grid, a Document, a .docx and a .pdf.

    # 部门整体支出绩效评价基础数据表
    单位：万元
    财政供养人员情况 | 编制数 | 2024年实际在职人数 | 控制率
    ^               | 24    | 24                | 100%

A line with `|` is a table's row. `^` continues the cell above, `<` the cell at the left, an empty cell
is blank, `⏎` breaks the line inside a cell. There are no outer `|`. `# ` makes a heading, `---` a new
page, an empty line ends a table, every other line is a paragraph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from extract.document import Block, Cell, Document, Grid, Paragraph, Source
from samples import layout, pdf, word


def grid(text: str) -> Grid:
    """The one table of `text`; raises ValueError where there is none or more than one."""
    (only,) = document(text).grids()
    return only


def document(text: str, name: str = "样表.docx", paged: bool = False) -> Document:
    """What a perfect reader makes of `text`: all digital, pages told only where `paged`."""
    content = text.encode()
    source = Source(name, name, hashlib.sha256(content).hexdigest(), "text/plain", len(content), "notation")
    return Document(source, tuple(_blocks(text, paged)))


def write_docx(text: str, path: Path, look: layout.Look | None = None) -> Path:
    """Writes `text` as Word, merges as gridSpan and vMerge; gives the path back."""
    word.write(layout.plan(text), path, look)
    return path


def write_pdf(text: str, path: Path, look: layout.Look | None = None) -> Path:
    """Draws `text` as PDF, cells ruled; gives the path back."""
    pdf.write(layout.plan(text), path, look)
    return path


def _blocks(text: str, paged: bool) -> Iterator[Block]:
    page, tables, paragraphs, caption = 1, 0, 0, ""
    for block in layout.plan(text):
        on = page if paged else None
        if isinstance(block, layout.PageBreak):
            page += 1
        elif isinstance(block, layout.Line):
            yield Paragraph(block.text, paragraphs, on, "heading" if block.style == "heading" else "text")
            paragraphs += 1
            caption = block.text
        else:
            tables += 1
            cells = tuple(
                Cell(cell.text, cell.row, cell.column, cell.row_span, cell.column_span, on)
                for cell in block.cells
            )
            yield Grid(tables, block.rows, block.columns, cells, caption, on)
            caption = ""
