"""Last year's report and the revision before: what must agree, and what nobody asked to be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from extract.quantity import MISSING
from extract.report import ExpenseRow, Indicator, Report, Text
from reconcile.catalogue import judge
from reconcile.finding import Finding, Severity, Tally, Verdict
from reconcile.surroundings import Copy, Surroundings
from tests.reconcile.consistent import Printing, consistent
from tests.reconcile.edits import changed
from tests.reconcile.examined import rule_of
from tests.reconcile.fixtures.history import last_year

PRIOR, INITIAL, COPIED = "history.prior_final", "history.initial", "copied.narrative"


def found(rule: str, around: Surroundings, report: Report | None = None) -> tuple[list[Finding], Tally]:
    judgement = judge(report or consistent(), [rule_of(rule)], around=around)
    return list(judgement.findings), judgement.tallies[0]


def against(prior: Report, report: Report | None = None) -> tuple[list[Finding], Tally]:
    return found(PRIOR, Surroundings(prior=prior), report)


def revised(
    edits: Mapping[str, str], *asked: str, before: Report | None = None
) -> tuple[list[Finding], Tally]:
    """What is said of the consistent report with these figures changed since the revision before."""
    around = Surroundings(previous=before or consistent(), asked=frozenset(asked))
    return found(INITIAL, around, changed(consistent(), edits))


def with_rows(report: Report, *rows: ExpenseRow) -> Report:
    return replace(report, expenses=(*report.expenses, *rows))


def test_both_years_and_both_figures_are_told_and_this_years_place_comes_first() -> None:
    (finding,), tally = against(last_year({"expenses.reception.final": "1.20"}))
    assert finding.message == (
        "2024年度报告的公务接待（上年决算数）1.10 万元，"
        "2023年度报告的公务接待（决算数）1.20 万元，差 0.10 万元"
    )
    assert (finding.verdict, finding.severity) == (Verdict.BROKEN, Severity.ERROR)
    assert finding.cites == ("expenses.reception.prior_final",)
    assert [locus.source for locus in finding.places] == ["基础数据表.docx", "2023年度 基础数据表.docx"]
    assert (tally.broken, tally.exact) == (1, 16)


def test_without_last_years_report_the_rule_does_not_apply() -> None:
    assert found(PRIOR, Surroundings()) == ([], Tally(PRIOR))


def test_last_year_may_have_been_printed_in_yuan_or_to_another_place() -> None:
    in_yuan = consistent(printing=Printing(places=0, yuan=True))
    rows = tuple(replace(row, final=row.prior_final) for row in in_yuan.expenses)
    findings, tally = against(replace(in_yuan, fiscal_year=2023, expenses=rows))
    assert (findings, tally.exact) == ([], 17)
    coarse = last_year({"expenses.project.final": "210"})
    assert against(coarse)[0] == []


@pytest.mark.parametrize(
    ("edits", "hint"),
    [
        ({"expenses.reception.prior_final": "1.00"}, "与2023年度报告的预算数相同，可能取错了列"),
        ({"expenses.reception.prior_final": "1.55"}, "与2023年度报告的上年决算数相同，可能沿用了上年的表"),
        ({"expenses.reception.prior_final": "1.77"}, ""),
    ],
)
def test_which_column_it_may_have_been_taken_from(edits: Mapping[str, str], hint: str) -> None:
    prior = last_year({"expenses.reception.prior_final": "1.55"})
    (finding,), _ = against(prior, changed(consistent(), edits))
    assert finding.hint == hint


def test_rows_of_projects_are_the_same_by_their_names_only() -> None:
    prior = last_year({})
    renamed = tuple(
        replace(row, label="其他专项") if row.label == "渔港维护专项" else row for row in prior.expenses
    )
    findings, tally = against(replace(prior, expenses=renamed))
    assert (findings, tally.unchecked) == ([], 1)
    moved = replace(prior, expenses=(*prior.expenses[9:], *prior.expenses[:9]))
    assert against(moved) == ([], Tally(PRIOR, exact=17))
    numbered = tuple(replace(row, label=f"其中：3、{row.label}") for row in prior.expenses)
    assert against(replace(prior, expenses=numbered))[0] == []


def test_two_rows_of_one_name_are_not_guessed_at() -> None:
    figure = consistent().expenses[0].final
    twin = ExpenseRow("project_special", "增殖放流专项", figure, figure, figure)
    assert against(with_rows(last_year({}), twin))[0] == []
    findings, tally = against(last_year({}), with_rows(consistent(), twin))
    assert (findings, tally.unchecked) == ([], 2)


def test_a_row_of_no_known_item_is_found_by_its_label() -> None:
    figure, other = consistent().expenses[0].final, consistent().expenses[5].final
    row = ExpenseRow(None, "防汛值班补助", figure, figure, figure)
    prior = with_rows(last_year({}), replace(row, label="1．防汛值班补助", final=other))
    (finding,), _ = against(prior, with_rows(consistent(), row))
    assert finding.message.startswith("2024年度报告的防汛值班补助（上年决算数）")


def test_a_form_without_the_column_has_nothing_to_compare() -> None:
    rows = tuple(replace(row, prior_final=MISSING) for row in consistent().expenses)
    findings, tally = against(last_year({}), replace(consistent(), expenses=rows))
    assert (findings, tally.exact, tally.broken) == ([], 0, 0)


@pytest.mark.parametrize("name", ["青禾县渔业站", "青禾县渔政管理站（本级）"])
def test_a_department_that_bore_another_name_is_only_asked(name: str) -> None:
    prior = last_year({"expenses.reception.final": "1.20"})
    (finding,), _ = against(replace(prior, department=name))
    assert (finding.verdict, finding.severity) == (Verdict.SUSPECT, Severity.WARNING)
    assert f"2023年度“{name}”报告的公务接待（决算数）1.20 万元" in finding.message
    (finding,), _ = against(replace(prior, department="青禾县 渔政管理站"))
    assert finding.severity is Severity.ERROR


def test_a_first_revision_has_nothing_before_it() -> None:
    assert found(INITIAL, Surroundings()) == ([], Tally(INITIAL))


def test_changes_that_nobody_asked_for_are_named_with_old_and_new() -> None:
    (finding,), tally = revised({"expenses.reception.budget": "1.20", "staffing.control_rate": "95%"})
    assert finding.message == (
        "与上一版相比，未被要求而改动了 2 个数字：\n控制率 90.00% → 95%；公务接待（预算数）1.00 → 1.20 万元"
    )
    assert finding.cites == ("staffing.control_rate", "expenses.reception.budget")
    assert (finding.verdict, finding.severity) == (Verdict.SUSPECT, Severity.NOTICE)
    assert tally == Tally(INITIAL, suspect=1)


def test_the_first_five_are_named_and_all_are_cited() -> None:
    edits = {f"indicators.{index}.weight": f"{20 + index}" for index in range(7)}
    (finding,), _ = revised(edits)
    assert finding.message.endswith("第 5 项指标分值 15 → 24 分；等 7 处")
    assert finding.message.count("→") == 5
    assert finding.cites == tuple(edits)


def test_what_was_asked_for_is_no_matter() -> None:
    assert revised({"funding.executed": "750.00"}, "funding.executed") == ([], Tally(INITIAL, exact=1))


def test_what_follows_from_an_answer_is_none_either() -> None:
    answer = {
        "expenses.reception.final": "0.90",
        "expenses.three_public.final": "2.55",
        "narrative.reception.final": "0.90",
        "narrative.three_public.final": "2.55",
        "funding.execution_rate": "98.20%",
        "funding.score": "9.82",
        "total_score": "99.32",
    }
    before = changed(consistent(), {"funding.score": "9.80", "total_score": "99.30"})
    findings, _ = revised(answer, "expenses.reception.final", before=before)
    assert findings == []
    (finding,), _ = revised(
        {**answer, "expenses.office.final": "22.22"}, "expenses.reception.final", before=before
    )
    assert finding.cites == ("expenses.office.final",)


def test_a_total_moves_with_two_answers_at_once() -> None:
    answers = {
        "expenses.reception.final": "0.90",
        "expenses.overseas.final": "0.25",
        "expenses.three_public.final": "2.80",
    }
    assert revised(answers, "expenses.reception.final", "expenses.overseas.final")[0] == []


@pytest.mark.parametrize("text", ["", "—"])
def test_a_figure_that_was_taken_out_was_changed(text: str) -> None:
    (finding,), _ = revised({"expenses.reception.final": text})
    assert finding.message.endswith("公务接待（决算数）0.80 万元 → 空")


@pytest.mark.parametrize("text", ["", "?"])
def test_a_blank_that_was_filled_and_what_could_not_be_read_were_not(text: str) -> None:
    before = changed(consistent(), {"expenses.reception.final": text})
    assert revised({}, before=before)[0] == []
    assert revised({"expenses.reception.final": "?"})[0] == []


def test_the_same_amount_printed_to_fewer_places_is_the_same() -> None:
    assert revised({"funding.executed": f"{_executed():.1f}"})[0] == []


def _executed() -> float:
    figure = consistent().funding.executed
    return float(getattr(figure, "value", 0))


def test_rows_that_moved_are_the_same_rows() -> None:
    report = consistent()
    new = Indicator("产出指标", "数量指标", "培训", Text("2次"), Text("2次"), report.total_score)
    around = Surroundings(previous=report)
    moved = replace(
        report,
        indicators=(new, *report.indicators[::-1]),
        expenses=report.expenses[::-1],
        projects=report.projects[::-1],
    )
    assert found(INITIAL, around, moved)[0] == []


def test_a_sentence_more_is_no_change_of_those_told_before() -> None:
    report = consistent()
    first = report.mentions("basic_expenditure")[0]
    more = replace(first, value=report.total_score)
    told = replace(report, narrative=(more, *report.narrative))
    assert found(INITIAL, Surroundings(previous=report), told)[0] == []


def copy(shared: int, department: str = "青禾县林业局") -> Copy:
    return Copy(7, department, shared, 40)


def told(sentences: int, *copies: Copy, set_phrases: int = 0) -> tuple[list[Finding], Tally]:
    report = replace(consistent(), sentence_prints=tuple(range(sentences)))
    return found(COPIED, Surroundings(copies=copies, set_phrases=set_phrases), report)


def test_a_copy_is_named_with_whose_and_how_much() -> None:
    (finding,), tally = told(38, copy(36), copy(9, "青禾县档案馆"))
    assert finding.message == (
        "自评报告 38 句（不计固定用语）中有 36 句与“青禾县林业局”2024年度的报告相同（只换了数字或名称）"
    )
    assert (finding.verdict, finding.severity) == (Verdict.SUSPECT, Severity.NOTICE)
    assert tally == Tally(COPIED, suspect=1)


def test_the_share_is_of_what_is_no_set_phrase() -> None:
    assert told(40, copy(25))[0] == []
    assert told(40, copy(25), set_phrases=10)[0] != []
    assert told(20, copy(16))[0] != []
    assert told(20, copy(15))[0] == []


def test_a_few_sentences_are_no_proof_and_not_called_fine() -> None:
    assert told(9, copy(9)) == ([], Tally(COPIED, unchecked=1))
    assert told(30, copy(9), set_phrases=21) == ([], Tally(COPIED, unchecked=1))
    assert told(10, copy(10))[0] != []
    without = replace(consistent(), parts=())
    assert found(COPIED, Surroundings(), without) == ([], Tally(COPIED))


def test_a_whole_with_one_part_is_no_other_item() -> None:
    only = {"expenses.vehicle_purchase.prior_final": "0.00", "expenses.vehicle_running.prior_final": "1.74"}
    report = changed(consistent(), {**only, "expenses.vehicles.prior_final": "1.74"})
    prior = last_year({"expenses.vehicles.final": "5.58", "expenses.vehicle_running.final": "5.58"})
    findings, _ = against(prior, report)
    assert [one.hint for one in findings] == ["", ""]
