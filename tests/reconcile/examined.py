"""One rule's outcome on one report, in words short enough for a table of cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from extract.quantity import Figure
from extract.report import Report
from reconcile.catalogue import RULES, judge
from reconcile.finding import Finding, Judgement, Severity, Tally, Verdict
from reconcile.rule import Rule
from tests.reconcile.consistent import consistent
from tests.reconcile.edits import changed

Edits = Mapping[str, str | Figure]


@dataclass(frozen=True, slots=True)
class Case:
    """`edits` on the consistent report make `rule` say `message` and cite the first edited path; what an
    error finds is broken, what a warning or a notice finds is suspect."""

    rule: str
    edits: Edits
    message: str
    severity: Severity = Severity.ERROR
    difference: str | None = None
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.rule} {' '.join(f'{path}={text}' for path, text in self.edits.items())}"


def rule_of(code: str) -> Rule:
    return next(rule for rule in RULES if rule.code == code)


def tally_of(judgement: Judgement, code: str) -> Tally:
    return next(tally for tally in judgement.tallies if tally.rule == code)


def judged(report: Report, code: str) -> tuple[list[Finding], Tally]:
    """What one rule finds on a report, and its tally."""
    judgement = judge(report, [rule_of(code)])
    return list(judgement.findings), judgement.tallies[0]


def examined(edits: Edits, code: str) -> tuple[list[Finding], Tally]:
    """What one rule finds on the consistent report with these figures changed."""
    return judged(changed(consistent(), edits), code)


def assert_found(case: Case) -> None:
    """Exactly one finding, with the words, the verdict and the severity that the case gives."""
    findings, tally = examined(case.edits, case.rule)
    assert [finding.message for finding in findings] == [case.message]
    (finding,) = findings
    verdict = Verdict.BROKEN if case.severity is Severity.ERROR else Verdict.SUSPECT
    assert (finding.verdict, finding.severity) == (verdict, case.severity)
    assert next(iter(case.edits)) in finding.cites
    assert getattr(tally, verdict.value) == 1
    assert len(finding.places) == len(set(finding.places))
    assert finding.message.count("\n") <= 1
    assert finding.hint == case.hint
    if case.difference is not None:
        assert finding.difference == Decimal(case.difference)


def assert_unchecked(code: str, edits: Edits) -> None:
    """Nothing found, and one examination more than before left unchecked."""
    before = judged(consistent(), code)[1]
    findings, tally = examined(edits, code)
    assert findings == []
    assert tally.unchecked == before.unchecked + 1
