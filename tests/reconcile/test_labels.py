"""Every figure of a report has a Chinese name."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from extract.paths import figures
from extract.report import ExpenseRow
from reconcile.labels import label_of, row_label
from tests.reconcile.consistent import consistent


def test_every_figure_has_a_chinese_name() -> None:
    report = consistent()
    unnamed = [path for path, _ in figures(report) if re.search(r"[a-z_]", label_of(path, report))]
    assert unnamed == []


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("expenses.three_public.prior_final", "三公经费（上年决算数）"),
        ("expenses.project_business.final", "业务工作经费（决算数）"),
        ("expenses.project_special#2.budget", "渔港维护专项（预算数）"),
        ("expenses.[17].final", "职工食堂（决算数）"),
        ("funding.by_nature.basic", "基本支出"),
        ("projects.1.funding.executed", "年度资金总额（全年执行数）"),
        ("projects.1.indicators.0.score", "第 1 项指标得分"),
        ("narrative.project_expenditure#2", "项目支出"),
        ("narrative.reception.final", "公务接待费决算数"),
        ("narrative.grade", "评价等次"),
        ("listed_sums.0.parts.1", "执法培训"),
        ("shares.1.whole", "上年油料费"),
        ("grade", "评价等次"),
    ],
)
def test_names(path: str, label: str) -> None:
    report = consistent()
    report = replace(report, expenses=(*report.expenses, ExpenseRow(None, "职工食堂")))
    assert label_of(path, report) == label


@pytest.mark.parametrize(
    ("item", "printed", "label"),
    [
        ("project_business", "1、业务工作经费", "业务工作经费"),
        ("project_special", "3、本级专项资金（一个专项一行）", "本级专项资金"),
        ("project_special", "增殖 放流专项：", "增殖放流专项"),
        ("project_special", "", "本级专项资金"),
        ("operating", "公用经费：", "公用经费"),
        (None, "", "未命名的一行"),
    ],
)
def test_rows_are_named_without_numbering(item: str | None, printed: str, label: str) -> None:
    assert row_label(ExpenseRow(item, printed)) == label
