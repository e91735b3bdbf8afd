"""`gouji tallies`: a rule that saw nothing has not passed."""

from __future__ import annotations

import csv
import io
import json
import re

from models.database import open_database, reading
from models.store_tallies import added_up
from reconcile.catalogue import RULES
from tests.cli.conftest import SAMPLES, Gouji


def cells(text: str, code: str) -> list[str]:
    """The cells after a rule's code in the table."""
    line = re.search(rf"^.* {re.escape(code)} +(.*)$", text, re.M)
    assert line
    return line[1].split()


def test_every_rule_has_its_line_and_one_that_saw_nothing_does_not_apply(gouji: Gouji, filled: str) -> None:
    done = gouji("tallies", "--year", "2024")
    assert done.exit_code == 0
    assert re.findall(r" (\w+\.\w+) ", done.stdout) == [rule.code for rule in RULES]
    assert cells(done.stdout, "indicator.unmeasurable") == ["1", "0", "1", "2", "1", "0", "0", "1", "0"]
    assert cells(done.stdout, "construction.rates") == ["0", "1", "1", "不适用"]
    assert cells(done.stdout, "grade.band") == ["0", "0", "2", "未使用"]
    assert (
        "2 份报告，核对 6 处：相符 1 处，四舍五入之差 1 处，不符 2 处，待核实 1 处，未能核对 1 处。"
        in done.stdout
    )
    assert "1 条规则没有可核对的内容（不适用），不等于没有问题。" in done.stdout


def test_submissions_and_rules_are_chosen(gouji: Gouji, filled: str) -> None:
    arguments = ("--rule", "funding.nature_sum", "--department")
    assert cells(gouji("tallies", *arguments, "110001").stdout, "funding.nature_sum")[:3] == ["1", "0", "0"]
    done = gouji("tallies", *arguments, "110002", "--all-revisions")
    assert cells(done.stdout, "funding.nature_sum")[:3] == ["1", "0", "1"]
    assert gouji("tallies", "--rule", "funding").stdout.count("funding.") == sum(
        rule.code.startswith("funding.") for rule in RULES
    )
    assert "没有这样的报告" in gouji("tallies", "--year", "1999").stdout
    wrong = gouji("tallies", "--rule", "fundin")
    assert (wrong.exit_code, "没有规则「fundin」，是否指" in wrong.stderr) == (2, True)


def test_the_other_forms_say_the_same(gouji: Gouji, filled: str) -> None:
    chosen = ("--year", "2024", "--rule", "indicator.unmeasurable", "--format")
    (one,) = json.loads(gouji("tallies", *chosen, "json").stdout)
    assert one == {
        "rule": "indicator.unmeasurable",
        "title": "指标无法衡量",
        "applied": 1,
        "not_applicable": 0,
        "not_judged": 1,
        "examined": 2,
        "exact": 1,
        "rounding": 0,
        "broken": 0,
        "suspect": 1,
        "unchecked": 0,
    }
    head, row = csv.reader(io.StringIO(gouji("tallies", *chosen, "csv").stdout.removeprefix("\ufeff")))
    assert dict(zip(head, row, strict=True))["待核实"] == "1"
    assert [int(cell) for cell in row[2:]] == list(one.values())[2:]


def test_the_runs_summary_is_what_the_tallies_come_to(gouji: Gouji) -> None:
    done = gouji("ingest", SAMPLES)
    (said,) = re.findall(r"核对 \d+ 处：.*。", done.stdout)
    assert said in gouji("tallies").stdout


def test_the_last_run_alone_can_be_chosen(gouji: Gouji) -> None:
    gouji("ingest", SAMPLES / "望舒县水利局")
    done = gouji("ingest", SAMPLES / "云岭县文化和旅游局")
    (said,) = re.findall(r"核对 \d+ 处：.*。", done.stdout)
    assert f"1 份报告，{said}" in gouji("tallies", "--last-run").stdout
    assert "2 份报告，核对 " in gouji("tallies").stdout
    gouji("ingest", SAMPLES / "云岭县文化和旅游局")
    assert "数据库里没有这样的报告" in gouji("tallies", "--last-run").stdout


def test_what_is_added_up_is_what_the_view_holds(gouji: Gouji, db: str) -> None:
    gouji("ingest", SAMPLES)
    engine = open_database(db)
    with reading(engine) as connection:
        found = added_up(connection, range(1, 2000))
        view = connection.exec_driver_sql(
            "SELECT rule, count(*), sum(examined), sum(exact), sum(suspect) FROM v_tally GROUP BY rule"
        ).all()
    engine.dispose()
    assert {(rule, one.on, one.examined, one.exact, one.suspect) for rule, one in found.items()} == {
        tuple(row) for row in view
    }
