"""Every way in which a database fails is told in Chinese, with what to do, and nothing is half-written."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, insert

from models import database
from models.address import understood
from models.database import current, ensure_ready, open_database, reading, writing
from models.store import save
from models.tables import Department
from models.trouble import DatabaseTrouble
from tests.postgres import PASSWORD, Server
from tests.reports import full_judgement, full_report
from tests.store.conftest import count

SECRET = "do-not-print"


@contextmanager
def told(message: str, remedy: str = "") -> Iterator[None]:
    """The block ends in trouble whose words hold these, end as sentences, and give away no password."""
    with pytest.raises(DatabaseTrouble, match=message) as caught:
        yield
    printed = caught.value.printed()
    assert remedy in caught.value.remedy
    assert printed.endswith("。")
    assert SECRET not in printed
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("gouji.db", "看不懂"),
        ("", "看不懂"),
        ("postgresql://gouji@:port/x", "看不懂"),
        (f"mysql://root:{SECRET}@localhost/x", "不支持"),
        (f"nosuch://root:{SECRET}@localhost/x", "不支持"),
        (f"postgresql://gouji:{SECRET}@127.0.0.1/x?target_session_attrs=any", "不认识"),
    ],
)
def test_an_address_that_is_none(address: str, message: str) -> None:
    with told(message):
        open_database(address)


@pytest.mark.parametrize(
    ("address", "driver"),
    [
        ("postgres://u:p@h/d", "postgresql+pg8000"),
        ("postgresql://u:p@h/d", "postgresql+pg8000"),
        ("postgresql+pg8000://u:p@h/d", "postgresql+pg8000"),
        ("sqlite:///a.db", "sqlite"),
        ("sqlite+pysqlite:///a.db", "sqlite"),
    ],
)
def test_which_driver_an_address_means(address: str, driver: str) -> None:
    assert understood(address)[0].drivername == driver


def test_a_psycopg_that_is_not_there_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "meta_path", [])
    for name in ("psycopg", "psycopg2"):
        monkeypatch.delitem(sys.modules, name, raising=False)
        assert understood(f"postgresql+{name}://u:p@h/d")[0].drivername == "postgresql+pg8000"


def test_who_connects_is_told_as_to_libpq(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGUSER", "gouji")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with reading(open_database(f"postgresql://127.0.0.1:{postgres.port}/postgres")) as db:
        assert db.exec_driver_sql("SELECT current_user").scalar_one() == "gouji"


def test_libpqs_options_reach_the_driver() -> None:
    url, options = understood("postgresql://u:p@h/d?sslmode=require&connect_timeout=5&application_name=x")
    assert dict(url.query) == {}
    assert (options["timeout"], options["application_name"]) == (5, "x")
    assert options["ssl_context"].check_hostname is False


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "附件2.docx"
    path.write_bytes(b"PK\x03\x04 and no database at all" * 100)
    with told("不是 SQLite 数据库", "--db"):
        ensure_ready(open_database(f"sqlite:///{path}"))
    assert path.read_bytes().startswith(b"PK")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with told("打不开数据库文件", "文件夹"):
        ensure_ready(open_database(f"sqlite:///{tmp_path / 'nowhere' / 'gouji.db'}"))


def test_a_command_that_only_looks_makes_no_database(tmp_path: Path) -> None:
    path = tmp_path / "gouji.db"
    engine = open_database(f"sqlite:///{path}")
    with told("还不存在", "gouji ingest"):
        ensure_ready(engine, create=False)
    assert current(engine) is None
    assert not path.exists()
    path.touch()
    with told("空的", "gouji ingest"):
        ensure_ready(engine, create=False)


def test_a_database_in_use_by_another(sqlite: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sqlite.url.database
    hurried = open_database(f"sqlite:///{path}")
    monkeypatch.setattr(database, "BUSY_SECONDS", 1)
    other = sqlite3.connect(str(path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with told("占用"):
        save(hurried, full_report(), full_judgement())
    other.execute("ROLLBACK")
    assert save(hurried, full_report(), full_judgement()).created


def test_a_disk_that_is_full(sqlite: Engine) -> None:
    save(sqlite, full_report(), full_judgement())
    before = {table: count(sqlite, table) for table in ("submission", "figure", "finding")}
    cramped = open_database(str(sqlite.url))
    event.listen(cramped, "connect", lambda driver, _: driver.execute("PRAGMA max_page_count = 1"))
    others = [replace(full_report(), department=f"云岭县第{number}中学") for number in range(50)]
    with told("磁盘已满", "腾出空间"):
        for report in others:
            save(cramped, report, full_judgement())
    assert count(sqlite, "figure") == before["figure"] * count(sqlite, "submission")
    assert count(sqlite, "finding") == before["finding"] * count(sqlite, "submission")


def test_a_database_that_may_only_be_read(sqlite: Engine) -> None:
    save(sqlite, full_report(), full_judgement())
    frozen = open_database(f"sqlite:///file:{sqlite.url.database}?mode=ro&uri=true")
    ensure_ready(frozen, create=False)
    with told("只能读", "写权限"):
        save(frozen, replace(full_report(), sources=()), full_judgement())


def test_a_folder_without_rights(ready_file: Path, tmp_path: Path) -> None:
    """As an ordinary user: root may write everywhere."""
    folder = tmp_path / "frozen"
    folder.mkdir()
    shutil.copy(ready_file, folder / "gouji.db")
    (folder / "gouji.db").chmod(0o444)
    folder.chmod(0o555)
    script = (
        "from models.database import open_database, writing\n"
        "from models.trouble import DatabaseTrouble\n"
        "try:\n"
        f"    with writing(open_database('sqlite:///{folder / 'gouji.db'}')) as db:\n"
        "        db.exec_driver_sql('DELETE FROM tally')\n"
        "except DatabaseTrouble as trouble:\n"
        "    print(trouble.message)\n"
    )
    done = unprivileged(script, tmp_path)
    folder.chmod(0o755)
    assert done.stdout.strip() == "数据库只能读，不能写", done.stderr


def unprivileged(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script as a process that has no right to pass over permissions."""
    command = [sys.executable, "-c", script]
    if os.geteuid() == 0:
        dropped = "--inh-caps=-dac_override,-dac_read_search,-fowner"
        bounded = "--bounding-set=-dac_override,-dac_read_search,-fowner"
        command = ["setpriv", dropped, bounded, *command]
    top = str(Path(__file__).parents[2])
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": top},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_damaged_database(sqlite: Engine) -> None:
    for letter in "abc":
        source = replace(full_report().sources[0], sha256=letter * 64)
        save(sqlite, replace(full_report(), sources=(source,)), full_judgement())
    sqlite.dispose()
    path = Path(str(sqlite.url.database))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 8192) + whole[-4096:])
    with told("已损坏", "备份"), reading(sqlite) as db:
        db.exec_driver_sql("SELECT * FROM figure").all()


def test_a_table_that_is_missing(engine: Engine) -> None:
    with writing(engine) as db:
        db.exec_driver_sql("DROP TABLE finding_cite")
    with told("缺少", "gouji db upgrade"):
        save(engine, full_report(), full_judgement())
    assert (count(engine, "submission"), count(engine, "figure"), count(engine, "department")) == (0, 0, 0)


def test_a_failure_half_way_leaves_nothing(engine: Engine) -> None:
    judgement = full_judgement()
    wrong = replace(judgement.findings[0], difference=Decimal("NaN"))
    with told("数据库出错"):
        save(engine, full_report(), replace(judgement, findings=(wrong,)))
    for table in ("department", "submission", "figure", "finding"):
        assert count(engine, table) == 0
    assert save(engine, full_report(), judgement).created


def test_what_breaks_off_a_transaction_takes_it_back(engine: Engine) -> None:
    def interrupted() -> None:
        with writing(engine) as db:
            db.execute(insert(Department), {"name": "云岭县水利局"})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert count(engine, "department") == 0


def test_a_server_that_is_not_there(postgres: Server) -> None:
    with told("连不上", "主机和端口"):
        ensure_ready(open_database(f"postgresql://gouji:{SECRET}@127.0.0.1:1/gouji"))


def test_a_wrong_password(postgres: Server) -> None:
    with told("用户名或密码"):
        ensure_ready(open_database(postgres.url("postgres", SECRET)))
    with told("用户名或密码"):
        ensure_ready(open_database(f"postgresql://gouji@127.0.0.1:{postgres.port}/postgres"))


def test_a_database_the_server_does_not_have(postgres: Server) -> None:
    with told("没有这个数据库"):
        ensure_ready(open_database(postgres.url("nowhere")))


def test_a_user_who_may_not(postgres: Server) -> None:
    address = postgres.fresh("guarded")
    owner = open_database(address)
    ensure_ready(owner)
    with writing(owner) as db:
        db.exec_driver_sql("DROP ROLE IF EXISTS guest")
        db.exec_driver_sql(f"CREATE ROLE guest LOGIN PASSWORD '{SECRET}'")
    owner.dispose()
    guest = open_database(address.replace("gouji:gou-ji", f"guest:{SECRET}"))
    with told("没有权限"):
        save(guest, full_report(), full_judgement())


def test_trouble_passes_between_processes() -> None:
    trouble = DatabaseTrouble("磁盘已满", "请腾出空间。")
    again = pickle.loads(pickle.dumps(trouble))
    assert (again.message, again.remedy) == ("磁盘已满", "请腾出空间。")
