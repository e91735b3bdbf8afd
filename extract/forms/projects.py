"""项目支出绩效自评表: one form a project, with the same blocks as the whole department's."""

from __future__ import annotations

from extract.document import Cell
from extract.forms.blocks import Blocks
from extract.forms.table import Table
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact, flow
from extract.quantity import MISSING, Quantity
from extract.report import Funding, Goals, ProjectForm


def is_project_form(table: Table, blocks: Blocks, words: Vocabulary) -> bool:
    """Whether one of the grid's first rows names the project, and its money or indicators come below."""
    return blocks.is_of_a_form and not blocks.is_base and _name_cell(table, words) is not None


def project_form(table: Table, blocks: Blocks, words: Vocabulary) -> ProjectForm:
    label = _name_cell(table, words)
    value = table.right_of(label) if label is not None else None
    grid, scores = blocks.indicators, blocks.scores
    total = MISSING if scores is None else scores.total_score
    if grid is not None and not isinstance(total, Quantity):
        total = grid.total_score
    return ProjectForm(
        name="" if value is None else flow(value.text),
        funding=blocks.funding or Funding(),
        goals=blocks.goals or Goals(),
        indicators=() if grid is None else grid.indicators,
        total_score=total,
        grade=None if scores is None else scores.grade,
        locus=table.row_locus(0),
    )


def _is_head(words: Vocabulary, cell: Cell) -> bool:
    """Whether a cell heads a column, so that the cell before it heads the projects' names."""
    blocks = ("funding", "indicators", "construction")
    return any(words.code(block, cell.text) is not None for block in blocks)


def _name_cell(table: Table, words: Vocabulary) -> Cell | None:
    for row in table.rows[:4]:
        for cell in row:
            if compact(cell.text) and words.code("project_form", cell.text) == "name":
                value = table.right_of(cell)
                return None if value is None or _is_head(words, value) else cell
    return None
