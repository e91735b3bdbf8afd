"""The year's money printed in pairs alone: each label with its figure beside it or in its own cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from extract.document import Cell
from extract.forms.numbers import money_unit
from extract.forms.table import Table, inline_figure, is_figure, split_inline
from extract.forms.unsure import whole
from extract.forms.vocabulary import Vocabulary
from extract.quantity import Figure, Kind
from extract.report import NATURES, SOURCES, Funding, FundingNatures, FundingSources

_PARTS = frozenset((*SOURCES, *NATURES))
_OUTCOMES = frozenset(("executed", "execution_rate"))
_BUDGETS = frozenset(("initial_budget", "annual_budget"))


def read_pairs(table: Table, words: Vocabulary, kinds: Mapping[str, Kind]) -> Funding | None:
    """The block, or None where no budget and no outcome stand in pairs. `kinds` are those of its figures."""
    if not any("执行" in cell.text or "支出" in cell.text for _, cell in table.labels):
        return None
    found: dict[str, Figure] = {}
    rows: set[int] = set()
    for label, value, part in _pairs(table):
        code = words.code("funding", label)
        if code is not None and code in kinds and code not in found:
            found[code] = table.read(value, kinds[code], _unit(table, label, value, kinds[code]), part)
            rows.add(value.row)
    if not (found.keys() & _OUTCOMES and found.keys() & _BUDGETS) or "executed" not in found:
        return None
    parts: dict[str, Figure] = {}
    for label, value, part in _pairs(table):
        code = words.code("funding_rows", label)
        if (
            code is not None
            and code in _PARTS
            and code not in parts
            and value.row <= max(rows) + len(SOURCES)
        ):
            parts[code] = table.read(value, "money", _unit(table, label, value, "money"), part)
    return Funding(
        **found,
        by_source=FundingSources(**{name: parts[name] for name in SOURCES if name in parts}),
        by_nature=FundingNatures(**{name: parts[name] for name in NATURES if name in parts}),
    )


def _pairs(table: Table) -> Iterator[tuple[str, Cell, Callable[[str], str]]]:
    """Every label with the cell of its one figure, its own or the one at its right, and what of that
    cell's text is the figure."""
    for _, cell in table.labels:
        name, inline = split_inline(cell.text)
        right = table.right_of(cell)
        if inline:
            yield name, cell, inline_figure
        elif right is not None and is_figure(right.text):
            after = table.right_of(right)
            if after is None or not is_figure(after.text):
                yield cell.text, right, whole


def _unit(table: Table, label: str, value: Cell, kind: Kind) -> str:
    if kind != "money":
        return "%" if kind == "rate" and "%" in label else ""
    return money_unit(label) or table.unit_near(range(value.row, value.row + 1)) or "万元"
