"""Rules of the expense table: 经费控制情况, in its three periods, and against the narrative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.quantity import Absent, Quantity
from extract.report import PERIODS, ExpenseRow
from reconcile.finding import Severity, Verdict
from reconcile.interval import agree, total_of
from reconcile.labels import ITEM_LABELS, PERIOD_LABELS, row_label
from reconcile.ledger import Ledger, Term
from reconcile.rule import UNCHECKED, Examination, rule
from reconcile.tie import Examined, add_up, best, tie_at_most, tie_equal, tie_parts, tie_sum

THREE_PUBLIC_ROWS = (
    "three_public",
    "vehicles",
    "vehicle_purchase",
    "vehicle_running",
    "overseas",
    "reception",
)
SUBTOTALS = ("小计", "合计", "总计")
OF_WHICH = ("其中", "含")
PROJECT_ROWS = ("project_business", "project_operations", "project_special")


@rule(
    "expense.three_public_sum",
    Severity.ERROR,
    title="三公经费合计",
    explain="三公经费应等于公务用车购置和维护经费、出国（境）经费、公务接待费三项之和，上年决算、预算、决算三列分别核对。"
    "对不上说明合计或某一分项填错。请按决算报表（三公经费表）逐项核对后改正。",
)
def three_public_sum(ledger: Ledger) -> Iterator[Examination]:
    for period in PERIODS:
        vehicles = _bare(ledger, "vehicles", period)
        halves = [_bare(ledger, item, period) for item in ("vehicle_purchase", "vehicle_running")]
        stands_for = (
            halves if vehicles.interval is None and any(half.interval for half in halves) else [vehicles]
        )
        others = [_bare(ledger, item, period) for item in ("overseas", "reception")]
        yield from tie_sum([*stands_for, *others], _total(ledger, "three_public", period))


@rule(
    "expense.vehicles_sum",
    Severity.ERROR,
    title="公务用车经费合计",
    explain="公务用车购置和维护经费应等于公车购置与公车运行维护之和，三列分别核对。"
    "对不上说明合计或分项填错。请按车辆购置、运行维护的明细账核对后改正。",
)
def vehicles_sum(ledger: Ledger) -> Iterator[Examination]:
    for period in PERIODS:
        parts = [_bare(ledger, item, period) for item in ("vehicle_purchase", "vehicle_running")]
        yield from tie_sum(parts, _total(ledger, "vehicles", period))


@rule(
    "expense.project_sum",
    Severity.ERROR,
    title="项目支出合计",
    explain="项目支出应等于业务工作经费、运行维护经费和各项专项资金之和，三列分别核对。"
    "对不上说明漏列、重复列了项目或合计填错。请按项目支出明细账逐行核对，每个项目只列一行。",
)
def project_sum(ledger: Ledger) -> Iterator[Examination]:
    for period in PERIODS:
        total = _total(ledger, "project", period)
        groups = [_row_terms(ledger, item, period) for item in PROJECT_ROWS]
        every = [term for group in groups for term in group]
        heads = [term for group in groups for term in _without_details(group)]
        single = [term for term in every if not term.label.endswith(SUBTOTALS)]
        whole = [term for term in single if not term.label.startswith(OF_WHICH)]
        parents = _without_runs([term for term in _in_order(ledger, period) if term in single])
        listed_all = not _unknown_project_rows(ledger, period)
        readings = (single, every, heads, whole, parents)
        yield from best(tie_sum(rows, total, listed_all=listed_all) for rows in readings)


@rule(
    "expense.operating_parts",
    Severity.ERROR,
    title="公用经费其中项",
    explain="办公经费、水费电费差旅费、会议费培训费只是公用经费的一部分，三项之和不应超过公用经费，三列分别核对。"
    "超过说明公用经费少填，或把项目支出中的费用填进了其中项。请按基本支出中的商品和服务支出明细核对。",
)
def operating_parts(ledger: Ledger) -> Iterator[Examination]:
    for period in PERIODS:
        parts = [_bare(ledger, item, period) for item in ("office", "utilities_travel", "meeting_training")]
        yield from tie_parts(parts, _total(ledger, "operating", period))


@rule(
    "expense.three_public_over_budget",
    Severity.WARNING,
    title="三公经费超预算",
    explain="三公经费及各分项的决算数不应超过预算数。超过时请先核对两列是否填反、填错；"
    "确实超支的，请在自评报告中说明原因和审批依据。",
)
def three_public_over_budget(ledger: Ledger) -> Iterator[Examination]:
    for item in THREE_PUBLIC_ROWS:
        yield from _within_budget(ledger, item)


@rule(
    "expense.three_public_growth",
    Severity.NOTICE,
    title="三公经费只减不增",
    explain="按“只减不增”的要求，三公经费决算数一般不高于上年决算数。高于上年不一定有错。"
    "请核对上年数是否与上年决算一致；确有增加的，请在报告中说明原因。",
)
def three_public_growth(ledger: Ledger) -> Iterator[Examination]:
    final, before = ledger.terms(f"expenses.three_public.{period}" for period in ("final", "prior_final"))
    yield from (UNCHECKED,) if _is_new(ledger) else tie_at_most(final, before)


@rule(
    "expense.over_budget",
    Severity.WARNING,
    title="支出超预算",
    explain="项目支出、公用经费的决算数一般不应超过预算数。超过时多为年中追加了预算而表中仍填年初数，或确实超支。"
    "请核对预算数的口径，并在自评报告中说明追加或超支的原因。",
)
def over_budget(ledger: Ledger) -> Iterator[Examination]:
    for item in ("project", "operating"):
        yield from _within_budget(ledger, item)


@rule(
    "expense.three_public_narrative",
    Severity.ERROR,
    title="三公经费与报告一致",
    explain="自评报告中写的三公经费及各分项的预算数、决算数应与基础数据表一致。"
    "不一致说明有一处没有更新。请以决算报表为准，改正写错的一处。",
)
def three_public_narrative(ledger: Ledger) -> Iterator[Examination]:
    for item in ("three_public", "vehicles", "overseas", "reception"):
        for period in ("budget", "final"):
            label = f"基础数据表中{ITEM_LABELS[item]}（{PERIOD_LABELS[period]}）"
            table = ledger.term(f"expenses.{item}.{period}", label)
            for mention in ledger.told_or_missing(f"{item}.{period}"):
                yield from tie_equal(mention, table)


@rule(
    "expense.operating_narrative",
    Severity.WARNING,
    title="公用经费与商品和服务支出",
    explain="按填表说明，公用经费填基本支出中的一般商品和服务支出，应与自评报告中的商品和服务支出一致。"
    "相差很大通常是两处口径不同。请按决算报表核对公用经费；口径确实不同的，请在报告中写明。",
)
def operating_narrative(ledger: Ledger) -> Iterator[Examination]:
    table = ledger.term("expenses.operating.final", "基础数据表中公用经费（决算数）")
    for mention in ledger.told_or_missing("goods_services"):
        yield from tie_equal(mention, table)


def _total(ledger: Ledger, item: str, period: str) -> Term:
    return ledger.term(f"expenses.{item}.{period}", f"{ITEM_LABELS[item]}（{PERIOD_LABELS[period]}）")


def _bare(ledger: Ledger, item: str, period: str) -> Term:
    return ledger.term(f"expenses.{item}.{period}", ITEM_LABELS[item])


def _row_terms(ledger: Ledger, item: str, period: str) -> list[Term]:
    rows = ledger.rows(item)
    heading = len(rows) > 1 and _is_empty(rows[0][1]) and not all(_is_empty(row) for _, row in rows[1:])
    return [
        ledger.term(f"expenses.{key}.{period}", row_label(row))
        for key, row in (rows[1:] if heading else rows)
    ]


def _is_new(ledger: Ledger) -> bool:
    """A column of noughts for the year before: the department didn't exist yet."""
    before = [row.prior_final for _, row in ledger.expenses if isinstance(row.prior_final, Quantity)]
    return bool(before) and not any(figure.value for figure in before)


def _is_empty(row: ExpenseRow) -> bool:
    """Nothing in any period: above others of its item, a heading («本级专项资金（一个专项一行）»)."""
    figures = [getattr(row, period) for period in PERIODS]
    return all(isinstance(figure, Absent) and figure.why != "unreadable" for figure in figures)


def _within_budget(ledger: Ledger, item: str) -> Examined:
    return tie_at_most(ledger.term(f"expenses.{item}.final"), ledger.term(f"expenses.{item}.budget"))


def _without_details(rows: Sequence[Term]) -> Sequence[Term]:
    """Only the first of an item's rows where it is itself the sum of the others."""
    first, rest = rows[:1], [row for row in rows[1:] if row.interval is not None]
    if not first or first[0].interval is None or not rest:
        return rows
    repeats = agree(add_up(rest), first[0].interval) is not Verdict.BROKEN
    return first if repeats else rows


def _in_order(ledger: Ledger, period: str) -> list[Term]:
    rows = [(key, row) for key, row in ledger.expenses if row.item in PROJECT_ROWS]
    return [ledger.term(f"expenses.{key}.{period}", row_label(row)) for key, row in rows]


def _without_runs(rows: Sequence[Term]) -> list[Term]:
    """Without the rows that follow another and, two or more of them, make it up: its own details."""
    kept: list[Term] = []
    place = 0
    while place < len(rows):
        head = rows[place]
        kept.append(head)
        place += 1
        for end in range(place + 2, len(rows) + 1):
            run = [row.interval for row in rows[place:end] if row.interval is not None]
            if head.interval is not None and agree(total_of(run), head.interval) is Verdict.EXACT:
                place = end
                break
    return kept


def _unknown_project_rows(ledger: Ledger, period: str) -> bool:
    """Whether a row of no known item, with a figure, stands among the rows of project spending."""
    within = False
    for key, row in ledger.expenses:
        if row.item is not None:
            within = row.item == "project" or row.item in PROJECT_ROWS
        elif within and ledger.term(f"expenses.{key}.{period}").interval is not None:
            return True
    return False
