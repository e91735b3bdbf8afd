"""楼堂馆所控制情况 and 厉行节约保障措施: finished buildings, and the measures of thrift."""

from __future__ import annotations

import re

from extract.document import Cell
from extract.forms.heads import Head, heads
from extract.forms.numbers import money_unit
from extract.forms.table import Table
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact, flow
from extract.paths import CONSTRUCTION_FIGURES
from extract.quantity import MISSING, Absent, Figure, Kind, Quantity
from extract.report import Construction, Text

_KINDS: dict[str, Kind] = {
    "approved_area": "area",
    "actual_area": "area",
    "area_control_rate": "rate",
    "budgeted_investment": "money",
    "actual_investment": "money",
    "investment_control_rate": "rate",
}
_NONE = re.compile(r"(?:本年度?|当年|我[局委办部]|本(?:部门|单位))?(?:20\d\d年)?(?:无|没有|不涉及|未涉及)")
_AREAS = frozenset(("approved_area", "actual_area"))
_INVESTMENTS = frozenset(("budgeted_investment", "actual_investment"))


def read_construction(table: Table, words: Vocabulary) -> tuple[Construction, ...] | None:
    """One row a building, until another block begins; rows left blank are none, a row that says «无»
    is one without figures. None where the grid has no such block."""
    found: list[Construction] = []
    seen = False
    for head in heads(table, words, "construction", [_AREAS, _INVESTMENTS]):
        seen = True
        for row in range(head.below, table.grid.rows):
            if _is_other(table, words, row, head):
                break
            building = _building(table, head, row)
            if any(_is_told(getattr(building, name)) for name in CONSTRUCTION_FIGURES):
                found.append(building)
    return tuple(found) if seen else None


def read_thrift(table: Table, words: Vocabulary) -> Text | None:
    """The words beside (or under) 厉行节约保障措施; an empty Text where the cell is blank."""
    for row in table.marked(words, "expense_other").values():
        for cell, code in row:
            if code == "thrift":
                beside = table.right_of(cell) or table.below(cell)
                return Text(flow(beside.text) if beside else "", table.locus(beside or cell))
    return None


def _is_told(figure: Figure) -> bool:
    return isinstance(figure, Quantity) or figure.why == "dash"


def _building(table: Table, head: Head, row: int) -> Construction:
    figures = {code: _read(table, head, row, code) for code in head.columns}
    first = head.first_column()
    before = [c for c in table.rows[row] if c.column + c.column_span <= first and c.row == row]
    label = flow(before[-1].text) if before else ""
    return Construction(label, **figures)


def _read(table: Table, head: Head, row: int, code: str) -> Figure:
    cell = table.under(row, head.columns[code])
    if cell is None or cell.row != row:
        return MISSING
    if _NONE.match(compact(cell.text)):
        return Absent("dash", cell.text, table.locus(cell), cell.sure)
    printed = head.cells[code].text
    unit = "%" if _KINDS[code] == "rate" and "%" in compact(printed) else ""
    if _KINDS[code] == "money":
        unit = money_unit(printed) or table.unit_near(range(head.row, head.below)) or "万元"
    return table.read(cell, _KINDS[code], unit)


def _is_other(table: Table, words: Vocabulary, row: int, head: Head) -> bool:
    """A row that is no building: text where areas should stand, or the label of another block."""
    first = table.rows[row][0] if table.rows[row] else None
    if first is None or words.code("expense_other", first.text) is not None:
        return True
    values = [table.under(row, columns) for columns in head.columns.values()]
    return any(_is_words(cell) for cell in values)


def _is_words(cell: Cell | None) -> bool:
    if cell is None or _NONE.match(compact(cell.text)):
        return False
    return len(compact(cell.text)) > 1 and not any(c.isdigit() for c in cell.text)
