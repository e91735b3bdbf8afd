"""The heads of a register's columns, in the words of finance bureaus; what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.bureau import BOOK_FIGURES, BOOK_PEOPLE
from extract.forms.numbers import money_unit
from extract.forms.wording import compact

MONEY = tuple(name for name in BOOK_FIGURES if name not in BOOK_PEOPLE)
HEAD_WITHIN = 30
"""How many rows of a sheet may stand above its head and in it."""

UNDERSTOOD = {
    "code": "预算编码、部门编码、单位编码、代码",
    "name": "部门名称、单位名称、预算单位",
    "alias": "曾用名、简称、别名、合并前名称、原名称",
    "parent": "主管部门、上级部门、主管部门编码",
    "must_submit": "是否报送、是否需要报送、应报",
    "year": "年度",
    "authorized": "编制数、核定编制",
    "on_duty": "实有人数、在职人数",
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数、调整预算数",
    "budget": "预算数",
    "executed": "决算数、支出决算、执行数",
}
"""Each column's usual heads, for a clerk."""

_WHO = r"(?:一级|部门|预算|单位|财政|机构|[/或、])*"
_FORMER = r"(?:曾用|合并前|更名前|改名前|改革前|原|旧|又|常用|其他|其它|现用)"
_SUM = r"(?:数|额|金额|总额|合计)?"
_HEADS = {
    "code": rf"{_WHO}(?:编码|代码|编号)",
    "name": rf"{_WHO}(?:名称|全称)|预算单位|预算部门|部门|单位|部门单位|单位部门",
    "alias": rf"(?:{_WHO}(?:简称|别名|别称)|{_FORMER}{_WHO}(?:名称|名|称)?|{_FORMER}(?:部门|单位)名?)",
    "parent": r"(?:主管|上级)(?:预算)?(?:部门|单位)(?:名称|编码|代码)?|一级预算单位",
    "must_submit": r"(?:是否)?(?:需要?|应该?|须|应当)?(?:上报|报送|提交|报)(?:部门)?(?:整体)?(?:支出)?"
    r"(?:绩效)?(?:自评)?(?:报告|材料|单位|部门)?",
    "year": r"(?:预算|会计|财政|所属|填报)?(?:年度|年份)",
    "authorized": r"(?:核定|人员|批复)?编制(?:人)?(?:总)?数?(?:核定)?",
    "on_duty": r"(?:年末|实际|实有|期末)*(?:在编)?(?:在职|实有|在编)(?:在编|在职)?(?:人员|职工)?(?:人)?数?",
    "initial_budget": rf"年初(?:部门|批复|安排)?预算{_SUM}",
    "annual_budget": rf"(?:全年|调整后?|调整后全年)(?:的)?预算{_SUM}",
    "budget": rf"(?:本年|部门|批复|支出|年度|本年支出)?预算{_SUM}",
    "executed": rf"(?:本年|部门|年度)?(?:支出|预算)?(?:决算|执行)(?:支出)?{_SUM}|全年执行{_SUM}",
}
_PATTERNS = {field: re.compile(pattern) for field, pattern in _HEADS.items()}
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_YEAR = re.compile(r"(20\d\d)年?度?")
_TITLE_YEAR = re.compile(r"(20\d\d)(?=年)")
_STAGE = re.compile(r"^([^()]*)\((年初|全年|调整后?)\)")
_OTHER_TIME = re.compile(r"上年|去年|上一年|往年|以前年度|下年|增减|差额|比")
_NEUTRAL = re.compile(
    r"(?:20\d\d年?度?)?(?:部门|单位|整体|人员|机构|编制|基本|预算|决算|预决算|收支|支出|资金|经费|执行|财政|人数|本年|[及和、])*"
    r"(?:情况|信息|数据|数|规模)?"
)
"""What may stand above a column's own head without changing what it is; «三公经费» does."""
_CODE_OF = re.compile(r"编码|代码|编号")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is understood: its field, the words of its head, the unit of money and the year that
    the head names. `of_code` is set for a parent's column that is headed as a code."""

    index: int
    field: str
    words: str
    unit: str | None = None
    year: int | None = None
    of_code: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """`first` is the row that follows the head; `unit` and `year` are what the rows above it say; `seen`
    are all heads as printed."""

    first: int
    columns: tuple[Column, ...]
    seen: tuple[str, ...]
    unit: str | None = None
    year: int | None = None

    def of(self, *fields: str) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.field in fields)


def find_head(rows: Sequence[Sequence[str]]) -> Head | None:
    """The head of a sheet: the row, or two rows, in which most columns are understood; at least two."""
    best: Head | None = None
    for index in range(min(len(rows), HEAD_WITHIN)):
        for height in (1, 2):
            block = rows[index : index + height]
            if len(block) < height or (height == 2 and not _continues(block[0], block[1])):
                continue
            columns = tuple(_columns(block))
            fields = {column.field for column in columns}
            if len(fields) >= 2 and _better(len(fields), index + height, best):
                above = [cell for row in rows[:index] for cell in dict.fromkeys(row)]
                seen = tuple(dict.fromkeys(word for row in block for cell in row if (word := compact(cell))))
                best = Head(index + height, columns, seen, _unit(above), title_year(above))
    return best


def _better(fields: int, first: int, best: Head | None) -> bool:
    """More columns understood, or as many without a title that had been taken for an upper head."""
    known = 0 if best is None else len({column.field for column in best.columns})
    return fields > known or (fields == known and best is not None and first == best.first)


def field_of(head: str) -> str | None:
    """The field that a column's head names, whatever year, unit and remark stand in it.

    >>> field_of("2024年决算数（万元）")
    'executed'
    >>> field_of("上年决算数")
    """
    words = _YEAR.sub("", _bare(head)) or _bare(head)
    parts = [part for part in re.split(r"[/、或和及]", words) if part] or [words]
    for field, pattern in _PATTERNS.items():
        if pattern.fullmatch(words) or all(pattern.fullmatch(part) for part in parts):
            return field
    return None


def title_year(texts: Sequence[str]) -> int | None:
    """The only year that the words above a head name."""
    years = {int(year) for text in texts for year in _TITLE_YEAR.findall(compact(text))}
    return years.pop() if len(years) == 1 else None


def _columns(block: Sequence[Sequence[str]]) -> list[Column]:
    """The understood columns of a head of one or two rows."""
    found = []
    block = [_carried(*block), block[1]] if len(block) == 2 else block
    for index in range(max(map(len, block))):
        cells = [row[index] for row in block if index < len(row) and compact(row[index])]
        field = _field_under(cells)
        if field is None:
            continue
        whole = compact("".join(dict.fromkeys(cells)))
        year = _YEAR.search(whole)
        number = int(year[1]) if year is not None else None
        unit = next((unit for cell in reversed(cells) if (unit := money_unit(cell)) is not None), None)
        of_code = field == "parent" and _CODE_OF.search(whole) is not None
        found.append(Column(index, field, whole, unit, number, of_code))
    return found


def _carried(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """The upper heads with each carried to the right over the lower ones that it stands above, where a CSV
    has lost the merged cells."""
    carried: list[str] = []
    for above, own in zip(upper, (*lower, *[""] * len(upper)), strict=False):
        lost = not compact(above) and compact(own) and carried and compact(lower[len(carried) - 1])
        carried.append(carried[-1] if lost else above)
    return carried


def _field_under(cells: Sequence[str]) -> str | None:
    """The field of a head that may stand under another: «年初» under «预算数», «预算数» under «2024年»."""
    own = dict.fromkeys(cells)
    if not own or any(_OTHER_TIME.search(compact(cell)) for cell in own):
        return None
    upper, lower = cells[0], cells[-1]
    if len(own) == 1:
        return field_of(lower)
    both = field_of(lower + upper) or field_of(upper + lower)
    return both or (field_of(lower) if _NEUTRAL.fullmatch(_bare(upper)) else None)


def _continues(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the lower row belongs to the head: understood words of its own, and no figure."""
    if any(re.fullmatch(r"[\d.,]+", compact(cell)) for cell in lower):
        return False
    pairs = [pair for pair in zip(upper, lower, strict=False) if compact(pair[1]) and pair[0] != pair[1]]
    return any(field_of(own) or field_of(own + above) for above, own in pairs)


def _unit(texts: Sequence[str]) -> str | None:
    units = {unit for text in texts if (unit := money_unit(text)) is not None}
    return units.pop() if len(units) == 1 else None


def _bare(head: str) -> str:
    return _BRACKETED.sub("", _STAGE.sub(r"\2\1", compact(head))).strip("*:：、,，.。")
