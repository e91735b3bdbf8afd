"""`gouji register`, and what the register changes for `ingest` and `flags`."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from models import store
from models.database import ensure_ready, open_database
from tests.cli.conftest import SAMPLES, Gouji
from tests.cli.reports import CLEAN, WATER, source

LIST = """2024年度部门名录（金额单位：万元）
部门编码,部门名称,曾用名,主管部门,是否报送,编制数,预算数
110001,云岭县水利局,云岭县水务局,,是,24,1380.00
110002,云岭县林业局,,,是,,
110003,云岭县农业农村局,,,是,,
110004,云岭县档案馆,,云岭县农业农村局,是,,
110005,云岭县气象局,,,否,,
"""


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "名录.csv"
    path.write_text(LIST, encoding="gbk")
    return path


def test_an_import_says_what_is_new_and_what_to_do_next(gouji: Gouji, names: Path) -> None:
    done = gouji("register", "import", names)
    assert done.exit_code == 0, done.output
    first, new, *_, last = done.stdout.splitlines()
    assert first == "2024 年度名录：共 5 个部门，新增 5，减少 0，更名 0"
    assert new.startswith("  新增：云岭县水利局（110001）、云岭县林业局（110002）")
    assert "gouji check" in last


def test_a_second_import_replaces_the_first_and_tells_a_new_name(gouji: Gouji, names: Path) -> None:
    gouji("register", "import", names)
    changed = LIST.replace("云岭县林业局", "云岭县林草局").replace("110005", "110006")
    names.write_text(changed, encoding="utf-8")
    done = gouji("register", "import", names)
    assert "新增 1，减少 1，更名 1" in done.stdout
    assert "更名（原名称记为曾用名）：云岭县林业局 → 云岭县林草局（110002）" in done.stdout
    listed = gouji("register", "list", "--year", 2024).stdout
    assert [line.split()[:3] for line in listed.splitlines() if "110002" in line] == [
        ["110002", "云岭县林草局", "云岭县林业局"]
    ]


def test_a_faulty_list_changes_nothing(gouji: Gouji, names: Path) -> None:
    gouji("register", "import", names)
    before = gouji("register", "list").stdout
    names.write_text(LIST.replace("110002", "110001"), encoding="utf-8")
    done = gouji("register", "import", names)
    assert done.exit_code == 2
    assert "名录.csv 第4行：编码 110001 与第3行重复" in done.stderr
    assert "没有改动" in done.stderr
    assert gouji("register", "list").stdout == before


def test_a_file_that_is_no_list_ends_with_3_and_an_absent_one_with_2(gouji: Gouji, tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    done = gouji("register", "import", broken)
    assert (done.exit_code, "未能读取" in done.stderr) == (3, True)
    assert gouji("register", "import", tmp_path / "没有.xlsx").exit_code == 2


def test_amounts_need_their_unit(gouji: Gouji, tmp_path: Path) -> None:
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    for row in (["部门编码", "部门名称", "决算数"], [110001, "云岭县水利局", 1363.38]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    done = gouji("register", "import", tmp_path / "a.xlsx", "--year", 2024)
    assert (done.exit_code, "--unit 万元" in done.stderr) == (2, True)
    assert gouji("register", "import", tmp_path / "a.xlsx", "--year", 2024, "--unit", "万元").exit_code == 0
    assert "1363.38" in gouji("register", "list").stdout


def test_who_has_not_submitted(gouji: Gouji, filled: str, names: Path) -> None:
    gouji("register", "import", names)
    table = gouji("register", "missing", "--year", 2024)
    assert table.exit_code == 0
    assert "2024 年度尚未报送的部门（2 个）" in table.stdout
    assert json.loads(gouji("register", "missing", "--format", "json").stdout) == [
        {"fiscal_year": 2024, "department_code": "110002", "department": "云岭县林业局", "parent_code": None},
        {
            "fiscal_year": 2024,
            "department_code": "110004",
            "department": "云岭县档案馆",
            "parent_code": "110003",
        },
    ]
    rows = list(
        csv.reader(io.StringIO(gouji("register", "missing", "--format", "csv").stdout.lstrip("\ufeff")))
    )
    assert rows[0] == ["年度", "预算编码", "部门", "主管部门编码"]
    assert [row[1] for row in rows[1:]] == ["110002", "110004"]


def test_flags_end_with_who_has_not_submitted(gouji: Gouji, filled: str, names: Path) -> None:
    gouji("register", "import", names)
    listed = gouji("flags")
    assert listed.exit_code == 1
    assert "云岭县档案馆" in listed.stdout.partition("尚未报送的部门")[2]
    entries = [
        one for one in json.loads(gouji("flags", "--format", "json").stdout) if not one["submission_id"]
    ]
    assert [(one["department_code"], one["rule"]) for one in entries] == [
        ("110002", "register.missing"),
        ("110004", "register.missing"),
    ]
    keys = {frozenset(one) for one in json.loads(gouji("flags", "--format", "json").stdout)}
    assert len(keys) == 1
    lines = csv.DictReader(io.StringIO(gouji("flags", "--format", "csv").stdout.lstrip("\ufeff")))
    assert [line["预算编码"] for line in lines if not line["编号"]] == ["110002", "110004"]


def test_flags_take_their_filters_for_those_too(gouji: Gouji, filled: str, names: Path) -> None:
    gouji("register", "import", names)
    for filters in (["--severity", "error"], ["--rule", "funding"], ["--year", 2023]):
        assert "尚未报送" not in gouji("flags", *filters).stdout
    only = gouji("flags", "--department", "档案馆")
    assert (only.exit_code, "云岭县林业局" in only.stdout, "云岭县档案馆" in only.stdout) == (1, False, True)


def test_without_a_register_nothing_is_missing(gouji: Gouji, filled: str) -> None:
    assert "还没有名录" in gouji("register", "missing").stdout
    assert "还没有名录" in gouji("register", "list").stdout or "没有名录" in gouji("register", "list").stdout
    assert "尚未报送" not in gouji("flags").stdout


def test_an_ingest_closes_with_how_many_are_due(gouji: Gouji, tmp_path: Path) -> None:
    path = tmp_path / "名录.csv"
    path.write_text("预算编码,部门名称\n905001,望舒县水利局\n905002,望舒县林业局\n", encoding="utf-8")
    gouji("register", "import", path, "--year", 2024)
    done = gouji("ingest", SAMPLES / "望舒县水利局")
    assert "2024 年度应报 2 个部门，已报 1，未报 1" in done.stdout
    assert done.exit_code == 1


def test_a_parent_is_judged_again_once_its_units_have_come(gouji: Gouji, tmp_path: Path) -> None:
    path = tmp_path / "名录.csv"
    rows = ["预算编码,部门名称,主管部门", "1,云岭县文化和旅游局,", "2,望舒县水利局,1"]
    path.write_text("\n".join(rows), encoding="utf-8")
    gouji("register", "import", path, "--year", 2024)
    done = gouji("ingest", SAMPLES / "云岭县文化和旅游局", SAMPLES / "望舒县水利局", "--jobs", 2)
    assert "所属单位报送后重新核对" in done.stdout + done.stderr
    assert "共 2 份报告：新入库 2 份" in done.stdout
    assert "register.missing" not in gouji("flags").stdout


def test_a_renamed_department_is_one_by_its_code_and_by_each_of_its_names(
    gouji: Gouji, db: str, tmp_path: Path
) -> None:
    engine = open_database(db)
    ensure_ready(engine)
    store.save(engine, replace(WATER, department="云岭县水务局", fiscal_year=2023), CLEAN)
    store.save(engine, replace(WATER, sources=(source("新.docx", "c"),)), CLEAN)
    engine.dispose()
    (tmp_path / "名录.csv").write_text(LIST, encoding="utf-8")
    gouji("register", "import", tmp_path / "名录.csv")
    for named in ("110001", "云岭县水务局", "云岭县水利局", "水利局"):
        shown = gouji("show", named)
        assert shown.exit_code == 0, shown.output
        assert "云岭县水利局（110001）2024年度" in shown.stdout
    assert "云岭县水务局（110001）2023年度" in gouji("show", "110001", "--year", 2023).stdout
