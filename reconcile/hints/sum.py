"""Why parts may not make their total: one figure of the sum is wrong, counted twice or left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from reconcile.hints.elsewhere import confirmed
from reconcile.hints.equation import Equation, bare, quantity_of, value_of
from reconcile.hints.fitting import (
    LARGE,
    Guess,
    could_be,
    mends,
    misread,
    of_period,
    read_again,
    size_of,
    stood_for,
    tells,
)
from reconcile.hints.pair import difference
from reconcile.hints.slip import LESS, MORE, OTHER, POINT, SIGN, SLIPS, SWAP, UNIT, Slip, is_telling
from reconcile.ledger import Ledger, Term
from reconcile.message import style_of

POINT_SLIPS = (POINT, SWAP)
"""What is looked for in a sum of points: its rows are so short and so alike that the rest fit by chance."""
FEW, FEWER = 4, 2
"""Figures of a sum that one other digit may be looked for in, where the difference is large, and where it
is not and may be any: more of them would be no guess but a list."""


def _counted_twice(_: Ledger, equation: Equation) -> str:
    """What is too much or too little is exactly one of the parts."""
    rest = [part for part in equation.parts if value_of(part) == abs(equation.lacks)]
    if len(rest) != 1 or not tells(equation, value_of(rest[0])):
        return ""
    (part,) = rest
    name, value = bare(part.label), value_of(part)
    if equation.lacks > 0:
        return f"合计中可能重复计算了“{name}”"
    if value == equation.total:
        return f"“{name}”与合计相同，可能把合计也当作一项加进去了"
    if value in _runs(equation, part):
        return f"“{name}”是其他几项之和，可能重复计算了{equation.without(part)}"
    return f"可能多算了“{name}”，或合计中漏加了它{equation.without(part)}"


def _runs(equation: Equation, part: Term) -> Iterable[Decimal]:
    """The sums of two or more neighbouring parts, beside this one: rows under a subtotal stand together."""
    values = [value_of(other) for other in equation.parts if other is not part]
    for first in range(len(values)):
        for last in range(first + 2, len(values) + 1):
            yield sum(values[first:last], Decimal(0))


def _confirmed(ledger: Ledger, equation: Equation) -> str:
    """Another part of the submission gives the figure that would make it true."""
    cites = [operand.path for operand in equation.operands]
    places = [
        (operand, place)
        for operand in equation.operands
        if tells(equation, equation.right(operand))
        and (place := confirmed(ledger, operand, equation.right(operand), cites))
    ]
    if len(places) != 1:
        return ""
    operand, place = places[0]
    right = equation.right(operand)
    words = _how_wrong(ledger, equation, operand)
    shown = equation.shown(operand) or equation.mended(operand)
    said = style_of([operand]).spoken_value(right)
    return f"{place}是 {said}，可能“{bare(operand.label)}”{words}：{shown}"


def _how_wrong(ledger: Ledger, equation: Equation, operand: Term) -> str:
    """What happened to a figure that is surely wrong: a slip, or another figure in its place."""
    if slip := next((slip for slip in SLIPS if mends(slip, equation, operand)), None):
        return slip.words
    if tells(equation, value_of(operand)):
        if words := stood_for(ledger, operand, sure=True):
            return words
        for other in equation.operands:
            if other is not operand and value_of(other) == value_of(operand):
                return f"填成了“{bare(other.label)}”的数"
    return "写错了"


def _in_one(slips: Sequence[Slip]) -> Guess:
    """One figure of the sum miswritten. Said only where a single one would do."""

    def guess(_: Ledger, equation: Equation) -> str:
        for slip in slips:
            if equation.kind == "score" and slip not in POINT_SLIPS:
                continue
            fitting = [operand for operand in equation.operands if _fits(slip, equation, operand)]
            if not all(mends(slip, equation, operand) for operand in fitting):
                continue
            if len(fitting) == 1:
                return _miswritten(equation, fitting[0], slip)
            if slip is OTHER and 1 < len(fitting) <= (FEW if size_of(equation) >= LARGE else FEWER):
                return _one_of(equation, fitting)
        return ""

    return guess


def _fits(slip: Slip, equation: Equation, operand: Term) -> bool:
    """A first digit more or less is one other digit (54.25 is 054.25), which many figures of a sum fit."""
    if slip in (MORE, LESS) and OTHER.fits(value_of(operand), equation.right(operand)):
        return False
    return could_be(slip, equation, operand)


def _miswritten(equation: Equation, operand: Term, slip: Slip) -> str:
    if slip.one_character and quantity_of(operand).sure < 1:
        return read_again(equation, operand)
    return f"可能“{bare(operand.label)}”{slip.words}：{equation.mended(operand)}"


def _one_of(equation: Equation, operands: Sequence[Term]) -> str:
    style = style_of(equation.operands)
    *others, last = (
        f"“{bare(operand.label)}”（改为 {style.number(equation.right(operand))}）" for operand in operands
    )
    return f"可能{'、'.join(others)}或{last}写错了一位数字，改一处就对上了"


def _repeated(_: Ledger, equation: Equation) -> str:
    """Two figures of the sum are one number."""
    values = [value_of(operand) for operand in equation.operands]
    same = [
        operand
        for operand in equation.operands
        if values.count(value_of(operand)) == 2 and is_telling(value_of(operand).normalize())
    ]
    if len(same) != 2:
        return ""
    one, other = (bare(operand.label) for operand in same)
    return f"“{one}”与“{other}”的数相同，可能有一处填错了项目"


def _stale(ledger: Ledger, equation: Equation) -> str:
    """One figure of the sum is last year's: by its own row, or by last year's report."""
    said = [
        (operand, hint)
        for operand in equation.operands
        if is_telling(value_of(operand).normalize()) and (hint := of_period(ledger, operand, sure=False))
    ]
    return f"{said[0][1]}：{equation.mended(said[0][0])}" if len(said) == 1 else ""


OF_SUMS: tuple[Guess, ...] = (
    _in_one((UNIT, SIGN)),
    _counted_twice,
    difference,
    _confirmed,
    misread,
    _in_one(SLIPS[:-1]),
    _repeated,
    _stale,
    _in_one((OTHER,)),
)
