"""Printed figures to Quantities: exact, in one unit a kind, with the last printed place.

What is no figure beyond doubt is `unreadable`, a dash or «无» is `dash`, and nothing is `blank`;
none of them is ever a zero.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from extract.document import Locus
from extract.forms.wording import compact
from extract.quantity import Absent, Figure, Kind, Quantity

MONEY_UNITS = {
    "亿元": Decimal(10000),
    "亿": Decimal(10000),
    "千万元": Decimal(1000),
    "百万元": Decimal(100),
    "万元": Decimal(1),
    "万": Decimal(1),
    "千元": Decimal("0.1"),
    "元": Decimal("0.0001"),
}
"""How many 万元 one printed unit is."""

_OTHER_UNIT = re.compile(r"[人名个辆次%㎡台套项户家件分]|m2|平方米|人次|批次")
_RATE_UNITS = {"%": Decimal("0.01"), "‰": Decimal("0.001")}
_DASHES = frozenset(
    ("-", "--", "---", "—", "——", "–", "−", "/", "//", "\\", "无", "无。", "无数据")
) | frozenset(("不适用", "不涉及", "未涉及", "N/A", "n/a", "NA"))
_NUMBER = re.compile(
    r"^(?P<open>\()?(?P<mark>[¥￥])?(?P<sign>[-+−—–]|负|▲|△)?(?P<mark2>[¥￥])?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?P<unit>亿元|千万元|百万元|万元|千元|亿|万|元|%|‰|人次|人|名|个|分|㎡|m2|平方米|辆|次|项|户|家|件|套|份)?(?P<close>\))?$"
)
_BROKEN = re.compile(r"\d\s+\d")
_GROUPED = re.compile(r"\D*\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)[^\n]*")
_REMARK = re.compile(r"(?<=[\d元%人分名个])\((?!\d)[^()]*\)$")
_BRACKETED_UNIT = re.compile(r"\((亿元|万元|千元|元|%|人|分)\)$")
_MONEY_WORD = r"((?:亿|千\s*万|百\s*万|万|千)?\s*元)"
_UNIT_NAMED = re.compile(
    rf"(?:单\s*位|金额)\s*(?:均|统一|都)?\s*[为是以]?\s*[:：]?\s*\(?\s*(?:人民币)?\s*{_MONEY_WORD}(?![\u4e00-\u9fff])"
)
_UNIT_BRACKETED = re.compile(rf"(?:[(\[【/,、]|^)(?:单位[:：]?)?(?:人民币)?{_MONEY_WORD}(?:[)\]】/,、]|$)")


def figure(text: str, kind: Kind, unit: str = "", locus: Locus | None = None) -> Figure:
    """Read one printed figure of a known kind.

    `unit` is what holds where the figure names none itself («万元» of a column head; «%» of one that
    says so). A bare number under a rate's head is a percentage from 10 upward and a fraction up to
    1.5; between them it can be either and stays `unreadable`, as does one up to 1.5 under a head that
    says %. So do two numbers in one cell.
    """
    printed = compact(text)
    if not printed:
        return Absent("blank", text, locus)
    if printed in _DASHES:
        return Absent("dash", text, locus)
    if _BROKEN.search(text.strip()) and not _GROUPED.fullmatch(text.strip()):
        return Absent("unreadable", text, locus)
    printed = printed.rstrip("。;；.")
    if printed.endswith(")"):
        printed = _REMARK.sub("", _BRACKETED_UNIT.sub(r"\1", printed))
    match = _NUMBER.match(printed)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return Absent("unreadable", text, locus)
    return _quantity(match, text, kind, unit, locus)


def _quantity(match: re.Match[str], text: str, kind: Kind, unit: str, locus: Locus | None) -> Figure:
    digits = match["digits"].replace(",", "")
    value = Decimal(digits)
    step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    own = match["unit"] or ""
    factor = factor_of(kind, own or unit, value)
    half_said = kind == "rate" and unit == "%" and not own and 0 < value <= Decimal("1.5")
    if factor is None or half_said:
        return Absent("unreadable", text, locus)
    negative = (match["sign"] or "+") != "+"
    if match["open"] and not own:
        negative = not negative
    value = value * factor
    return Quantity(-value if negative else value, step * factor, kind, own or unit, text, locus)


def factor_of(kind: Kind, unit: str, value: Decimal) -> Decimal | None:
    """What a printed number is multiplied by to stand in the kind's one unit; None where the unit
    contradicts the kind or leaves it open."""
    if kind == "money":
        return MONEY_UNITS.get(unit or "万元")
    if kind == "rate":
        if unit == "":
            return Decimal(1) if value <= Decimal("1.5") else _RATE_UNITS["%"] if value >= 10 else None
        return _RATE_UNITS.get(unit)
    return None if unit in MONEY_UNITS or unit in ("%", "‰") else Decimal(1)


def is_unit(text: str) -> bool:
    """Whether a cell holds a unit and nothing else, as those of a column headed 单位 or 计量单位 do."""
    printed = compact(text)
    return printed in MONEY_UNITS or _OTHER_UNIT.fullmatch(printed) is not None


def money_unit(text: str) -> str | None:
    """The unit that a head, a caption or a title names: «经费控制情况(万元)», «单位：元», or None.

    >>> money_unit("金额单位：人民币万元")
    '万元'
    >>> money_unit("年初预算数")
    """
    if "元" not in text:
        return None
    printed = unicodedata.normalize("NFKC", text)
    match = _UNIT_NAMED.search(printed) or _UNIT_BRACKETED.search(compact(text))
    return compact(match[1]) if match else None
