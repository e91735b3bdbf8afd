"""pdfplumber as the second, independent finder of tables: for pages on which ours saw none, and for tests.

Slow (its parser is pure Python), so the reader asks it rarely and it is imported only then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extract.document import Block, Box, Cell, Document, Grid, Paragraph, Source
from extract.readers.grid_finder import PageGrid, grid_of_boxes, hand_out
from extract.readers.layout import Ink


def plumbed_grids(path: Path, ink: Ink, password: str = "") -> list[PageGrid]:
    """The tables that pdfplumber finds on the page, filled with the page's own glyphs.

    A file that its parser can't take gets no second opinion.
    """
    import pdfplumber
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    if ink.turn:
        return []
    try:
        with pdfplumber.open(path, pages=[ink.number], password=password) as file:
            found = [list(table.cells) for table in file.pages[0].find_tables()]
    except (PdfminerException, PSException, ValueError, TypeError, LookupError, AttributeError):
        return []
    grids = [grid_of_boxes(boxes, ink.number) for boxes in found if len(boxes) > 3]
    hand_out(ink, grids)
    return [grid for grid in grids if grid.glyphs]


def read_pdf_again(path: Path, source: Source) -> Document:
    """The whole file by pdfplumber alone: each page's tables by themselves, then its text."""
    import pdfplumber

    blocks: list[Block] = []
    number = index = 0
    with pdfplumber.open(path) as file:
        for page in file.pages:
            for table in page.find_tables():
                number += 1
                boxes = list(table.cells)
                texts = [page.crop(box, strict=False).extract_text() for box in boxes]
                blocks.append(_grid(boxes, texts, number, page.page_number))
            text = page.extract_text()
            if text:
                blocks.append(Paragraph(text, index, page.page_number))
                index += 1
        pages = len(file.pages)
    return Document(replace(source, reader="pdfplumber", pages=pages), tuple(blocks))


def _grid(boxes: Sequence[Box], texts: Sequence[str], number: int, page: int) -> Grid:
    laid = grid_of_boxes(boxes, page)
    cells = tuple(
        Cell(text, draft.row, draft.column, draft.row_span, draft.column_span, page, draft.box)
        for draft, text in zip(laid.cells, texts, strict=True)
    )
    return Grid(number, len(laid.ys) - 1, len(laid.xs) - 1, cells, page=page)
