"""The program as its users meet it: in this process through click's runner, and as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli
from models import store
from models.database import ensure_ready, open_database
from tests.cli.reports import CLEAN, FLAGGED, INCOMPLETE, WATER, source

TOP = Path(__file__).parents[2]
SAMPLES = TOP / "samples" / "submissions"

Gouji = Callable[..., Result]
Process = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def db(tmp_path: Path) -> str:
    """The address of a database that doesn't exist yet."""
    return f"sqlite:///{tmp_path / 'gouji.db'}"


@pytest.fixture
def filled(db: str) -> str:
    """Water 2024 is flagged (1); forestry 2023 was flagged (2), its revision 2 is clean (3); farming
    2024 is incomplete (4)."""
    engine = open_database(db)
    ensure_ready(engine)
    forestry = replace(WATER, department="云岭县林业局", department_code="110002", fiscal_year=2023)
    farming = replace(WATER, department="云岭县农业农村局", department_code="110003")
    store.save(engine, WATER, FLAGGED)
    store.save(engine, replace(forestry, sources=(source("旧.docx", "c"),)), FLAGGED)
    store.save(engine, replace(forestry, sources=(source("新.docx", "d"),)), CLEAN)
    store.save(engine, replace(farming, sources=(source("农.docx", "e"),)), INCOMPLETE)
    engine.dispose()
    return db


@pytest.fixture
def gouji(db: str, monkeypatch: pytest.MonkeyPatch) -> Gouji:
    """`gouji …` on the test's database, standard output and error apart."""
    monkeypatch.setenv("GOUJI_DB", db)

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(cli.main, [str(argument) for argument in arguments], prog_name="gouji")

    return run


@pytest.fixture
def process(db: str) -> Process:
    """`gouji …` as a process: `env` adds to the environment, the rest goes to subprocess.run."""

    def run(
        *arguments: object, env: dict[str, str] | None = None, stdout: int = subprocess.PIPE
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command(*arguments), env=environment(db) | (env or {}), stdout=stdout, stderr=subprocess.PIPE
        )

    return run


def command(*arguments: object) -> list[str]:
    return [sys.executable, str(TOP / "cli.py"), *(str(argument) for argument in arguments)]


def environment(db: str) -> dict[str, str]:
    return {**os.environ, "GOUJI_DB": db, "PYTHONDONTWRITEBYTECODE": "1"}
