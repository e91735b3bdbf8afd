"""年度预算申请: the year's money, by source and by nature, with its rate and score.

Three layouts are common: pairs (a label and its amount beside it, two pairs a row), labels across with
their amounts below, and columns (one row a source, amounts under 年初预算数, 全年预算数, 全年执行数).
In columns, the amounts executed count, those budgeted only where none is printed as executed.
"""

from __future__ import annotations

import re

from extract.document import Cell
from extract.forms.funding_pairs import read_pairs
from extract.forms.heads import Head, heads
from extract.forms.numbers import money_unit
from extract.forms.table import Table, columns_of, inline_figure, is_figure, split_inline
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact, label
from extract.quantity import MISSING, Absent, Figure, Kind, Quantity
from extract.report import NATURES, SOURCES, Funding, FundingNatures, FundingSources

KINDS: dict[str, Kind] = {
    "initial_budget": "money",
    "annual_budget": "money",
    "executed": "money",
    "weight": "score",
    "execution_rate": "rate",
    "score": "score",
}
_BUDGETS = frozenset(("initial_budget", "annual_budget"))
_OUTCOMES = frozenset(("executed", "execution_rate"))
_INCOME = re.compile(r"(?:部门|本年|年度)?(?:总)?收入(?:合计|总计|总额|情况)?")
_GROUPED = re.compile(r"[^:]*(?:来源|性质|结构|其中)[^:]*:(.+)")


def find_funding(table: Table, words: Vocabulary) -> Head | None:
    """The head of the funding block in this grid."""
    found = heads(table, words, "funding", [_BUDGETS, _OUTCOMES], "funding_rows")
    return next((head for head in found if len(head.columns) >= 3), None)


def read_funding(table: Table, words: Vocabulary) -> Funding | None:
    """The funding block, or None where the grid has none."""
    found = _read_upright(table, words)
    if found is None and _is_turned(table, words):
        found = _read_upright(table.turn(), words)
    return found or read_pairs(table, words, KINDS)


def _is_turned(table: Table, words: Vocabulary) -> bool:
    """Whether the block's heads stand one under the other, amounts at their right."""
    cells = [cell for row in table.marked(words, "funding").values() if len(row) == 1 for cell, _ in row]
    codes = {words.code("funding", cell.text) for cell in cells}
    return bool(codes & _BUDGETS and codes & _OUTCOMES) and len({cell.column for cell in cells}) == 1


def _read_upright(table: Table, words: Vocabulary) -> Funding | None:
    head = find_funding(table, words)
    if head is None:
        return None
    rows = range(head.below, _end(table, words, head))
    parts = [(row, cell, code) for row in rows for cell, code in _labels(table, words, row)]
    total = _total_row(table, head, parts, rows)
    if _lists_projects(table, words, head, parts, rows):
        return None
    figures = {} if total is None else {code: _under(table, head, total, code) for code in head.columns}
    in_pairs = _is_paired(head, parts)
    by_outcome = any(isinstance(_under(table, head, row, "executed"), Quantity) for row, _, _ in parts)
    amounts = _pairs_above(table, words, head)
    for row, cell, code in parts:
        if code == "total" or row == total or code in amounts:
            continue
        if in_pairs:
            amounts[code] = _beside(table, words, head, cell)
        else:
            amounts[code] = _under(table, head, row, "executed" if by_outcome else "annual_budget")
    return Funding(
        **figures,
        by_source=FundingSources(**{name: amounts.get(name, MISSING) for name in SOURCES}),
        by_nature=FundingNatures(**{name: amounts.get(name, MISSING) for name in NATURES}),
    )


def _lists_projects(
    table: Table, words: Vocabulary, head: Head, parts: list[tuple[int, Cell, str]], rows: range
) -> bool:
    """Whether the rows are projects, headed 项目名称, and no sources or natures of the year's money."""
    named = any(words.code("project_form", cell.text) == "name" for cell in table.rows[head.row])
    known = {row for row, _, _ in parts}
    is_list = named and all(code == "total" for _, _, code in parts)
    return is_list and any(row not in known and compact(table.rows[row][0].text) for row in rows)


def _labels(table: Table, words: Vocabulary, row: int) -> list[tuple[Cell, str]]:
    found = []
    for cell in table.rows[row]:
        code = _row_code(words, cell) if cell.row == row else None
        if code is not None:
            found.append((cell, code))
    return found


def _row_code(words: Vocabulary, cell: Cell) -> str | None:
    """The code of a label, also behind the name of its group: «1.资金来源：（1）财政性资金»."""
    printed = split_inline(cell.text)[0]
    code = words.code("funding_rows", printed)
    if code is None and (match := _GROUPED.fullmatch(compact(printed))):
        code = words.code("funding_rows", match[1])
    return code


def _pairs_above(table: Table, words: Vocabulary, head: Head) -> dict[str, Figure]:
    """基本支出 and 项目支出 as two pairs of one row over the block's head."""
    for row in range(head.row):
        found = {code: cell for cell, code in _labels(table, words, row)}
        if found.keys() == set(NATURES):
            return {code: _beside(table, words, head, cell) for code, cell in found.items()}
    return {}


def _total_row(table: Table, head: Head, parts: list[tuple[int, Cell, str]], rows: range) -> int | None:
    """The row called 资金总额, else the first that prints anything under 全年执行数 or 全年预算数 and is
    no source's or nature's own."""
    first = head.first_column()
    for row, cell, code in parts:
        if code == "total" and cell.column < first:
            return row
    own = {row for row, _, code in parts if code != "total"}
    amounts = [head.columns[code] for code in ("executed", "annual_budget") if code in head.columns]
    for row in rows:
        cells = [table.under(row, columns) for columns in amounts]
        if row in own or any(_INCOME.fullmatch(label(cell.text)) for cell in table.rows[row]):
            continue
        if any(cell and cell.row == row and compact(cell.text) for cell in cells):
            return row
    return None


def _under(table: Table, head: Head, row: int, code: str) -> Figure:
    if code not in head.columns:
        return MISSING
    cell = table.under(row, head.columns[code])
    if cell is None or cell.row != row:
        return MISSING
    if any(cell is table.under(row, columns) for other, columns in head.columns.items() if other != code):
        return Absent("unreadable", cell.text, table.locus(cell), cell.sure)
    return table.read(cell, KINDS[code], _unit(table, head, code))


def _unit(table: Table, head: Head, code: str) -> str:
    if KINDS[code] == "rate":
        return "%" if "%" in compact(head.cells[code].text) else ""
    if KINDS[code] != "money":
        return ""
    return money_unit(head.cells[code].text) or table.unit_near(range(head.row, head.below)) or "万元"


def _is_paired(head: Head, parts: list[tuple[int, Cell, str]]) -> bool:
    """Labels that stand under the amounts' heads, or hold their amounts, are no rows of those columns."""
    first = head.first_column()
    return any(
        cell.column >= first or split_inline(cell.text)[1] for _, cell, code in parts if code != "total"
    )


def _beside(table: Table, words: Vocabulary, head: Head, cell: Cell) -> Figure:
    """The amount in the label's cell or right of it; below it where labels stand in a row of their own."""
    unit = _pair_unit(table, head)
    if inline_figure(cell.text):
        return table.read(cell, "money", unit, inline_figure)
    right, below = _outcome_of(table, words, head, cell) or table.right_of(cell), table.below(cell)
    if below is not None and is_figure(below.text) and (right is None or not is_figure(right.text)):
        right = below
    if right is None or words.code("funding_rows", split_inline(right.text)[0]) is not None:
        return Absent("missing", "", table.locus(cell))
    return table.read(right, "money", unit)


def _outcome_of(table: Table, words: Vocabulary, head: Head, label: Cell) -> Cell | None:
    """The figure of the label's row under the first 全年执行数 right of it, where one comes before the
    next label: sources and natures then have columns of their own."""
    for heading, code in table.marked(words, "funding")[head.row]:
        if code != "executed" or heading.column < label.column + label.column_span:
            continue
        cell = table.under(label.row, columns_of(heading))
        between = [c for c in table.rows[label.row] if label.column < c.column < heading.column]
        labelled = any(_row_code(words, c) is not None for c in between)
        return cell if cell is not None and is_figure(cell.text) and not labelled else None
    return None


def _pair_unit(table: Table, head: Head) -> str:
    named = next(
        (money_unit(head.cells[c].text) for c in ("executed", "annual_budget") if c in head.cells), None
    )
    return named or table.unit_near(range(head.row, head.below)) or "万元"


def _end(table: Table, words: Vocabulary, head: Head) -> int:
    """The first row after the head that belongs to goals or indicators."""
    for row in range(head.below, table.grid.rows):
        codes = {words.code("indicators", cell.text) for cell in table.rows[row]}
        goals = {words.code("goals", cell.text) for cell in table.rows[row] if cell.row == row}
        if {"level1", "level2", "level3"} & codes or {"expected", "block"} & goals:
            return row
    return table.grid.rows
