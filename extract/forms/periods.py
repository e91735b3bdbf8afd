"""The three periods of the expense table, told from the heads of its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.document import Cell
from extract.forms.table import Columns, Table, columns_of, is_figure
from extract.forms.wording import YEAR, compact, year_in

_BUDGET = re.compile(r"预算")
FINAL = re.compile(r"决算|执行|实际支出|支出数|完成数")
_NAMES_FINAL = re.compile("[决执际数]")
"""What every wording of FINAL holds, to pass quickly over the rows that can be no head."""
_OTHER = re.compile(r"调整|追加|增减|差|率|比|占|备注|说明|原因|季度|半年|截[至止]|\d月")
_LAST = re.compile(r"上年|去年|上一?年度|前一年")
_THIS = re.compile(r"本年|当年|今年|本年度|年初")


@dataclass(frozen=True, slots=True)
class PeriodHead:
    """Where the three periods stand. `year` is the fiscal year the heads name, if they do; `guessed`
    says that the periods were told by the form's usual order alone. `labels` are the columns before the
    first amount, in which the rows' labels stand."""

    row: int
    below: int
    columns: dict[str, Columns]
    year: int | None
    labels: Columns
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class _Column:
    cell: Cell
    final: bool
    year: int | None
    last: bool


def period_heads(table: Table) -> list[PeriodHead]:
    """Every head of an expense table in the grid: two or three columns of 预算数 and 决算数."""
    found: list[PeriodHead] = []
    row = 0
    while row < table.grid.rows:
        head = _head_at(table, row)
        if not head:
            row += 1
        else:
            found += head
            row = head[0].below
    return found


def _head_at(table: Table, row: int) -> list[PeriodHead]:
    """The heads that begin in a row: more than one where items stand in two or three sets of columns."""
    near = [compact(cell.text) for cells in table.rows[row : row + 2] for cell in cells]
    if not any(_NAMES_FINAL.search(text) for text in near):
        return []
    if any(is_figure(cell.text) and not YEAR.fullmatch(compact(cell.text)) for cell in table.rows[row]):
        return []
    columns = [c for cell in table.rows[row] if (c := _column(cell, cell.text)) is not None]
    below = row + 1
    if len(columns) < 2:
        columns = _two_row_columns(table, row)
        below = row + 2
    if len(columns) < 2 or not any(c.final for c in columns):
        return []
    below = max(below, *(c.cell.row + c.cell.row_span for c in columns))
    heads = []
    left = 0
    for together in _sets(columns):
        if (head := _told(row, below, left, together)) is not None:
            heads.append(head)
        left = max(columns_of(c.cell)[1] for c in together)
    return heads


def _sets(columns: list[_Column]) -> list[list[_Column]]:
    """The columns parted where the same heads come again, other columns between them."""
    sets: list[list[_Column]] = [[]]
    for column in columns:
        last = sets[-1][-1].cell if sets[-1] else column.cell
        apart = column.cell.column > last.column + last.column_span
        if apart and any(_alike(column, other) for other in sets[-1]):
            sets.append([])
        sets[-1].append(column)
    return sets


def _alike(one: _Column, other: _Column) -> bool:
    return one.year == other.year and compact(one.cell.text) == compact(other.cell.text)


def _two_row_columns(table: Table, row: int) -> list[_Column]:
    """Years in one row, 预算数 and 决算数 in the next: each lower cell takes the words above it."""
    if row + 1 >= table.grid.rows:
        return []
    columns = []
    for cell in table.rows[row + 1]:
        upper = table.under(row, columns_of(cell))
        if upper is None or (upper is not cell and not _names_year(upper.text)):
            continue
        words = cell.text if upper is cell else upper.text + cell.text
        if (column := _column(cell, words)) is not None:
            columns.append(column)
    return columns


def _names_year(text: str) -> bool:
    return any(pattern.search(compact(text)) for pattern in (YEAR, _LAST, _THIS))


def _column(cell: Cell, text: str) -> _Column | None:
    words = re.sub(r"\([^()]*\)", "", compact(text))
    budget, final = _BUDGET.search(words), FINAL.search(words)
    if not (budget or final) or len(words) > 16 or _OTHER.search(words):
        return None
    return _Column(cell, bool(final), year_in(words), bool(_LAST.search(words)))


def _fiscal_year(finals: list[_Column], budgets: list[_Column]) -> int:
    """The latest year that has both a budget and a final; next year's budget may stand beside them."""
    spent, planned = ({c.year for c in some if c.year is not None} for some in (finals, budgets))
    return max(spent & planned or spent | planned)


def _told(row: int, below: int, left: int, columns: list[_Column]) -> PeriodHead | None:
    years = [c.year for c in columns if c.year is not None]
    finals = [c for c in columns if c.final]
    budgets = [c for c in columns if not c.final]
    guessed = False
    if years:
        year: int | None = (fiscal := _fiscal_year(finals, budgets))
        last = [c for c in finals if c.year is not None and c.year < fiscal]
        last = [c for c in last if c.year == fiscal - 1] or last
    else:
        year = None
        last = [c for c in finals if c.last]
        if not last and len(finals) == 2:
            last, guessed = finals[:1], True
    this = [c for c in finals if c not in last]
    if len(this) > 1 and year is not None:
        this = [c for c in this if c.year == year]
    budgets = [c for c in budgets if not c.last and (c.year is None or c.year == year)] or []
    named = {"prior_final": last, "budget": budgets, "final": this}
    chosen = {period: found[0] for period, found in named.items() if len(found) == 1}
    if len(chosen) < 2:
        return None
    places = {period: columns_of(column.cell) for period, column in chosen.items()}
    labels = (left, min(c.cell.column for c in columns))
    return PeriodHead(row, below, places, year, labels, guessed)
