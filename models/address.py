"""What a database's address means: `--db URL` or GOUJI_DB to a dialect, a driver and its options."""

from __future__ import annotations

import getpass
import os
import ssl
from importlib.util import find_spec
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from models.trouble import DatabaseTrouble

EXAMPLES = (
    "写法如 sqlite:///gouji.db 或 postgresql://用户:密码@主机:5432/库名"
    "（密码中的 @ : / 等符号要写成 %40 %3A %2F）。"
)
_POSTGRESQL = ("postgres", "postgresql")
BUSY_SECONDS = 30


def understood(address: str) -> tuple[URL, dict[str, Any]]:
    """The address as SQLAlchemy takes it, and the driver's own options.

    `postgres://` and `postgresql://` mean pg8000; so does a psycopg that is not installed.
    Raises DatabaseTrouble for an address that is none, and for databases other than the two.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise DatabaseTrouble("看不懂数据库地址", EXAMPLES) from None
    dialect, _, driver = url.drivername.partition("+")
    if dialect == "sqlite" and driver in ("", "pysqlite"):
        return url.set(drivername="sqlite"), {"timeout": BUSY_SECONDS}
    if dialect in _POSTGRESQL:
        if driver in ("psycopg", "psycopg2") and find_spec(driver) is not None:
            return url.set(drivername=f"postgresql+{driver}"), {}
        if driver in ("", "pg8000", "psycopg", "psycopg2"):
            return _for_pg8000(url)
    raise DatabaseTrouble(f"不支持这种数据库：{url.drivername}", f"可用 SQLite 或 PostgreSQL，{EXAMPLES}")


def _for_pg8000(url: URL) -> tuple[URL, dict[str, Any]]:
    """libpq's query options, and its defaults for who connects, in pg8000's terms."""
    options: dict[str, Any] = {}
    if url.username is None:
        options["user"] = os.environ.get("PGUSER") or getpass.getuser()
    if url.password is None:
        options["password"] = os.environ.get("PGPASSWORD", "")
    for name, value in url.query.items():
        text = value if isinstance(value, str) else value[-1]
        if name == "sslmode":
            options.update(_encryption(text))
        elif name == "connect_timeout" and text.isdigit():
            options["timeout"] = int(text)
        elif name == "application_name":
            options["application_name"] = text
        else:
            raise DatabaseTrouble(
                f"不认识数据库地址中的参数 {name}", "可用 sslmode、connect_timeout、application_name。"
            )
    return url.set(drivername="postgresql+pg8000", query={}), options


def _encryption(mode: str) -> dict[str, ssl.SSLContext]:
    """As libpq has it: `require` encrypts without looking at the certificate, `verify-full` checks it."""
    if mode in ("disable", "allow", "prefer"):
        return {}
    context = ssl.create_default_context()
    context.check_hostname = mode == "verify-full"
    if mode == "require":
        context.verify_mode = ssl.CERT_NONE
    return {"ssl_context": context}
