"""Why two places may not give the same figure: either may be the wrong one."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.hints.elsewhere import crossed, named_alike
from reconcile.hints.equation import Equation, value_of
from reconcile.hints.fitting import Guess, is_money, mends, misread, of_period, tells
from reconcile.hints.slip import POINT, SIGN, SLIPS, UNIT, Slip
from reconcile.ledger import Ledger
from reconcile.message import style_of


def _slipped(slips: Sequence[Slip]) -> Guess:
    def guess(_: Ledger, equation: Equation) -> str:
        (part,) = equation.parts
        fitting = (slip for slip in slips if mends(slip, equation, part))
        slip = next(fitting, None)
        if slip is None:
            return ""
        if slip is UNIT:
            return "两数相差一万倍，可能把元和万元弄混了"
        if slip is POINT:
            small, large = sorted((abs(value_of(part)), abs(equation.total)))
            return f"两数相差 {large / small:f} 倍，可能小数点错位"
        return "两数正负相反，可能其中一处的正负号写反了" if slip is SIGN else f"可能其中一处{slip.words}"

    return guess


def _crossed(ledger: Ledger, equation: Equation) -> str:
    whole, (part,) = equation.whole, equation.parts
    if whole is None or not crossed(ledger, whole, value_of(part)):
        return ""
    return "可能把编制数和实际在职人数写反了"


def _wrong_period(ledger: Ledger, equation: Equation) -> str:
    """One of the two is what the same row gives for another period, or what last year's report gave."""
    said = [
        hint
        for operand in equation.operands
        if tells(equation, value_of(operand)) and (hint := of_period(ledger, operand, sure=True))
    ]
    return said[0] if len(said) == 1 else ""


def _another_item(ledger: Ledger, equation: Equation) -> str:
    """The figure found is another item's."""
    found, cites = value_of(equation.parts[0]), [operand.path for operand in equation.operands]
    name = named_alike(ledger, found, cites, of_parts=False) if is_money(equation, found) else ""
    return f"与“{name}”的数相同，可能填错了项目" if name else ""


def difference(ledger: Ledger, equation: Equation) -> str:
    """The difference is another figure of the report."""
    lacks, cites = abs(equation.lacks), [operand.path for operand in equation.operands]
    name = named_alike(ledger, lacks, cites) if is_money(equation, lacks) else ""
    if not name:
        return ""
    style = style_of(equation.operands)
    less, more = (style.number(side) for side in sorted((equation.added, equation.total)))
    shown = f"{less} + {style.number(lacks)} = {more}"
    return f"差额与“{name}”相同，可能漏算或重复计算了这一项：{shown}"


OF_PAIRS: tuple[Guess, ...] = (
    _crossed,
    misread,
    _slipped((UNIT, POINT, SIGN)),
    _wrong_period,
    _another_item,
    _slipped(SLIPS),
    difference,
)
