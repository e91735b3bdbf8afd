"""A real PostgreSQL for the tests: started once a session in a folder of its own, gone at the end.

It needs `initdb` and `pg_ctl` (on PATH or in Debian's and Fedora's usual places). PostgreSQL refuses to
run as root, so root runs it as `postgres` or `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine

PASSWORD = "gou-ji"
_USUAL = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `fresh` makes an empty database and gives its URL."""

    port: int
    programs: Path
    account: str | None
    home: Path

    def url(self, database: str, password: str = PASSWORD) -> str:
        return f"postgresql://gouji:{password}@127.0.0.1:{self.port}/{database}"

    def fresh(self, database: str, template: str = "template0") -> str:
        """Make the database anew, empty or as a copy of another, and give its URL."""
        url = self.url("postgres").replace("postgresql", "postgresql+pg8000")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
            connection.exec_driver_sql(f"CREATE DATABASE {database} TEMPLATE {template}")
        engine.dispose()
        return self.url(database)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server, or a skip that names what is missing."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server: initdb and pg_ctl not found (install the package postgresql)")
    account = _account()
    if os.geteuid() == 0 and account is None:
        pytest.skip("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
    home = Path(tempfile.mkdtemp(prefix="gouji-postgres-"))
    if account is not None:
        shutil.chown(home, account)
    server = Server(_free_port(), programs, account, home)
    try:
        _start(server)
        yield server
    finally:
        subprocess.run(
            [programs / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop"],
            user=account,
            cwd=home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        shutil.rmtree(home, ignore_errors=True)


def _start(server: Server) -> None:
    secret = server.home / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    data = str(server.home / "data")
    initdb = ["initdb", "-D", data, "-U", "gouji", "-E", "UTF8", "--no-locale", "-N"]
    _run(server, [*initdb, "--auth=scram-sha-256", f"--pwfile={secret}"])
    settings = f"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    log = str(server.home / "log")
    _run(server, ["pg_ctl", "-D", data, "-w", "-t", "60", "-l", log, "-o", settings, "start"])


def _run(server: Server, command: list[str]) -> None:
    """Run one of PostgreSQL's programs as its own user; what it says is in the error where it fails."""
    output = server.home / "output"
    with output.open("w") as said:
        done = subprocess.run(
            [server.programs / command[0], *command[1:]],
            user=server.account,
            cwd=server.home,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            stdout=said,
            stderr=subprocess.STDOUT,
            check=False,
        )
    assert done.returncode == 0, f"{command[0]}: {output.read_text()}"


def _programs() -> Path | None:
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    for pattern in _USUAL:
        places.extend(sorted(Path("/").glob(pattern.lstrip("/")), reverse=True))
    return next((p for p in places if (p / "initdb").exists() and (p / "pg_ctl").exists()), None)


def _account() -> str | None:
    """Whom to run the server as: oneself, or for root the first of the users that a server may be."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
