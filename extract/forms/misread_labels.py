"""Labels of a scan that were read wrongly by one character, recognised all the same.

Only where the reader was not sure, and only as the one label of the vocabulary that fits: another reading
of the same print that is a label, else a label one character away. Never in silence, never in digital text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from extract.document import Block, Cell, Grid
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact, label
from extract.forms.wordings import written_out
from extract.quantity import SURE

SHORTEST = 4
"""Characters of a label that one misread character doesn't make another."""

OWN_NAMES = ("指标",)
"""What kinds of indicators end in: their names (时效指标) are no misread heads (绩效指标)."""
LONGEST = 12
"""Characters of a label with what recognition put between its own."""

Meaning = frozenset[tuple[str, str]]
"""What a label stands for: blocks with codes."""


def with_labels(blocks: Sequence[Block], words: Vocabulary) -> tuple[list[Block], list[str]]:
    """The blocks with misread labels as the vocabulary has them, and a warning (Chinese) for each."""
    warnings: list[str] = []
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) and any(cell.sure < SURE for cell in block.cells):
            cells = [(cell, _mended(cell, words)) for cell in block.cells]
            warnings += _warnings(block, cells)
            block = replace(block, cells=tuple(mended for _, mended in cells))
        found.append(block)
    return found, warnings


def _warnings(grid: Grid, cells: Sequence[tuple[Cell, Cell]]) -> Iterator[str]:
    for before, after in cells:
        if before is not after:
            place = f"表{grid.number}第{before.row + 1}行第{before.column + 1}列"
            words = f"“{compact(before.text)}”可能是识别错误，按“{compact(after.text)}”读取"
            yield f"{place}的{words}，请核对原件"


def _mended(cell: Cell, words: Vocabulary) -> Cell:
    read = label(cell.text)
    if cell.sure >= SURE or len(read) < SHORTEST or read.endswith(OWN_NAMES) or _meaning(words, read):
        return cell
    alike = [text for text in cell.readings if _is_alike(read, label(text))]
    seen = {text: found for text in alike if (found := _meaning(words, label(text)))}
    if len(set(seen.values())) == 1:
        return replace(cell, text=next(iter(seen)))
    near = _near(words, read)
    if seen or len({_meaning(words, one) for one in near}) != 1:
        return cell
    right = min(near, key=lambda one: (abs(len(one) - len(read)), one))
    whole = compact(cell.text)
    return replace(cell, text=whole.replace(read, right, 1) if read in whole else right)


@lru_cache(maxsize=4096)
def _meaning(words: Vocabulary, text: str) -> Meaning:
    codes = ((block, words.code(block, text)) for block in words.patterns)
    return frozenset((block, code) for block, code in codes if code is not None)


def _is_alike(read: str, other: str) -> bool:
    """Whether another reading is of the same few words, with little or only strays between them."""
    rest = iter(read)
    return abs(len(read) - len(other)) <= 2 or (
        len(read) <= LONGEST and all(character in rest for character in other)
    )


def _near(words: Vocabulary, read: str) -> list[str]:
    """The labels of the vocabulary that are one character away."""
    lengths = range(max(SHORTEST, len(read) - 1), len(read) + 2)
    by_length = _by_length(words)
    return [known for length in lengths for known in by_length.get(length, ()) if _one_away(read, known)]


@lru_cache(maxsize=4)
def _by_length(words: Vocabulary) -> dict[int, tuple[str, ...]]:
    """Every label of the vocabulary, by its length."""
    every = {
        known
        for codes in words.patterns.values()
        for pattern in codes.values()
        for known in written_out(pattern.pattern)
    }
    lengths: dict[int, list[str]] = {}
    for known in sorted(every):
        lengths.setdefault(len(known), []).append(known)
    return {length: tuple(labels) for length, labels in lengths.items()}


def _one_away(one: str, other: str) -> bool:
    """Whether one character changed, lost or added makes one text the other."""
    short, long = sorted((one, other), key=len)
    start = next((i for i, char in enumerate(short) if char != long[i]), len(short))
    if len(short) == len(long):
        return short[start + 1 :] == long[start + 1 :] and one != other
    return short[start:] == long[start + 1 :]
