"""How often a hint is right, and how often it fits by chance: over random reports with one wrong figure.

Measured over 500 reports each, in percent of broken equations. A random amount in place of a figure: 3 of
sums and 5 of pairs get a hint that blames a slip or an item (one other digit 1, 4; swapped digits 1; another
item 1). A real slip gets a hint of its own kind, in a sum or in a pair: swapped digits 79, 97; one digit
other than the last 61, 96; a digit lost 70, 92; a digit doubled 93, 95; the point lost 94, 97; 元 for 万元
94, 97; a wrong sign 99, 100.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

import pytest

from tests.reconcile import wrong_figures as wrong
from tests.reconcile.edits import changed
from tests.reconcile.examined import judged

REPORTS = 250
CONFIRMED = re.compile("^(自评报告|自评表|基础数据表)中“[^”]+”是 ")
"""Another part of the submission gives the right figure: no chance, and it must be the right one."""
ANY_DIGIT = "(多写|漏写|写错)了一位|颠倒"


def hints(group: Mapping[str, tuple[str, ...]], how: wrong.Wrong) -> list[tuple[str, str]]:
    """The right value and the hint, for each broken equation."""
    random, told = Random(20241231), []
    for _ in range(REPORTS):
        report = wrong.tied(random)
        code = random.choice(list(group))
        path = random.choice(group[code])
        right = wrong.value_at(report, path)
        printed = how(random, right)
        if printed is None or printed == right:
            continue
        findings, _ = judged(changed(report, {path: str(printed)}), code)
        told += [(f"{right:.2f}", f.hint) for f in findings if f.flagged and path in f.cites]
    assert len(told) > REPORTS / 2
    return told


def share(said: list[bool]) -> float:
    return sum(said) / len(said)


@pytest.mark.parametrize("group", [wrong.SUMS, wrong.PAIRS], ids=["sums", "pairs"])
def test_a_random_difference_is_hardly_ever_explained(group: Mapping[str, tuple[str, ...]]) -> None:
    told = [hint for _, hint in hints(group, wrong.at_random) if not CONFIRMED.match(hint)]
    for words in (
        "写错了一位",
        "写了一位",
        "颠倒",
        "小数点",
        "元和万元",
        "正负",
        "差额与",
        "填错了项目",
        "填成了",
    ):
        assert share([bool(re.search(words, hint)) for hint in told]) <= 0.06, words
    assert share([bool(hint) for hint in told]) <= 0.10


@pytest.mark.parametrize("how", [wrong.at_random, wrong.swapped, wrong.one_other])
def test_what_another_part_confirms_is_right(how: wrong.Wrong) -> None:
    confirmed = [(right, hint) for right, hint in hints(wrong.SUMS, how) if CONFIRMED.match(hint)]
    assert len(confirmed) > REPORTS / 20
    assert [hint for right, hint in confirmed if f"是 {right} 万元" not in hint] == []


@pytest.mark.parametrize(
    ("how", "words", "in_sums", "in_pairs"),
    [
        (wrong.swapped, "颠倒", 0.65, 0.85),
        (wrong.one_other, ANY_DIGIT, 0.5, 0.85),
        (wrong.one_less, ANY_DIGIT, 0.55, 0.8),
        (wrong.doubled, ANY_DIGIT, 0.8, 0.85),
        (wrong.without_point, "小数点", 0.8, 0.85),
        (wrong.in_yuan, "元和万元", 0.8, 0.85),
        (wrong.negative, "正负", 0.9, 0.95),
    ],
)
def test_a_real_slip_is_mostly_told(how: wrong.Wrong, words: str, in_sums: float, in_pairs: float) -> None:
    for group, least in ((wrong.SUMS, in_sums), (wrong.PAIRS, in_pairs)):
        assert share([bool(re.search(words, hint)) for _, hint in hints(group, how)]) >= least
