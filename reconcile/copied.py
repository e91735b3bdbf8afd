"""Rules on narratives that are another department's."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reconcile.finding import Severity, Verdict
from reconcile.ledger import Ledger
from reconcile.rule import EXACT, UNCHECKED, Examination, rule

FEWEST_SENTENCES = 10
"""With fewer sentences of its own, a narrative may be like another by the form's own wording."""


@rule(
    "copied.narrative",
    Severity.NOTICE,
    title="自评报告与其他部门雷同",
    explain="除去固定用语和只报数字的句子，自评报告的大部分文字与同年度另一部门的报告一字不差，只换了数字或名称。"
    "可能是照抄，工作和问题未必是本部门的。请退回补写本部门的情况；确由两家共同撰写的，可不处理。",
)
def narrative(ledger: Ledger) -> Iterator[Examination]:
    report, around = ledger.report, ledger.around
    own = len(report.sentence_prints) - around.set_phrases
    if own < FEWEST_SENTENCES:
        if report.has("narrative"):
            yield UNCHECKED
        return
    least = max(Decimal(FEWEST_SENTENCES), ledger.settings.copied_share * own)
    alike = [copy for copy in around.copies if copy.shared >= least]
    places = tuple(part.locus for part in report.parts if part.name == "narrative" and part.locus)
    for copy in alike:
        message = (
            f"自评报告 {own} 句（不计固定用语）中有 {copy.shared} 句与“{copy.department}”"
            f"{report.fiscal_year}年度的报告相同（只换了数字或名称）"
        )
        yield Examination(Verdict.BROKEN, message, places=places)
    if not alike:
        yield EXACT
