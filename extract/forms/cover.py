"""Who and when: department names, codes, years and the report's date, from every place that gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extract.document import Locus, Paragraph
from extract.forms.numbers import money_unit
from extract.forms.table import Table
from extract.forms.titles import title_of, year_in_title
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact, flow
from extract.report import Named, SignOff, YearMention

_KNOWN = (
    r"(?:填报|填表|编制|报告|评价)(?:日期|时间|单位|部门|人(?:员)?)|联系(?:电话|人)|(?:部门|单位|财务)?负责人(?:签字|签章|签名)?|(?:金额)?单位"
    r"|(?:部门|预算)?(?:预算)?(?:编码|代码)|部门名称|单位名称"
)
_PAIR = re.compile(
    r"(?P<label>[\u4e00-\u9fff()（）/、 \u3000]{2,24}?)\s*[:：]\s*(?P<value>.*?)"
    r"(?=[\s\u3000]{2,}[\u4e00-\u9fff][\u4e00-\u9fff()（）/、 \u3000]{0,16}[:：]"
    rf"|[\s\u3000]*[【\[(（]?(?:{_KNOWN})(?:[(（][^()（）]{{1,6}}[)）])?\s*[:：]|$)"
)
"""«label：value», which ends at a wide gap before the next label, or at a label that forms use."""
_DATE = re.compile(r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_FISCAL_YEAR = re.compile(r"(20\d\d)年?度?")
_CODED = re.compile(r"\[?(?P<code>[A-Za-z]{0,3}\d{3,15})\]?[-_—]?(?P<name>[\u4e00-\u9fff].+)")
"""A name, as budget systems print it with its code before it: «[301001]某某局», «301001-某某局»."""
_SEAL = re.compile(r"\((?:单位|部门|加盖)?(?:公章|盖章|签章|印章|章)\)")
_HAN_DATE = re.compile(r"(二[〇○零0]..)年(十?[一二三四五六七八九十])月(二?三?十?[一二三四五六七八九十])日")
_HAN_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "0": 0}
_EMPTY_DATE = re.compile(r"[\s_]*年[\s_]*月[\s_]*日[\s_]*")
_LINE = re.compile(r"[:：]|年[\s_]*月")
_CODE = re.compile(r"[A-Za-z0-9-]{3,20}")
_ORGANISATION = re.compile(
    r"(?:局|委|委员会|办|办公室|部|厅|院|中心|会|政府|团|社|校|学|园|所|队|站|处|室|馆|行|司|署|台|联|党组|支队|总队|协会)$"
)
_REGION = re.compile(r"(?:省|市|县|区|州|盟|旗|镇|乡)$")


@dataclass(frozen=True, slots=True)
class Identity:
    names: tuple[Named, ...] = ()
    codes: tuple[Named, ...] = ()
    years: tuple[YearMention, ...] = ()
    dates: tuple[tuple[date, str], ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    supervisors: tuple[Named, ...] = ()


def identity_in_lines(paragraphs: Sequence[Paragraph], source: str, words: Vocabulary) -> Identity:
    """What the text outside tables says: «填报单位：…», the cover's lines, and the titles."""
    found = _Collected()
    for place, paragraph in enumerate(paragraphs):
        locus = Locus(source, paragraph.page, paragraph=paragraph.index)
        for line in paragraph.text.split("\n"):
            found.line(line, locus, words)
        found.title(paragraph.text, locus, paragraphs[:place])
    return found.identity()


def identity_in_table(table: Table, words: Vocabulary) -> Identity:
    """What a grid's cells say, in pairs of cells or within one cell."""
    found = _Collected()
    for text in titles_in(table):
        found.title(text, table.row_locus(0), ())
    for _, cell in table.labels:
        if words.code("department", cell.text) is not None or words.code("date", cell.text) is not None:
            value = table.right_of(cell)
            if value is not None and compact(value.text):
                found.pair(cell.text, flow(value.text), table.locus(value), words)
    for cell in table.grid.cells:
        if len(cell.text) < 400 and _LINE.search(cell.text):
            for line in cell.text.split("\n"):
                found.line(line, table.locus(cell), words)
    return found.identity()


def titles_in(table: Table) -> list[str]:
    """The titles and lines of the year alone that a grid prints in its first rows, over all its columns."""
    wide = [row[0].text for row in table.rows[:3] if len(row) == 1]
    return [line for text in wide for line in text.split("\n") if title_of(line) or year_in_title(line)]


class _Collected:
    """What was found so far, in the order read."""

    def __init__(self) -> None:
        self.names: list[Named] = []
        self.codes: list[Named] = []
        self.years: list[YearMention] = []
        self.dates: list[tuple[date, str]] = []
        self.sign_offs: list[SignOff] = []
        self.supervisors: list[Named] = []

    def title(self, text: str, locus: Locus, before: Sequence[Paragraph]) -> None:
        title = title_of(text)
        if year := year_in_title(text):
            self.years.append(YearMention("title" if title is None else title.part, year, locus))
        if title is None:
            return
        name = title.name or _name_above(before)
        if name and not _REGION.search(name):
            self.names.append(Named(title.part, name, locus))

    def line(self, line: str, locus: Locus, words: Vocabulary) -> None:
        if _EMPTY_DATE.fullmatch(line):
            self.sign_offs.append(SignOff("日期", False, locus))
        for label, value in pairs(line) if ":" in line or "：" in line else ():
            self.pair(label, value, locus, words)

    def pair(self, label: str, value: str, locus: Locus, words: Vocabulary) -> None:
        if words.code("signature", label) is not None:
            filled = bool(compact(value)) and not _EMPTY_DATE.fullmatch(value)
            self.sign_offs.append(SignOff(compact(label), filled, locus))
        code = words.code("department", label)
        if code == "name" and _is_name(value):
            self._named(label, _SEAL.sub("", compact(value)), locus)
        elif code == "supervisor" and _is_name(value):
            self.supervisors.append(Named(compact(label), compact(value), locus))
        elif code == "code" and _CODE.fullmatch(compact(value)):
            self.codes.append(Named(compact(label), compact(value), locus))
        elif words.code("date", label) == "year":
            if match := _FISCAL_YEAR.fullmatch(compact(value)):
                self.years.append(YearMention("title", int(match[1]), locus))
        elif words.code("date", label) is not None and (found := parse_date(value)):
            self.dates.append((found, compact(label)))

    def _named(self, label: str, value: str, locus: Locus) -> None:
        """A name, perhaps with its code before it."""
        coded = _CODED.fullmatch(value)
        if coded is None:
            self.names.append(Named(compact(label), value, locus))
            return
        self.names.append(Named(compact(label), coded["name"], locus))
        self.codes.append(Named(compact(label), coded["code"], locus))

    def identity(self) -> Identity:
        return Identity(
            tuple(self.names),
            tuple(self.codes),
            tuple(self.years),
            tuple(self.dates),
            tuple(self.sign_offs),
            tuple(self.supervisors),
        )


def pairs(line: str) -> Iterator[tuple[str, str]]:
    """The «label：value» pairs of one line; running text has none."""
    for match in _PAIR.finditer(line) if len(line) <= 200 and "。" not in line else ():
        yield match["label"].strip(), match["value"].strip()


def parse_date(text: str) -> date | None:
    """A full date in figures or in Chinese characters; None for anything else."""
    if match := _DATE.search(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _HAN_DATE.search(compact(text)):
        year = int("".join(str(_HAN_DIGITS.get(c, 0)) for c in match[1]))
        return _date(year, _han_number(match[2]), _han_number(match[3]))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _han_number(text: str) -> int:
    tens, _, ones = text.rpartition("十") if "十" in text else ("", "", text)
    value = _HAN_DIGITS.get(ones, 0) if ones else 0
    return value + (10 * (_HAN_DIGITS.get(tens, 1) if tens else 1) if "十" in text else 0)


def _is_name(value: str) -> bool:
    name = compact(value)
    return 3 <= len(name) <= 40 and money_unit(value) is None and not any(c in name for c in "。，；:")


def _name_above(before: Sequence[Paragraph]) -> str:
    """A department's name on the line above a title that names none."""
    for paragraph in reversed(before[-3:]):
        name = re.sub(r"20\d\d年?度?$", "", compact(paragraph.text))
        if name:
            return name if 4 <= len(name) <= 40 and _ORGANISATION.search(name) else ""
    return ""
