"""Nobody is accused of what may be a machine's misreading; what is unsure is told page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from extract.document import Locus
from extract.paths import figures, with_figures
from extract.quantity import Absent, Figure, Quantity
from extract.report import Named, Report, Text
from reconcile.catalogue import judge
from reconcile.finding import Finding, Severity, Verdict
from reconcile.reading import MISREAD, PERHAPS_LOST, PERHAPS_MISREAD, READ_TWICE
from tests.reconcile.consistent import consistent
from tests.reconcile.edits import changed

WRONG = {"funding.by_nature.basic": "431.35"}
"""427.35 with one digit misread: the form's sum and the narrative disagree with it."""


def found(report: Report, code: str) -> list[Finding]:
    return [finding for finding in judge(report).findings if finding.rule == code]


def doubted(report: Report, path: str, **how: object) -> Report:
    figures: Mapping[str, Figure] = {
        "funding.by_nature.basic": report.funding.by_nature.basic,
        "funding.executed": report.funding.executed,
    }
    figure = figures[path]
    assert isinstance(figure, Quantity)
    return with_figures(report, {path: replace(figure, **how)})  # type: ignore[arg-type]  # fields of a Quantity


def as_scan(report: Report) -> Report:
    """The report with every figure recognised on a picture, and surely."""
    return with_figures(report, {path: replace(one, sure=0.99) for path, one in figures(report)})


def test_a_sum_that_a_misreading_may_have_broken_is_a_warning() -> None:
    printed = changed(consistent(), WRONG)
    (accused,) = found(printed, "funding.nature_sum")
    assert (accused.verdict, accused.severity) == (Verdict.BROKEN, Severity.ERROR)
    scan = doubted(printed, "funding.by_nature.basic", sure=0.6)
    for code in ("funding.nature_sum", "funding.narrative"):
        for spared in found(scan, code):
            assert (spared.verdict, spared.severity) == (Verdict.SUSPECT, Severity.WARNING)
            assert spared.hint.endswith("请核对原件") or "请核对原件：" in spared.hint


def test_a_sure_figure_of_a_scan_is_held_against_the_department() -> None:
    scan = doubted(changed(consistent(), WRONG), "funding.executed", sure=0.99)
    (accused,) = found(scan, "funding.nature_sum")
    assert accused.severity is Severity.ERROR


def test_two_converters_that_differ_spare_the_department_too() -> None:
    twice = doubted(changed(consistent(), WRONG), "funding.by_nature.basic", readings=("427.35",))
    (spared,) = found(twice, "funding.nature_sum")
    assert (spared.severity, spared.hint) == (Severity.WARNING, READ_TWICE)
    (told,) = found(twice, "reading.differ")
    assert told.message == "“基本支出”读作 431.35，另一种方法读作 427.35，请对照原件"


def test_a_required_cell_under_a_seal_is_not_called_empty_for_sure() -> None:
    place = Locus("自评表.pdf", 3, 1, 6, 4)
    bare = with_figures(consistent(), {"funding.executed": Absent("blank", "", place)})
    hidden = with_figures(consistent(), {"funding.executed": Absent("blank", "", place, 0.0)})
    assert [f.hint for f in found(bare, "completeness.cells")] == [""]
    assert [f.hint for f in found(hidden, "completeness.cells")] == [PERHAPS_MISREAD]


def test_what_lacks_in_a_scan_may_have_been_lost() -> None:
    """The last row, 满意度, of a page that was recognised with nothing to doubt."""
    printed = replace(consistent(), indicators=consistent().indicators[:-1])
    scan = as_scan(printed)
    assert [f.hint for f in found(printed, "indicator.classes")] == [""]
    assert [f.hint for f in found(scan, "indicator.classes")] == [PERHAPS_LOST]


def test_another_departments_name_in_words_that_may_be_misread() -> None:
    place = Locus("自评报告.pdf", 5, paragraph=40)
    names = (*consistent().names, Named("narrative", "青河县渔政管埋站", place))
    printed = replace(consistent(), names=names)
    scan = replace(printed, unsure=(replace(place, box=(1.0, 2.0, 3.0, 4.0)),))
    (accused,) = found(printed, "identity.department")
    (spared,) = found(scan, "identity.department")
    assert (accused.severity, spared.severity) == (Severity.ERROR, Severity.WARNING)
    assert spared.hint == PERHAPS_MISREAD


def test_a_target_that_may_be_misread() -> None:
    first, *rest = consistent().indicators
    target = Text(">128艘次", Locus("自评表.pdf", 4, 1, 3, 4))
    printed = replace(consistent(), indicators=(replace(first, target=target), *rest))
    assert target.locus is not None
    scan = replace(printed, unsure=(target.locus,))
    codes = {finding.rule for finding in judge(printed).findings}
    assert codes
    assert all(finding.hint == PERHAPS_MISREAD for finding in judge(scan).findings)


def test_a_sum_of_rows_that_falls_short_in_a_scan_may_have_lost_one() -> None:
    rows = tuple(row for row in consistent().expenses if row.label != "渔港维护专项")
    short = replace(consistent(), expenses=rows, indicators=consistent().indicators[:-1])
    over = changed(consistent(), {"expenses.project_business.final": "220.25"})
    for code in ("expense.project_sum", "indicator.weight_sum", "indicator.score_sum"):
        assert {f.severity for f in found(short, code)} == {Severity.ERROR}
        for spared in found(as_scan(short), code):
            assert spared.severity is Severity.WARNING
            assert spared.hint == PERHAPS_LOST or MISREAD in spared.hint
    (accused,) = found(as_scan(over), "expense.project_sum")
    assert accused.severity is Severity.ERROR


@pytest.mark.parametrize("places", [("自评表.pdf", 3, 1), ("自评表.pdf", 3, None)])
def test_what_is_unsure_is_told_once_a_table(places: tuple[str, int, int | None]) -> None:
    source, page, table = places
    spots = [Locus(source, page, table, row, 4, box=(1.0, 2.0, 3.0, 4.0)) for row in range(6)]
    report = consistent()
    names = ("by_nature.basic", "by_nature.project", "executed", "annual_budget", "initial_budget")
    new: dict[str, Figure] = {}
    for name, spot in zip(names, spots, strict=False):
        block = report.funding.by_nature if name.startswith("by_") else report.funding
        new[f"funding.{name}"] = replace(getattr(block, name.rpartition(".")[2]), sure=0.4, locus=spot)
    (told,) = found(with_figures(report, new), "reading.unsure")
    where = "第3页表1" if table else "第3页正文"
    assert told.message.startswith(f"{where}有 5 个数识别没有把握：年度资金总额（年初预算数）700.00、")
    assert told.message.endswith("等，请对照原件")
    assert len(told.cites) == len(told.places) == 5
    assert {place.box for place in told.places} == {(1.0, 2.0, 3.0, 4.0)}


def test_another_reading_is_told_with_the_first() -> None:
    repaired = doubted(consistent(), "funding.executed", sure=0.8, raw="746.60")
    (told,) = found(repaired, "reading.repaired")
    words = "“年度资金总额（全年执行数）”识别为 746.60，按合计关系取另一读法 745.60，请对照原件"
    assert (told.message, told.severity) == (words, Severity.NOTICE)
    assert found(repaired, "reading.unsure") == []
