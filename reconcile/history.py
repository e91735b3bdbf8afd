"""Rules that compare a report with what its department filed before: last year's, the revision before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from extract.bureau import department_key
from extract.paths import expense_keys, figures
from extract.quantity import Quantity
from extract.report import Report
from reconcile.change import FigureChange, difference, expense_name
from reconcile.finding import Severity, Verdict
from reconcile.ledger import Ledger, Term, open_ledger
from reconcile.message import style_of
from reconcile.rule import EXACT, UNCHECKED, Examination, rule
from reconcile.tie import tie_equal

MOST_NAMED, TELLING_DIGITS = 5, 3
MOST_MOVES, MOST_ADDED = 8, 3
"""From how many changes asked for, and how many of them together, the move of a total is put together."""


@rule(
    "history.prior_final",
    Severity.ERROR,
    title="上年决算数与上年报告一致",
    explain="表中的上年决算数，应等于本部门上年度报告里同一行的本年决算数（以库中最后一版为准）。"
    "不相等说明两年中有一年填错。请对照上年决算批复核对；上年数经批复调整过的，请在报告中说明。",
)
def prior_final(ledger: Ledger) -> Iterator[Examination]:
    prior = ledger.around.prior
    if prior is None:
        return
    before, then = open_ledger(prior), _rows_by_name(prior)
    for name, keys in _rows_by_name(ledger.report).items():
        known = then.get(name, ())
        for key in keys:
            found = ledger.term(f"expenses.{key}.prior_final")
            if len(keys) == len(known) == 1:
                yield from _against(before, found, f"expenses.{known[0]}", ledger.report.fiscal_year)
            elif isinstance(found.figure, Quantity) or found.unreadable:
                yield UNCHECKED


@rule(
    "history.initial",
    Severity.NOTICE,
    title="未被要求的改动",
    explain="新一版与上一版相比，改动了核对时没有提出过问题、也不随已提出的问题而变的数字。"
    "可能是自行更正，也可能是为凑平而改。请对照依据核对这些改动；改得有依据的，可不处理。",
)
def initial(ledger: Ledger) -> Iterator[Examination]:
    previous = ledger.around.previous
    if previous is None:
        return
    changes = [change for change in difference(previous, ledger.report).figures if _counts(change)]
    told = Counter(mention.code for mention in previous.narrative)
    retold = Counter(mention.code for mention in ledger.report.narrative)
    shifted = {f"narrative.{code}" for code in told if told[code] != retold[code]}
    unasked = [
        change
        for change in _unasked(changes, ledger.around.asked)
        if change.after.partition("#")[0] not in shifted
    ]
    if unasked:
        named = "；".join(_told(ledger.report, change) for change in unasked[:MOST_NAMED])
        more = f"；等 {len(unasked)} 处" if len(unasked) > MOST_NAMED else ""
        message = f"与上一版相比，未被要求而改动了 {len(unasked)} 个数字：\n{named}{more}"
        yield Examination(Verdict.BROKEN, message, cites=tuple(change.after for change in unasked))
    elif _has_figures(previous) and _has_figures(ledger.report):
        yield EXACT
    else:
        yield UNCHECKED


def _rows_by_name(report: Report) -> dict[str, list[str]]:
    """The keys of the expense rows in paths, by what makes a row the same in another year."""
    named: dict[str, list[str]] = {}
    for key, row in zip(expense_keys(report), report.expenses, strict=True):
        named.setdefault(expense_name(row), []).append(key)
    return named


def _against(before: Ledger, found: Term, row: str, year: int | None) -> Iterator[Examination]:
    """This year's figure of the year before against the same row's final in `before`, last year's ledger.
    It cites this year's alone: the other one is no figure of this report. A department that bore another
    name may have been merged since, or counted without its units («(本级)»): there a difference is only a
    warning."""
    final = before.term(f"{row}.final")
    last_year = f"{before.report.fiscal_year}年度"
    former = before.report.department
    renamed = department_key(former) != department_key(found.report.department)
    told = f"{last_year}{f'“{former}”' if renamed else ''}报告的"
    locus = final.figure.locus
    for examination in tie_equal(found.told_in(f"{year}年度报告的"), final.told_in(told)):
        if examination.message:
            examination = replace(
                examination,
                cites=(found.path,),
                places=() if locus is None else (replace(locus, source=f"{last_year} {locus.source}"),),
                severity=Severity.WARNING if renamed else None,
                hint=_taken_from(before, found, row) if examination.verdict is Verdict.BROKEN else "",
            )
        yield examination


def _taken_from(before: Ledger, found: Term, row: str) -> str:
    """Which other column of last year's row the figure may have been taken from."""
    year = before.report.fiscal_year
    hints = {
        "budget": f"与{year}年度报告的预算数相同，可能取错了列",
        "prior_final": f"与{year}年度报告的上年决算数相同，可能沿用了上年的表",
    }
    assert isinstance(found.figure, Quantity)
    if len(found.figure.value.as_tuple().digits) < TELLING_DIGITS:
        return ""
    for period, hint in hints.items():
        other = before.figure(f"{row}.{period}")
        if isinstance(other, Quantity) and other.value == found.figure.value:
            return hint
    return ""


def _counts(change: FigureChange) -> bool:
    """Whether a figure of the forms or of a coded sentence was made another, beyond its rounding, or blank.
    A blank that was filled, or a figure that can't be read now, is none that was changed."""
    old, new = change.old, change.new
    if not isinstance(old, Quantity) or change.after.startswith(("listed_sums.", "shares.")):
        return False
    if isinstance(new, Quantity):
        return abs(new.value - old.value) > max(new.step, old.step) / 2
    return new.why in ("blank", "dash")


def _unasked(changes: Sequence[FigureChange], asked: frozenset[str]) -> list[FigureChange]:
    """Changes that nobody asked for and that don't follow from one asked for: what is computed (rates,
    the score of 预算执行) follows, and so does what moved by the same amount, a total or a repetition."""
    wanted = [change for change in changes if change.before in asked]
    if not wanted:
        return list(changes)
    following = [*wanted, *(change for change in changes if _is_computed(change))]
    moves: dict[str, set[Decimal]] = {}
    for change in following:
        moves.setdefault(_kind(change), set()).add(_moved(change))
    reachable = {
        (kind, abs(sum(some, Decimal(0))))
        for kind, amounts in moves.items()
        for many in range(1, min(len(amounts), MOST_ADDED) + 1)
        for some in combinations(sorted(amounts)[:MOST_MOVES], many)
    } | {(kind, abs(amount)) for kind, amounts in moves.items() for amount in amounts}
    return [
        change
        for change in changes
        if change not in following and (_kind(change), abs(_moved(change))) not in reachable
    ]


def _is_computed(change: FigureChange) -> bool:
    return _kind(change) == "rate" or change.after.endswith("funding.score")


def _kind(change: FigureChange) -> str:
    assert isinstance(change.old, Quantity)
    return change.old.kind


def _moved(change: FigureChange) -> Decimal:
    assert isinstance(change.old, Quantity)
    return (change.new.value if isinstance(change.new, Quantity) else Decimal(0)) - change.old.value


def _told(report: Report, change: FigureChange) -> str:
    """«公务接待（决算数）2.86 → 2.76 万元»."""
    old, new = (Term(change.after, figure, None, report) for figure in (change.old, change.new))
    style = style_of((old, new))
    if not isinstance(new.figure, Quantity):
        return f"{style.spoken(old)} → 空"
    unit = "" if style.kind == "rate" else f" {style.unit}".rstrip()
    return f"{style.named(old)} → {style.own(new.figure)}{unit}"


def _has_figures(report: Report) -> bool:
    return any(isinstance(figure, Quantity) for _, figure in figures(report))
