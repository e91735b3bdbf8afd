"""Every rule of the catalogue on its three reports: it passes one, breaks one, can't check one."""

from __future__ import annotations

import pytest

from reconcile.catalogue import RULES, judge
from reconcile.finding import Severity, Tally
from reconcile.rule import Rule
from tests.reconcile.fixtures import fixtures
from tests.reconcile.fixtures.three import Made, Never, made

THREES = fixtures()


def tally(rule: Rule, how: Made) -> Tally:
    report, around = made(how)
    return judge(report, [rule], around=around).tallies[0]


def test_every_rule_has_its_fixtures_and_every_fixture_its_rule() -> None:
    assert sorted(THREES) == sorted(rule.code for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_passing_report_passes(rule: Rule) -> None:
    how = THREES[rule.code].passing
    if isinstance(how, Never):
        return never(rule, "exact", how)
    found = tally(rule, how)
    assert found.exact > 0
    assert found.broken + found.suspect + found.rounding == 0


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_breaking_report_breaks(rule: Rule) -> None:
    found = tally(rule, THREES[rule.code].breaking)
    assert (found.broken if rule.severity is Severity.ERROR else found.suspect) > 0


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_unchecked_report_is_not_called_fine(rule: Rule) -> None:
    three = THREES[rule.code]
    if isinstance(three.unchecked, Never):
        return never(rule, "unchecked", three.unchecked)
    before = 0 if isinstance(three.passing, Never) else tally(rule, three.passing).unchecked
    found = tally(rule, three.unchecked)
    assert found.unchecked > before
    assert found.broken + found.suspect == 0


def never(rule: Rule, verdict: str, claim: Never) -> None:
    """The claim is given in words, and no report of the whole table belies it."""
    assert len(claim.why.split()) >= 5
    for three in THREES.values():
        for how in (three.passing, three.breaking, three.unchecked):
            if not isinstance(how, Never):
                assert getattr(tally(rule, how), verdict) == 0
