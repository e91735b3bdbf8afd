"""Contracts of the rooms that are single files or scripts; those between packages stand in pyproject.toml."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parents[1]
ROOMS = ("extract", "readings", "reconcile", "models", "outputs", "migrations")
FORMATS = {
    "docx",
    "lxml",
    "pdfplumber",
    "pypdfium2",
    "zipfile",
    "extract.readers.docx",
    "extract.readers.pdf",
}


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it; for «from a import b» both a and a.b."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reached(path: Path, forbidden: set[str]) -> set[str]:
    """Those of the forbidden modules that a file imports, or a part of them."""
    return {
        name for name in imported(path) if any(name == top or name.startswith(f"{top}.") for top in forbidden)
    }


def files(room: str) -> list[Path]:
    found = sorted((TOP / room).rglob("*.py"))
    assert found, room
    return found


def test_the_commands_open_no_document_and_know_no_sql() -> None:
    forbidden = FORMATS | {"extract.readers", "sqlalchemy.sql", "pg8000", "sqlite3"}
    found = {name for path in [TOP / "cli.py", *files("commands")] for name in reached(path, forbidden)}
    assert found == set()


def test_the_pipeline_knows_no_format_and_no_label() -> None:
    labels = {f"extract.forms.{path.stem}" for path in files("extract/forms")} - {
        "extract.forms.read",
        "extract.forms.vocabulary",
    }
    assert reached(TOP / "pipeline.py", FORMATS | labels) == set()


def test_a_migration_imports_none_of_the_programs_rooms() -> None:
    versions = files("migrations/versions")
    found = {name for path in versions for name in reached(path, {"models", "extract", "reconcile"})}
    assert found == set()


def test_judging_and_its_outcomes_know_no_format_and_read_no_file() -> None:
    forbidden = FORMATS | {"extract.readers", "extract.forms", "extract.converting", "extract.unpacking"}
    assert {name for file in ("judging.py", "outcome.py") for name in reached(TOP / file, forbidden)} == set()


def test_no_room_needs_the_files_at_the_top_and_only_outputs_the_outcomes() -> None:
    found = {
        (room, name)
        for room in ROOMS
        for path in files(room)
        for name in reached(path, {"cli", "commands", "judging", "outcome", "pipeline"})
    }
    assert {
        (room, name) for room, name in found if room != "outputs" or not name.startswith("outcome")
    } == set()


def test_the_store_alone_knows_what_was_extracted() -> None:
    knowing = {path.name for path in files("models") if reached(path, {"extract"})}
    assert {name for name in knowing if not name.startswith("store")} == set()
