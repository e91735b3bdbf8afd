"""经费控制情况: the expense table, every row of it in order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.document import Cell
from extract.forms.heads import heads
from extract.forms.numbers import MONEY_UNITS, is_unit, money_unit
from extract.forms.periods import FINAL, PeriodHead, period_heads
from extract.forms.table import Table, own_label
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact, flow, label
from extract.quantity import MISSING, Absent, Figure, Quantity
from extract.report import PERIODS, ExpenseRow

BUILDING_HEADS = frozenset(("approved_area", "actual_area", "budgeted_investment", "actual_investment"))
STAFFING_HEADS = frozenset(("authorized", "on_duty"))
_ELSEWHERE = frozenset((None, "project", "basic_adjustment"))
"""Items that tables of the whole year's money print too: they alone make no expense table."""
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|\([\d一二三四五六七八九十]+\)|\d+[、.．]")
_ELLIPSIS = re.compile(r"[….。·*xX]+")


@dataclass(frozen=True, slots=True)
class Expenses:
    rows: tuple[ExpenseRow, ...]
    year: int | None
    warnings: tuple[str, ...]


def read_expenses(table: Table, words: Vocabulary) -> Expenses | None:
    """The grid's expense rows, or None where no head of periods stands over (or beside) a known item."""
    if not any(FINAL.search(compact(cell.text)) for _, cell in table.labels):
        return None
    return _read_upright(table, words) or (
        _read_upright(table.turn(), words) if _is_turned(table, words) else None
    )


def _is_turned(table: Table, words: Vocabulary) -> bool:
    """Whether items stand side by side as heads."""
    return any(len(row) > 1 for row in table.marked(words, "expenses").values())


def _read_upright(table: Table, words: Vocabulary) -> Expenses | None:
    rows: list[ExpenseRow] = []
    warnings: list[str] = []
    year = None
    found_heads = period_heads(table)
    section, before = _Section(), ""
    for head in found_heads:
        following = [other.row for other in found_heads if other.row > head.row]
        printed = " ".join(compact(cell.text) for cell in table.rows[head.row])
        repeated = bool(rows) and printed == before
        section, before = section if repeated else _Section(), printed
        found = _rows_under(table, words, head, min(following, default=table.grid.rows), section)
        if not repeated and all(
            words.code("expenses", row.label) in _ELSEWHERE and row.item != "three_public" for row in found
        ):
            continue
        year = year or head.year
        rows += found
        if head.guessed:
            warnings.append(
                "经费表的列头没有写明年度，按“上年决算、本年预算、本年决算”的通行顺序读取，请核对"
            )
    return Expenses(tuple(rows), year, tuple(warnings)) if rows else None


def _rows_under(
    table: Table, words: Vocabulary, head: PeriodHead, end: int, section: _Section
) -> list[ExpenseRow]:
    left, first = head.labels
    units = _units(table, head)
    stop = _stop(table, words, head, end)
    rows: list[ExpenseRow] = []
    for row in range(head.below, stop):
        before = [c for c in table.rows[row] if c.column >= left and c.column + c.column_span <= first]
        printed = own_label([cell for cell in before if cell.row == row])
        own_unit = next((compact(cell.text) for cell in before if is_unit(cell.text)), "")
        if own_unit and own_unit not in MONEY_UNITS:
            continue
        before = [cell for cell in before if not is_unit(cell.text)]
        row_units = dict.fromkeys(units, own_unit) if own_unit else units
        if named := _units_in(table, row, head):
            units = named
            continue
        figures = {p: _read(table, row, head, p, row_units) for p in PERIODS}
        if words.code("expense_other", printed) in ("thrift", "note"):
            break
        printed_figures = any(isinstance(figure, Quantity) for figure in figures.values())
        if not printed_figures and (not label(printed) or _ELLIPSIS.fullmatch(label(printed))):
            continue
        item = _item(words, before, printed, _corner(table, head))
        item = section.item(item, printed, printed_figures, _is_outside(words, printed))
        rows.append(ExpenseRow(item, flow(printed), **figures, locus=table.row_locus(row)))
    return rows


@dataclass(slots=True)
class _Section:
    """The kind of project whose rows are being gone through: those with a name of their own belong to it."""

    kind: str | None = None
    style: str = ""

    def item(self, item: str | None, printed: str, has_figures: bool, is_outside: bool) -> str | None:
        """The row's item, given its own; a row numbered as 项目支出 itself is, or known from elsewhere,
        ends the section."""
        numbered = _style(printed)
        if item == "project":
            self.style = numbered
        if item is not None:
            starts = "project_special" if item == "project" or has_figures else item
            self.kind = starts if item.startswith("project") else None
            return item
        if is_outside or (numbered and numbered == self.style):
            self.kind = None
        return self.kind


def _style(printed: str) -> str:
    """How a label is numbered: «（一）» for every label numbered so, empty for none."""
    match = _NUMBERED.match(compact(printed))
    return re.sub(r"[\d一二三四五六七八九十]+", "#", match[0]) if match else ""


def _is_outside(words: Vocabulary, printed: str) -> bool:
    return words.code("expense_other", printed) == "outside"


def _item(words: Vocabulary, before: list[Cell], printed: str, corner: str) -> str | None:
    """The row's item by its own label; «合计» takes its name from the cell before it or from the head."""
    if words.code("expense_other", printed) == "subtotal":
        return words.code("expenses", before[-2].text if len(before) > 1 else corner)
    item = words.code("expenses", printed)
    if item is None and len(before) > 1:
        item = words.code("expenses", before[-2].text + compact(printed))
    return item


def _stop(table: Table, words: Vocabulary, head: PeriodHead, end: int) -> int:
    """The first row after the head that belongs to another block, at most `end`."""
    others = [end]
    for block, codes in (("construction", BUILDING_HEADS), ("staffing", STAFFING_HEADS)):
        found = heads(table, words, block, [codes])
        others += [other.row for other in found if other.row >= head.below and len(other.cells) > 1]
    return min(others)


def _units(table: Table, head: PeriodHead) -> dict[str, str]:
    shared = table.unit_near(range(head.row, head.below)) or "万元"
    units = {}
    for period, columns in head.columns.items():
        cell = table.under(head.below - 1, columns)
        units[period] = (money_unit(cell.text) if cell else None) or shared
    return units


def _units_in(table: Table, row: int, head: PeriodHead) -> dict[str, str]:
    """The units of a row that holds nothing else under its heads: «万元 | 万元 | 元»."""
    cells = {period: table.under(row, columns) for period, columns in head.columns.items()}
    units = {period: compact(cell.text) for period, cell in cells.items() if cell is not None}
    return units if units and all(unit in MONEY_UNITS for unit in units.values()) else {}


def _corner(table: Table, head: PeriodHead) -> str:
    """What heads the labels; it can be an item itself: «三公经费（万元）» over «合计»."""
    cell = table.under(head.row, head.labels)
    return "" if cell is None else cell.text


def _read(table: Table, row: int, head: PeriodHead, period: str, units: dict[str, str]) -> Figure:
    if period not in head.columns:
        return MISSING
    cell = table.under(row, head.columns[period])
    if cell is None or cell.row != row:
        return MISSING if cell is None else Absent("unreadable", cell.text, table.locus(cell), cell.sure)
    return table.read(cell, "money", units[period])
