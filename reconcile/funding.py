"""Rules of the funding block: 年度预算申请, of the submission and of each project form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.quantity import Quantity
from extract.report import NATURES, SOURCES
from reconcile.finding import Severity, Verdict
from reconcile.interval import Interval, agree, around, cut_short, twice_rounded
from reconcile.ledger import Ledger, Scope, Term
from reconcile.message import remark, style_of
from reconcile.rule import EXACT, UNCHECKED, Examination, rule
from reconcile.tie import (
    Examined,
    best,
    prefaced,
    tie_at_most,
    tie_equal,
    tie_rate,
    tie_sum,
    trimmed,
)

GRAND_TOTALS = ("总计", "结转", "结余")
CENT, TENTH = Decimal("0.01"), Decimal("0.1")


@rule(
    "funding.source_sum",
    Severity.ERROR,
    title="按收入性质分的合计",
    explain="一般公共预算、政府性基金、专户管理的非税收入、其他资金四项之和，应等于年度资金总额的全年执行数或全年预算数，合上一个即可。"
    "都合不上说明有一项漏填或填错。请按决算报表的收入来源逐项核对后改正。",
)
def source_sum(ledger: Ledger) -> Iterator[Examination]:
    for scope in ledger.scopes():
        yield from _in(scope, _sum_of(ledger, scope, _sources(ledger, scope)))


@rule(
    "funding.nature_sum",
    Severity.ERROR,
    title="按支出性质分的合计",
    explain="基本支出与项目支出之和，应等于年度资金总额的全年执行数或全年预算数，合上一个即可。"
    "都合不上说明基本支出、项目支出或总额有一处填错。请按决算报表核对三个数后改正。",
)
def nature_sum(ledger: Ledger) -> Iterator[Examination]:
    for scope in ledger.scopes():
        parts = _terms(ledger, scope, *(f"by_nature.{name}" for name in NATURES))
        yield from _in(scope, _sum_of(ledger, scope, parts))


@rule(
    "funding.execution_rate",
    Severity.ERROR,
    title="预算执行率",
    explain="执行率应等于全年执行数除以全年预算数。不一致说明两个金额或执行率有一处填错，也可能误用了年初预算数作分母。"
    "请核对两个金额后重新计算执行率。",
)
def execution_rate(ledger: Ledger) -> Iterator[Examination]:
    for scope in ledger.scopes():
        executed, budget, rate = _terms(ledger, scope, "executed", "annual_budget", "execution_rate")
        initial = _terms(ledger, scope, "initial_budget")[0]
        by_initial = tie_rate(executed, initial, rate)
        for examination in _in(scope, tie_rate(executed, budget, rate)):
            mistaken = examination.message and by_initial[:1] == (EXACT,)
            yield replace(examination, hint="可能误用了年初预算数作分母") if mistaken else examination


@rule(
    "funding.score",
    Severity.ERROR,
    title="预算执行得分",
    explain="预算执行得分应等于分值乘以执行率，最多得满分。不一致说明得分或执行率填错。"
    "请按全年执行数除以全年预算数重新计算执行率和得分；本地另有评分办法的，请在报告中注明。",
)
def score(ledger: Ledger) -> Iterator[Examination]:
    for scope in ledger.scopes():
        yield from _in(scope, _score(ledger, scope))


@rule(
    "funding.over_execution",
    Severity.WARNING,
    title="执行数超过预算数",
    explain="全年执行数一般不应超过全年预算数（含年中追加）。超过多为全年预算数没有计入追加，或两列填反。"
    "请核对调整后的全年预算数；确实超支的，请说明资金来源。",
)
def over_execution(ledger: Ledger) -> Iterator[Examination]:
    for scope in ledger.scopes():
        executed, budget = _terms(ledger, scope, "executed", "annual_budget")
        yield from _in(scope, tie_at_most(executed, budget))


@rule(
    "funding.adjustment",
    Severity.NOTICE,
    title="预算调整幅度",
    explain="全年预算数与年初预算数相差超过两成（比例可以设置），说明年中追加或调减较多，不一定有错。"
    "请核对年初预算数是否填对，并在报告中说明调整的原因和批复。",
)
def adjustment(ledger: Ledger) -> Iterator[Examination]:
    for scope in ledger.scopes():
        yield from _in(scope, _adjustment(ledger, scope))


@rule(
    "funding.project_expense",
    Severity.ERROR,
    title="两表项目支出一致",
    explain="自评表按支出性质分的项目支出，应与基础数据表的项目支出决算数一致。"
    "不一致说明两张表取数不同。请按决算报表核对，改正写错的一张表。",
)
def project_expense(ledger: Ledger) -> Iterator[Examination]:
    form = ledger.term("funding.by_nature.project", "自评表中项目支出")
    table = ledger.term("expenses.project.final", "基础数据表中项目支出（决算数）")
    yield from _unless_budgeted(ledger, tie_equal(form, table))


@rule(
    "funding.narrative",
    Severity.ERROR,
    title="资金与报告一致",
    explain="自评报告中写的决算支出、基本支出、项目支出、政府性基金支出应与自评表一致；"
    "报告只写一般公共预算支出时，决算支出也可以等于表中的一般公共预算。请以决算报表为准，改正写错的一处。",
)
def narrative(ledger: Ledger) -> Iterator[Examination]:
    basic = ledger.term("funding.by_nature.basic", "自评表中基本支出")
    project = ledger.term("funding.by_nature.project", "自评表中项目支出")
    if not isinstance(project.figure, Quantity):
        project = ledger.term("expenses.project.final", "基础数据表中项目支出（决算数）")
    for code, form in (("basic_expenditure", basic), ("project_expenditure", project)):
        for mention in ledger.told_or_missing(code):
            yield from _unless_budgeted(ledger, tie_equal(mention, form))
    fund = ledger.term("funding.by_source.government_fund", "自评表中政府性基金拨款")
    for mention in ledger.told_or_missing("government_fund"):
        yield from _unless_budgeted(ledger, tie_equal(mention, fund))
    for mention in ledger.told_or_missing("total_expenditure"):
        yield from _total_mention(ledger, mention)


def _terms(ledger: Ledger, scope: Scope, *names: str) -> list[Term]:
    return ledger.terms(f"{scope.prefix}funding.{name}" for name in names)


def _in(scope: Scope, examined: Examined) -> Examined:
    return prefaced(f"项目“{scope.name}”：", examined) if scope.prefix else examined


def _sources(ledger: Ledger, scope: Scope) -> list[Term]:
    """The sources that this layout of the form has: its four standard rows, or, where it prints others
    (上年结转, 单位资金), the rows printed."""
    terms = _terms(ledger, scope, *(f"by_source.{name}" for name in SOURCES))
    standard, others = terms[:4], [term for term in terms[4:] if not term.missing]
    return [*(term for term in standard if not term.missing), *others] if others else standard


def _sum_of(ledger: Ledger, scope: Scope, parts: Sequence[Term]) -> Examined:
    """Parts of the year's money against what was executed or, if they fit that, what was budgeted.

    Where the executed amount isn't there, parts that miss the budget prove nothing; neither do parts
    that make the first budget, before anything was added.
    """
    executed, budget = _terms(ledger, scope, "executed", "annual_budget")
    by_executed = tie_sum(parts, executed)
    if executed.interval is not None and budget.interval is None and not budget.unreadable:
        return by_executed
    kindest = by_executed if by_executed == (EXACT,) else best((by_executed, tie_sum(parts, budget)))
    if kindest[:1] and kindest[0].verdict is Verdict.BROKEN:
        (initial,) = _terms(ledger, scope, "initial_budget")
        of_first = executed.interval is None or tie_sum(parts, initial)[:1] == (EXACT,)
        return (UNCHECKED,) if of_first else by_executed
    return kindest


def _unless_budgeted(ledger: Ledger, examined: Examined) -> Examined:
    """Where the form splits the budget and not what was executed, its parts say nothing of the outcome."""
    if not any(examination.verdict is Verdict.BROKEN for examination in examined):
        return examined
    return (UNCHECKED,) if _splits_budget(ledger) else examined


def _splits_budget(ledger: Ledger) -> bool:
    """The parts make a budget, not the executed amount, and no other part of the submission repeats
    either of them as an outcome."""
    basic, project = parts = _natures(ledger)
    executed, *budgets = ledger.terms(f"funding.{n}" for n in ("executed", "annual_budget", "initial_budget"))
    if tie_sum(parts, executed)[:1] == (EXACT,):
        return False
    if all(tie_sum(parts, budget)[:1] != (EXACT,) for budget in budgets):
        return False
    outcomes = [(basic, mention) for mention in ledger.mentions("basic_expenditure")]
    outcomes += [(project, mention) for mention in ledger.mentions("project_expenditure")]
    outcomes.append((project, ledger.term("expenses.project.final")))
    return not any(
        form.interval and form.interval.value and tie_equal(other, form) == (EXACT,)
        for form, other in outcomes
    )


def _score(ledger: Ledger, scope: Scope) -> Examined:
    names = ("weight", "executed", "annual_budget", "execution_rate", "score")
    weight, executed, budget, rate, given = _terms(ledger, scope, *names)
    if weight.interval is None or given.interval is None:
        return (UNCHECKED,) if any(isinstance(t.figure, Quantity) for t in (weight, given)) else ()
    rates = [rate.interval] if rate.interval is not None else []
    if executed.interval is not None and budget.interval is not None and budget.interval.divides:
        rates.insert(0, executed.interval / budget.interval)
    if not rates:
        return (UNCHECKED,)
    options = [(weight.interval * one).capped(weight.interval) for one in rates]
    given_terms = (weight, executed, budget, rate, given)
    return best(_against(option, given_terms) for option in options)


def _against(computed: Interval, terms: Sequence[Term]) -> Examined:
    """A computed score against the given one, the last of `terms`; the first is the weight."""
    weight, *_, given = terms
    assert given.interval is not None
    verdict = agree(computed, given.interval)
    if verdict is Verdict.EXACT:
        return (EXACT,)
    if verdict is Verdict.BROKEN and _rounded_further(computed, given):
        verdict = Verdict.ROUNDING
    style = style_of([given])
    style = replace(style, step=min(style.step, CENT))
    found, apart = given.interval.value, abs(given.interval.value - computed.value)
    message = (
        f"{style.named(weight)} × 执行率 = {style.number(computed.value)}，"
        f"{style.named(given)}，差 {style.apart(apart)}{remark(verdict)}"
    )
    cites = tuple(term.path for term in terms if term.interval is not None)
    return (Examination(verdict, message, trimmed(computed.value), found, trimmed(apart), cites=cites),)


def _rounded_further(computed: Interval, given: Term) -> bool:
    """Whether the score was rounded, or cut, to fewer places than others of its form, one at least."""
    assert isinstance(given.figure, Quantity)
    printed = around(given.figure.value, min(given.figure.step, TENTH))
    readings = (twice_rounded(printed), cut_short(printed))
    return any(agree(computed, one) is not Verdict.BROKEN for one in readings)


def _adjustment(ledger: Ledger, scope: Scope) -> Examined:
    budget, initial = _terms(ledger, scope, "annual_budget", "initial_budget")
    if budget.interval is None or initial.interval is None:
        one_is_there = isinstance(budget.figure, Quantity) or isinstance(initial.figure, Quantity)
        return (UNCHECKED,) if one_is_there else ()
    if not initial.interval.divides:
        return (UNCHECKED,)
    before, after = initial.interval.value, budget.interval.value
    share = abs(after - before) / before
    if share <= ledger.settings.adjustment_limit:
        return (EXACT,)
    style = style_of((budget, initial))
    word = "调增" if after > before else "调减"
    change = f"{word} {style.apart(after - before)}（{share:.0%}）"
    message = f"{style.spoken(budget)}，{style.spoken(initial)}，{change}"
    cites = (budget.path, initial.path)
    return (Examination(Verdict.BROKEN, message, before, after, abs(after - before), cites=cites),)


def _total_mention(ledger: Ledger, mention: Term) -> Examined:
    """决算支出 may be the whole, its 一般公共预算 part, or what the form splits by nature (whose own rule
    tells if that isn't the whole). Where the form gives no such part, less than the whole may be right."""
    executed = ledger.term("funding.executed", "自评表中年度资金总额（全年执行数）")
    general = ledger.term("funding.by_source.general_public_budget", "自评表中一般公共预算")
    by_general = tie_equal(mention, general)
    if mention.interval is not None and by_general == (EXACT,):
        return by_general
    by_executed = tie_equal(mention, executed)
    if mention.interval is None or by_executed == (EXACT,):
        return by_executed
    fitting = best((by_executed, by_general, tie_sum(_natures(ledger), mention)))
    if not fitting or fitting[0].verdict in (Verdict.EXACT, Verdict.ROUNDING):
        return fitting
    if executed.interval is None or general.unreadable:
        return (UNCHECKED,)
    if mention.interval.value > executed.interval.value and _is_grand_total(ledger, mention):
        return (UNCHECKED,)
    if general.interval is None:
        return (UNCHECKED,) if mention.interval.value < executed.interval.value else by_executed
    distance = abs(mention.interval.value - executed.interval.value)
    nearer = abs(mention.interval.value - general.interval.value) < distance
    cites = (mention.path, executed.path, general.path)
    return tuple(replace(one, cites=cites) for one in (by_general if nearer else by_executed))


def _is_grand_total(ledger: Ledger, mention: Term) -> bool:
    """Whether the sentence tells a grand total, in which money carried over is counted too."""
    text = next(figure.text for path, figure in ledger.narrative if path == mention.path)
    return any(word in text for word in GRAND_TOTALS)


def _natures(ledger: Ledger) -> list[Term]:
    return ledger.terms(f"funding.by_nature.{name}" for name in NATURES)
