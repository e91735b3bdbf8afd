"""Targets and actual values judged one by one as an experienced reviewer would: see `pairs`."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.quantity import plain
from extract.report import Report, Text
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


NOTATIONS = ("{}次", "{} 次", "{}场", "共开展{}次", "{}", "{}次。", "（线上）{}次", "{}次（见附件）")
BOUNDS = ("≥{}次", "不少于{}次", "{}次以上", "{}次", "至少{}场", ">={}次", "≥{}", "{}次（含）以上")
counts = st.integers(1, 10**5)


def _verdict(target: str, actual: str) -> str:
    row = replace(PAIRS[0].row, target=Text(target), actual=Text(actual))
    return verdict_on(Pair("", row, ""))


@given(counts, st.sampled_from(BOUNDS), st.sampled_from(NOTATIONS))
def test_a_target_just_reached_is_in_order_in_every_notation(count: int, bound: str, told: str) -> None:
    assert _verdict(bound.format(count), told.format(count)) in ("=", "?")


@given(counts, st.sampled_from(BOUNDS), st.sampled_from(NOTATIONS[:6]))
def test_a_target_just_missed_is_told_in_every_notation(count: int, bound: str, told: str) -> None:
    assert _verdict(bound.format(count + 1), told.format(count)) == "M"


@given(st.integers(1, 999), st.sampled_from(["≤{}%", "不超过{}%", "{}%以内", "控制在{}％以内", "{}%及以下"]))
def test_a_limit_is_kept_or_passed_in_every_notation(tenths: int, bound: str) -> None:
    limit = plain(Decimal(tenths) / 10)
    assert _verdict(bound.format(limit), f"{limit}%") == "="
    assert _verdict(bound.format(limit), f"{plain(Decimal(tenths + 1) / 10)}%") == "M"
    assert _verdict(bound.format(limit), f"{plain(Decimal(tenths - 1) / 10)}％") == "="


@given(counts, st.sampled_from([("万元", 10**4, "元"), ("公顷", 10**4, "平方米"), ("公里", 1000, "米")]))
def test_units_that_convert_are_judged_as_one(count: int, units: tuple[str, int, str]) -> None:
    large, times, small = units
    assert _verdict(f"≥{count}{large}", f"{count * times}{small}") == "="
    assert _verdict(f"≥{count}{large}", f"{count * times - 1}{small}") == "M"


@given(st.text("0123456789.%≥≤＞-~至年月日前底次个人完成未基本无以上优良万，；", max_size=12))
def test_the_same_words_on_both_sides_are_never_a_miss(words: str) -> None:
    assert _verdict(words, words)[0] in "=?"


@given(
    st.text("0123456789.%≥≤＞-~至年月日前底次个人完成未基本无以上优良万，；", max_size=12),
    st.text("0123456789.%≥≤＞-~至年月日前底次个人完成未基本无以上优良万，；", max_size=12),
)
def test_no_words_upset_the_rules(target: str, actual: str) -> None:
    assert _verdict(target, actual)[0] in "=?M"
