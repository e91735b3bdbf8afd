"""Chinese numerals inside a value made digits: «百分之九十五» is 95%, «十二场» 12场, «一千人次» 1000人次.

Only where a number is certainly meant: after 百分之 and its like, or before a unit that counts.
«一次性», «统一», «三公经费» and «十四五» stay words.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {character: place for place, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
_RUN = f"[{_NUMERALS}]{{1,12}}(?:点[零〇一二三四五六七八九]{{1,4}})?"
_COUNTED = (
    r"(?=[余多]?(?:人次|人|名|位|次(?!性)|场|期|批|轮|个|项|家|处|座|户|所|件|份|套|台|辆|条|篇|起|例|宗|天|日|月"
    r"|年(?!级)|季度|元|亩|公里|千米|平方米|公顷|吨|分钟|小时|工作日|%))"
)
_WHOLE = re.compile(rf"(?<![第{_NUMERALS}]){_RUN}{_COUNTED}")
_PART = re.compile(rf"(?P<whole>[百千万])分之(?P<part>{_RUN}|\d+(?:\.\d+)?)")
_PERMILLE = re.compile(r"(\d+(?:\.\d+)?)‰")
_YEAR = re.compile(r"二[零〇][一二三四五六七八九零〇]{2}(?=年)")
_SHARES = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}


def arabic(words: str) -> str:
    """The words with their certain numerals in digits; fractions of 100, 1000 and 10000 as percent.

    >>> arabic("不少于三次"), arabic("万分之五")
    ('不少于3次', '0.05%')
    """
    words = _YEAR.sub(lambda match: "".join(str(_DIGITS[c]) for c in match[0]), words)
    words = _PART.sub(_percent, _PERMILLE.sub(r"千分之\1", words))
    return _WHOLE.sub(lambda match: _digits(match[0]) or match[0], words)


def _percent(match: re.Match[str]) -> str:
    part = match["part"] if match["part"][0].isdigit() else _digits(match["part"])
    return f"{(Decimal(part) * _SHARES[match['whole']]).normalize():f}%" if part else match[0]


def _digits(numeral: str) -> str:
    """«一千二百» as «1200»; empty for what is no well-formed numeral."""
    whole, _, rest = numeral.partition("点")
    value = _value(whole)
    if value is None:
        return ""
    return f"{value}.{''.join(str(_DIGITS[c]) for c in rest)}" if rest else str(value)


def _value(numeral: str) -> int | None:
    for unit, factor in reversed(_MYRIADS.items()):
        before, found, after = numeral.partition(unit)
        if found:
            more, less = _value(before) if before else None, _value(after) if after else 0
            return more * factor + less if more is not None and less is not None else None
    return _below_myriad(numeral)


def _below_myriad(numeral: str) -> int | None:
    """«一百零五», «十二», «两千»; None where digits stand side by side («三四») or a unit rises again."""
    total, digit, last = 0, None, 10000
    for place, character in enumerate(numeral):
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
            continue
        unit = _TENS[character]
        if unit >= last or (digit is None and (place or unit != 10)):
            return None
        total, digit, last = total + (digit if digit is not None else 1) * unit, None, unit
    return total + (digit or 0) if numeral else None
