"""Invented figures tie out, and a fault breaks what it says and nothing else, by sums made apart."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from samples.facts import Facts
from samples.faults import FAULTS, UNSEEN
from samples.generate import SAMPLES, all_samples
from samples.golden import golden
from samples.invent import YUAN_CENT, Recipe, facts
from samples.invented import PEOPLE, TELEPHONE, TRADES
from tests.samples.oracle import broken

OF_SUMS = re.compile(
    r"expense\.|staffing\.|funding\.|indicator\.(weight|score|class_)|grade\.|score\."
    r"|narrative\.(total|economic|three_public)_sum"
)


def made(wording: str, seed: int = 7, trade: str = "water") -> Facts:
    step = YUAN_CENT if wording == "c" else Decimal("0.01")
    return facts(
        Recipe(
            *("x", wording, "云岭县", "县", trade, seed),
            step=step,
            size=1000 if wording == "e" else 100,
            dashes=wording == "e",
            forms=wording == "e",
        )
    )


@pytest.mark.parametrize("wording", "abcde")
def test_whatever_the_seed_clean_facts_add_up(wording: str) -> None:
    for seed, trade in enumerate([*TRADES] * 3):
        record = golden(made(wording, seed, trade))
        assert broken(record) == set(), f"seed {seed}, {trade}"
        assert (record["status"], record["expected_findings"]) == ("clean", [])


@pytest.mark.parametrize(
    ("name", "wording"), [pair for pair in product(FAULTS, "abcde") if pair not in UNSEEN]
)
def test_a_fault_breaks_what_it_says(name: str, wording: str) -> None:
    clean = made(wording)
    spoilt = FAULTS[name](clean)
    assert spoilt != clean
    promised = {rule for rule, verdict in spoilt.findings if verdict != "rounding" and OF_SUMS.match(rule)}
    if wording == "d":
        promised.discard("funding.source_sum")  # its golden leaves the sources open
    assert broken(golden(spoilt)) - set(spoilt.allowed) == promised


def test_every_sample_is_flagged_with_all_that_its_sums_break() -> None:
    for sample in all_samples():
        promised = {rule for rule, _ in sample.findings} | set(sample.allowed)
        assert broken(golden(sample)) <= promised, sample.slug


def test_the_demo_has_clean_and_faulty_samples_of_every_wording_in_both_formats() -> None:
    shown = {(sample.recipe.wording, sample.format) for sample in SAMPLES}
    assert shown == {(wording, kind) for wording in "abcde" for kind in ("docx", "pdf")}
    states = {golden(sample)["status"] for sample in all_samples()}
    assert states == {"clean", "flagged"}
    departments = [sample.department for sample in all_samples()]
    assert len(set(departments)) == len(departments) >= 8


def test_the_same_seed_gives_the_same_facts_and_another_seed_others() -> None:
    assert made("a") == made("a")
    assert made("a") != made("a", seed=8)


def test_nobody_in_here_exists() -> None:
    people = {name for sample in all_samples() for name in sample.people}
    assert people <= {*PEOPLE, ""}
    assert set(TELEPHONE) == {"0", "-"}


def test_a_fault_on_an_empty_cell_is_a_mistake_not_a_zero() -> None:
    clean = made("a")
    bare = clean.with_expense(replace(clean.expense("three_public"), prior_final=None))
    with pytest.raises(TypeError, match="no figure to spoil"):
        FAULTS["total_off_by_ten_cents"](bare)


def test_facts_told_otherwise_leave_the_truth_alone() -> None:
    clean = made("a")
    told = clean.saying(reception__final=Decimal(5))
    assert told.said["reception.final"] == 5
    assert replace(told, said=clean.said) == clean
