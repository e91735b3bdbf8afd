"""`gouji export`: records as JSON lines and as CSV."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from outputs.spreadsheet import csv_lines
from tests.cli.conftest import Gouji
from tests.cli.reports import FORM

pytestmark = pytest.mark.usefixtures("filled")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_record_a_line(gouji: Gouji) -> None:
    done = gouji("export")
    assert done.exit_code == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert {one["submission_id"]: one["status"] for one in records} == {
        1: "flagged",
        3: "clean",
        4: "incomplete",
    }
    assert "云岭县水利局" in done.stdout
    assert "某评审员" not in done.stdout


def test_filters(gouji: Gouji) -> None:
    assert len(gouji("export", "--all-revisions").stdout.splitlines()) == 4
    (only,) = gouji("export", "--year", "2023").stdout.splitlines()
    assert json.loads(only)["revision"] == 2
    assert gouji("export", "--department", "无此局").exit_code == 2


def test_to_a_file_whole_or_not_at_all(gouji: Gouji, tmp_path: Path) -> None:
    target = tmp_path / "记录.jsonl"
    done = gouji("export", "-o", target)
    assert (done.exit_code, done.stdout) == (0, "")
    assert target.read_text(encoding="utf-8") == gouji("export").stdout
    lost = gouji("export", "-o", tmp_path / "无此文件夹" / "记录.jsonl")
    assert lost.exit_code == 2
    assert "无此文件夹" in lost.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"gouji.db", "记录.jsonl"}


def test_csv_is_a_figure_a_line_with_its_place(gouji: Gouji, tmp_path: Path) -> None:
    target = tmp_path / "数字.csv"
    assert gouji("export", "--format", "csv", "-o", target).exit_code == 0
    assert target.read_bytes() == gouji("export", "--format", "csv").stdout_bytes
    found = {row["path"]: row for row in rows(target) if row["submission_id"] == "1"}
    assert found["funding.by_nature.basic"] == {
        "submission_id": "1",
        "department": "云岭县水利局",
        "fiscal_year": "2024",
        "revision": "1",
        "path": "funding.by_nature.basic",
        "label": "基本支出",
        "value": "701.92",
        "text": "701.92",
        "absent": "",
        "place": f"{FORM} 第3页 表2 第7行第7列",
        "sure": "1.0",
        "raw": "",
        "readings": "",
    }
    unreadable = found["expenses.[1].budget"]
    assert (unreadable["value"], unreadable["text"], unreadable["absent"]) == ("", "约二万", "unreadable")
    assert "goals" not in " ".join(found)


def test_csv_in_a_folder_is_a_file_a_kind_of_thing(gouji: Gouji, tmp_path: Path) -> None:
    folder = tmp_path / "表"
    assert gouji("export", "--format", "csv", "--output", folder).exit_code == 0
    assert {path.stem for path in folder.iterdir()} == (
        {"submission", "expense", "construction", "indicator", "narrative_figure", "project", "finding"}
    )
    water = next(row for row in rows(folder / "submission.csv") if row["submission_id"] == "1")
    assert (water["funding.executed"], water["funding.by_nature.basic"]) == ("1370.68", "701.92")
    assert water["sources"] == f"{FORM}；附件1.docx"
    expenses = [row for row in rows(folder / "expense.csv") if row["submission_id"] == "1"]
    assert [(row["item"], row["final"]) for row in expenses] == [("three_public", "0.96"), ("", "2.00")]
    assert rows(folder / "indicator.csv")[0]["level3"] == "巡查次数"
    assert rows(folder / "construction.csv")[0]["area_control_rate"] == "1"
    mentions = [row for row in rows(folder / "narrative_figure.csv") if row["submission_id"] == "1"]
    assert [row["value"] for row in mentions] == ["701.92", "702", "优"]
    assert {row["rule"] for row in rows(folder / "finding.csv")} >= {
        "funding.nature_sum",
        "completeness.parts",
    }


def test_a_cell_of_a_form_never_runs_as_a_formula() -> None:
    head, row = csv_lines(["甲", "乙", "丙"], [("=1+1", "-7.30", None)])
    assert head == "\ufeff甲,乙,丙\r\n"
    assert row == "'=1+1,-7.30,\r\n"
