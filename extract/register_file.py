"""A finance bureau's list of departments (部门名录), out of a workbook or a CSV: entries by year.

Columns are told by their heads, in any order. What is doubtful is refused: every fault is named with its
row and what to do, and nothing of the file is taken then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.bureau import BOOK_FIGURES, BOOK_PEOPLE, BOOK_UNITS, BookFigure, Entry, department_key
from extract.document import Locus
from extract.failure import Failure, Unreadable
from extract.forms.numbers import figure
from extract.forms.wording import compact
from extract.intake import printable
from extract.quantity import Kind, Quantity
from extract.readers.workbook_xlsx import UNCALCULATED
from extract.register_check import Line, faults, same_places, with_parents
from extract.register_heads import MONEY, UNDERSTOOD, Column, Head, find_head
from extract.register_sheet import Sheet, read_sheets
from extract.sandbox import run_all

MOST_TOLD = 10
YES = frozenset(("是", "√", "✓", "✔", "1", "y", "yes", "true", "应报", "需报", "需", "需要", "报送", "报"))
NO = frozenset(
    ("否", "×", "✗", "✘", "x", "0", "n", "no", "false", "不报", "免报", "不需", "无需", "不需要", "不报送")
)
NOT_MEANT = ("序号", "备注")
NO_VALUES = (UNCALCULATED, "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!")
"""What a formula shows that has no result."""
_TOTAL = re.compile(r"(?:总|合|小|共|累)计[:：]?|合计数|总数")
_NOTE = re.compile(
    r"(?:注|备注|说明|填表人|制表|审核|单位[:：]|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))"
)
_PARTED = re.compile(r"[、;；,，/\n\r]+")
_WHOLE = re.compile(r"^(\d+)\.0+$")
_POWER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_YEAR = re.compile(r"(20\d\d|19\d\d)(?:\.0)?(?:年度?)?")


class BadRegister(ValueError):
    """A file that can be read but not taken for a register; its text says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class Registers:
    """The entries by year (None: every year), and what a clerk should know of how they were read."""

    by_year: Mapping[int | None, tuple[Entry, ...]]
    remarks: tuple[str, ...]


def read_register(path: Path, year: int | None = None, unit: str | None = None) -> Registers:
    """The registers of a file. `year` and `unit` (元, 千元, 万元, 亿元) hold where the file tells none.

    Raises Unreadable for a file that can't be read at all, BadRegister for one with faults.
    """
    ((_, result),) = run_all(read_sheets, [path], jobs=1, describe=lambda one: printable(str(one)))
    if isinstance(result, Failure):
        raise Unreadable(result.reason, result.message, result.remedy)
    name = printable(path.name)
    sheet, head = _chosen(name, result)
    columns = _one_each(name, head, year)
    reader = _Reader(name, sheet, head, columns, year, unit)
    lines = list(reader.lines())
    problems = [*reader.problems, *(f"{name} {fault}" for fault in faults(lines))]
    if not lines and not problems:
        problems = [f"{name}：表头下面没有一个部门。请确认名录填在这一张表里"]
    if problems:
        more = [f"……共 {len(problems)} 处"] if len(problems) > MOST_TOLD else []
        raise BadRegister("\n".join([*problems[:MOST_TOLD], *more]))
    by_year: dict[int | None, list[Entry]] = {}
    for line in with_parents(lines):
        by_year.setdefault(line.year, []).append(line.entry)
    return Registers({key: tuple(entries) for key, entries in by_year.items()}, tuple(reader.remarks))


def _chosen(name: str, sheets: Sequence[Sheet]) -> tuple[Sheet, Head]:
    """The only sheet that has the head of a register."""
    heads = [(sheet, head) for sheet in sheets if (head := find_head(sheet.rows)) is not None]
    found = [(sheet, head) for sheet, head in heads if head.of("code") and head.of("name")]
    if len(found) == 1:
        return found[0]
    if found:
        titles = "、".join(f"“{sheet.name}”" for sheet, _ in found)
        raise BadRegister(f"{name}：{titles} 都像部门名录，不知道用哪一张。请只留一张工作表再导入")
    nothing = not any(cell.strip() for sheet in sheets for row in sheet.rows for cell in row)
    if nothing:
        raise BadRegister(f"{name}：表里没有内容。请确认名录已保存")
    seen = heads[0][1].seen if heads else _first_words(sheets)
    fields = {column.field for _, head in heads[:1] for column in head.columns}
    lacking = [UNDERSTOOD[field] for field in ("code", "name") if field not in fields]
    raise BadRegister(
        f"{name}：缺少必需的列：{'；'.join(f'{words}（任一）' for words in lacking)}。\n"
        f"看到的表头：{'、'.join(seen[:20]) or '无'}。\n能认的表头：{'；'.join(UNDERSTOOD.values())}"
    )


def _first_words(sheets: Sequence[Sheet]) -> list[str]:
    rows = (row for sheet in sheets for row in sheet.rows if any(cell.strip() for cell in row))
    return [word for cell in next(rows, ()) if (word := compact(cell))]


def _one_each(name: str, head: Head, year: int | None) -> list[Column]:
    """The columns to read: those of other years left out, none twice."""
    told = year or head.year
    columns = [c for c in head.columns if c.year is None or told is None or c.year == told]
    for field in UNDERSTOOD:
        same = [column for column in columns if column.field == field]
        if field == "parent":
            same = [column for column in same if column.of_code == same[0].of_code]
        if len(same) > 1 and field != "alias":
            words = "、".join(f"“{column.words}”" for column in same)
            raise BadRegister(
                f"{name}：{words} 都读作{UNDERSTOOD[field].split('、')[0]}，不知道用哪一列。"
                "请只留一列；上级的名称请写“主管部门”，其他年度的请在表头写明年度并用 --year 指定"
            )
    return columns


class _Reader:
    """The rows under a head as lines; `problems` and `remarks` gather on the way."""

    def __init__(
        self,
        name: str,
        sheet: Sheet,
        head: Head,
        columns: Sequence[Column],
        year: int | None,
        unit: str | None,
    ) -> None:
        self.problems: list[str] = []
        self.remarks: list[str] = []
        self._name, self._sheet, self._head, self._columns = name, sheet, head, columns
        headed = {column.year for column in columns if column.year is not None}
        self._year = year or head.year or (headed.pop() if len(headed) == 1 else None)
        self._given = year
        self._units = {c.index: c.unit or head.unit or unit for c in columns if c.field in MONEY}
        self._say_unused(year)

    def lines(self) -> Iterator[Line]:
        figures = [column for column in self._columns if column.field in BOOK_FIGURES]
        unitless = [
            column.words
            for column in figures
            if column.index in self._units and not self._units[column.index]
        ]
        if unitless:
            self.problems.append(
                f"{self._name}：{'、'.join(unitless)} 没有写明金额单位。"
                f"请在表头写明（如“决算数（万元）”），或加 --unit 万元（可选 {'、'.join(BOOK_UNITS)}）"
            )
            return
        if figures and self._year is None and not self._has("year"):
            self.problems.append(
                f"{self._name}：有编制、预算或决算数，却看不出年度。请加 --year 年度，或增加“年度”一列"
            )
            return
        body = list(self._body())
        self._say_blank(body)
        lines = [line for index in body if (line := self._line(index)) is not None]
        yield from same_places(lines)

    def _body(self) -> Iterator[int]:
        for index in range(self._head.first, len(self._sheet.rows)):
            row = self._sheet.rows[index]
            words = list(dict.fromkeys(word for cell in row if (word := compact(cell))))
            own = [compact(self._at(index, column)) for column in self._columns]
            repeated = own == [column.words for column in self._columns]
            spread = len(words) == 1 and sum(bool(cell.strip()) for cell in row) > 1
            noted = (
                bool(words) and _NOTE.match(words[0]) is not None and not self._cell(index, "name").strip()
            )
            noted = noted or (len(words) == 1 and _NOTE.match(words[0]) is not None)
            if any(own) and not (repeated or spread or noted or any(map(_TOTAL.fullmatch, words[:3]))):
                yield index

    def _line(self, index: int) -> Line | None:
        row = index + 1
        broken = [c.words for c in self._columns if self._at(index, c).strip() in NO_VALUES]
        if broken:
            self._fault(
                row,
                f"{'、'.join(broken)}是公式，文件里没有算出的结果",
                "请用 Excel 或 WPS 打开，另存后再导入",
            )
            return None
        if len(self._sheet.rows[index]) > self._width():
            self._fault(
                row,
                "格数比表头多，各列可能错开了",
                "数里的千分位逗号请去掉，或给这个数加上引号；多余的分隔符请删去",
            )
            return None
        code = _code(self._cell(index, "code"))
        name = department_key(self._cell(index, "name"))
        year = self._year_of(row, self._cell(index, "year"))
        if not code or not name or _POWER.fullmatch(code):
            self._fault(row, *_nameless(code, name))
            return None
        aliases = [
            alias
            for column in self._columns
            if column.field == "alias"
            for part in _PARTED.split(self._at(index, column))
            if (alias := department_key(part)) and alias not in (name, "无", "-", "—")
        ]
        entry = Entry(
            code,
            name,
            tuple(dict.fromkeys(aliases)),
            self._parent(index) or None,
            self._must(row, self._cell(index, "must_submit")),
            dict(self._figures(index)),
        )
        if year is None and entry.figures:
            self._fault(row, "有数，却没有年度", "请补填年度")
        return Line(row, year, entry)

    def _figures(self, index: int) -> Iterator[tuple[BookFigure, Quantity]]:
        for column in self._columns:
            name = next((one for one in BOOK_FIGURES if one == column.field), None)
            if name is None:
                continue
            kind: Kind = "count" if name in BOOK_PEOPLE else "money"
            text = self._at(index, column)
            locus = Locus(self._name, row=index, column=column.index)
            found = figure(text, kind, self._units.get(column.index) or "", locus)
            usable = (
                isinstance(found, Quantity) and found.value >= 0 and (kind == "money" or not found.value % 1)
            )
            if isinstance(found, Quantity) and usable:
                yield name, found
            elif isinstance(found, Quantity) or found.why == "unreadable":
                self._fault(
                    index + 1, f"{column.words}“{text.strip()}”不是可用的数", "请改成一个数，没有的留空"
                )

    def _parent(self, index: int) -> str:
        """The parent as it is given: by code where there is such a column and it is filled."""
        parents = sorted((c for c in self._columns if c.field == "parent"), key=lambda c: not c.of_code)
        given = [_code(self._at(index, column)) for column in parents]
        return next((one for one in given if one and one not in ("无", "-", "—", "/")), "")

    def _must(self, row: int, text: str) -> bool:
        word = compact(text).lower()
        word = _WHOLE.sub(r"\1", word)
        if word and word not in YES | NO:
            self._fault(row, f"是否报送填的是“{text.strip()}”，认不出", "请填“是”或“否”")
        return word not in NO

    def _year_of(self, row: int, text: str) -> int | None:
        if not compact(text):
            return self._year
        found = _YEAR.fullmatch(compact(text))
        if found is None:
            self._fault(row, f"年度“{text.strip()}”认不出", "请填四位年度，如 2024")
            return self._year
        if self._given is not None and int(found[1]) != self._given:
            self._fault(
                row, f"年度是 {found[1]}，与 --year {self._given} 不同", "请去掉 --year，或改正这一行"
            )
        return int(found[1])

    def _say_unused(self, year: int | None) -> None:
        if year is not None and self._head.year not in (None, year):
            self.remarks.append(f"标题写的是 {self._head.year} 年，按 --year 作为 {year} 年度的名录")
        used = {column.words for column in self._columns}
        unused = [
            word
            for word in self._head.seen
            if word not in (*used, *NOT_MEANT) and not any(word in one for one in used)
        ]
        if unused:
            self.remarks.append(f"没有用到的列：{'、'.join(unused)}")

    def _say_blank(self, body: list[int]) -> None:
        """A column of ticks and blanks may mean no by a blank; it is taken for yes, and said so."""
        words = [compact(self._cell(index, "must_submit")).lower() for index in body]
        if self._has("must_submit") and "" in words and any(words) and not NO & set(words):
            blank = words.count("")
            self.remarks.append(f"“是否报送”有 {blank} 处空白，按应报送计；不需要报送的请填“否”")

    def _width(self) -> int:
        """How many cells the head has: a CSV's row with more holds a separator too many."""
        return max(map(len, self._sheet.rows[max(self._head.first - 2, 0) : self._head.first]))

    def _has(self, field: str) -> bool:
        return any(column.field == field for column in self._columns)

    def _cell(self, index: int, field: str) -> str:
        return next((self._at(index, column) for column in self._columns if column.field == field), "")

    def _at(self, index: int, column: Column) -> str:
        row = self._sheet.rows[index]
        return row[column.index] if column.index < len(row) else ""

    def _fault(self, row: int, what: str, remedy: str) -> None:
        self.problems.append(f"{self._name} 第{row}行：{what}。{remedy}")


def _code(text: str) -> str:
    """A code as text: what a spreadsheet made of it taken off, leading zeros kept.

    >>> _code(" 001001.0 ")
    '001001'
    """
    return _WHOLE.sub(r"\1", compact(text).lstrip("'"))


def _nameless(code: str, name: str) -> tuple[str, str]:
    if not code:
        return f"“{name}”没有编码", "请补填编码；不是部门的行请删去"
    if not name:
        return f"编码 {code} 没有部门名称", "请补填名称"
    return f"编码“{code}”成了科学计数", "请把这一列设成文本，重新填写编码"
