"""财政供养人员情况: authorized posts, people on duty, control rate."""

from __future__ import annotations

from extract.document import Cell
from extract.forms.numbers import is_unit
from extract.forms.table import Table, columns_of, inline_figure, is_figure, split_inline
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact, year_in
from extract.quantity import Absent, Figure, Kind
from extract.report import Staffing

KINDS: dict[str, Kind] = {"authorized": "count", "on_duty": "count", "control_rate": "rate"}


def read_staffing(table: Table, words: Vocabulary) -> Staffing | None:
    """The block, whether its labels head columns, rows, or pairs in one row; None where the grid has
    no two of its labels. Of several rows of values the one called 合计 counts; without one the figures
    stay unreadable, because forms are not added up here."""
    found: dict[str, Cell] = {}
    for _, cell in table.labels:
        code = words.code("staffing", split_inline(cell.text)[0])
        if code in KINDS and code not in found:
            found[code] = cell
    if not {"authorized", "on_duty"} <= found.keys():
        return None
    paired = {cell.row for cell in found.values() if _beside(table, words, cell)}
    return Staffing(
        **{code: _value(table, words, cell, KINDS[code], cell.row in paired) for code, cell in found.items()}
    )


def _value(table: Table, words: Vocabulary, cell: Cell, kind: Kind, paired: bool) -> Figure:
    """The figure of a label; in a row of pairs it stands beside the label, be it blank."""
    unit = "%" if kind == "rate" and "%" in compact(cell.text) else ""
    if inline_figure(cell.text):
        return table.read(cell, kind, unit, inline_figure)
    right, below = table.right_of(cell), table.below(cell)
    beside = right is not None and words.code("staffing", right.text) is None
    figures = [other for other in _beside(table, words, cell) if is_figure(other.text)]
    if figures:
        return _of_several(table, words, figures, kind, unit)
    if paired or below is None or words.code("staffing", below.text) is not None:
        return table.read(right if beside else None, kind, unit)
    rows = _value_rows(table, cell)
    if len(rows) == 1:
        return table.read(below, kind, unit)
    totals = [value for row, value in rows if any(_is_total(words, c.text) for c in table.rows[row])]
    if len(totals) == 1:
        return table.read(totals[0], kind, unit)
    return Absent("unreadable", "；".join(compact(value.text) for _, value in rows), table.locus(below))


def _beside(table: Table, words: Vocabulary, label: Cell) -> list[Cell]:
    """The cells right of a label, up to the next one's; empty where the first is words of its own."""
    found: list[Cell] = []
    for cell in table.rows[label.row]:
        if cell.column < label.column + label.column_span:
            continue
        if words.code("staffing", cell.text) is not None:
            break
        found.append(cell)
    values = [cell for cell in found if compact(cell.text) and not is_unit(cell.text)]
    return values if values and is_figure(values[0].text) else []


def _of_several(table: Table, words: Vocabulary, figures: list[Cell], kind: Kind, unit: str) -> Figure:
    """The one figure beside a label; of several the one under 合计 or under the latest year, else none."""
    heads = {cell.column: _heads_over(table, cell) for cell in figures}
    totals = [cell for cell in figures if any(_is_total(words, text) for text in heads[cell.column])]
    years = [(year_in("".join(heads[cell.column])), cell) for cell in figures]
    if len(figures) > 1 and len(totals) == 1:
        figures = totals
    elif (
        len(figures) > 1 and all(year for year, _ in years) and len({year for year, _ in years}) == len(years)
    ):
        figures = [max(years, key=lambda told: told[0] or 0)[1]]
    if len(figures) == 1:
        return table.read(figures[0], kind, unit)
    return Absent("unreadable", "；".join(compact(c.text) for c in figures), table.locus(figures[0]))


def _heads_over(table: Table, cell: Cell) -> list[str]:
    over = (table.under(row, columns_of(cell)) for row in range(cell.row))
    return [found.text for found in over if found is not None and found.column == cell.column]


def _value_rows(table: Table, head: Cell) -> list[tuple[int, Cell]]:
    """The rows under a head that hold its values: at least the next one, then while figures follow."""
    rows: list[tuple[int, Cell]] = []
    for row in range(head.row + head.row_span, table.grid.rows):
        value = table.under(row, (head.column, head.column + head.column_span))
        if value is None or value.row != row or (rows and not is_figure(value.text)):
            break
        rows.append((row, value))
    return rows


def _is_total(words: Vocabulary, text: str) -> bool:
    return words.code("staffing", text) == "total"
