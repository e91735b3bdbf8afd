"""年度总体目标: what was expected and what was done, as text."""

from __future__ import annotations

from extract.document import Cell
from extract.forms.heads import heads
from extract.forms.table import Table
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact, flow
from extract.report import Goals, Text


def read_goals(table: Table, words: Vocabulary) -> Goals | None:
    """Goals under their two heads, or beside them, or beside the block's name alone; None where the grid
    has no such block."""
    for head in heads(table, words, "goals", [frozenset(("expected",)), frozenset(("actual",))]):
        texts = {code: _text(table, words, cell) for code, cell in head.cells.items() if code != "block"}
        return Goals(**texts)
    for cell in _labelled(table, words, "expected"):
        actual = next((_text(table, words, other) for other in _labelled(table, words, "actual")), None)
        return Goals(_text(table, words, cell), actual)
    for cell in _labelled(table, words, "block"):
        value = table.right_of(cell)
        if value is not None and len(compact(value.text)) >= 10:
            return Goals(Text(flow(value.text), table.locus(value)), None)
    return None


def _labelled(table: Table, words: Vocabulary, code: str) -> list[Cell]:
    return [cell for row in table.marked(words, "goals").values() for cell, found in row if found == code]


def _text(table: Table, words: Vocabulary, label: Cell) -> Text | None:
    """Beside the label where that is no label, else below it."""
    right, below = table.right_of(label), table.below(label)
    is_row = right is not None and words.code("goals", right.text) is None and len(compact(right.text)) > 0
    return table.text(right if is_row else below)
