"""What commands open or ask for alike: the database, the settings, rules by their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outputs.ending import DatabaseFailed, Misuse
from outputs.options import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from reconcile.rulebook import Rulebook


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """The database as it is; its trouble becomes a message and exit code 4."""
    from models.database import open_database
    from models.trouble import DatabaseTrouble

    try:
        engine = open_database(url)
        try:
            yield engine
        finally:
            engine.dispose()
    except DatabaseTrouble as error:
        raise DatabaseFailed(error.printed()) from error


@contextmanager
def reading(settings: Settings) -> Iterator[Connection]:
    """The stored submissions, for looking them up."""
    from models.database import reading

    with database(settings) as engine, reading(engine) as db:
        yield db


@contextmanager
def database(settings: Settings, create: bool = False) -> Iterator[Engine]:
    """The database with its tables in order; where allowed, an empty one gets them."""
    from models.database import ensure_ready

    with opened(settings.db) as engine:
        ensure_ready(engine, create)
        yield engine


def titles() -> dict[str, str]:
    from outputs.rules_reference import titles

    return titles()


def refuse_unknown(patterns: Iterable[str], known: Iterable[str], stored: Iterable[str] = ()) -> None:
    """Misuse for a pattern that fits no rule, known or (of an older gouji) only stored."""
    from outputs.wording import near
    from reconcile.rule import names

    codes = [*known, *stored]
    for pattern in patterns:
        if not any(names(pattern, code) for code in codes):
            raise Misuse(f"没有规则「{pattern}」{near(pattern, known)}。全部规则见 gouji rules")


def rulebook(file: Path | None, no_settings: bool = False) -> Rulebook | None:
    """The settings asked for, read before anything else is touched; None for those that the database
    keeps. Where both are asked for, `--no-settings` wins over GOUJI_SETTINGS but not over `--settings`."""
    from reconcile.rulebook import STANDARD
    from reconcile.rulebook_text import load

    if no_settings:
        given = click.get_current_context().get_parameter_source("settings_file")
        if given is click.core.ParameterSource.COMMANDLINE:
            raise Misuse("--settings 和 --no-settings 只用一个")
        return STANDARD
    with settings_used():
        return None if file is None else load(file)


@contextmanager
def settings_used() -> Iterator[None]:
    """What is wrong with a settings file becomes a message and exit code 2."""
    from reconcile.rulebook_text import BadSettingsError

    try:
        yield
    except BadSettingsError as error:
        raise Misuse(str(error)) from error
