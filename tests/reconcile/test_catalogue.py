"""The catalogue as a whole: its codes, its words, its tallies, its order."""

from __future__ import annotations

import re

import pytest

from extract.report import Report
from reconcile.catalogue import RULES, judge
from reconcile.finding import Severity, Verdict
from reconcile.rule import Rule
from tests.reconcile.consistent import consistent
from tests.reconcile.edits import changed

ROUNDING = Verdict.ROUNDING
ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE
CODES = {
    "staffing": {"control_rate": ERROR, "over_establishment": WARNING, "narrative": ERROR},
    "expense": {
        "three_public_sum": ERROR,
        "vehicles_sum": ERROR,
        "project_sum": ERROR,
        "operating_parts": ERROR,
        "three_public_over_budget": WARNING,
        "three_public_growth": NOTICE,
        "over_budget": WARNING,
        "three_public_narrative": ERROR,
        "operating_narrative": WARNING,
    },
    "construction": {"rates": ERROR},
    "funding": {
        "source_sum": ERROR,
        "nature_sum": ERROR,
        "execution_rate": ERROR,
        "score": ERROR,
        "over_execution": WARNING,
        "adjustment": NOTICE,
        "project_expense": ERROR,
        "narrative": ERROR,
    },
    "narrative": {
        "total_sum": ERROR,
        "economic_sum": ERROR,
        "three_public_sum": ERROR,
        "listed_sum": ERROR,
        "share": WARNING,
    },
    "indicator": {
        "weight_sum": ERROR,
        "score_sum": ERROR,
        "score_range": ERROR,
        "class_narrative": ERROR,
        "classes": WARNING,
        "target_missed": WARNING,
        "unexplained": WARNING,
        "overshot": WARNING,
        "unmeasurable": WARNING,
        "duplicate": NOTICE,
    },
    "score": {"narrative": ERROR},
    "grade": {"band": ERROR},
    "identity": {"department": ERROR, "year": ERROR, "template": WARNING, "units": WARNING},
    "completeness": {"parts": ERROR, "cells": WARNING, "conflict": ERROR},
    "project": {"sum": WARNING},
    "history": {"prior_final": ERROR, "initial": NOTICE},
    "register": {"amounts": ERROR, "missing": WARNING, "units_sum": WARNING},
    "copied": {"narrative": NOTICE},
    "reading": {"unsure": WARNING, "repaired": NOTICE, "differ": WARNING},
}
BESIDE = ("history.", "register.", "copied.", "reading.")
"""Rules that need more than a report of digital text."""
REMEDIES = re.compile(r"请[^。]*。$|可不处理。$")


def test_the_catalogue_is_what_was_agreed() -> None:
    agreed = [
        (f"{block}.{name}", severity) for block, rules in CODES.items() for name, severity in rules.items()
    ]
    assert [(rule.code, rule.severity) for rule in RULES] == agreed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_explained_to_a_clerk_and_ends_in_what_to_do(rule: Rule) -> None:
    assert 2 <= len(rule.title) <= 16
    assert 40 <= len(rule.explain) <= 160
    assert REMEDIES.search(rule.explain), rule.explain
    assert not re.search(r"[A-Za-z_]{3,}", rule.explain)


def test_a_consistent_submission_is_clean_and_every_rule_but_conflicts_saw_something() -> None:
    judgement = judge(consistent())
    assert (judgement.findings, judgement.status()) == ((), "clean")
    unseen = [tally.rule for tally in judgement.tallies if not tally.exact]
    assert [rule for rule in unseen if not rule.startswith(BESIDE)] == ["completeness.conflict"]


def test_an_empty_report_has_a_tally_a_rule_and_no_rule_that_passed() -> None:
    judgement = judge(Report())
    assert [tally.rule for tally in judgement.tallies] == [rule.code for rule in RULES]
    assert [finding.rule for finding in judgement.findings] == ["completeness.parts"]
    assert sum(tally.exact + tally.rounding for tally in judgement.tallies) == 0


def test_findings_come_in_the_catalogues_order_with_the_places_of_their_figures() -> None:
    report = changed(consistent(), {"total_score": "88.31", "staffing.control_rate": "95%"})
    findings = judge(report).findings
    order = [rule.code for rule in RULES]
    places = [order.index(finding.rule) for finding in findings]
    assert places == sorted(places)
    assert [locus.row for locus in findings[0].places] == [1, 0, 2]
    assert {locus.source for locus in findings[0].places} == {"基础数据表.docx"}


def test_rounding_alone_flags_nothing() -> None:
    judgement = judge(changed(consistent(), {"expenses.vehicle_running.prior_final": "2.11"}))
    assert {(finding.verdict, finding.severity) for finding in judgement.findings} == {(ROUNDING, NOTICE)}
    assert judgement.status() == "clean"
