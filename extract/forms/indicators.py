"""绩效指标: the indicator grid, its merged levels carried down, its total row and grade row apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.document import Cell
from extract.forms.heads import Head, heads
from extract.forms.table import Table, columns_of, is_figure
from extract.forms.unsure import whole
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact, flow, label
from extract.quantity import MISSING, Figure, Quantity
from extract.report import Indicator, Text

_LEVELS = ("level1", "level2", "level3")
_NAMES = frozenset(("level2", "level3"))
_VALUES = frozenset(("target", "actual", "score", "weight"))
_LEVEL_SCORE = re.compile(r"[(（]\s*(\d+(?:\.\d+)?\s*(?:分|%)?)\s*[)）]$")
_PLACEHOLDER = re.compile(r"[….。·]+|指标\d*[:：]?|[无/—-]+")
_COLON, _COLON_OR_DIGIT = re.compile("[:：]"), re.compile(r"[:：]|\d")
_CLASS = re.compile(r"(?:指标|产出|效益|效果|满意度|投入|过程|成本|管理|决策)$")
_OPERATOR = re.compile(r"[≥≤＝=＞>＜<≧≦⩾⩽]{1,2}")


@dataclass(frozen=True, slots=True)
class IndicatorGrid:
    """`total_score` is that of the grid's own total row, `total_row`; that is None where no such row has
    a figure under 分值 or 得分."""

    indicators: tuple[Indicator, ...]
    total_score: Figure = MISSING
    total_row: int | None = None


def find_indicators(table: Table, words: Vocabulary) -> list[Head]:
    """The heads of indicator grids; a head that is repeated on a later page comes again."""
    return [
        _with_level4(head)
        for head in heads(table, words, "indicators", [_NAMES, _VALUES])
        if len(head.columns) >= 4 and ("target" in head.columns or "weight" in head.columns)
    ]


def _with_level4(head: Head) -> Head:
    """The head with level 4 as a part of level 3, where a region has four."""
    if not {"level3", "level4"} <= head.columns.keys():
        return head
    third = (head.columns["level3"][0], head.columns["level4"][1])
    columns = {code: third if code == "level3" else at for code, at in head.columns.items()}
    return replace(head, columns={code: at for code, at in columns.items() if code != "level4"})


def read_indicators(table: Table, words: Vocabulary) -> IndicatorGrid | None:
    """All indicators of the grid in the order printed, or None where it has no such head."""
    found = find_indicators(table, words)
    if not found:
        return None
    indicators: list[Indicator] = []
    total = IndicatorGrid(())
    carried = ("", "")
    for place, head in enumerate(found):
        end = found[place + 1].row if place + 1 < len(found) else table.grid.rows
        for row in range(head.below, end):
            ending = _ending(table, words, row)
            if ending == "grid_part":
                continue
            if ending is None and (section := _section(table, row)):
                carried = (section, "")
                continue
            if ending is not None:
                total = _total(table, head, row)
                break
            if _is_other_block(table, words, row):
                break
            levels = _levels(table, head, row, carried)
            carried = levels[:2]
            indicator = _indicator(table, head, row, levels)
            if indicator is not None:
                indicators.append(indicator)
            elif indicators and levels[2] == indicators[-1].level3:
                indicators[-1] = _going_on(table, head, row, indicators[-1])
    return replace(total, indicators=tuple(indicators))


def _levels(table: Table, head: Head, row: int, carried: tuple[str, str]) -> tuple[str, str, str]:
    """The three levels of a row. A blank level takes the one above, as merged cells do; a new level 1
    ends the level 2 before it."""
    texts = {code: _level_text(table, head, row, code) for code in _LEVELS}
    if "level1" not in head.columns:
        texts["level1"] = _level_text(table, head, row, "kind")
    level1 = texts["level1"] or carried[0]
    level2 = texts["level2"] or (carried[1] if level1 == carried[0] else "")
    return level1, level2, texts["level3"]


def _level_text(table: Table, head: Head, row: int, code: str) -> str:
    names = [flow(cell.text) for cell in _spread(table, head, row, code) if not is_figure(cell.text)]
    text = flow(" ".join(names))
    return text if code == "level3" else _LEVEL_SCORE.sub("", text).rstrip()


def _indicator(table: Table, head: Head, row: int, levels: tuple[str, str, str]) -> Indicator | None:
    """The row as an indicator; None for one that names none, or is another's merged cell going on."""
    level1, level2, level3 = levels
    named = "level3" if "level3" in head.columns else "level2"
    name = level3 if named == "level3" else level2
    cells = _spread(table, head, row, named)
    weight, score = _score(table, head, row, "weight"), _score(table, head, row, "score")
    scored = isinstance(weight, Quantity) or isinstance(score, Quantity)
    own = [cell for cell in cells if cell.row == row] or (cells if scored else [])
    if not own or not compact(name) or _reaches_values(head, own[0]):
        return None
    if not scored and "level1" in head.columns and own[0].column < head.columns[named][0]:
        return None
    target, actual = _words(table, head, row, "target"), _words(table, head, row, "actual")
    if _PLACEHOLDER.fullmatch(compact(name)) and not scored and not _says(target) and not _says(actual):
        return None
    scoring = next((cell for cell in reversed(own) if _level_score(cell.text)), None)
    if "weight" not in head.columns and scoring is not None:
        weight = table.read(scoring, "score", "", _level_score)
        level3 = _LEVEL_SCORE.sub("", level3).rstrip()
    deviation = _words(table, head, row, "deviation").value
    found = Indicator(level1, level2, level3, target, actual, weight, score, deviation, table.locus(own[0]))
    return replace(found, explains="deviation" in head.columns)


def _going_on(table: Table, head: Head, row: int, indicator: Indicator) -> Indicator:
    """The indicator with the values of one more row beside its merged name, which has no points."""
    target = _joined(table, head, row, "target", indicator.target)
    return replace(indicator, target=target, actual=_joined(table, head, row, "actual", indicator.actual))


def _joined(table: Table, head: Head, row: int, code: str, before: Text) -> Text:
    own = any(cell.row == row for cell in _spread(table, head, row, code))
    more = _words(table, head, row, code).value if own else ""
    return replace(before, value="；".join(filter(None, (before.value, more))))


def _section(table: Table, row: int) -> str:
    """The level 1 that a row of one cell over all columns names: «一、产出指标（50分）»."""
    cells = table.rows[row]
    if len(cells) != 1 or cells[0].row != row:
        return ""
    name = label(cells[0].text)
    return name if _CLASS.search(name) else ""


def _reaches_values(head: Head, cell: Cell) -> bool:
    """Whether a cell under the names' head reaches over the values, too: words about the grid."""
    start, end = columns_of(cell)
    values = [head.columns[code] for code in ("target", "actual") if code in head.columns]
    return bool(values) and all(start <= first and last <= end for first, last in values)


def _says(text: Text) -> bool:
    return _PLACEHOLDER.fullmatch(compact(text.value)) is None and bool(compact(text.value))


def _spread(table: Table, head: Head, row: int, code: str) -> list[Cell]:
    """The row's cells under a head of several columns, but for those of other heads among them."""
    if code not in head.columns:
        return []
    start, end = head.columns[code]
    places = table.layout[row][start:end]
    if all(place is places[0] for place in places):
        return [] if places[0] is None else [places[0]]
    inner = [c for c in head.columns.values() if c != (start, end) and start <= c[0] and c[1] <= end]
    found: list[Cell] = []
    for cell in places:
        if cell is None or (found and found[-1] is cell):
            continue
        if not any(cell.column >= first and cell.column < last for first, last in inner):
            found.append(cell)
    return found


def _cell(table: Table, head: Head, row: int, code: str) -> Cell | None:
    return table.under(row, head.columns[code]) if code in head.columns else None


def _words(table: Table, head: Head, row: int, code: str) -> Text:
    """A row's words under a head; a value printed in pieces (≥ | 100 | %) is put together."""
    cells = _spread(table, head, row, code)
    if not cells:
        return Text("")
    value = flow("".join(flow(cell.text) for cell in cells))
    if code == "target" and value[:1].isdigit():
        operator = _outside(table, head, row, "operator")
        value = operator + value if _OPERATOR.fullmatch(operator) else value
    if code in ("target", "actual") and value[-1:].isdigit():
        value += _outside(table, head, row, "unit")
    return Text(value, table.locus(cells[0]))


def _outside(table: Table, head: Head, row: int, code: str) -> str:
    """The compact words under a head of operators or units that stands beside those of the values."""
    cell = _cell(table, head, row, code)
    return "" if cell is None else compact(cell.text)


def _score(table: Table, head: Head, row: int, code: str) -> Figure:
    cell = _cell(table, head, row, code)
    if cell is None or cell.row != row:
        return MISSING
    return table.read(cell, "score", "", _points if code == "weight" else whole)


def _points(text: str) -> str:
    return text.strip().rstrip("%％")


def _level_score(text: str) -> str:
    """The points in brackets behind an indicator's name; empty where there are none."""
    match = _LEVEL_SCORE.search(flow(text))
    return "" if match is None else match[1]


def _ending(table: Table, words: Vocabulary, row: int) -> str | None:
    """The code of a total, a part's total or a grade where the row's first printed cell is its label."""
    first = next((c for c in table.rows[row] if c.row == row and compact(c.text)), None)
    if first is None:
        return None
    whole, before = (pattern.split(first.text, maxsplit=1)[0] for pattern in (_COLON, _COLON_OR_DIGIT))
    return words.code("score", whole) or words.code("score", before)


def _total(table: Table, head: Head, row: int) -> IndicatorGrid:
    weight, score = _score(table, head, row, "weight"), _score(table, head, row, "score")
    if _cell(table, head, row, "weight") is _cell(table, head, row, "score"):
        weight = MISSING
    if not isinstance(weight, Quantity) and not isinstance(score, Quantity):
        return IndicatorGrid(())
    return IndicatorGrid((), score, row)


def _is_other_block(table: Table, words: Vocabulary, row: int) -> bool:
    cells = table.rows[row]
    codes = {words.code("reviewers", cell.text) for cell in cells}
    return {"name", "title"} <= codes
