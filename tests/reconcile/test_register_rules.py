"""The bureau's books beside a report: amounts, units, names and codes of the register."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.bureau import BookFigure, Entry
from extract.report import Named, Report
from reconcile.catalogue import judge
from reconcile.finding import Finding, Severity, Tally
from reconcile.surroundings import Surroundings
from tests.reconcile.consistent import consistent
from tests.reconcile.edits import changed
from tests.reconcile.examined import rule_of
from tests.reconcile.fixtures.books import BOOKS, NAME, OFFICE, PATROL, booked, own, part, unit

FORESTRY = Entry("905040", "青禾县林业局", ("青禾县林草局",))


def judged(code: str, around: Surroundings, report: Report | None = None) -> tuple[list[Finding], Tally]:
    judgement = judge(report or consistent(), [rule_of(code)], around=around)
    return list(judgement.findings), judgement.tallies[0]


def messages(code: str, around: Surroundings, report: Report | None = None) -> list[str]:
    return [finding.message for finding in judged(code, around, report)[0]]


def test_a_final_amount_other_than_the_books_is_told_with_their_file_and_row() -> None:
    found, tally = judged("register.amounts", booked(own({**BOOKS, "executed": "754.60"})))
    assert [one.message for one in found] == [
        "年度资金总额（全年执行数）745.60 万元，"
        "财政部门名录（台账.xlsx 第5行）中决算数 754.60 万元，差 9.00 万元"
    ]
    assert (found[0].cites, found[0].severity) == (("funding.executed",), Severity.ERROR)
    assert (tally.exact, tally.broken) == (3, 1)


@pytest.mark.parametrize("budget", ["700.00", "760.00", "760", "700.0"])
def test_a_bare_budget_may_be_the_initial_or_the_years(budget: str) -> None:
    assert messages("register.amounts", booked(own({"budget": budget}))) == []


def test_a_bare_budget_that_is_neither_is_told() -> None:
    assert len(messages("register.amounts", booked(own({"budget": "730.00"})))) == 1


def test_books_in_yuan_agree_with_a_report_rounded_to_ten_thousands() -> None:
    exact = own({"executed": "745.6043"})
    assert messages("register.amounts", booked(exact)) == []


@pytest.mark.parametrize("name", ["authorized", "on_duty", "initial_budget", "annual_budget"])
def test_each_figure_of_the_books_is_compared(name: BookFigure) -> None:
    assert len(messages("register.amounts", booked(own({name: "5"})))) == 1


def test_another_years_books_are_not_compared() -> None:
    wrong = booked(own({"executed": "1.00"}), held=False)
    assert judged("register.amounts", wrong)[1].examined == 0


def test_a_parents_books_may_be_its_own_office_or_all_together() -> None:
    patrol = replace(PATROL, entry=replace(PATROL.entry, figures=own({"executed": "300.00"}).figures))
    assert messages("register.amounts", booked(own({"executed": "445.60"}), patrol)) == []
    assert messages("register.amounts", booked(own({"executed": "745.60"}), patrol)) == []
    (found,), _ = judged("register.amounts", booked(own({"executed": "500.00"}), patrol))
    assert found.severity is Severity.WARNING


def test_units_that_have_not_submitted_are_named() -> None:
    silent = unit("905031003", "青禾县鱼苗场")
    excused = unit("905031004", "青禾县渔业协会", must_submit=False)
    assert messages("register.missing", booked(own(), PATROL, silent, excused)) == [
        "按名录应报送的下属单位 2 个，还有 1 个没有报送：青禾县鱼苗场（905031003）"
    ]
    assert messages("register.missing", booked(own(), PATROL, excused)) == []


def test_units_may_not_spend_more_than_their_parent() -> None:
    over = unit("1", "青禾县渔政巡护队", part("745.61"))
    (found,), _ = judged("register.units_sum", booked(own(), over))
    assert found.hint == "本部门的材料可能只含本级"
    assert [found.message] == [
        "已报送的 1 个下属单位年度资金总额（全年执行数）合计 745.61，超过本部门的 745.60，差 0.01 万元"
    ]


def test_the_whole_of_the_units_is_the_parent_only_with_its_own_office() -> None:
    whole = changed(consistent(), {"staffing.authorized": "20", "staffing.on_duty": "18"})
    whole = changed(whole, {"expenses.three_public.final": "2.00"})
    assert messages("register.units_sum", booked(own(), OFFICE, PATROL), whole) == []
    less = replace(OFFICE, report=part("440.00", "460.00"))
    found = messages("register.units_sum", booked(own(), less, PATROL), whole)
    assert [message.partition("，")[2] for message in found] == ["不等于本部门的 745.60，差 5.60 万元"]
    others = unit("905031005", "青禾县渔业站", part("440.00", "460.00"))
    assert messages("register.units_sum", booked(own(), others, PATROL), whole) == []


def test_a_parents_report_of_its_own_office_alone_is_not_held_to_its_units() -> None:
    over = unit("1", "青禾县渔政巡护队", part("900.00", "900.00"))
    alone = replace(consistent(), department=f"{NAME}（本级）")
    findings, tally = judged("register.units_sum", booked(own(), over), alone)
    assert (findings, tally.unchecked) == ([], 1)


def names(*values: str) -> Report:
    return replace(consistent(), names=tuple(Named("form", value) for value in values))


def test_two_names_of_one_department_are_never_told_apart() -> None:
    around = booked(own(None, "青禾县水产站"), others=(FORESTRY,))
    assert messages("identity.department", around, names(NAME, "青禾县水产站")) == []
    former = replace(names("青禾县水产站", NAME), department="青禾县水产站")
    assert messages("identity.department", around, former) == []


def test_another_department_of_the_register_is_named_as_such() -> None:
    around = booked(own(), others=(FORESTRY,))
    assert messages("identity.department", around, names(NAME, "青禾县林草局")) == [
        f"部门名称不一致：一处为“{NAME}”，另一处为“青禾县林草局”，属于财政部门名录中的另一部门（905040）"
    ]


def test_the_department_in_charge_is_no_error() -> None:
    above = Entry("905", "青禾县农业农村局")
    entry = replace(own(), parent="905")
    (found,), _ = judged("identity.department", booked(entry, others=(above,)), names(NAME, above.name))
    assert found.severity is Severity.WARNING


def test_another_departments_code_is_an_error_an_unknown_one_a_warning() -> None:
    around = booked(own(), others=(FORESTRY,))
    theirs = replace(consistent(), department_code="905040", codes=(Named("form", "905040"),))
    (found,), _ = judged("identity.department", around, theirs)
    assert found.severity is Severity.ERROR
    assert found.message == (
        f"预算编码为 905040，财政部门名录中“{NAME}”是 905031，是名录中“青禾县林业局”的编码"
    )
    odd = replace(consistent(), department_code="777777", codes=(Named("form", "777777"),))
    (found,), _ = judged("identity.department", around, odd)
    assert found.severity is Severity.WARNING


def test_a_department_that_the_register_lacks_is_a_warning() -> None:
    around = replace(booked(FORESTRY), entry=None)
    (found,), _ = judged("identity.department", around)
    assert (found.message, found.severity) == (
        f"财政部门名录中没有“{NAME}”，请核对名称，或在名录中补上",
        Severity.WARNING,
    )


def test_a_department_known_by_its_code_alone_is_told_its_name() -> None:
    around = booked(replace(own(), name="青禾县水上执法大队"))
    (found,), _ = judged("identity.department", around)
    assert found.severity is Severity.WARNING
    assert "名录中编码 905031 的部门是“青禾县水上执法大队”" in found.message
