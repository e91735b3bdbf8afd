"""What README and CONTRIBUTING promise exists: commands, exit codes, rooms, targets, files, locks."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import inspect

import cli
from models.database import open_database, upgrade

TOP = Path(__file__).parents[1]
README = (TOP / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (TOP / "Makefile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))


def section(title: str) -> str:
    """The part of the README under this heading, to the next heading of any level."""
    return re.split(r"^#+ ", README.split(f"# {title}\n", 1)[1], maxsplit=1, flags=re.M)[0]


def words(pattern: str, text: str) -> list[str]:
    found: list[str] = re.findall(pattern, text)
    return found


def rows(title: str) -> list[list[str]]:
    """The body rows of the table under this heading."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def test_the_commands_are_those_of_the_program() -> None:
    promised = {words("`gouji (\\w+)", row[0])[0] for row in rows("Commands")}
    assert promised == set(cli.main.commands)


def test_the_exit_codes_are_those_of_the_help() -> None:
    promised = [row[0] for row in rows("Exit codes")]
    assert promised == re.findall(r"^  (\d+) ", cli.EXIT_CODES, re.M)


def test_the_picture_is_what_the_demo_prints(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'demo.db'}"
    CliRunner().invoke(cli.main, ["--db", database, "ingest", str(TOP / "samples" / "submissions")])
    pictured = README.split("<!-- picture: begin -->\n```\n")[1].split("\n```\n<!-- picture: end -->")[0]
    department = pictured.split("（")[0]
    shown = CliRunner().invoke(cli.main, ["--db", database, "flags", "--department", department])
    assert shown.output.strip() == pictured


def test_the_views_are_those_of_a_fresh_database(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'fresh.db'}")
    upgrade(engine)
    views = inspect(engine).get_view_names()
    engine.dispose()
    assert {words(r"`(\w+)`", row[0])[0] for row in rows("The database")} == set(views)


def test_every_room_stands_and_none_is_left_out() -> None:
    rooms = [words(r"`([\w./]+)`", row[0])[0] for row in rows("The rooms")]
    assert [room for room in rooms if not (TOP / room).exists()] == []
    tops = {room.split("/")[0] for room in rooms}
    assert {path.parent.name for path in TOP.glob("*/*.py")} <= tops
    assert {path.name for path in TOP.glob("*.py")} <= tops


def test_every_make_target_named_is_one() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.M))
    named = set(re.findall(r"`make ([a-z]+)`", README + CONTRIBUTING))
    assert {"demo", "test"} <= named <= targets


def test_every_file_named_is_there() -> None:
    named = re.findall(
        r"`((?:extract|reconcile|models|migrations|outputs|samples|\.ci)/[\w./]*)`", README + CONTRIBUTING
    )
    assert named
    assert [name for name in named if not (TOP / name).exists()] == []


def test_the_changelog_tells_of_this_version_or_of_what_comes() -> None:
    heads = re.findall(r"^## \[?([\w.]+)", (TOP / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert heads[0] in ("Unreleased", PROJECT["project"]["version"])


def locked(name: str) -> dict[str, set[str]]:
    """The versions that a lock file pins, by package; every pin must carry hashes."""
    text = (TOP / name).read_text(encoding="utf-8")
    assert "://" not in text
    pins: dict[str, set[str]] = {}
    for pin in re.split(r"\n(?=[a-z0-9])", text):
        package, _, version = words(r"\S+", pin)[0].partition("==")
        assert version
        assert "--hash=sha256:" in pin, package
        pins.setdefault(package, set()).add(version)
    return pins


def test_the_locks_hold_every_dependency_and_agree() -> None:
    run, development = locked("requirements.lock"), locked("requirements-dev.lock")
    assert run.items() <= development.items()
    groups = PROJECT["dependency-groups"]
    wanted = [*PROJECT["project"]["dependencies"], *groups["build"]]
    names = {re.split(r"[^\w-]", line)[0].lower() for line in wanted}
    assert names <= run.keys()
    assert {re.split(r"[^\w-]", line)[0].lower() for line in groups["dev"]} <= development.keys()


def test_every_code_of_the_glossary_is_one_of_the_records() -> None:
    sources = ("report.py", "paths.py", "forms/vocabulary.toml")
    room = "".join((TOP / "extract" / name).read_text(encoding="utf-8") for name in sources)
    codes = {code for row in rows("The record's words") for code in words(r"`(\w+)`", row[0])}
    assert len(codes) > 50
    assert codes <= set(words(r"\w+", room))
