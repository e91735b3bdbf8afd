"""`gouji ingest`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from commands.opening import database, rulebook, settings_used
from outputs.ending import INTERRUPTED, UNREAD, Misuse, terminable
from outputs.options import Settings, db_option, settings_options
from outputs.streams import writing_out
from outputs.usage import Command


@click.command(cls=Command, short_help="读入文件和文件夹，核对并入库")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件或文件夹…")
@click.option("--vocabulary", type=click.Path(path_type=Path), metavar="FILE", help="补充本地说法的词表")
@click.option("--year", type=click.IntRange(1990, 2100), metavar="YEAR", help="指定年度（材料里看不出时）")
@click.option("--department", metavar="NAME", help="指定部门名称（材料里看不出时）")
@click.option("--jobs", type=click.IntRange(0, 256), metavar="N", help="同时读几个文件（缺省按处理器数）")
@click.option(
    "--password",
    "passwords",
    multiple=True,
    metavar="TEXT",
    help="文件或压缩包的密码（可多次）；或用环境变量 GOUJI_PASSWORD",
)
@settings_options
@db_option()
@click.pass_obj
def ingest(
    settings: Settings,
    paths: tuple[Path, ...],
    vocabulary: Path | None,
    year: int | None,
    department: str | None,
    jobs: int | None,
    passwords: tuple[str, ...],
    settings_file: Path | None,
    no_settings: bool,
) -> int:
    """读入文件和文件夹，核对并存入数据库。每份报告一行，最后有汇总。"""
    named = paths if vocabulary is None else (*paths, vocabulary)
    absent = [str(path) for path in named if not os.path.exists(path)]
    if absent:
        raise Misuse(f"找不到：{'、'.join(absent)}。请检查路径")
    book = rulebook(settings_file, no_settings)
    from extract.forms.vocabulary import BadVocabularyError
    from extract.incoming import Stage
    from models.database import reading
    from outcome import FileDone, Gathered, Options
    from outputs.ingested import Summary, by_which_settings, line
    from outputs.progress import Course
    from outputs.unfiled import due_lines
    from outputs.wording import stage
    from pipeline import ingest as run

    summary = Summary()
    try:
        options = Options(vocabulary, year, department, jobs, book, (*passwords, *_password_told()))
        with (
            settings_used(),
            database(settings, create=True) as engine,
            terminable(),
            Course("读取") as course,
        ):
            for event in run(paths, engine, options):
                match event:
                    case Stage(name=name, files=files):
                        course.about(stage(name, files))
                    case Gathered(total=total):
                        course.expect(total)
                    case FileDone(path=path):
                        course.step(path)
                    case outcome:
                        summary.add(outcome)
                        course.say(line(outcome))
            with reading(engine) as db:
                by_settings = by_which_settings(db)
                due = "\n".join(due_lines(db, summary.years))
    except BadVocabularyError as error:
        raise Misuse(str(error)) from error
    except KeyboardInterrupt:
        done = f"之前的 {summary.submissions} 份报告已完整入库，正在处理的没有写入"
        click.echo(f"已中断。{done}；再运行一次即可接着读。", err=True)
        return INTERRUPTED
    if not summary.statuses:
        click.echo(
            "没有找到可读的文件。请给出含有自评材料（Word、PDF、OFD、表格、压缩包）的文件夹。", err=True
        )
        return UNREAD
    with writing_out():
        click.echo("\n".join(filter(None, [summary.ingested(), summary.compared(), due, by_settings])))
        if summary.severities:
            click.echo("查看问题：gouji flags")
    return summary.code


def _password_told() -> list[str]:
    """The password that the environment gives, which no program that is started inherits."""
    told = os.environ.pop("GOUJI_PASSWORD", "")
    return [told] if told else []
