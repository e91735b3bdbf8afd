"""Why a printed rate, or the score that follows from one, may not be what it was computed from."""

from __future__ import annotations

from decimal import Decimal

from extract.quantity import Quantity
from reconcile.finding import Verdict
from reconcile.hints.equation import quantity_of, value_of
from reconcile.hints.slip import LESS, LONG, MORE, OTHER, POINT, SWAP, is_telling
from reconcile.interval import ONE, Interval, agree, exactly, rounded
from reconcile.ledger import Ledger, Term
from reconcile.message import style_of
from reconcile.rule import Examination
from reconcile.tie import trimmed

HUNDRED, TEN_THOUSAND = exactly(Decimal(100)), exactly(Decimal(10000))
DIGIT_SLIPS = (SWAP, MORE, LESS, OTHER)


def quotient_hint(ledger: Ledger, examination: Examination) -> str:
    """A guess for a rate (the last figure cited) that isn't the quotient of the two before it."""
    terms = ledger.terms(examination.cites)
    if len(terms) != 3 or any(term.interval is None for term in terms):
        return ""
    part, whole, rate = terms
    if quantity_of(rate).kind != "rate" or quantity_of(part).kind != quantity_of(whole).kind:
        return ""
    above, below, printed = part.interval, whole.interval, rate.interval
    if above is None or below is None or printed is None or not below.divides:
        return ""
    computed = above / below
    if trimmed(computed.value) == examination.expected:
        upside_down = above.divides and agree(below / above, printed) is Verdict.EXACT
        if upside_down and above.value != below.value:
            return "可能把分子和分母写反了"
    elif trimmed(computed.value - ONE) == examination.expected:
        computed = computed - exactly(ONE)
    else:
        return ""
    return _scaled(computed, printed) or _miswritten(computed.value, rate)


def score_hint(ledger: Ledger, examination: Examination) -> str:
    """A guess for a score (the last figure cited) that isn't its weight (the first) times the rate."""
    if len(examination.cites) < 3 or not examination.cites[-1].endswith("funding.score"):
        return ""
    weight, *_, given = ledger.terms(examination.cites)
    if examination.expected is None or given.interval is None:
        return ""
    if value_of(given) == value_of(weight):
        return "可能直接填了满分，没有乘执行率"
    return _miswritten(examination.expected, given)


def _scaled(computed: Interval, printed: Interval) -> str:
    """A percentage printed as a fraction, or amounts in two units."""
    if not computed.value or not printed.value:
        return ""
    for factor, words in (
        (HUNDRED, "两数相差一百倍，可能把小数和百分数弄混了"),
        (TEN_THOUSAND, "两数相差一万倍，可能金额的元和万元弄混了"),
    ):
        if Verdict.EXACT in (agree(computed * factor, printed), agree(computed, printed * factor)):
            return words
    return ""


def _miswritten(computed: Decimal, rate: Term) -> str:
    """The digits that the rate should have, at the places it was printed with."""
    figure = rate.figure
    assert isinstance(figure, Quantity)
    scale = 100 if figure.kind == "rate" else 1
    printed, right = (rounded(value * scale, figure.step * scale) for value in (value_of(rate), computed))
    long = all(is_telling(value.normalize(), LONG) for value in (printed, right))
    slips = [slip for slip in ((POINT, *DIGIT_SLIPS) if long else (POINT,)) if slip.fits(printed, right)]
    if not slips:
        return ""
    said = style_of([rate]).number(abs(computed) if printed < 0 else computed)
    if figure.sure < 1 and slips[0].one_character:
        return f"“{rate.label}”可能是识别错误，请核对原件：看作 {said} 就对上了"
    return f"可能“{rate.label}”{slips[0].words}，应为 {said}"
