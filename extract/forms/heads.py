"""Column heads found by their labels: which row they stand in, and where each code's values stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.document import Cell
from extract.forms.table import Columns, Table, columns_of, is_figure
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import year_in


@dataclass(frozen=True, slots=True)
class Head:
    """A row of column heads: `columns[code]` says where the code's values stand, from row `below` on."""

    row: int
    below: int
    columns: Mapping[str, Columns]
    cells: Mapping[str, Cell]

    def first_column(self) -> int:
        return min(start for start, _ in self.columns.values())


def heads(
    table: Table, words: Vocabulary, block: str, needed: Sequence[frozenset[str]], names: str | None = None
) -> Iterator[Head]:
    """Every row whose cells are column heads of the block: at least one code of each set in `needed`.

    A head of two rows (a spanning cell over several) counts as one, the lower cells deciding. Cells over
    labels of the block `names` head those labels, and no values.
    """
    below = 0
    for row in table.marked(words, block):
        if row < below:
            continue
        head = _head_at(table, words, block, row, names)
        if head is not None and all(codes & head.cells.keys() for codes in needed):
            yield head
            below = head.below


def _head_at(table: Table, words: Vocabulary, block: str, row: int, names: str | None) -> Head | None:
    marked = table.marked(words, block)
    cells = [(cell, code) for cell, code in marked[row] if not _is_side_label(table, cell)]
    if names is not None:
        cells = [(cell, code) for cell, code in cells if not _heads_labels(table, words, names, cell)]
    if not cells:
        return None
    found = _chosen(cells)
    below = row + 1
    if row + 1 in marked and not any(is_figure(cell.text) for cell in table.rows[row + 1]):
        lower = _chosen(marked[row + 1], found)
        spanned = any(cell.row_span > 1 for cell in found.values())
        if len(lower) >= 2 or (spanned and lower.keys() - found.keys()):
            found |= lower
            below = row + 2
    ends = [c.row + c.row_span for c in found.values() if c.column_span < table.grid.columns]
    below = max([below, *ends])
    return Head(row, below, {code: columns_of(cell) for code, cell in found.items()}, found)


def _chosen(cells: Sequence[tuple[Cell, str]], above: Mapping[str, Cell] | None = None) -> dict[str, Cell]:
    """One cell a code: of several 分值 the first right of the last level's name, of two years'
    the later one, else the first."""
    levels = [cell.column for cell, code in cells if code.startswith("level")]
    levels += [cell.column for code, cell in (above or {}).items() if code.startswith("level")]
    last = max(levels, default=0)
    found: dict[str, Cell] = {}
    for cell, code in cells:
        before = found.get(code)
        if before is None or before.column < last <= cell.column or _is_later(cell, before):
            found[code] = cell
    return found


def _is_later(cell: Cell, other: Cell) -> bool:
    """Whether two heads of one code name years, the first the later one."""
    year, before = year_in(cell.text), year_in(other.text)
    return year is not None and before is not None and year > before


def _is_side_label(table: Table, cell: Cell) -> bool:
    """Whether a cell reaches down beside figures: the block's name at the side, and no column's head."""
    rows = range(cell.row + 1, cell.row + cell.row_span)
    return any(is_figure(other.text) for row in rows for other in table.rows[row] if other.row == row)


def _heads_labels(table: Table, words: Vocabulary, names: str, cell: Cell) -> bool:
    below = table.below(cell)
    return below is not None and words.code(names, below.text) is not None
