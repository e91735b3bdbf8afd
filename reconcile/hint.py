"""Why an equation may be broken: cheap guesses that fit exactly, said as guesses. No figure is changed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extract.quantity import Quantity
from reconcile.finding import Verdict
from reconcile.ledger import Ledger, Term
from reconcile.message import style_of
from reconcile.rule import Examination

PRINTED_DIGITS, TELLING_DIGITS = 3, 2
"""A figure printed with fewer digits, or rounder than that, fits too much by chance to mean anything."""

_FACTORS = (Decimal(10000), Decimal(100), Decimal(10))


def hint_for(ledger: Ledger, examination: Examination) -> str:
    """A guess for a broken equation of amounts, or nothing."""
    if examination.hint or not examination.equation or examination.verdict is not Verdict.BROKEN:
        return examination.hint
    *parts, whole = ledger.terms(examination.cites)
    if not parts or any(not _is_money(term) for term in (*parts, whole)):
        return ""
    return (
        _unit_slip(examination)
        or _same_figure(ledger, examination, len(parts) == 1)
        or _counted_twice(parts, examination)
        or _misprint(parts, whole)
    )


def _is_money(term: Term) -> bool:
    return isinstance(term.figure, Quantity) and term.figure.kind == "money"


def _sides(examination: Examination) -> tuple[Decimal, Decimal]:
    assert examination.expected is not None
    assert examination.found is not None
    return examination.expected, examination.found


def _unit_slip(examination: Examination) -> str:
    factor = _factor(*_sides(examination))
    if not factor:
        return ""
    if factor == 10000:
        return "两数相差一万倍，可能把元和万元弄混了"
    return f"两数相差 {factor} 倍，可能小数点错位"


def _factor(one: Decimal, other: Decimal) -> Decimal | None:
    small, large = sorted((abs(one), abs(other)))
    return next((factor for factor in _FACTORS if small and small * factor == large), None)


def _same_figure(ledger: Ledger, examination: Examination, one_to_one: bool) -> str:
    """The difference, or the figure found, is another figure of this report."""
    expected, found = _sides(examination)
    if other := _named(ledger, abs(found - expected), examination):
        return f"差额与“{other}”相同，可能漏算或重复计算了这一项"
    if one_to_one and (other := _named(ledger, found, examination, of_parts=False)):
        return f"与“{other}”的数相同，可能填错了项目"
    return ""


def _named(ledger: Ledger, value: Decimal, examination: Examination, *, of_parts: bool = True) -> str:
    """The name of another figure of this value. Without `of_parts`, project spending's own parts don't
    count: where it has only one, they are the same by nature."""
    if not _telling(value):
        return ""
    cited = {_name(ledger, path) for path in examination.cites}
    project = not of_parts and any("project" in path for path in examination.cites)
    for path in ledger.amounts.get(value, ()):
        if path in examination.cites or (project and path.startswith(("expenses.project", "projects."))):
            continue
        if (name := _name(ledger, path)) not in cited:
            return name
    return ""


def _telling(value: Decimal) -> bool:
    digits, telling = (len(number.as_tuple().digits) for number in (value, value.normalize()))
    return digits >= PRINTED_DIGITS and telling >= TELLING_DIGITS


def _name(ledger: Ledger, path: str) -> str:
    """A figure's name without period or column: the same thing told twice is no explanation."""
    return _bare(ledger.term(path).label)


def _bare(label: str) -> str:
    return label.rpartition("（")[0] if label.endswith("）") else label


def _counted_twice(parts: Sequence[Term], examination: Examination) -> str:
    """The parts are too much by exactly one of them."""
    above, total = _sides(examination)
    rest = [part for part in parts if _value(part) == above - total and _telling(_value(part))]
    return f"可能重复计算了“{_bare(rest[0].label)}”" if len(parts) > 1 and len(rest) == 1 else ""


def _misprint(parts: Sequence[Term], whole: Term) -> str:
    """One figure of the equation, printed otherwise, would make it true: a unit or a point misplaced, or
    two digits swapped. Said only where a single one would; of two equals either may be wrong."""
    if len(parts) == 1:
        fault = _fault(_value(parts[0]), _value(whole))
        return f"可能其中一处{fault}" if fault else ""
    lacks = _value(whole) - sum((_value(part) for part in parts), Decimal(0))
    repairs = [(whole, _value(whole) - lacks), *((part, _value(part) + lacks) for part in parts)]
    style = style_of((*parts, whole))
    guesses = [
        f"可能“{_bare(term.label)}”{fault}：改为 {style.spoken_value(repaired)}就对上了"
        for term, repaired in repairs
        if (fault := _fault(_value(term), repaired))
    ]
    return guesses[0] if len(guesses) == 1 else ""


def _fault(printed: Decimal, repaired: Decimal) -> str:
    if not (_telling(printed) and _telling(repaired)):
        return ""
    factor = _factor(printed, repaired)
    if factor:
        return "的元和万元弄混了" if factor == 10000 else "的小数点错位"
    one, other = (f"{value:f}" for value in (printed, repaired))
    apart = [place for place in range(min(len(one), len(other))) if one[place] != other[place]]
    swapped = len(one) == len(other) and len(apart) == 2
    if swapped and all(one[a] == other[b] for a, b in (apart, apart[::-1])):
        return "有两位数字颠倒了"
    return ""


def _value(term: Term) -> Decimal:
    assert isinstance(term.figure, Quantity)
    return term.figure.value
