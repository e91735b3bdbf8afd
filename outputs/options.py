"""The options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

DEFAULT_DB = "sqlite:///gouji.db"

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(slots=True)
class Settings:
    """What holds for every command: the database's URL."""

    db: str = DEFAULT_DB


def _take_db(ctx: click.Context, _: click.Parameter, url: str | None) -> None:
    settings = ctx.ensure_object(Settings)
    if url:
        settings.db = url


def _tell_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            click.echo(f"gouji {version('gouji')}")
        except PackageNotFoundError:
            click.echo("gouji（未安装，直接从源文件运行）")
        ctx.exit()


def db_option(**settings: Any) -> Callable[[F], F]:
    """`--db URL`, taken before the command's name and after it; the later one holds."""
    help_text = "数据库地址（SQLAlchemy URL）"
    return click.option(
        "--db", metavar="URL", expose_value=False, callback=_take_db, help=help_text, **settings
    )


def by_department(command: F) -> F:
    """The options by which submissions are chosen."""
    year = click.option("--year", type=int, metavar="YEAR", help="只要这一年度")
    department = click.option("--department", metavar="NAME", help="只要这个部门（名称或预算编码）")
    return department(year(command))


def choosing(command: F) -> F:
    """As `by_department`, and whether superseded revisions are wanted too."""
    return by_department(
        click.option("--all-revisions", is_flag=True, help="旧版也要（缺省只要最新一版）")(command)
    )


def by_rule(command: F) -> F:
    """`--rule RULE`, as often as wanted."""
    return click.option(
        "--rule", "rules", multiple=True, metavar="RULE", help="只看这些规则（代码、前缀或通配符，可多次）"
    )(command)


def in_format(*kinds: str) -> Callable[[F], F]:
    """`--format KIND`; the first kind where none is asked for."""
    help_text = f"输出格式（缺省 {kinds[0]}）"
    return click.option("--format", "form", type=click.Choice(kinds), default=kinds[0], help=help_text)


def settings_option(command: F) -> F:
    """`--settings FILE`: the bureau's own thresholds and severities."""
    return click.option(
        "--settings",
        "settings_file",
        envvar="GOUJI_SETTINGS",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="设置文件：阈值、程度、关闭的规则（TOML）",
    )(command)


def settings_options(command: F) -> F:
    """As `settings_option`, and `--no-settings` for going back to what comes with gouji."""
    plain = click.option("--no-settings", is_flag=True, help="不再用保存的设置，改回缺省")
    return settings_option(plain(command))


def version_option(command: F) -> F:
    """`--version`."""
    return click.option(
        "--version",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_tell_version,
        help="显示版本号",
    )(command)
