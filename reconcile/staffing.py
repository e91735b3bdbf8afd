"""Rules of the staffing table: 财政供养人员情况."""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.finding import Severity
from reconcile.ledger import Ledger
from reconcile.rule import Examination, rule
from reconcile.tie import tie_at_most, tie_equal, tie_rate


@rule(
    "staffing.control_rate",
    Severity.ERROR,
    title="人员控制率",
    explain="控制率应等于年末实际在职人数除以编制数。算出来的比率与表中填写的不一致，说明人数或比率有一处填错。"
    "请对照编制批复和年末在职人员名册核对两个人数，再重新计算控制率。",
)
def control_rate(ledger: Ledger) -> Iterator[Examination]:
    yield from tie_rate(
        *ledger.terms(f"staffing.{name}" for name in ("on_duty", "authorized", "control_rate"))
    )


@rule(
    "staffing.over_establishment",
    Severity.WARNING,
    title="超编",
    explain="年末实际在职人数不应超过编制数。超过时要么确有超编，要么把临聘、退休等不占编制的人员计入了在职人数。"
    "请核对在职人员名册；确有超编的，请在报告中说明原因。",
)
def over_establishment(ledger: Ledger) -> Iterator[Examination]:
    yield from tie_at_most(ledger.term("staffing.on_duty"), ledger.term("staffing.authorized"))


@rule(
    "staffing.narrative",
    Severity.ERROR,
    title="人数与报告一致",
    explain="自评报告中写的编制人数、实有人数应与基础数据表一致。不一致时，两处必有一处没有更新或统计口径不同。"
    "请以编制批复和年末名册为准，改正写错的一处。",
)
def narrative(ledger: Ledger) -> Iterator[Examination]:
    for code, label in (("authorized", "编制数"), ("on_duty", "实际在职人数")):
        table = ledger.term(f"staffing.{code}", f"基础数据表中{label}")
        for mention in ledger.told_or_missing(code):
            yield from tie_equal(mention, table)
