"""The catalogue: every rule, in the order in which they are told, and the judging of a report by them.

A new block's module is added to `MODULES`; a new rule is one marked function in its block's file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from types import ModuleType

from extract.document import Locus
from extract.report import Report
from reconcile import (
    completeness,
    construction,
    expense,
    funding,
    identity,
    indicator,
    narrative,
    project,
    score,
    staffing,
    target,
)
from reconcile.finding import Finding, Judgement, Severity, Tally, Verdict
from reconcile.hint import hint_for
from reconcile.ledger import Ledger, Settings, open_ledger
from reconcile.rule import Examination, Rule

MODULES: tuple[ModuleType, ...] = (
    staffing,
    expense,
    construction,
    funding,
    narrative,
    indicator,
    target,
    score,
    identity,
    completeness,
    project,
)

RULES: tuple[Rule, ...] = tuple(
    entry for module in MODULES for entry in vars(module).values() if isinstance(entry, Rule)
)

_TOLD = (Verdict.BROKEN, Verdict.SUSPECT, Verdict.ROUNDING)


def judge(report: Report, rules: Sequence[Rule] = RULES, settings: Settings | None = None) -> Judgement:
    """Findings in the catalogue's order, and a tally for every rule, also for those that saw nothing."""
    ledger = open_ledger(report, settings)
    findings: list[Finding] = []
    tallies: list[Tally] = []
    for rule in rules:
        examinations = list(rule.examine(ledger))
        findings.extend(_findings(ledger, rule, examinations))
        counts = Counter(examination.verdict.value for examination in examinations)
        tallies.append(Tally(rule.code, **counts))
    return Judgement(tuple(findings), tuple(tallies))


def _findings(ledger: Ledger, rule: Rule, examinations: Sequence[Examination]) -> Iterator[Finding]:
    for examination in examinations:
        if examination.verdict in _TOLD:
            yield Finding(
                rule.code,
                _severity(rule, examination),
                examination.verdict,
                examination.message,
                examination.expected,
                examination.found,
                examination.difference,
                examination.cites,
                _places(ledger, examination),
                hint_for(ledger, examination),
            )


def _severity(rule: Rule, examination: Examination) -> Severity:
    if examination.verdict is Verdict.ROUNDING:
        return Severity.NOTICE
    return examination.severity or rule.severity


def _places(ledger: Ledger, examination: Examination) -> tuple[Locus, ...]:
    return tuple(dict.fromkeys((*ledger.places(examination.cites), *examination.places)))
