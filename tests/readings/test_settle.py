"""Choosing among readings: a choice has to be the only one, and what isn't certain stays marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from extract.document import Locus
from extract.paths import figures, with_figures
from extract.quantity import Absent, Figure, Quantity
from extract.report import Report
from readings.certify import proved
from readings.choose import CHOSEN, PROVED, Sheet
from readings.equation import Equation
from readings.settle import settled
from tests.readings.misread import UNSURE, as_read
from tests.reconcile.consistent import consistent
from tests.reconcile.edits import changed

BASIC, PROJECT = "funding.by_nature.basic", "funding.by_nature.project"
BUSINESS, OPERATIONS = "expenses.project_business.budget", "expenses.project_operations.budget"
RUNNING, PURCHASE = "expenses.vehicle_running.prior_final", "expenses.vehicle_purchase.prior_final"


def read(report: Report, new: Mapping[str, tuple[str, ...]], sure: float = UNSURE) -> Report:
    """The report with figures read as the first of some texts, the rest their other readings."""
    known = dict(figures(report))
    made: dict[str, Figure] = {}
    for path, (text, *others) in new.items():
        figure = known[path]
        assert isinstance(figure, Quantity)
        made[path] = as_read(figure, text, others, sure)
    return with_figures(report, made)


def after(report: Report, path: str) -> Quantity:
    figure = dict(figures(settled(report)))[path]
    assert isinstance(figure, Quantity)
    return figure


def test_the_reading_that_two_parts_of_the_report_agree_on_is_taken() -> None:
    """427.35 + 318.25 = 745.60 in the form, and 427.35 in the narrative."""
    found = after(read(consistent(), {BASIC: ("421.35", "427.35", "427.55")}), BASIC)
    assert (found.text, found.raw, found.sure) == ("427.35", "421.35", PROVED)
    assert found.readings == ("427.55",)


def test_one_sum_alone_chooses_and_leaves_the_figure_marked() -> None:
    """121.50 + 99 + 60 + 40 = 320.50: no other part of the report repeats a budget's row."""
    found = after(read(consistent(), {BUSINESS: ("127.50", "121.50")}), BUSINESS)
    assert (found.text, found.raw, found.sure) == ("121.50", "127.50", CHOSEN)
    assert found.unsure


def test_what_was_never_read_is_never_taken() -> None:
    report = read(consistent(), {BASIC: ("421.35", "427.55")})
    assert settled(report) == report


def test_of_two_choices_that_both_fit_none_is_taken() -> None:
    """Either row may be the one that is 1 too much."""
    two = {BUSINESS: ("122.50", "121.50"), OPERATIONS: ("99.00", "98.00")}
    report = read(consistent(), two)
    assert settled(report) == report


def test_a_choice_that_spoils_another_identity_is_not_taken() -> None:
    """The total could be read so that the form's parts make it; the sources and the narrative forbid it."""
    report = changed(consistent(), {BASIC: "421.35"})
    report = read(report, {"funding.executed": ("745.60", "739.60")})
    assert after(report, "funding.executed").text == "745.60"


def test_digital_text_is_never_touched() -> None:
    for sure in (0.99, 1.0):
        report = read(consistent(), {BASIC: ("421.35", "427.35")}, sure)
        assert settled(report) == report


def test_of_which_is_no_reason_to_choose() -> None:
    """办公, 水电差旅 and 会议培训 are parts of 公用经费: above it they are told, not repaired."""
    report = read(consistent(), {"expenses.office.final": ("921.30", "21.30")})
    assert settled(report) == report


def test_a_figure_that_cannot_be_read_takes_the_reading_that_fits() -> None:
    found = after(read(consistent(), {BASIC: ("4Z7.35", "427.35")}), BASIC)
    assert (found.text, found.raw, found.sure) == ("427.35", "4Z7.35", PROVED)


def test_a_minus_sign_that_was_cut_off() -> None:
    leaf = changed(consistent(), {"funding.by_source.other": "-2.00", "funding.executed": "743.60"})
    leaf = changed(leaf, {"funding.by_nature.basic": "425.35"})
    found = after(read(leaf, {"funding.by_source.other": ("2.00", "-2.00")}), "funding.by_source.other")
    assert (found.text, found.raw) == ("-2.00", "2.00")


def test_a_doubted_figure_that_the_narrative_and_the_sum_repeat_is_sure_again() -> None:
    found = after(read(consistent(), {BASIC: ("427.35", "421.35")}), BASIC)
    assert (found.text, found.raw, found.sure) == ("427.35", "", PROVED)


@pytest.mark.parametrize(("path", "text"), [(BUSINESS, "121.50"), ("expenses.project.budget", "320.50")])
def test_one_sum_that_comes_out_makes_neither_part_nor_total_sure(path: str, text: str) -> None:
    assert after(read(consistent(), {path: (text,)}), path).unsure


def test_two_errors_that_cancel_stay_marked() -> None:
    """122.50 + 98.00 for 121.50 + 99.00: the sum comes out."""
    report = settled(read(consistent(), {BUSINESS: ("122.50",), OPERATIONS: ("98.00",)}))
    assert all(dict(figures(report))[path].unsure for path in (BUSINESS, OPERATIONS))


def test_rows_that_were_shifted_stay_marked() -> None:
    """公车运行维护 2.10 read into the row above, whose 0 is read into its row: every sum comes out."""
    report = settled(read(consistent(), {PURCHASE: ("2.10",), RUNNING: ("0",)}))
    assert all(dict(figures(report))[path].unsure for path in (PURCHASE, RUNNING))


def test_a_digit_misread_alike_wherever_it_is_printed_stays_marked() -> None:
    """公务接待 1.50 for 1.00 and so 三公经费, in the table and in the narrative: everything ties."""
    places = ("expenses.three_public.budget", "expenses.reception.budget")
    told = ("narrative.three_public.budget", "narrative.reception.budget")
    wrong = {path: ("3.50",) if "three" in path else ("1.50",) for path in (*places, *told)}
    report = settled(read(consistent(), wrong))
    assert all(dict(figures(report))[path].unsure for path in (*places, *told))


def test_figures_that_may_have_changed_places_are_not_proved() -> None:
    """Two sums of the same two rows say nothing of which is which."""
    known = {"a": "2", "b": "3", "c": "5", "d": "5"}
    read_so = {
        path: Quantity(Decimal(text), Decimal(1), "number", "", text, sure=0.5 if path == "a" else 1.0)
        for path, text in known.items()
    }
    sums = (Equation("sum", ("a", "b"), ("c",)), Equation("sum", ("a", "b"), ("d",)))
    assert proved(Sheet(read_so, sums, {}), frozenset(known)) == {}
    alone = (*sums, Equation("sum", ("a",), constant=Decimal(2)))
    assert proved(Sheet(read_so, alone, {}), frozenset(known)).keys() == {"a"}


def test_two_figures_are_not_changed_for_one_sum() -> None:
    """The first weight lost its 1 (15 read as 5): two others could make up for it, 16 and 14 for 10 each."""
    weights = {
        "indicators.0.weight": ("5",),
        "indicators.2.weight": ("10", "16"),
        "indicators.3.weight": ("10", "14"),
    }
    report = read(consistent(), weights)
    assert settled(report) == report


def test_in_a_form_that_lacks_a_row_sums_make_nothing_sure() -> None:
    path = "expenses.vehicles.prior_final"
    assert not after(read(consistent(), {path: ("2.10",)}), path).unsure
    rows = tuple(row for row in consistent().expenses if row.item != "overseas")
    assert after(read(replace(consistent(), expenses=rows), {path: ("2.10",)}), path).unsure


@pytest.mark.parametrize("other", [(), ("60.95",)])
def test_a_blank_under_a_seal_is_never_accepted_unseen(other: tuple[str, ...]) -> None:
    place = Locus("自评表.pdf", 3, 1, 6, 4)
    blank = Absent("blank", "", place, 0.0, other, "money", "万元")
    report = settled(with_figures(consistent(), {"funding.by_source.other": blank}))
    assert report.funding.by_source.other == blank


def test_a_blank_that_a_second_reader_saw_through() -> None:
    blank = Absent("blank", "", None, 0.0, ("427.35",), "money", "万元")
    found = after(with_figures(consistent(), {BASIC: blank}), BASIC)
    assert (found.text, found.raw) == ("427.35", "空白")


def test_a_rate_tells_people_apart_but_not_large_amounts() -> None:
    people = after(read(consistent(), {"staffing.on_duty": ("21", "27")}), "staffing.on_duty")
    assert (people.text, people.raw) == ("27", "21")
    bare = replace(consistent(), projects=(), narrative=())
    report = read(bare, {"funding.annual_budget": ("160.00", "760.00")})
    assert dict(figures(settled(report)))["funding.annual_budget"].unsure
    assert after(report, "funding.annual_budget").text == "160.00"
