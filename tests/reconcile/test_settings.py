"""Judging by settings: rules that are off, rules graver or less grave, other thresholds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from extract.report import Report, Text
from reconcile.catalogue import RULES, judge
from reconcile.finding import Finding, Judgement, Severity, Verdict
from reconcile.settings import SEVERITY_WORDS, Settings
from tests.reconcile.consistent import consistent
from tests.reconcile.edits import changed
from tests.reconcile.examined import tally_of

SLIP = changed(consistent(), {"expenses.three_public.final": "2.95"})
ROUNDED = changed(consistent(), {"expenses.vehicle_running.prior_final": "2.11"})


def by(report: Report, **settings: Any) -> Judgement:
    return judge(report, settings=replace(Settings(), **settings))


def found(judgement: Judgement, code: str) -> list[Finding]:
    return [finding for finding in judgement.findings if finding.rule == code]


def test_a_rule_that_is_off_finds_nothing_and_has_no_tally() -> None:
    off = frozenset({"expense.three_public_sum", "expense.three_public_narrative"})
    judgement = by(SLIP, off=off)
    assert off <= {finding.rule for finding in judge(SLIP).findings}
    assert not off & {finding.rule for finding in judgement.findings}
    assert [tally.rule for tally in judgement.tallies] == [r.code for r in RULES if r.code not in off]


@pytest.mark.parametrize("severity", list(Severity))
def test_a_severity_set_holds_for_all_that_a_rule_finds(severity: Severity) -> None:
    code = "expense.three_public_sum"
    judgement = by(SLIP, severities={code: severity})
    (finding,) = found(judgement, code)
    verdict = Verdict.BROKEN if severity is Severity.ERROR else Verdict.SUSPECT
    assert (finding.severity, finding.verdict, finding.flagged) == (severity, verdict, True)
    assert getattr(tally_of(judgement, code), verdict.value) == 1


def test_a_severity_set_holds_where_a_rule_would_be_milder_itself() -> None:
    report = changed(
        consistent(), {"construction.0.actual_area": "1300", "construction.0.area_control_rate": ""}
    )
    code = "construction.rates"
    assert [finding.severity for finding in found(judge(report), code)] == [Severity.WARNING]
    assert [f.severity for f in found(by(report, severities={code: Severity.ERROR}), code)] == [
        Severity.ERROR
    ]


def test_rounding_stays_a_notice_however_grave_the_rule() -> None:
    judgement = by(ROUNDED, severities=dict.fromkeys((rule.code for rule in RULES), Severity.ERROR))
    assert {(f.verdict, f.severity) for f in judgement.findings} == {(Verdict.ROUNDING, Severity.NOTICE)}
    assert judgement.status() == "clean"


@pytest.mark.parametrize(
    ("score", "word", "bands", "verdict"),
    [
        ("85", "良", "90 80 60", "exact"),
        ("85", "优", "90 80 60", "broken"),
        ("85", "优", "85 70 60", "exact"),
        ("84.9", "优", "85 70 60", "broken"),
        ("59", "差", "85 70 60", "exact"),
        ("59", "差", "85 70 50", "broken"),
    ],
)
def test_the_bands_of_the_grades_can_be_set(score: str, word: str, bands: str, verdict: str) -> None:
    report = changed(replace(consistent(), projects=(), grade=Text(word)), {"total_score": score})
    judgement = by(report, grade_bands=tuple(Decimal(least) for least in bands.split()))
    assert getattr(tally_of(judgement, "grade.band"), verdict) == 1


def test_an_adjustment_at_the_limit_is_within_it() -> None:
    report = changed(consistent(), {"funding.initial_budget": "100.00", "funding.annual_budget": "130.00"})
    for limit, verdict in (("0.3", "exact"), ("0.29999", "suspect")):
        tally = tally_of(by(report, adjustment_limit=Decimal(limit)), "funding.adjustment")
        assert getattr(tally, verdict) == 1


def test_a_judgement_says_by_which_settings_it_was_made() -> None:
    assert judge(SLIP).settings == ""
    judgement = by(
        SLIP,
        source="设置.toml（9f2c41ab）",
        overshoot=Decimal("1.50"),
        severities={"grade.band": SEVERITY_WORDS["提示"]},
        off=frozenset({"project.sum", "score.narrative"}),
    )
    assert judgement.settings.splitlines() == [
        "设置.toml（9f2c41ab）",
        "阈值：指标值偏低的倍数 1.50",
        "程度：等次与得分相符（grade.band）为提示",
        "已关闭的规则：得分等次与报告一致（score.narrative）、项目自评表合计（project.sum）",
    ]
