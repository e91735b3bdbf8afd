"""Sentences whose figures agree, however they are put together, accuse nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.report import Report
from reconcile.catalogue import judge
from tests.forms.narratives import narrative

TABLE = Path(__file__).with_name("told") / "consistent.txt"
LINES = TABLE.read_text(encoding="utf-8").splitlines()
SENTENCES = [line for line in LINES if line and not line.startswith("#")]
RULES = ("narrative.listed_sum", "narrative.share", "narrative.total_sum", "narrative.three_public_sum")


def _accused(sentence: str) -> list[str]:
    found = narrative(sentence)
    report = Report(
        fiscal_year=2024, narrative=found.figures, listed_sums=found.listed_sums, shares=found.shares
    )
    return [finding.message for finding in judge(report).findings if finding.rule in RULES]


@pytest.mark.parametrize("sentence", SENTENCES, ids=[sentence[:24] for sentence in SENTENCES])
def test_a_consistent_sentence_is_not_accused(sentence: str) -> None:
    assert _accused(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "2024年三公经费6万元，较上年减少2.0万元，下降40.00%。",
        "2024年总支出90万元，其中：基本支出50万元，项目支出50万元。",
        "2024年物资90万元：帐篷50万元，棉被60万元。",
        "2024年总支出90万元，其中基本支出50万元、项目支出40万元，分别占75.56%、44.44%。",
        "2024年项目支出90万元，完成年初预算100万元的95%。",
    ],
)
def test_an_inconsistent_one_is(sentence: str) -> None:
    assert _accused(sentence) != []
