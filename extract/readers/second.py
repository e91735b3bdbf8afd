"""A converted document held against another conversion of the same file: figures on which they differ.

Nothing is chosen or repaired: a cell keeps its text and gets the other's as a further reading. Tables are
compared only where both conversions agree on every place and on nearly all else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from extract.document import Block, Document, Grid, Paragraph, Source
from extract.failure import Unreadable
from extract.readers.docx import read_docx

ALIKE = 0.8
"""So many of the cells that either fills must read the same, or the two are not the same table."""
PLACEHOLDERS = str.maketrans("", "", "\ufffc\ufffd")
_FIGURE = re.compile(r"[-−–(]?[\d.,]*\d[\d.,]*[)]?[%‰]?[^\d\s]{0,4}")
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
_AMOUNTS = re.compile(r"-?\d+(?:[.,]\d+)*(?=[亿万元%‰人分])")
TOLD = 3

Place = tuple[int, int, int, int]


def compared(document: Document, source: Source) -> Document:
    """The document with the other readings of its figures, where the source brings a second conversion."""
    if not source.second:
        return document
    try:
        other = read_docx(Path(source.second), source)
    except Unreadable:
        return document
    candidates = list(other.grids())
    blocks = tuple(
        _with_readings(block, candidates) if isinstance(block, Grid) else block for block in document.blocks
    )
    return replace(
        document, blocks=blocks, warnings=(*document.warnings, *_differing(blocks, other.paragraphs()))
    )


def _with_readings(grid: Grid, candidates: list[Grid]) -> Grid:
    """The grid beside the other conversion's same one, which is taken from the candidates."""
    mine = _texts(grid)
    same = max(candidates, key=lambda other: _agreement(mine, _texts(other)), default=None)
    if same is None or _agreement(mine, _texts(same)) < ALIKE:
        return grid
    candidates.remove(same)
    printed = {(cell.row, cell.column): cell.text for cell in same.cells}
    cells = []
    for cell in grid.cells:
        other = printed[cell.row, cell.column]
        differ = _plain(cell.text) != _plain(other) and (_is_figure(cell.text) or _is_figure(other))
        cells.append(replace(cell, readings=(*cell.readings, other)) if differ else cell)
    return replace(grid, cells=tuple(cells))


def _texts(grid: Grid) -> Mapping[Place, str]:
    return {
        (cell.row, cell.column, cell.row_span, cell.column_span): _plain(cell.text) for cell in grid.cells
    }


def _agreement(mine: Mapping[Place, str], other: Mapping[Place, str]) -> float:
    """The share of the filled cells that read the same; 0 where the tables are laid out differently."""
    if mine.keys() != other.keys():
        return 0.0
    filled = [place for place, text in mine.items() if text or other[place]]
    return sum(mine[place] == other[place] for place in filled) / len(filled) if filled else 0.0


def _plain(text: str) -> str:
    """What a text says, whatever its spaces, its width and its leftovers of objects."""
    return "".join(unicodedata.normalize("NFKC", text).translate(PLACEHOLDERS).split())


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(_plain(text)) is not None


def _differing(blocks: Sequence[Block], others: Iterator[Paragraph]) -> Iterator[str]:
    """A warning where a paragraph reads the same but for its amounts: pages and dates may be fields."""
    told: dict[str, list[str]] = {}
    for paragraph in others:
        text = _plain(paragraph.text)
        told.setdefault(_NUMBERS.sub("#", text), []).append(text)
    places = []
    for block in blocks:
        if isinstance(block, Paragraph):
            text = _plain(block.text)
            same = told.get(_NUMBERS.sub("#", text), [])
            if same and _AMOUNTS.findall(text) not in map(_AMOUNTS.findall, same):
                places.append(f"第{block.index + 1}段")
    if places:
        more = "等" if len(places) > TOLD else ""
        yield f"正文{'、'.join(places[:TOLD])}{more}的数字，两种转换方法读出的不同，请对照原件"
