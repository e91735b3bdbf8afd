"""The catalogue: every rule, in the order in which they are told, and the judging of a report by them.

A new block's module is added to `MODULES`; a new rule is one marked function in its block's file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
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

TOLD = (Verdict.BROKEN, Verdict.SUSPECT, Verdict.ROUNDING)


def judge(report: Report, rules: Sequence[Rule] = RULES, settings: Settings | None = None) -> Judgement:
    """Findings in the catalogue's order, and a tally for every rule, also for those that saw nothing."""
    ledger = open_ledger(report, settings)
    findings: list[Finding] = []
    tallies: list[Tally] = []
    for rule in rules:
        examinations = [_settled(ledger, rule, examination) for examination in rule.examine(ledger)]
        findings.extend(_findings(ledger, rule, examinations))
        counts = Counter(examination.verdict.value for examination in examinations)
        tallies.append(Tally(rule.code, **counts))
    return Judgement(tuple(findings), tuple(tallies))


def _settled(ledger: Ledger, rule: Rule, examination: Examination) -> Examination:
    """The examination with its severity, its hint and its verdict: what breaks a rule that only warns
    may be true (an overspending is), so it is suspect; rounding is never more than a notice."""
    if examination.verdict not in TOLD:
        return examination
    severity = examination.severity or rule.severity
    verdict = examination.verdict
    if verdict is Verdict.ROUNDING:
        severity = Severity.NOTICE
    elif severity is not Severity.ERROR:
        verdict = Verdict.SUSPECT
    hint = hint_for(ledger, examination)
    return replace(examination, verdict=verdict, severity=severity, hint=hint)


def _findings(ledger: Ledger, rule: Rule, examinations: Sequence[Examination]) -> Iterator[Finding]:
    for examination in examinations:
        if examination.verdict in TOLD:
            yield Finding(
                rule.code,
                examination.severity or rule.severity,
                examination.verdict,
                examination.message,
                examination.expected,
                examination.found,
                examination.difference,
                examination.cites,
                _places(ledger, examination),
                examination.hint,
            )


def _places(ledger: Ledger, examination: Examination) -> tuple[Locus, ...]:
    return tuple(dict.fromkeys((*ledger.places(examination.cites), *examination.places)))
