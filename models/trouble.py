"""What goes wrong with a database, told to a clerk: a message and what to do, never a password.

Every error of SQLAlchemy, of a driver or of the disk beneath passes through `trouble()` and leaves it as
`DatabaseTrouble` (exit code 4). The tables below are all the troubles that have words of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from models.exact import NotANumber

Words = tuple[str, str]


class DatabaseTrouble(Exception):
    """The database can't be used: `message` says why, `remedy` what to do, both in Chinese."""

    exit_code = 4

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def printed(self) -> str:
        return f"{self.message}。{self.remedy}"

    def __reduce__(self) -> tuple[type[DatabaseTrouble], tuple[str, str]]:
        return (DatabaseTrouble, (self.message, self.remedy))


_UPGRADE: Words = ("数据库缺少需要的表或列", "请运行 gouji db upgrade，再试一次。")
_LOCKED: Words = (
    "数据库正被别的程序占用",
    "请关闭正在使用它的程序（或等另一次 gouji ingest 结束），再试一次。",
)
_DENIED: Words = ("没有权限使用这个数据库", "请换一个有权限的用户，或请管理员授权。")
_READ_ONLY: Words = (
    "数据库只能读，不能写",
    "请检查数据库文件及其所在文件夹的写权限，或用 --db 换一个位置。",
)
_FULL: Words = ("磁盘已满，数据没有写入", "请腾出空间后再试；已有的数据没有改动。")
_LOGIN: Words = ("数据库的用户名或密码不对", "请检查 --db 或 GOUJI_DB 中的用户名和密码。")
_UNREACHABLE: Words = (
    "连不上数据库服务器",
    "请检查 --db 或 GOUJI_DB 中的主机和端口，并确认数据库服务已经启动。",
)
_DAMAGED: Words = ("数据库文件已损坏", "请用备份恢复，或用 --db 换一个新文件后重新导入。")

_SQLITE: tuple[tuple[str, Words], ...] = (
    ("SQLITE_BUSY", _LOCKED),
    ("SQLITE_LOCKED", _LOCKED),
    ("SQLITE_READONLY", _READ_ONLY),
    ("SQLITE_FULL", _FULL),
    ("SQLITE_NOTADB", ("这个文件不是 SQLite 数据库", "请用 --db 指定正确的数据库文件，或换一个新文件名。")),
    ("SQLITE_CANTOPEN", ("打不开数据库文件", "请检查 --db 中的文件夹是否存在、是否有读写权限。")),
    ("SQLITE_PERM", _DENIED),
    ("SQLITE_AUTH", _DENIED),
    ("SQLITE_CORRUPT", _DAMAGED),
    ("SQLITE_IOERR", ("读写数据库文件出错", "请检查磁盘或网络盘是否正常；已有的数据没有改动。")),
)
_SQLSTATE: tuple[tuple[str, Words], ...] = (
    ("28", _LOGIN),
    ("3D000", ("服务器上没有这个数据库", "请检查 --db 中的库名，或请管理员建库。")),
    ("42501", _DENIED),
    ("25006", _READ_ONLY),
    ("53100", _FULL),
    ("53300", ("数据库的连接数已满", "请稍后再试，或请管理员提高连接数。")),
    ("55P03", _LOCKED),
    ("40", _LOCKED),
    ("57P", _UNREACHABLE),
    ("08", _UNREACHABLE),
    ("42P01", _UPGRADE),
    ("42703", _UPGRADE),
    ("3F000", ("数据库里没有可用的模式（schema）", "请管理员检查 search_path。")),
)


@contextmanager
def trouble() -> Iterator[None]:
    """Turn what SQLAlchemy, a driver, Alembic or the disk raises inside into DatabaseTrouble."""
    try:
        yield
    except DBAPIError as error:
        raise DatabaseTrouble(*_told(error)) from error
    except (SQLAlchemyError, CommandError) as error:
        raise DatabaseTrouble(*_unknown(type(error).__name__)) from error
    except NotANumber as error:
        raise DatabaseTrouble(
            f"数据库里有不是数的金额：{error}", "请改正这一格，再运行 gouji check。"
        ) from error
    except (OSError, EOFError) as error:
        raise DatabaseTrouble(*_UNREACHABLE) from error


def _told(error: DBAPIError) -> Words:
    orig = error.orig
    name = getattr(orig, "sqlite_errorname", None)
    if isinstance(name, str):
        return _first(_SQLITE, name) or _sqlite_schema(str(orig)) or _unknown(name)
    state = _sqlstate(orig)
    if state is not None:
        return _first(_SQLSTATE, state) or _unknown(f"SQLSTATE {state}")
    if "password" in str(orig):
        return _LOGIN
    if error.connection_invalidated or type(orig).__name__ in ("InterfaceError", "OperationalError"):
        return _UNREACHABLE
    return _unknown(type(orig).__name__)


def _first(table: tuple[tuple[str, Words], ...], code: str) -> Words | None:
    return next((words for prefix, words in table if code.startswith(prefix)), None)


def _sqlite_schema(message: str) -> Words | None:
    return _UPGRADE if message.startswith(("no such table", "no such column", "table ")) else None


def _sqlstate(orig: BaseException | None) -> str | None:
    """The SQLSTATE of a PostgreSQL error: pg8000 gives it in a dict, psycopg as an attribute."""
    if orig is None:
        return None
    for argument in orig.args:
        if isinstance(argument, dict) and isinstance(argument.get("C"), str):
            return str(argument["C"])
    state = getattr(orig, "sqlstate", None) or getattr(orig, "pgcode", None)
    return state if isinstance(state, str) else None


def _unknown(what: str) -> Words:
    return f"数据库出错（{what}）", "没有写入不完整的数据；请检查数据库后再试。"
