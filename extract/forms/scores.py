"""综合得分 and 评价等次, wherever they are printed: beside a label, in one cell with it, in a ticked box."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.document import Cell, Locus
from extract.forms.numbers import figure
from extract.forms.table import Table
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact
from extract.quantity import MISSING, Figure, Quantity
from extract.report import Text

GRADES = ("优秀", "优良", "优", "良好", "良", "中等", "中", "较差", "差", "不合格", "合格")
_BOX, _TICK = "□○◯☐", "☑✓✔√■●☒"
_WORD = rf"({'|'.join(GRADES)})"
_TICKED_BEFORE = re.compile(rf"[{_TICK}]{_WORD}")
_TICKED_AFTER = re.compile(rf"{_WORD}[{_TICK}]")
_TICKED_WITHIN = re.compile(rf"{_WORD}\([{_TICK}]\)")
_PLAIN = re.compile(rf"[(\[“\"'']?{_WORD}[)\]”\"'']?(?:等|级|等次)?")
_GRADED = re.compile(rf"\d[\d.]*分?[(,，、]*(?:等[次级]|评价等[次级])?[:为]?[\"'“]?{_WORD}[\"'”]?等?\)?")
_INLINE_SCORE = re.compile(r"(\d{1,3}(?:\.\d+)?)分?")


@dataclass(frozen=True, slots=True)
class Scores:
    total_score: Figure = MISSING
    grade: Text | None = None


def read_scores(table: Table, words: Vocabulary, total_row: int | None = None) -> Scores:
    """The first total score and the first grade that the grid prints outside its rows of heads.

    `total_row` is the indicator grid's own total row, whose figures stand under heads: not for here.
    """
    total: Figure = MISSING
    grade: Text | None = None
    heads = table.marked(words, "indicators")
    for number, row in enumerate(table.rows):
        if len(heads.get(number, ())) >= 3:
            continue
        for cell in row:
            if cell.row != number:
                continue
            name, _, rest = _split(cell.text)
            code = words.code("score", name)
            if code == "total_score" and not isinstance(total, Quantity):
                grade = grade or _beside_score(table, cell, rest)
                if number != total_row:
                    total = _score(table, words, cell, rest) or total
            elif code == "grade" and grade is None:
                grade = _grade(table, words, cell, rest)
    return Scores(total, grade)


def score_in_line(text: str, words: Vocabulary, locus: Locus) -> Scores:
    """«综合得分：95分  评价等次：优» in a line outside tables."""
    total: Figure = MISSING
    grade: Text | None = None
    for name, rest in re.findall(r"([^\s:：]{2,12})[:：]\s*([^\s:：]{1,8})", text):
        code = words.code("score", name)
        if code == "total_score" and (match := _INLINE_SCORE.fullmatch(compact(rest))):
            total = figure(match[1], "score", "", locus)
        elif code == "grade" and (word := grade_word(rest)):
            grade = Text(word, locus)
    return Scores(total, grade)


def grade_word(text: str) -> str:
    """The grade that a cell says, ticked boxes understood; empty where it says none or several."""
    printed = compact(text)
    boxes_first = printed[:1] in tuple(_BOX + _TICK)
    ticked: list[str] = (_TICKED_BEFORE if boxes_first else _TICKED_AFTER).findall(printed)
    ticked = ticked or _TICKED_WITHIN.findall(printed)
    if len(ticked) == 1:
        return ticked[0]
    match = _PLAIN.fullmatch(printed) or _PLAIN.fullmatch(re.sub(r"(?<=.)\([^()]*\)$", "", printed))
    return match[1] if match else ""


def _split(text: str) -> tuple[str, str, str]:
    for mark in (":", "："):
        if mark in text:
            return text.partition(mark)
    return text, "", ""


def _score(table: Table, words: Vocabulary, cell: Cell, rest: str) -> Figure | None:
    if compact(rest):
        return table.read(cell, "score", "", lambda text: _split(text)[2])
    for other in _after(table, words, cell):
        found = table.read(other, "score")
        if isinstance(found, Quantity):
            last = found
            for more in _after(table, words, other):
                following = table.read(more, "score")
                last = following if isinstance(following, Quantity) else last
            return last
    beside = table.right_of(cell)
    is_label = beside is None or words.code("score", beside.text) is not None
    return None if is_label else table.read(beside, "score")


def _beside_score(table: Table, cell: Cell, rest: str) -> Text | None:
    """The grade that stands in brackets behind a total score: «96分（优）»."""
    beside = table.right_of(cell)
    printed = rest or ("" if beside is None else beside.text)
    match = _GRADED.fullmatch(compact(printed))
    return Text(match[1], table.locus(cell)) if match else None


def _after(table: Table, words: Vocabulary, cell: Cell) -> list[Cell]:
    """The cells to the right, up to the next label of a score or grade."""
    found = []
    for other in table.rows[cell.row]:
        if other.column < cell.column + cell.column_span:
            continue
        if words.code("score", other.text) is not None:
            break
        found.append(other)
    return found


def _grade(table: Table, words: Vocabulary, cell: Cell, rest: str) -> Text | None:
    if word := grade_word(rest):
        return Text(word, table.locus(cell))
    for other in _after(table, words, cell):
        if word := grade_word(other.text):
            return Text(word, table.locus(other))
    beside = table.right_of(cell)
    printed = compact(beside.text) if beside is not None else ""
    return Text(printed, table.locus(beside)) if beside is not None and 0 < len(printed) <= 12 else None
