"""A workbook's value as the sheet shows it: the number formats of Excel, WPS and OpenDocument spreadsheets.

What counts is the printed number, its places and its sign. Colours, fill characters and the width of a
column are not looked at: a sign that a format shows by colour alone is put back.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

GENERAL_DIGITS = 11
"""So many digits of a number does the general format show."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>general|g/通用格式)|'
    r"(?P<ampm>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-]0+)|(?P<date>y+|m+|d+|h+|s+|aaaa?|e+)|"
    r"(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)|(?P<other>.)",
    re.I | re.S,
)
_CURRENCY = re.compile(r"\$([^-\]]*)")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_FALL = re.compile(r"[-(负▲△]|下降|减少")
"""What tells that a number is negative without a minus of its own."""
_EPOCH = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}


class Part(NamedTuple):
    kind: str
    text: str


def shown(value: object, code: str, from_1904: bool = False) -> str:
    """The text of a cell that holds `value` under the format `code`.

    >>> shown(0.947, "0.0%"), shown(-1234.5, "#,##0.00"), shown(7, "General")
    ('94.7%', '-1,234.50', '7')
    """
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime() | date() | time():
            return _dated(value, _section(code, Decimal(1)))
        case timedelta():
            return str(value)
        case int() | float() | Decimal():
            return _number(
                Decimal(repr(value)) if isinstance(value, float) else Decimal(value), code, from_1904
            )
    return str(value)


def _number(value: Decimal, code: str, from_1904: bool) -> str:
    if not value.is_finite():
        return ""
    parts = _section(code, value)
    kinds = {part.kind for part in parts}
    if "date" in kinds and "digits" not in kinds:
        try:
            day = _EPOCH[from_1904] + timedelta(days=float(value))
        except OverflowError:
            return general(value)
        return _dated(day, parts) if value >= 0 else general(value)
    if "exponent" in kinds or any(part.text == "/" for part in parts):
        return general(value)
    if "digits" in kinds:
        return _placed(parts, value)
    return _literal(parts, general(value)) if kinds & {"general", "text"} else _bare(parts, value)


def _section(code: str, value: Decimal) -> list[Part]:
    """The part of the format that holds for the value: positive; negative; zero; or by its own condition."""
    sections = _parsed(code)
    if any(part.kind == "condition" for section in sections for part in section):
        return _by_condition(sections[:3], value)
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def _by_condition(sections: list[list[Part]], value: Decimal) -> list[Part]:
    """The first section whose condition the value meets, or the last, for all others."""
    for place, section in enumerate(sections[:-1]):
        conditions = [part.text for part in section if part.kind == "condition"]
        if all(_meets(value, condition) for condition in conditions or ("<0" if place else ">0",)):
            return section
    conditions = [part.text for part in sections[-1] if part.kind == "condition"]
    return sections[-1] if all(_meets(value, one) for one in conditions) else [Part("general", "")]


def _meets(value: Decimal, condition: str) -> bool:
    found = _CONDITION.fullmatch(condition)
    assert found is not None
    bound = Decimal(found[2])
    match found[1]:
        case "<":
            return value < bound
        case "<=":
            return value <= bound
        case ">":
            return value > bound
        case ">=":
            return value >= bound
        case "=":
            return value == bound
    return value != bound


@lru_cache(maxsize=1024)
def _parsed(code: str) -> list[list[Part]]:
    sections: list[list[Part]] = [[]]
    for found in _TOKEN.finditer(code or "General"):
        kind, text = found.lastgroup, found.group()
        if kind == "quoted" or kind == "escaped":
            sections[-1].append(Part("literal", found.group(kind)))
        elif kind == "bracket":
            currency = _CURRENCY.match(found.group(kind))
            if currency:
                sections[-1].append(Part("literal", currency.group(1)))
            elif _CONDITION.fullmatch(found.group(kind)):
                sections[-1].append(Part("condition", found.group(kind)))
            elif re.fullmatch(r"[hms]+", found.group(kind), re.I):
                sections[-1].append(Part("date", found.group(kind)))
        elif text == ";":
            sections.append([])
        elif text == "%":
            sections[-1].append(Part("percent", text))
        elif text == "@":
            sections[-1].append(Part("text", text))
        elif kind is not None:
            sections[-1].append(Part("literal" if kind == "other" else kind, text))
    return sections


def general(value: Decimal) -> str:
    """A number without a format: up to eleven digits, no exponent, no trailing zeros."""
    rounded = (
        Context(prec=GENERAL_DIGITS, rounding=ROUND_HALF_UP).plus(value)
        if _digits(value) > GENERAL_DIGITS
        else value
    )
    if value == value.to_integral_value():
        rounded = value
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digits(value: Decimal) -> int:
    return len(value.as_tuple().digits)


def _placed(parts: list[Part], value: Decimal) -> str:
    """The number laid into its format: places, thousands, percent, scaling commas."""
    places = [part.text for part in parts if part.kind == "digits"]
    before, _, after = places[0].partition(".")
    scaling = sum(len(place) - len(place.rstrip(",")) for place in places)
    after = after.rstrip(",")
    before = before if after else before.rstrip(",")
    scaled = abs(value).scaleb(2 * sum(part.kind == "percent" for part in parts) - 3 * scaling)
    rounded = scaled.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP)
    digits, _, fraction = format(rounded, "f").partition(".")
    while len(fraction) > after.count("0") and fraction.endswith("0"):
        fraction = fraction[:-1]
    numbers = _handed_out(digits, places)
    whole = numbers[0].lstrip("0").rjust(before.count("0"), "0")
    if "," in before and whole:
        whole = f"{int(whole):,}".rjust(len(whole), "0")
    numbers[0] = f"{whole}.{fraction}" if fraction else whole
    written = _literal(parts, *numbers)
    signed = rounded != 0 and value < 0 and not _FALL.search(written)
    return f"-{written}" if signed else written


def _handed_out(digits: str, places: list[str]) -> list[str]:
    """The digits for each group of places: «0!.0» shows 123 as 12.3, the groups after the first full."""
    groups: list[str] = []
    for place in reversed(places[1:]):
        size = sum(place.count(mark) for mark in "0#?")
        groups.insert(0, digits[-size:].rjust(size, "0") if size else "")
        digits = digits[:-size] if size else digits
    return [digits, *groups]


def _literal(parts: list[Part], *numbers: str) -> str:
    """The format's own words around the numbers, each of which stands once."""
    out, left = [], list(numbers)
    for part in parts:
        if part.kind in ("general", "text", "digits"):
            out.append(left.pop(0) if left else "")
        elif part.kind in ("literal", "percent"):
            out.append(part.text)
    return "".join(out).strip()


def _bare(parts: list[Part], value: Decimal) -> str:
    """A section of words alone («-» for zero). A number that a section of nothing hides is read all the same:
    it is in the sums."""
    words = "".join(part.text for part in parts if part.kind == "literal").strip()
    return words if words or value == 0 else general(value)


def _dated(value: date | time, parts: list[Part]) -> str:
    if not any(part.kind == "date" for part in parts):
        return f"{value:%Y-%m-%d}" if not isinstance(value, time) else f"{value:%H:%M:%S}"
    moment = datetime.combine(date(1900, 1, 1), value) if isinstance(value, time) else value
    out, hours = [], False
    for part in parts:
        if part.kind == "date":
            letter = part.text[0].lower()
            minutes = letter == "m" and hours
            out.append(_clock(moment, "n" if minutes else letter, len(part.text)))
            hours = letter == "h" or (hours and letter != "m" and letter not in "yde")
        elif part.kind == "literal":
            out.append(part.text)
    return "".join(out).strip()


def _clock(moment: date, letter: str, length: int) -> str:
    clock = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    match letter:
        case "y" | "e":
            return f"{clock.year % 100:02}" if letter == "y" and length <= 2 else f"{clock.year}"
        case "m":
            return f"{clock.month:0{min(length, 2)}}"
        case "d":
            return f"{clock.day:0{min(length, 2)}}"
        case "h":
            return f"{clock.hour:0{min(length, 2)}}"
        case "n":
            return f"{clock.minute:0{min(length, 2)}}"
        case "s":
            return f"{clock.second:0{min(length, 2)}}"
    return ""
