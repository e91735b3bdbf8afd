"""How one number may have been miswritten as another: unit, point, sign, digits. Arithmetic on two decimals.

The slips stand in `SLIPS` from the most telling to the least: what a random number hardly ever fits comes
first. Numbers too short or too round to tell anything fit none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from reconcile.interval import rounded

TELLING_DIGITS = 2
"""Rounder than that, a number fits too much by chance."""
LONG, SHORT = 3, 2
"""Digits that an amount must be printed with; points and people have fewer."""
POINT_FACTORS = (Decimal(10), Decimal(100), Decimal(1000))
UNIT_FACTOR = Decimal(10000)


@dataclass(frozen=True, slots=True)
class Slip:
    """A way of miswriting. `words` follow the figure's name; `one_character` says that a reader of scans
    could have made it; `fits(printed, right)` holds for numbers printed with equally many places."""

    words: str
    one_character: bool
    fits: Callable[[Decimal, Decimal], bool]


def is_telling(value: Decimal, least: int = LONG) -> bool:
    """Whether a number is printed with enough digits to be known again."""
    digits, telling = (len(number.as_tuple().digits) for number in (value, value.normalize()))
    return digits >= least and telling >= TELLING_DIGITS


def same_digits(one: Decimal, other: Decimal, factor: Decimal) -> bool:
    """Whether one is `factor` times the other, to the places that the smaller was printed with."""
    small, large = sorted((abs(one), abs(other)))
    if not small or large < small * factor / 2:
        return False
    exponent = small.as_tuple().exponent
    assert isinstance(exponent, int)
    return rounded(large / factor, Decimal(1).scaleb(exponent)) == small


def _unit(printed: Decimal, right: Decimal) -> bool:
    return same_digits(printed, right, UNIT_FACTOR)


def _point(printed: Decimal, right: Decimal) -> bool:
    small, large = sorted((abs(printed), abs(right)))
    return any(small and small * factor == large for factor in POINT_FACTORS)


def _sign(printed: Decimal, right: Decimal) -> bool:
    return bool(printed) and printed == -right


def _swap(printed: Decimal, right: Decimal) -> bool:
    """Two neighbours changed places."""
    one, other = _digits(printed, right)
    apart = [place for place in range(len(one)) if one[place] != other[place]]
    if len(apart) != 2 or apart[1] - apart[0] != 1 or printed * right < 0:
        return False
    first, second = apart
    return one[first] == other[second] and one[second] == other[first]


def _one_more(printed: Decimal, right: Decimal) -> bool:
    return abs(printed) > abs(right) and _without_one(printed, right)


def _one_less(printed: Decimal, right: Decimal) -> bool:
    return abs(printed) < abs(right) and _without_one(right, printed)


def _without_one(long: Decimal, short: Decimal) -> bool:
    """Whether the longer number gives the shorter when one of its digits is struck out."""
    if long * short <= 0:
        return False
    one, other = (text.lstrip("0") for text in _digits(long, short))
    return len(one) == len(other) + 1 and any(
        one[:place] + one[place + 1 :] == other for place in range(len(one))
    )


def _one_other(printed: Decimal, right: Decimal) -> bool:
    one, other = _digits(printed, right)
    return printed * right > 0 and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _digits(one: Decimal, other: Decimal) -> tuple[str, str]:
    """The digits of both, with equally many places and equally long."""
    places = max(0, *(-_exponent(value) for value in (one, other)))
    texts = [f"{abs(value):.{places}f}".replace(".", "") for value in (one, other)]
    length = max(map(len, texts))
    return texts[0].zfill(length), texts[1].zfill(length)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


UNIT = Slip("的元和万元弄混了", False, _unit)
POINT = Slip("的小数点错位", True, _point)
SIGN = Slip("的正负号写反了", True, _sign)
SWAP = Slip("有两位数字颠倒了", False, _swap)
MORE = Slip("多写了一位数字", True, _one_more)
LESS = Slip("漏写了一位数字", True, _one_less)
OTHER = Slip("写错了一位数字", True, _one_other)

SLIPS = (UNIT, POINT, SIGN, SWAP, MORE, LESS, OTHER)
