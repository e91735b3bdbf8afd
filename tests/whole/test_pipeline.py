"""What becomes of files that come again, change, arrive late, or are no submission at all."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.bureau import is_one_department
from extract.register_file import read_register
from models.database import ensure_ready, open_database
from models.store_register_import import import_registers
from outcome import Options, Outcome
from pipeline import ingest
from tests.notation import write_docx, write_pdf
from tests.whole.conftest import Ingest, Record

BASE = """
# 2024年度部门整体支出绩效评价基础数据表

填报单位：云岭县林业局

编制数 | 在职人数 | 控制率
31 | 29 | 93.55%

经费控制情况（万元） | 2023年决算数 | 2024年预算数 | 2024年决算数
三公经费 | 1.20 | 2.00 | 1.10
"""
FORM = """
# 2024年度部门整体支出绩效自评表

预算部门名称 | 云岭县林业局 | < | <
年度预算申请（万元） | 年初预算数 | 全年预算数 | 全年执行数
年度资金总额 | 500.00 | 520.50 | 520.10
"""
Records = Callable[[], list[Record]]


def test_the_same_bytes_again_change_nothing(tmp_path: Path, take_in: Ingest, records: Records) -> None:
    path = write_docx(BASE, tmp_path / "附件2.docx")
    (first,), (again,) = take_in(path), take_in(path)
    assert (first.created, first.revision) == (True, 1)
    assert (again.created, again.status, again.submission_id) == (False, "unchanged", first.submission_id)
    (tmp_path / "copy").mkdir()
    copy = tmp_path / "copy" / "另存.docx"
    copy.write_bytes(path.read_bytes())
    assert take_in(copy)[0].created is False
    assert len(records()) == 1


def test_a_changed_file_is_a_new_revision(tmp_path: Path, take_in: Ingest, records: Records) -> None:
    path = write_docx(BASE, tmp_path / "附件2.docx")
    take_in(path)
    write_docx(BASE.replace("1.10", "1.30"), path)
    (outcome,) = take_in(path)
    assert (outcome.created, outcome.revision) == (True, 2)
    (record,) = records()
    assert record["revision"] == 2
    assert record["expenses"][0]["final"] == "1.30"


def test_a_part_that_comes_later_completes_the_submission(
    tmp_path: Path, take_in: Ingest, records: Records
) -> None:
    take_in(write_docx(BASE, tmp_path / "附件2.docx"))
    form = write_pdf(FORM, tmp_path / "附件3.pdf")
    (outcome,) = take_in(form)
    assert outcome.revision == 2
    (record,) = records()
    assert record["staffing"]["on_duty"] == "29"
    assert record["funding"]["executed"] == "520.10"
    assert [source["name"] for source in record["sources"]] == ["附件2.docx", "附件3.pdf"]
    assert take_in(form)[0].created is False


def test_two_departments_merged_since_complete_each_other_in_nothing(tmp_path: Path) -> None:
    """Of one predecessor the base table came, of the other the form: that is not one report."""
    register = tmp_path / "名录.csv"
    register.write_text("预算编码,部门名称,曾用名\n701,云岭县林水局,云岭县林业局、云岭县水利局\n", "utf-8")
    engine = open_database(f"sqlite:///{tmp_path / 'gouji.db'}")
    ensure_ready(engine)
    import_registers(engine, read_register(register, 2024).by_year)
    write_docx(BASE, tmp_path / "林业.docx")
    write_docx(FORM.replace("林业局", "水利局"), tmp_path / "水利.docx")
    parts = []
    for name in ("林业.docx", "水利.docx"):
        (outcome,) = (
            event for event in ingest([tmp_path / name], engine, Options()) if isinstance(event, Outcome)
        )
        assert outcome.report is not None
        parts.append([part.name for part in outcome.report.parts])
    engine.dispose()
    assert parts == [["base"], ["form"]]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("云岭县水利局", None), ("水利局", "701"), True),
        (("云岭县文化和旅游局", "701"), ("文旅局", None), True),
        (("云岭县林业局", "701"), ("云岭县林水局", "701"), True),
        (("云岭县林业局", "701"), ("云岭县水利局", "702"), False),
        (("云岭县林业局", None), ("云岭县水利局", None), False),
    ],
)
def test_which_names_are_one_department(
    one: tuple[str, str | None], other: tuple[str, str | None], same: bool
) -> None:
    assert is_one_department(one, other) is same
    assert is_one_department(other, one) is same


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, take_in: Ingest, records: Records) -> None:
    write_docx(BASE, tmp_path / "a.docx")
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "c.pdf").write_bytes(b"")
    outcomes = take_in(tmp_path)
    assert {Path(o.failure.path).name for o in outcomes if o.failure} == {"b.docx", "c.pdf"}
    assert len(records()) == 1


def test_the_database_in_the_folder_is_no_submission(tmp_path: Path) -> None:
    write_docx(BASE, tmp_path / "a.docx")
    engine = open_database(f"sqlite:///{tmp_path / 'gouji.db'}")
    ensure_ready(engine)
    outcomes = [event for event in ingest([tmp_path], engine, Options()) if isinstance(event, Outcome)]
    assert [outcome.failure for outcome in outcomes] == [None]
    engine.dispose()


def test_two_departments_in_one_file(tmp_path: Path, take_in: Ingest, records: Records) -> None:
    other = BASE.replace("云岭县林业局", "云岭县水利局")
    (outcome,) = take_in(write_docx(BASE + "\n" + other, tmp_path / "合并.docx"))
    assert outcome.failure is not None
    assert outcome.failure.reason == "two_departments"
    assert "云岭县林业局、云岭县水利局" in outcome.failure.message
    assert records() == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("关于召开会议的通知\n\n请按时参加。", "no_table"),
        ("填报单位：云岭县林业局\n\n编制数 | 在职人数\n31 | 29", "no_year"),
        ("2024年度部门整体支出绩效自评表\n\n编制数 | 在职人数\n31 | 29", "no_department"),
    ],
)
def test_what_cannot_be_told_is_handed_back(
    text: str, reason: str, tmp_path: Path, take_in: Ingest, records: Records
) -> None:
    (outcome,) = take_in(write_docx(text, tmp_path / "表.docx"))
    assert outcome.failure is not None
    assert outcome.failure.reason == reason
    assert outcome.failure.message
    assert outcome.failure.remedy
    assert records() == []


def test_a_bomb_is_refused_and_the_rest_is_read(tmp_path: Path, take_in: Ingest, records: Records) -> None:
    good = write_docx(BASE, tmp_path / "a.docx")
    with zipfile.ZipFile(good) as whole, zipfile.ZipFile(tmp_path / "b.docx", "w", 8) as bomb:
        for name in whole.namelist():
            data = whole.read(name)
            bomb.writestr(name, b" " * 400_000_000 if name == "word/document.xml" else data)
    outcomes = take_in(tmp_path)
    (failure,) = [o.failure for o in outcomes if o.failure]
    assert failure.reason in ("hostile", "too_large")
    assert len(records()) == 1
