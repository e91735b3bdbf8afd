"""Targets and actual values judged one by one as an experienced reviewer would: see `pairs`."""

from __future__ import annotations

import pytest

from extract.report import Report
from reconcile.catalogue import judge
from reconcile.finding import Finding, Severity
from tests.reconcile.examined import rule_of
from tests.reconcile.pairs import Pair, pairs

PAIRS = pairs()
RULES = [rule_of(f"indicator.{name}") for name in ("target_missed", "overshot", "unmeasurable")]


def verdict_on(pair: Pair) -> str:
    """What the three rules say of a pair, in the table's letters."""
    judgement = judge(Report(fiscal_year=2024, indicators=(pair.row,)), RULES)
    missed, overshot, unmeasurable = (
        [finding for finding in judgement.findings if finding.rule == rule.code] for rule in RULES
    )
    if missed:
        first = "L" if "已经达到" in missed[0].message else "M"
    else:
        first = "=" if judgement.tallies[0].exact else "?"
    return first + _letter(overshot, "O") + _letter(unmeasurable, "U")


def _letter(findings: list[Finding], letter: str) -> str:
    if not findings:
        return ""
    return letter.lower() if findings[0].severity is Severity.NOTICE else letter


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.text)
def test_a_pair_is_judged_as_a_reviewer_would(pair: Pair) -> None:
    assert verdict_on(pair) == pair.verdict


def test_the_table_holds_no_pair_twice() -> None:
    assert len({pair.text for pair in PAIRS}) == len(PAIRS) >= 150
