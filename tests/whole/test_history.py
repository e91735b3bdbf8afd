"""Files of two years, two revisions and two departments: what one says about the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from judging import check
from outcome import Outcome
from samples.generate import write_docx as write_submission
from samples.honest import honest
from tests.notation import write_docx, write_pdf
from tests.whole.conftest import Ingest

YEAR = """
# {year}年度部门整体支出绩效评价基础数据表

填报单位：云岭县林业局

编制数 | 在职人数 | 控制率
31 | 29 | 93.55%

经费控制情况（万元） | {before}年决算数 | {year}年预算数 | {year}年决算数
三公经费 | {rows[0]} | 2.00 | {rows[1]}
"""
DEEDS = (
    "一是组织开展春季河道清障行动，出动干部职工{}人次，清理淤积垃圾{}余吨。",
    "二是推进小型水库除险加固，{}座水库完成蓄水验收，下游农田灌溉得到保障。",
    "三是落实汛期值班值守制度，发布预警信息{}条，转移危险区群众{}人次。",
    "全年培训基层管护人员{}期，考核合格后持证上岗，管护责任落实到人到段。",
    "主动公开办事流程，群众来信来访{}件全部按期办结并逐一回访。",
    "制定内部控制手册，采购合同签订前由法律顾问逐份审查把关。",
    "固定资产每季度盘点一次，账实不符的当场查明原因并更正台账。",
    "存在的主要不足是个别村级工程后续管护经费筹措渠道偏窄，群众投工投劳积极性不高。",
    "部分乡镇项目前期勘察深度不够，施工中变更设计{}处，影响了工期安排。",
    "下一步将提前谋划储备项目，完善可行性论证，把前期工作做深做细。",
    "建立管护经费多方分担机制，引导受益农户按亩筹集管护资金。",
    "加强业务骨干轮训，聘请专家驻点指导，提高基层技术人员现场处置能力。",
)
OTHERS = tuple(text.replace("，", "，切实") for text in DEEDS)


def base(year: int, before: str, final: str, folder: Path, name: str = "基础数据表.docx") -> Path:
    folder.mkdir(exist_ok=True)
    return write_docx(YEAR.format(year=year, before=year - 1, rows=(before, final)), folder / name)


def report(department: str, deeds: tuple[str, ...], first: int, year: int = 2024) -> str:
    told = [text.format(first + place, first * 3) for place, text in enumerate(deeds)]
    opening = f"{department}{year}年决算支出{first}.25万元，其中：基本支出{first}.00万元，项目支出0.25万元。"
    return "\n\n".join((f"# {department}{year}年度部门整体支出绩效自评报告", opening, *told))


def found(outcome: Outcome, rule: str) -> list[str]:
    assert outcome.judgement is not None
    return [finding.message for finding in outcome.judgement.findings if finding.rule == rule]


def tallied(outcome: Outcome, rule: str) -> int:
    assert outcome.judgement is not None
    return next(tally.examined for tally in outcome.judgement.tallies if tally.rule == rule)


def test_last_years_final_is_looked_up_however_late_it_comes(
    tmp_path: Path, take_in: Ingest, engine: Engine
) -> None:
    (this_year,) = take_in(base(2024, "1.20", "1.10", tmp_path / "2024"))
    assert tallied(this_year, "history.prior_final") == 0
    take_in(base(2023, "1.50", "1.25", tmp_path / "2023"))
    message = (
        "2024年度报告的三公经费（上年决算数）1.20 万元，"
        "2023年度报告的三公经费（决算数）1.25 万元，差 0.05 万元"
    )
    told = {o.report.fiscal_year: found(o, "history.prior_final") for o in check(engine) if o.report}
    assert told == {2023: [], 2024: [message]}
    (corrected,) = take_in(base(2023, "1.50", "1.20", tmp_path / "2023b"))
    assert corrected.revision == 2
    assert [found(o, "history.prior_final") for o in check(engine)] == [[], [], []]


def test_a_revision_is_held_to_the_one_before(tmp_path: Path, take_in: Ingest, engine: Engine) -> None:
    take_in(base(2024, "1.20", "1.10", tmp_path))
    (second,) = take_in(base(2024, "1.20", "1.30", tmp_path))
    message = "与上一版相比，未被要求而改动了 1 个数字：\n三公经费（决算数）1.10 → 1.30 万元"
    assert found(second, "history.initial") == [message]
    (again,) = take_in(base(2024, "1.20", "1.30", tmp_path))
    assert again.created is False
    assert [found(o, "history.initial") for o in check(engine)] == [[], [message]]


@pytest.mark.parametrize(("write", "name"), [(write_docx, "林业局.docx"), (write_pdf, "林业局.pdf")])
def test_a_copied_narrative_is_known_whatever_its_figures_and_names(
    write: Callable[[str, Path], Path], name: str, tmp_path: Path, take_in: Ingest, engine: Engine
) -> None:
    files = {
        "水利局.docx": report("云岭县水利局", DEEDS, 17),
        "教育局.docx": report("云岭县教育局", OTHERS, 17),
        "档案馆.docx": report("云岭县档案馆", DEEDS, 17, year=2023),
    }
    for file, text in files.items():
        (outcome,) = take_in(write_docx(text, tmp_path / file))
        assert found(outcome, "copied.narrative") == []
    (copy,) = take_in(write(report("云岭县林业局", DEEDS, 52), tmp_path / name))
    words = "自评报告 12 句（不计固定用语）中有 12 句与“云岭县{}”2024年度的报告相同（只换了数字或名称）"
    assert found(copy, "copied.narrative") == [words.format("水利局")]
    told = {o.report.department: found(o, "copied.narrative") for o in check(engine) if o.report}
    assert told == {
        "云岭县水利局": [words.format("林业局")],
        "云岭县林业局": [words.format("水利局")],
        "云岭县教育局": [],
        "云岭县档案馆": [],
    }


def test_a_part_that_comes_later_changes_no_figure(tmp_path: Path, take_in: Ingest) -> None:
    take_in(base(2024, "1.20", "1.10", tmp_path))
    narrative = write_docx(report("云岭县林业局", DEEDS, 52), tmp_path / "自评报告.docx")
    (second,) = take_in(narrative)
    assert second.revision == 2
    assert found(second, "history.initial") == []
    assert tallied(second, "history.initial") == 1


@pytest.mark.parametrize("wordings", ["ab", "cd", "ea"])
def test_two_honest_years_in_two_wordings_agree_and_one_figure_apart_is_found(
    wordings: str, tmp_path: Path, take_in: Ingest
) -> None:
    now = honest(11, wordings[0])
    rows = tuple(replace(row, final=row.prior_final) for row in now.expenses)
    then = replace(now, wording=wordings[1], year=now.year - 1, narrative_year=now.year - 1, expenses=rows)
    spent = now.expense("three_public")
    assert spent.prior_final is not None
    wrong = now.with_expense(replace(spent, prior_final=spent.prior_final + 3))
    outcomes = []
    for number, made in enumerate((then, now, wrong)):
        folder = tmp_path / str(number)
        folder.mkdir()
        write_submission(made, folder)
        outcomes += take_in(folder)
    assert [len(found(outcome, "history.prior_final")) for outcome in outcomes] == [0, 0, 1]
    assert tallied(outcomes[1], "history.prior_final") >= 10
