"""The comparisons that rules are made of: sums, equal figures, limits, quotients.

Each gives no examination (nothing to compare: every operand is absent), or one. Operands that are
missing or unreadable make it unchecked, with one exception: a blank part of a sum counts as zero
where the rest adds up. Where it doesn't, a blank may stand for what lacks, so parts short of the
total are unchecked; parts above the total are broken, since no figure of these forms is negative.
A form that prints no parts at all has no sum to examine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.quantity import Quantity
from reconcile.finding import Severity, Verdict
from reconcile.interval import Interval, agree, at_most, cut_short, total_of, twice_rounded
from reconcile.ledger import Term
from reconcile.message import addition, remark, style_of
from reconcile.rule import EXACT, UNCHECKED, Examination

Examined = tuple[Examination, ...]

CENT = Decimal("0.01")
_RANK = {Verdict.EXACT: 0, Verdict.ROUNDING: 1, Verdict.UNCHECKED: 2, Verdict.SUSPECT: 3, Verdict.BROKEN: 4}


def tie_sum(parts: Sequence[Term], total: Term, *, listed_all: bool = True) -> Examined:
    """Parts that should make up the total. `listed_all` is False where more parts may stand elsewhere."""
    if any(term.unreadable for term in (*parts, total)):
        return (UNCHECKED,)
    known = [part for part in parts if part.interval is not None]
    if total.interval is None:
        return (UNCHECKED,) if known else ()
    if not known and all(part.missing for part in parts):
        return ()
    if not known:
        return (EXACT,) if total.interval.value == 0 else (UNCHECKED,)
    added = add_up(known)
    verdict = agree(added, total.interval)
    whole = listed_all and all(part.interval is not None or part.told_none for part in parts)
    if verdict is Verdict.BROKEN and not whole and added.value < total.interval.value:
        return (UNCHECKED,)
    if verdict is Verdict.EXACT:
        return (EXACT,)
    if verdict is Verdict.BROKEN and (
        _agree_twice_rounded(added, total.interval) or _agree_loosely(known, total)
    ):
        verdict = Verdict.ROUNDING
    style = style_of((*known, total))
    apart = abs(total.interval.value - added.value)
    message = f"{addition(known, style)}，{style.named(total)}，差 {style.apart(apart)}{remark(verdict)}"
    return (_finding(verdict, message, added, total.interval, [*known, total], equation=True),)


def tie_parts(parts: Sequence[Term], total: Term) -> Examined:
    """Parts of which the total is not all (其中): together at most the total."""
    known = [part for part in parts if part.interval is not None]
    if total.interval is None:
        return (UNCHECKED,) if known or total.unreadable else ()
    if not known:
        return (UNCHECKED,) if parts else ()
    added = add_up(known)
    verdict = at_most(added, total.interval)
    if verdict is Verdict.EXACT:
        return (UNCHECKED,) if any(part.unreadable for part in parts) else (EXACT,)
    style = style_of((*known, total))
    apart = added.value - total.interval.value
    message = f"{addition(known, style)}，超过{style.named(total)}，多 {style.apart(apart)}{remark(verdict)}"
    return (_finding(verdict, message, total.interval, added, [*known, total]),)


def tie_equal(found: Term, expected: Term) -> Examined:
    """Two places that must give the same figure."""
    if found.told_none and expected.interval is not None:
        return _told_none(found, expected)
    missing = _absent((found, expected))
    if missing is not None:
        return missing
    there, here = _both(found, expected)
    verdict = agree(here, there)
    if verdict is Verdict.EXACT:
        return (EXACT,)
    if verdict is Verdict.BROKEN and (
        _added_from_rounded(there, here)
        or _agree_twice_rounded(there, here)
        or _agree_loosely([found], expected)
    ):
        verdict = Verdict.ROUNDING
    style = style_of((found, expected))
    apart = abs(there.value - here.value)
    message = f"{style.spoken(found)}，{style.spoken(expected)}，差 {style.apart(apart)}{remark(verdict)}"
    return (_finding(verdict, message, here, there, [found, expected], equation=True),)


def _told_none(found: Term, expected: Term) -> Examined:
    """«没有» against a figure: a warning, since words may mean less than they say."""
    assert expected.interval is not None
    value = expected.interval.value
    if not value:
        return (EXACT,)
    message = f"{found.label}写的是没有，{style_of([expected]).spoken(expected)}"
    cites = (found.path, expected.path)
    return (
        Examination(
            Verdict.BROKEN, message, value, difference=abs(value), cites=cites, severity=Severity.WARNING
        ),
    )


def tie_at_most(left: Term, right: Term) -> Examined:
    """A figure and its limit."""
    missing = _absent((left, right))
    if missing is not None:
        return missing
    figure, limit = _both(left, right)
    verdict = at_most(figure, limit)
    if verdict is Verdict.EXACT:
        return (EXACT,)
    style = style_of((left, right))
    message = (
        f"{style.spoken(left)}，超过{style.spoken(right)}，"
        f"多 {style.apart(figure.value - limit.value)}{remark(verdict)}"
    )
    return (_finding(verdict, message, limit, figure, [left, right]),)


def tie_rate(part: Term, whole: Term, rate: Term) -> Examined:
    """A printed rate that must be part ÷ whole."""
    missing = _absent((part, whole, rate))
    if missing is not None:
        return missing
    above, below = _both(part, whole)
    if not below.divides or rate.interval is None:
        return (UNCHECKED,)
    computed = above / below
    verdict = agree(computed, rate.interval)
    if verdict is Verdict.EXACT:
        return (EXACT,)
    if verdict is Verdict.BROKEN and agree(computed, cut_short(rate.interval)) is not Verdict.BROKEN:
        verdict = Verdict.ROUNDING
    amounts, rates = style_of((part, whole)), style_of((rate,))
    if rates.number(computed.value) == rates.number(rate.interval.value):
        rates = replace(rates, step=rates.step / 100)
    message = (
        f"{amounts.named(part)} ÷ {amounts.named(whole)} = {rates.number(computed.value)}，"
        f"{rates.named(rate)}，差 {rates.apart(rate.interval.value - computed.value)}{remark(verdict)}"
    )
    return (_finding(verdict, message, computed, rate.interval, [part, whole, rate]),)


def best(options: Iterable[Examined]) -> Examined:
    """Of several readings that would each be right, the kindest; the first of equals. A generator's
    readings are made only until one fits."""
    kindest: Examined = ()
    for option in options:
        if option and (not kindest or _RANK[option[0].verdict] < _RANK[kindest[0].verdict]):
            kindest = option
        if option == (EXACT,):
            break
    return kindest


def with_severity(examined: Examined, severity: Severity) -> Examined:
    return tuple(replace(examination, severity=severity) for examination in examined)


def prefaced(words: str, examined: Examined) -> Examined:
    """The same examinations, their messages opened with `words`."""
    return tuple(
        replace(examination, message=words + examination.message) if examination.message else examination
        for examination in examined
    )


def add_up(terms: Sequence[Term]) -> Interval:
    """The sum of the terms that are there."""
    return total_of([term.interval for term in terms if term.interval is not None])


def _absent(terms: Sequence[Term]) -> Examined | None:
    """What a comparison comes to where operands are absent; None where all are there."""
    absent = [term for term in terms if not isinstance(term.figure, Quantity)]
    if not absent:
        return None
    if len(absent) == len(terms) and not any(term.unreadable for term in terms):
        return ()
    return (UNCHECKED,)


def _added_from_rounded(one: Interval, other: Interval) -> bool:
    """Whether the one printed in hundredths of a 万元 may be a total of parts rounded before they were
    added, and the other the same money to the 元: then two hundredths may lie between them."""
    fine, coarse = sorted((one.step, other.step))
    return fine * 10 <= coarse <= CENT and abs(one.value - other.value) < 2 * coarse + fine


def _agree_twice_rounded(one: Interval, other: Interval) -> bool:
    """Whether the coarser may be the finer rounded to a place on the way first."""
    fine, coarse = sorted((one, other), key=lambda interval: interval.step)
    return fine.step < coarse.step and agree(fine, twice_rounded(coarse)) is not Verdict.BROKEN


def _agree_loosely(parts: Sequence[Term], total: Term) -> bool:
    """Whether what the amounts in prose can stand for by their own places meets the rest."""
    loose = [interval for part in parts if (interval := part.loosest) is not None]
    return total.loosest is not None and agree(total_of(loose), total.loosest) is not Verdict.BROKEN


def _both(one: Term, other: Term) -> tuple[Interval, Interval]:
    assert one.interval is not None
    assert other.interval is not None
    return one.interval, other.interval


def _finding(
    verdict: Verdict,
    message: str,
    expected: Interval,
    found: Interval,
    terms: Sequence[Term],
    *,
    equation: bool = False,
) -> Examination:
    return Examination(
        verdict,
        message,
        expected=trimmed(expected.value),
        found=trimmed(found.value),
        difference=trimmed(abs(found.value - expected.value)),
        cites=tuple(dict.fromkeys(term.path for term in terms)),
        equation=equation,
    )


def trimmed(value: Decimal) -> Decimal:
    """A quotient to ten places; numbers of the forms as they are."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -10:
        return value.quantize(Decimal("1e-10")).normalize()
    return value
