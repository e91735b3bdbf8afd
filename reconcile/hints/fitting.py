"""Which slip would mend which figure of an equation, where that tells anything, and the words for it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from reconcile.hints.elsewhere import last_years, other_period
from reconcile.hints.equation import Equation, quantity_of, step_of, value_of
from reconcile.hints.slip import (
    LESS,
    LONG,
    MORE,
    OTHER,
    POINT,
    SHORT,
    SIGN,
    SLIPS,
    SWAP,
    Slip,
    is_telling,
)
from reconcile.ledger import Ledger, Term

COMMON, LARGE = 10, 100
"""In units of the last place: below the one any difference is a single digit, from the other on hardly any
is. Between them a digit is blamed only where one figure alone fits."""
FILLED, COPIED = "填成了", "沿用了上年的数"
DIGITS = (SWAP, MORE, LESS, OTHER)

Guess = Callable[[Ledger, Equation], str]


def misread(_: Ledger, equation: Equation) -> str:
    """One figure read from a scan, one character otherwise."""
    found = [
        operand
        for operand in equation.operands
        if quantity_of(operand).sure < 1
        and any(slip.one_character and could_be(slip, equation, operand) for slip in SLIPS)
    ]
    return read_again(equation, found[0]) if len(found) == 1 else ""


def read_again(equation: Equation, operand: Term) -> str:
    mended = equation.mended(operand).replace("改为", "看作", 1)
    return f"“{operand.label}”可能是识别错误，请核对原件：{mended}"


def of_period(ledger: Ledger, operand: Term, *, sure: bool) -> str:
    words = stood_for(ledger, operand, sure=sure)
    whose = "上年材料中的数" if words == COPIED else f"同一项的{words.removeprefix(FILLED)}"
    return f"“{operand.label}”与{whose}相同，可能{words}" if words else ""


def stood_for(ledger: Ledger, operand: Term, *, sure: bool) -> str:
    """Which other time's figure this one is: «填成了上年决算数»."""
    if period := other_period(ledger, operand, sure=sure):
        return f"{FILLED}{period}"
    return COPIED if last_years(ledger, operand) else ""


def mends(slip: Slip, equation: Equation, operand: Term) -> bool:
    """Whether this figure with this slip undone makes the equation true, and that tells anything."""
    printed, right = value_of(operand), equation.right(operand)
    if slip is SIGN and printed < 0:
        return could_be(slip, equation, operand)
    if slip is POINT and equation.kind == "money":
        return could_be(slip, equation, operand) and all(
            len(v.as_tuple().digits) >= LONG for v in (printed, right)
        )
    if not (tells(equation, printed) and tells(equation, right)):
        return False
    if slip in (MORE, LESS) and not (is_telling(printed) or is_telling(right)):
        return False
    if slip is OTHER and not (size_of(equation) >= COMMON and is_telling(printed) and is_telling(right)):
        return False
    return could_be(slip, equation, operand)


def could_be(slip: Slip, equation: Equation, operand: Term) -> bool:
    """Whether this figure with this slip undone makes the equation true, telling or not."""
    right = equation.right(operand)
    whole = slip not in DIGITS or not right % step_of(operand)
    return whole and slip.fits(value_of(operand), right)


def size_of(equation: Equation) -> Decimal:
    """The difference in units of the finest place printed."""
    return abs(equation.lacks) / min(step_of(operand) for operand in equation.operands)


def tells(equation: Equation, value: Decimal) -> bool:
    return is_telling(value, LONG if equation.kind == "money" else SHORT)


def is_money(equation: Equation, value: Decimal) -> bool:
    return equation.kind == "money" and is_telling(value)
