"""The catalogue: every rule, in the order in which they are told, and the judging of a report by them.

A new block's module is added to `MODULES`; a new rule is one marked function in its block's file.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from extract.report import Report
from reconcile import (
    completeness,
    construction,
    copied,
    expense,
    funding,
    history,
    identity,
    indicator,
    narrative,
    project,
    reading,
    register,
    score,
    staffing,
    target,
)
from reconcile.finding import Finding, Judgement, Severity, Tally, Verdict
from reconcile.hint import hint_for
from reconcile.ledger import Ledger, open_ledger
from reconcile.rule import Examination, Rule
from reconcile.settings import Settings
from reconcile.surroundings import ALONE, Surroundings

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
    history,
    register,
    copied,
    reading,
)

RULES: tuple[Rule, ...] = tuple(
    entry for module in MODULES for entry in vars(module).values() if isinstance(entry, Rule)
)

TITLES = {rule.code: rule.title for rule in RULES}

TOLD = (Verdict.BROKEN, Verdict.SUSPECT, Verdict.ROUNDING)
COUNTED = tuple(Verdict)
"""In the order of a tally's counts."""


def judge(
    report: Report,
    rules: Sequence[Rule] = RULES,
    settings: Settings | None = None,
    around: Surroundings = ALONE,
) -> Judgement:
    """Findings in the catalogue's order, and a tally for every rule that is on, also for those that saw
    nothing."""
    ledger = open_ledger(report, settings, around)
    findings: list[Finding] = []
    tallies: list[Tally] = []
    for rule in rules:
        if rule.code in ledger.settings.off:
            continue
        verdicts: list[Verdict] = []
        for examination in rule.examine(ledger):
            verdict = examination.verdict
            if verdict in TOLD:
                finding = _finding(ledger, rule, examination)
                verdict = finding.verdict
                findings.append(finding)
            verdicts.append(verdict)
        tallies.append(Tally(rule.code, *map(verdicts.count, COUNTED)))
    return Judgement(tuple(findings), tuple(tallies), ledger.settings.stated(TITLES))


def _finding(ledger: Ledger, rule: Rule, examination: Examination) -> Finding:
    """What is told, with its hint and its places. What breaks a rule that only warns may be true (an
    overspending is), so it is suspect; rounding is never more than a notice. What a bureau says of a rule
    holds for all that it finds. Nobody is accused of what may be our own misreading."""
    severity = ledger.settings.severities.get(rule.code) or examination.severity or rule.severity
    verdict = examination.verdict
    if verdict is Verdict.ROUNDING:
        severity = Severity.NOTICE
    elif severity is not Severity.ERROR:
        verdict = Verdict.SUSPECT
    loci = (*ledger.places(examination.cites), *examination.places)
    hint = hint_for(ledger, examination)
    if verdict is not Verdict.ROUNDING and rule not in reading.RULES:
        doubt = reading.doubt(ledger, rule.code, examination, hint)
        if doubt:
            verdict, hint = Verdict.SUSPECT, doubt
            severity = Severity.WARNING if severity is Severity.ERROR else severity
    return Finding(
        rule.code,
        severity,
        verdict,
        examination.message,
        examination.expected,
        examination.found,
        examination.difference,
        examination.cites,
        tuple(dict.fromkeys(loci)),
        hint,
    )
