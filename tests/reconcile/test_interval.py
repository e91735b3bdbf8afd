"""Intervals: what a printed number can stand for, and how two of them compare."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.finding import Verdict
from reconcile.interval import NOTHING, Interval, agree, around, at_most, exactly, rounded

CENT = Decimal("0.01")
amounts = st.decimals("-100000", "100000", places=4, allow_nan=False)


def cents(text: str) -> Interval:
    return around(Decimal(text), CENT)


@pytest.mark.parametrize(
    ("parts", "total", "verdict"),
    [
        (("701.92", "661.46"), "1363.38", Verdict.EXACT),
        (("701.92", "661.46"), "1363.39", Verdict.ROUNDING),
        (("701.92", "661.46"), "1363.40", Verdict.BROKEN),
        (("701.92", "661.46"), "1361.52", Verdict.BROKEN),
        (("0.96",), "0.97", Verdict.BROKEN),
        (("1.00",) * 12, "12.05", Verdict.ROUNDING),
        (("1.00",) * 12, "12.07", Verdict.BROKEN),
    ],
)
def test_a_sum_ties_within_the_rounding_of_its_parts(
    parts: tuple[str, ...], total: str, verdict: Verdict
) -> None:
    assert agree(sum((cents(part) for part in parts), NOTHING), cents(total)) is verdict


def test_counted_numbers_leave_no_room() -> None:
    assert agree(exactly(Decimal(24)), exactly(Decimal(25))) is Verdict.BROKEN


def test_the_coarser_of_two_precisions_decides_what_is_exact() -> None:
    assert agree(cents("701.92"), around(Decimal("701.9"), Decimal("0.1"))) is Verdict.EXACT
    assert agree(cents("701.97"), around(Decimal("701.9"), Decimal("0.1"))) is Verdict.BROKEN


def test_a_quotient_that_rounds_to_the_printed_rate_is_exact() -> None:
    rate = cents("745.60") / cents("760.00")
    assert agree(rate, around(Decimal("0.9811"), Decimal("0.0001"))) is Verdict.EXACT
    assert agree(rate, around(Decimal("0.9812"), Decimal("0.0001"))) is Verdict.BROKEN


def test_nothing_is_divided_by_what_may_be_zero() -> None:
    assert not cents("0.00").divides
    with pytest.raises(ZeroDivisionError):
        exactly(Decimal(1)) / cents("0.00")


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("0.96", "1.80", Verdict.EXACT),
        ("1.80", "1.80", Verdict.EXACT),
        ("1.81", "1.80", Verdict.BROKEN),
    ],
)
def test_at_most(left: str, right: str, verdict: Verdict) -> None:
    assert at_most(cents(left), cents(right)) is verdict


def test_a_sum_may_exceed_its_limit_by_its_rounding() -> None:
    assert at_most(cents("1.00") + cents("0.81"), cents("1.80")) is Verdict.ROUNDING


@given(st.lists(amounts, min_size=1, max_size=20), st.integers(0, 3))
def test_an_honest_sum_is_never_broken(true: list[Decimal], places: int) -> None:
    step = Decimal(1).scaleb(-places)
    parts = [around(rounded(value, step), step) for value in true]
    total = around(rounded(sum(true, Decimal(0)), step), step)
    ties = agree(sum(parts, NOTHING), total)
    edge = sum(parts, NOTHING).high == total.low or sum(parts, NOTHING).low == total.high
    assert ties is not Verdict.BROKEN or edge


@given(amounts, amounts.filter(lambda value: value > 1), st.integers(1, 4))
def test_an_honest_rate_is_never_broken(part: Decimal, whole: Decimal, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    rate = rounded(part / whole, step)
    printed = around(rounded(part, CENT), CENT) / around(rounded(whole, CENT), CENT)
    assert agree(printed, around(rate, step)) is not Verdict.BROKEN


@given(amounts, amounts)
def test_agreement_is_mutual(one: Decimal, other: Decimal) -> None:
    left, right = around(one, CENT), around(other, CENT)
    assert agree(left, right) is agree(right, left)


@given(amounts, amounts, amounts, amounts)
def test_products_and_differences_hold_every_product_and_difference(
    one: Decimal, other: Decimal, near_one: Decimal, near_other: Decimal
) -> None:
    a, b = around(one, abs(near_one) * 2 + 1), around(other, abs(near_other) * 2 + 1)
    assert (a * b).low <= a.high * b.low <= (a * b).high
    assert (a - b).low <= a.low - b.low <= (a - b).high
