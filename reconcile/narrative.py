"""Rules within the narrative's own sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.quantity import MISSING, Quantity
from extract.report import ListedSum, NarrativeFigure, Share
from reconcile.finding import Severity, Verdict
from reconcile.interval import NOTHING, ONE, agree, exactly
from reconcile.ledger import Ledger, Term
from reconcile.message import Style, remark, style_of
from reconcile.rule import EXACT, UNCHECKED, Examination, rule
from reconcile.tie import Examined, tie_parts, tie_sum, trimmed, with_severity

ECONOMIC_CLASSES = ("wages", "goods_services", "transfers", "debt_interest", "capital", "other_expenditure")
OTHER_TOTALS = ("total_expenditure", "project_expenditure")
THREE_PUBLIC_ITEMS = ("reception", "overseas", "vehicles")
ITS_PARTS = {
    "total_expenditure": ("basic_expenditure", "project_expenditure"),
    "basic_expenditure": ECONOMIC_CLASSES,
    **{f"three_public.{end}": tuple(f"{i}.{end}" for i in THREE_PUBLIC_ITEMS) for end in ("budget", "final")},
}


Mention = tuple[str, NarrativeFigure]
"""A narrative figure with its path."""


@rule(
    "narrative.total_sum",
    Severity.ERROR,
    title="报告中的决算支出",
    explain="同一段话里的决算支出应等于基本支出加项目支出。对不上说明总数或其中一项写错，或总数只写了一般公共预算部分。"
    "请以决算报表为准，改正这段话。",
)
def total_sum(ledger: Ledger) -> Iterator[Examination]:
    for total, parts in _sums(ledger, "total_expenditure", lead="basic_expenditure"):
        yield from _unless_listed(ledger, total, tie_sum(parts, total))


@rule(
    "narrative.economic_sum",
    Severity.ERROR,
    title="报告中的基本支出",
    explain="同一段话里的基本支出应等于工资福利、商品和服务、对个人和家庭的补助等各类支出之和。"
    "对不上说明漏写、写错了一类或总数。请按决算报表的经济分类核对后改正这段话。",
)
def economic_sum(ledger: Ledger) -> Iterator[Examination]:
    for total, parts in _sums(
        ledger, "basic_expenditure", lead="wages", named="基本支出", until=OTHER_TOTALS
    ):
        yield from _unless_listed(ledger, total, tie_sum(parts, total))


@rule(
    "narrative.three_public_sum",
    Severity.ERROR,
    title="报告中的三公经费",
    explain="报告中写的三公经费预算数、决算数，应分别等于公务接待费、因公出国（境）费、公务用车费三项之和。"
    "对不上说明合计或某一项写错。请按决算报表核对后改正这段话。",
)
def three_public_sum(ledger: Ledger) -> Iterator[Examination]:
    for period in ("budget", "final"):
        for total, parts in _sums(ledger, f"three_public.{period}"):
            yield from _unless_listed(ledger, total, tie_sum(parts, total))


@rule(
    "narrative.listed_sum",
    Severity.ERROR,
    title="报告中的“其中”各项",
    explain="报告中“某某若干万元，其中：甲若干、乙若干”一类的句子，各项之和不应超过总数；写明是全部的，应等于总数。"
    "超过说明总数或某一项写错，不足可能漏写了一项。请核对这句话里的各个数。",
)
def listed_sum(ledger: Ledger) -> Iterator[Examination]:
    for index, listed in enumerate(ledger.report.listed_sums):
        if not _told_elsewhere(ledger, listed):
            yield from _listed(ledger, index, listed)


@rule(
    "narrative.share",
    Severity.WARNING,
    title="报告中的百分比",
    explain="“占百分之几”应等于部分除以总数，“增长（下降）百分之几”应等于增减额除以原数。"
    "不一致说明百分比或其中一个数写错。请重新计算这句话里的百分比。",
)
def share(ledger: Ledger) -> Iterator[Examination]:
    for index, sentence in enumerate(ledger.report.shares):
        yield from _share(ledger, index, sentence)


def _sums(
    ledger: Ledger, total_code: str, *, lead: str = "", named: str = "", until: Sequence[str] = ()
) -> Iterator[tuple[Term, list[Term]]]:
    """Each mention of the total with the parts told after it, each code once: up to the next total or a
    code of `until`. A part not told is missing.

    With a `lead`, the parts stand in the total's sentence or, if that tells none, in the next one that
    tells the lead: in the same paragraph, or anywhere before the next total if it says `named`.
    """
    part_codes = ITS_PARTS[total_code]
    for start, (path, total) in enumerate(ledger.narrative):
        if total.code != total_code:
            continue
        after = ledger.narrative[start + 1 :]
        same = tuple(told for told in after if told[1].text == total.text) if lead else after
        parts = _told(same, total_code, part_codes, until)
        if lead and not parts and all(figure.code != total_code for _, figure in same):
            parts = _told(_later_sentence(after, total, lead, named), total_code, part_codes, until)
        if parts:
            lacking = [Term("", MISSING, None, ledger.report) for code in part_codes if code not in parts]
            yield ledger.term(path), [*ledger.terms(parts.values()), *lacking]


def _unless_listed(ledger: Ledger, total: Term, examined: Examined) -> Examined:
    """The sentence's own list, with parts that have no code, may add up where the known parts don't."""
    if not any(examination.verdict is Verdict.BROKEN for examination in examined):
        return examined
    text = next(figure.text for path, figure in ledger.narrative if path == total.path)
    for index, listed in enumerate(ledger.report.listed_sums):
        if listed.text != text or listed.total.value != total.figure:
            continue
        parts = ledger.terms(f"listed_sums.{index}.parts.{place}" for place in range(len(listed.parts)))
        if tie_sum(parts, total)[:1] == (EXACT,):
            return (EXACT,)
    return examined


def _told(
    mentions: Iterable[Mention], total_code: str, part_codes: Sequence[str], until: Sequence[str]
) -> dict[str, str]:
    """The first path of each part's code, up to a figure that ends the list."""
    parts: dict[str, str] = {}
    for path, figure in mentions:
        if figure.code == total_code or figure.code in until:
            break
        if figure.code in part_codes:
            parts.setdefault(figure.code, path)
    return parts


def _later_sentence(
    after: Sequence[Mention], total: NarrativeFigure, lead: str, named: str
) -> Sequence[Mention]:
    """The first later sentence that tells the lead, if it can be about the total."""
    rest = [told for told in after if told[1].text != total.text]
    for text in dict.fromkeys(figure.text for _, figure in rest):
        sentence = [told for told in rest if told[1].text == text]
        codes = {figure.code for _, figure in sentence}
        if total.code in codes:
            break
        if lead in codes:
            related = named in text if named else _paragraph(sentence[0][1]) == _paragraph(total)
            return sentence if related else ()
    return ()


def _paragraph(figure: NarrativeFigure) -> tuple[str, int | None] | None:
    return (figure.locus.source, figure.locus.paragraph) if figure.locus is not None else None


def _told_elsewhere(ledger: Ledger, listed: ListedSum) -> bool:
    """Whether a rule of its own adds this sentence up already: its total and a part of that stand in it."""
    told = {figure.code: figure.value for _, figure in ledger.narrative if figure.text == listed.text}
    total = listed.total.value
    return any(
        isinstance(figure := told.get(code), Quantity)
        and isinstance(total, Quantity)
        and figure.value == total.value
        and any(part in told for part in parts)
        for code, parts in ITS_PARTS.items()
    )


def _listed(ledger: Ledger, index: int, listed: ListedSum) -> Examined:
    total = ledger.term(f"listed_sums.{index}.total")
    parts = ledger.terms(f"listed_sums.{index}.parts.{place}" for place in range(len(listed.parts)))
    kinds = {term.figure.kind for term in (total, *parts) if isinstance(term.figure, Quantity)}
    if len(kinds) > 1:
        return (UNCHECKED,)
    if not listed.whole:
        return tie_parts(parts, total)
    examined = tie_sum(parts, total)
    short = any(
        examination.verdict is Verdict.BROKEN
        and examination.expected is not None
        and examination.found is not None
        and examination.expected < examination.found
        for examination in examined
    )
    if not short:
        return examined
    return with_severity(examined, Severity.NOTICE)


def _share(ledger: Ledger, index: int, sentence: Share) -> Examined:
    percent, part, whole = ledger.terms(f"shares.{index}.{name}" for name in ("percent", "part", "whole"))
    if percent.interval is None or part.interval is None or whole.interval is None:
        return (UNCHECKED,)
    if not whole.interval.divides or _kinds_differ(part, whole):
        return (UNCHECKED,)
    computed = part.interval / whole.interval
    if sentence.relation == "change":
        computed = computed - exactly(ONE)
    verdict = agree(computed, percent.interval)
    if verdict is Verdict.EXACT:
        return (EXACT,)
    found = percent.interval.value
    cites = (part.path, whole.path, percent.path)
    hint = "可能把增长和下降写反了" if agree(computed, NOTHING - percent.interval) is Verdict.EXACT else ""
    message = f"{_said(sentence, computed.value, part, whole, percent)}{remark(verdict)}"
    expected, apart = trimmed(computed.value), trimmed(abs(found - computed.value))
    return (Examination(verdict, message, expected, found, apart, cites=cites, hint=hint),)


def _said(sentence: Share, computed: Decimal, part: Term, whole: Term, percent: Term) -> str:
    amounts, rates = style_of([part, whole]), style_of([percent])
    assert percent.interval is not None
    found = percent.interval.value
    if rates.number(computed) == rates.number(found):
        rates = replace(rates, step=rates.step / 100)
    apart = rates.apart(found - computed)
    if sentence.relation == "share":
        return (
            f"{amounts.named(part)} ÷ {amounts.named(whole)} = {rates.number(computed)}，"
            f"报告写占 {rates.number(found)}，差 {apart}"
        )
    return (
        f"{amounts.spoken(whole)}到{amounts.spoken(part)}，应{_changed(computed, rates)}，"
        f"报告写{_changed(found, rates)}，差 {apart}"
    )


def _changed(change: Decimal, rates: Style) -> str:
    return f"{'增长' if change > 0 else '下降'} {rates.number(abs(change))}" if change else "持平"


def _kinds_differ(part: Term, whole: Term) -> bool:
    kinds = {term.figure.kind for term in (part, whole) if isinstance(term.figure, Quantity)}
    return len(kinds) > 1
