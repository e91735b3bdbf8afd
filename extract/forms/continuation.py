"""Tables that go on in the next grid («续表», a page break no reader could join): made one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.document import Block, Grid, Paragraph
from extract.forms.table import Table, is_figure
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact

_HEADED = {"staffing": 1, "construction": 2, "funding": 2, "goals": 1, "indicators": 2, "reviewers": 2}
_HEADED |= {"project_form": 1}
"""How many labels of a block in a row make it a head: one word can be an ordinary value («完成»)."""

_GOES_ON = re.compile(r"\(?(?:续表?|[续接]上[表页])[一二三四\d]?\)?|.{1,24}\(续[表一二三四\d]?\)")
"""A line over a table that says so itself: «续表», «（续上表）», «附件2（续）»."""


def join_continued(blocks: Sequence[Block], words: Vocabulary) -> list[Block]:
    """The blocks, a grid without any head of its own appended to the grid right before it when both
    have the same number of columns; after «续表» one that repeats a head of the grid before, too.
    Rows keep their cells' pages; they count on from the first grid."""
    joined: list[Block] = []
    last: int | None = None
    said = False
    for block in blocks:
        if isinstance(block, Grid):
            before = joined[last] if last is not None else None
            if isinstance(before, Grid) and (
                _goes_on(before, block, words) or (said and _repeats_a_head(before, block))
            ):
                assert last is not None
                joined[last] = _append(before, block)
                said = False
                continue
            last, said = len(joined), False
        elif block.kind != "furniture" and compact(block.text):
            said = _GOES_ON.fullmatch(compact(block.text)) is not None
            last = last if said else None
        joined.append(block)
    return joined


def _goes_on(before: Grid, grid: Grid, words: Vocabulary) -> bool:
    if before.columns != grid.columns or grid.columns < 4:
        return False
    first = Table(grid, "").rows[0] if grid.rows else []
    return not any(
        sum(words.code(block, cell.text) is not None for cell in first) >= needed
        for block, needed in _HEADED.items()
    )


def _repeats_a_head(before: Grid, grid: Grid) -> bool:
    """Whether the grid's first row stands in the grid before it, as a row of words over figures."""
    if before.columns != grid.columns or not grid.rows:
        return False
    first = _printed(Table(grid, ""), 0)
    table = Table(before, "")
    return len(first) >= 3 and any(_printed(table, row) == first for row in range(before.rows))


def _printed(table: Table, row: int) -> list[str]:
    """The words of a row, without those that reach into it from above; empty for one with a figure."""
    cells = [cell for cell in table.rows[row] if cell.row == row and compact(cell.text)]
    return [] if any(is_figure(cell.text) for cell in cells) else [compact(cell.text) for cell in cells]


def _append(before: Grid, grid: Grid) -> Grid:
    moved = tuple(
        replace(cell, row=cell.row + before.rows, page=cell.page if cell.page is not None else grid.page)
        for cell in grid.cells
    )
    return replace(before, rows=before.rows + grid.rows, cells=before.cells + moved)


def text_blocks(blocks: Sequence[Block]) -> list[Block]:
    """Layout tables (one cell holding whole paragraphs) as the paragraphs they are."""
    plain: list[Block] = []
    index = 100_000
    for block in blocks:
        if isinstance(block, Paragraph) or not _is_frame(block):
            plain.append(block)
            continue
        for cell in block.cells:
            for line in cell.text.split("\n"):
                plain.append(Paragraph(line, index, cell.page or block.page))
                index += 1
    return plain


def _is_frame(grid: Grid) -> bool:
    return grid.columns == 1 and any(len(cell.text) > 120 and "。" in cell.text for cell in grid.cells)
