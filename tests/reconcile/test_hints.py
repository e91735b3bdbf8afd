"""Hints: a guess only for an equation, only where it fits exactly, and never by chance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconcile.catalogue import judge
from tests.reconcile.consistent import consistent
from tests.reconcile.edits import changed
from tests.reconcile.examined import Edits, examined, judged


@pytest.mark.parametrize(
    ("code", "edits", "hint"),
    [
        (
            "expense.project_sum",
            {"expenses.project_operations.final": "9800"},
            "可能“运行维护经费”的小数点错位：改为 98.00 万元，"
            "120.25 + 98.00 + 60.00 + 40.00 = 318.25 就对上了",
        ),
        (
            "expense.project_sum",
            {"expenses.project_business.final": "1202500"},
            "可能“业务工作经费”的元和万元弄混了：改为 120.25 万元，"
            "120.25 + 98.00 + 60.00 + 40.00 = 318.25 就对上了",
        ),
        (
            "expense.project_sum",
            {"expenses.project.final": "216.25", "expenses.project_special#2.final": "42.50"},
            "",
        ),
        (
            "expense.project_sum",
            {"expenses.project.final": "198.00"},
            "可能多算了“业务工作经费”，或合计中漏加了它：98.00 + 60.00 + 40.00 = 198.00 就对上了",
        ),
        (
            "funding.project_expense",
            {"funding.by_nature.project": "318.52"},
            "可能其中一处有两位数字颠倒了",
        ),
        (
            "narrative.economic_sum",
            {"narrative.transfers": "69.05"},
            "可能“对个人和家庭的补助”有两位数字颠倒了：改为 60.95 万元，"
            "280.00 + 83.40 + 60.95 + 3.00 = 427.35 就对上了",
        ),
        (
            "narrative.total_sum",
            {"narrative.total_expenditure": "738.10"},
            "差额与“政府性基金拨款”相同，可能漏算或重复计算了这一项：738.10 + 7.50 = 745.60",
        ),
    ],
)
def test_a_hint_explains_the_difference_exactly(code: str, edits: Edits, hint: str) -> None:
    assert [finding.hint for finding in examined(edits, code)[0]] == [hint]


def test_a_limit_is_no_equation_and_gets_no_hint() -> None:
    edits = {"expenses.project.budget": "120.25", "expenses.project.final": "98.00"}
    over = {"expenses.project.final": "427.35"}
    for limits in (edits, over):
        findings, _ = examined(limits, "expense.over_budget")
        assert [finding.hint for finding in findings if finding.hint] == []


def test_the_only_part_of_project_spending_is_no_explanation_of_its_total() -> None:
    report = changed(consistent(), {"narrative.project_expenditure": "318.20"})
    rows = [row for row in report.expenses if not (row.item or "").startswith("project_")]
    lone = next(row for row in report.expenses if row.item == "project_business")
    figure = next(row for row in rows if row.item == "project")
    lone = replace(lone, final=report.mentions("project_expenditure")[0].value)
    report = replace(report, expenses=(*rows[:7], replace(figure, item="project_special"), lone), projects=())
    (finding,) = judged(report, "funding.narrative")[0]
    assert finding.hint == ""


def test_a_hint_says_that_it_is_a_guess() -> None:
    slips = {
        "narrative.project_expenditure#2": "427.35",
        "narrative.government_fund": "75000",
        "expenses.three_public.final": "24.50",
        "expenses.project_business.final": "102.25",
        "indicators.0.weight": "25",
    }
    hints = [finding.hint for finding in judge(changed(consistent(), slips)).findings if finding.hint]
    assert len(hints) >= 5
    assert [hint for hint in hints if "可能" not in hint] == []
