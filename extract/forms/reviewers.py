"""评价人员: names, titles and organisations. Personal data: read into its own rows, shown nowhere."""

from __future__ import annotations

from extract.forms.heads import Head, heads
from extract.forms.table import Table
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact, flow
from extract.report import Reviewer


def read_reviewers(table: Table, words: Vocabulary) -> tuple[Reviewer, ...] | None:
    """One a row under 姓名, 职务, 单位; None where the grid has no such head."""
    needed = [frozenset(("name",)), frozenset(("title", "organisation"))]
    for head in heads(table, words, "reviewers", needed):
        found = []
        for row in range(head.below, table.grid.rows):
            values = {code: _value(table, head, row, code) for code in ("name", "title", "organisation")}
            if len(table.rows[row]) < 2:
                break
            if values["name"]:
                found.append(Reviewer(**values))
        return tuple(found)
    return None


def _value(table: Table, head: Head, row: int, code: str) -> str:
    cell = table.under(row, head.columns[code]) if code in head.columns else None
    return "" if cell is None or cell.row != row or not compact(cell.text) else flow(cell.text)
