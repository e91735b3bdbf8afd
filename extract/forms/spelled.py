"""Numbers spelled out, put into digits: «壹佰万元整», «三万五千元», «1亿2000万元», «二〇二四年».

Only whole numbers beyond doubt that stand before 元, 人, 名, 分 or 年 are, and those behind 百分之;
«几十万元», «一百二», «2万3元», «百分之七八十» stay as they are printed.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {"零": 0, "〇": 0, "○": 0} | {
    char: value for row in ("一二三四五六七八九", "壹贰叁肆伍陆柒捌玖") for value, char in enumerate(row, 1)
}
_DIGITS |= {"两": 2}
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ROUNDS = {"万": 10**4, "亿": 10**8}
_UNITS = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 1000, "百": 100}

_HAN = "[" + "".join((*_DIGITS, *_STEPS, *_ROUNDS)) + "]"
_BELOW = "[" + "".join((*_DIGITS, *_STEPS)) + "]"
_ENDS = r"(?=[，,、；;。:()]|$)"
_SPELLED = re.compile(
    rf"(?<![\d数几上成第余多])(?<!{_HAN})(?P<han>{_HAN}+(?:点{_HAN}+)?)"
    rf"(?:(?P<money>元整?|(?<=[万亿]){_ENDS})|(?P<unit>[人名]|分(?![之钟别类管批期析公享工组局行支部为布]))|年)"
)
_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
_MIXED = re.compile(
    rf"(?<![\d.,])(?:{_AMOUNT}(?:亿|千万|百万|万|千|百))+(?:{_AMOUNT}元|{_AMOUNT}(?:万|千|百)元|(?<=百)元|(?<=千)元)"
)
_TOKEN = re.compile(rf"({_AMOUNT})(亿|千万|百万|万|千|百)?")
_CONCERNED = re.compile(
    rf"[元人名分年](?:(?<={_BELOW}.)|(?<={_HAN}[万亿].))|[万亿](?:(?<={_HAN}.){_ENDS}|(?<=\d.)\d)|千(?<=\d.)\d"
)


_PER_CENT = re.compile(
    rf"百分之(?:(?P<digits>\d+(?:\.\d+)?)(?![\d.,])|(?P<han>{_HAN}++(?:点{_HAN}++)?)(?![\d几多余来]))(?![%至到~—–-])"
)


def in_digits(plain: str) -> str:
    """A folded sentence with its spelled numbers in digits.

    >>> in_digits("总支出壹佰万元整，编制一百二十人，下达1亿2000万元")
    '总支出100万元，编制120人，下达12000万元'
    >>> in_digits("几十万元，三十余人，一百二元，十分重视")
    '几十万元，三十余人，一百二元，十分重视'
    """
    if "百分之" in plain:
        plain = _PER_CENT.sub(_per_cent, plain)
    if not _CONCERNED.search(plain):
        return plain
    return _MIXED.sub(_mixed, _SPELLED.sub(_spelled, plain))


def _spelled(match: re.Match[str]) -> str:
    han, unit = match["han"], match["unit"]
    if match[0].endswith("年"):
        digits = "".join(str(_DIGITS.get(char, "?")) for char in han)
        return f"{digits}年" if re.fullmatch(r"(?:19|20)\d\d", digits) else match[0]
    if unit is not None:
        count = _whole(han) if len(han) > 1 else None
        return match[0] if count is None or "点" in han else f"{count}{unit}"
    value = _amount(han)
    return match[0] if value is None else _money(value)


def _per_cent(match: re.Match[str]) -> str:
    digits, han = match["digits"], match["han"]
    if digits is None:
        value = Decimal(100) if han == "百" else None if han[-1] in _ROUNDS else _amount(han)
        digits = None if value is None else f"{value:f}"
    return match[0] if digits is None else f"{digits}%"


def _amount(han: str) -> Decimal | None:
    """The value in 元 of «三十二万», «三点五万», «五千六百»; None where it isn't certain."""
    whole, point, decimals = han.partition("点")
    if not point:
        value = _whole(whole)
        return None if value is None else Decimal(value)
    scale = _ROUNDS.get(decimals[-1], 1)
    places = decimals[:-1] if scale > 1 else decimals
    value = _whole(whole)
    if value is None or not places or any(char not in _DIGITS for char in places):
        return None
    fraction = Decimal("0." + "".join(str(_DIGITS[char]) for char in places))
    return (value + fraction) * scale


def _whole(han: str) -> int | None:
    """A whole number: rounds of 亿 and 万, each a section of 千百十; a last digit may not be cut short."""
    total, rest = 0, han
    for sign, scale in (("亿", 10**8), ("万", 10**4)):
        before, found, after = rest.partition(sign)
        if found:
            section = _section(before, short=False)
            if not section:
                return None
            total, rest = total + section * scale, after
    if not rest:
        return total
    last = _section(rest, short=total > 0)
    return None if last is None else total + last


def _section(han: str, *, short: bool) -> int | None:
    """A number below ten thousand. `short` says that one digit alone may stand for the place below
    («三万五»), which is no certain number."""
    total, digit, below, zero = 0, None, 10**4, False
    for place, char in enumerate(han):
        if char in _STEPS:
            step = _STEPS[char]
            if step >= below or (digit in (None, 0) and not (step == 10 and place == 0)):
                return None
            total, digit, below, zero = total + (digit if digit else 1) * step, None, step, False
        elif char in _DIGITS:
            if digit not in (None, 0):
                return None
            zero = zero or (_DIGITS[char] == 0 and len(han) > 1)
            digit = _DIGITS[char]
        else:
            return None
    if digit is None:
        return total
    cut = (below > 10 and below < 10**4) or (short and below == 10**4)
    return None if cut and not zero else total + digit


def _mixed(match: re.Match[str]) -> str:
    total, below = Decimal(0), 10**12
    tokens = _TOKEN.findall(match[0])
    if len(tokens) < 2:
        return match[0]
    for place, (digits, unit) in enumerate(tokens):
        value, scale = Decimal(digits.replace(",", "")), _UNITS.get(unit, 1)
        last = place == len(tokens) - 1
        if scale >= below or value * scale >= below or ("." in digits and not last):
            return match[0]
        if last and not unit and value < 10:
            return match[0]
        total, below = total + value * scale, scale
    return _money(total) if tokens[-1][1] else f"{total:f}元"


def _money(value: Decimal) -> str:
    """An amount of 元 in the largest unit that leaves it whole, else in 元 with its places."""
    units = (("万元", 10**4), ("千元", 10**3), ("百元", 10**2)) if value else ()
    unit, scale = next(((unit, scale) for unit, scale in units if value % scale == 0), ("元", 1))
    if unit == "百元":
        return f"{value / 10**4:.2f}万元"
    return f"{(value / scale).normalize():f}{unit}"
