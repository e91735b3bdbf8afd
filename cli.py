"""gouji's commands: parse, call, print, choose an exit code. Heavy imports wait until they are needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outputs.ending import DATABASE, FLAGGED, INTERRUPTED, OK, UNREAD, DatabaseFailed, Misuse, terminable
from outputs.options import Settings, by_department, choosing, db_option, version_option
from outputs.streams import write_utf8, writing_out
from outputs.usage import Group
from outputs.wording import near

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


EXIT_CODES = """\b
退出码：
  0    全部读入，没有发现问题
  1    全部读入，有需要核实的问题
  2    用法错误
  3    有文件未能读取（其余已入库）
  4    数据库故障（不会写入一半）
  130  被中断（Ctrl-C 或 SIGTERM；不会写入一半）
同时发生时取最重的一个：130 > 4 > 2 > 3 > 1 > 0。

\b
数据库地址也可以写在环境变量 GOUJI_DB 里；缺省为 sqlite:///gouji.db。"""


@click.group(cls=Group, epilog=EXIT_CODES)
@db_option(envvar="GOUJI_DB")
@version_option
def main() -> None:
    """勾稽：读入部门整体支出绩效自评材料，核对数字，存入数据库。"""


@main.command(short_help="读入文件和文件夹，核对并入库")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件或文件夹…")
@click.option("--vocabulary", type=click.Path(path_type=Path), metavar="FILE", help="补充本地说法的词表")
@click.option("--year", type=click.IntRange(1990, 2100), metavar="YEAR", help="指定年度（材料里看不出时）")
@click.option("--department", metavar="NAME", help="指定部门名称（材料里看不出时）")
@click.option("--jobs", type=click.IntRange(0, 256), metavar="N", help="同时读几个文件（缺省按处理器数）")
@db_option()
@click.pass_obj
def ingest(
    settings: Settings,
    paths: tuple[Path, ...],
    vocabulary: Path | None,
    year: int | None,
    department: str | None,
    jobs: int | None,
) -> int:
    """读入文件和文件夹，核对并存入数据库。每份报告一行，最后有汇总。"""
    named = paths if vocabulary is None else (*paths, vocabulary)
    absent = [str(path) for path in named if not os.path.exists(path)]
    if absent:
        raise Misuse(f"找不到：{'、'.join(absent)}。请检查路径")
    from extract.forms.vocabulary import BadVocabularyError
    from outputs.ingested import Summary, line
    from outputs.progress import Course
    from pipeline import FileDone, Gathered, Options
    from pipeline import ingest as run

    summary = Summary()
    try:
        options = Options(vocabulary=vocabulary, year=year, department=department, jobs=jobs)
        with _database(settings, create=True) as engine, terminable(), Course("读取") as course:
            for event in run(paths, engine, options):
                match event:
                    case Gathered(total=total):
                        course.expect(total)
                    case FileDone(path=path):
                        course.step(path)
                    case outcome:
                        summary.add(outcome)
                        course.say(line(outcome))
    except BadVocabularyError as error:
        raise Misuse(str(error)) from error
    except KeyboardInterrupt:
        done = f"之前的 {summary.submissions} 份报告已完整入库，正在处理的没有写入"
        click.echo(f"已中断。{done}；再运行一次即可接着读。", err=True)
        return INTERRUPTED
    if not summary.statuses:
        click.echo("没有找到可读的文件。请给出含有 .docx 或 .pdf 的文件夹。", err=True)
        return UNREAD
    with writing_out():
        click.echo(summary.ingested())
        if summary.severities:
            click.echo("查看问题：gouji flags")
    return summary.code


@main.command(short_help="对不上的报告：哪里、为什么")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    help="输出格式（缺省 table）",
)
@choosing
@click.option(
    "--rule", "rules", multiple=True, metavar="RULE", help="只看这些规则（代码、前缀或通配符，可多次）"
)
@click.option(
    "--severity",
    "severities",
    multiple=True,
    type=click.Choice(["error", "warning", "notice"]),
    help="只看这些程度：错误、核实、提示（可多次）",
)
@db_option()
@click.pass_obj
def flags(
    settings: Settings,
    form: str,
    department: str | None,
    year: int | None,
    all_revisions: bool,
    rules: tuple[str, ...],
    severities: tuple[str, ...],
) -> int:
    """列出对不上、需要核实的地方：哪个部门、什么问题、在文件的什么位置。"""
    from outputs import chosen
    from outputs import flags as listing

    titles = _titles()
    for pattern in rules:
        if not any(listing.names(pattern, code) for code in titles):
            raise Misuse(f"没有规则「{pattern}」{near(pattern, titles)}。全部规则见 gouji rules")
    with _reading(settings) as db:
        ids = chosen.ids(db, department, year, latest_only=not all_revisions)
        wanted = listing.Wanted(rules, severities)
        found = list(listing.flagged(chosen.judged(db, ids), wanted))
    with writing_out():
        if form == "json":
            write_utf8(listing.json_text(found))
        elif form == "csv":
            write_utf8(listing.csv_text(found, titles))
        elif found:
            from outputs.terminal import print_flags

            print_flags(found, titles)
        else:
            click.echo("没有需要核实的问题。" if ids else "数据库里没有这样的报告。")
    return FLAGGED if found else OK


@main.command(short_help="一份报告：各表、各问题及其位置")
@click.argument("which", metavar="编号或部门")
@click.option("--year", type=int, metavar="YEAR", help="哪一年度（缺省最近一年）")
@db_option()
@click.pass_obj
def show(settings: Settings, which: str, year: int | None) -> int:
    """看一份报告：读到了什么、哪里不对、在文件的什么位置、什么没有看懂。"""
    from outputs import chosen
    from outputs.show import everything_found, how_it_was_judged, what_was_read
    from outputs.terminal import print_flags, print_sections

    titles = _titles()
    with _reading(settings) as db:
        stored = chosen.one(db, which, year)
    with writing_out():
        print_sections(what_was_read(stored.report))
        print_flags([everything_found(stored)], titles)
        print_sections(how_it_was_judged(stored, titles))
    return OK


@main.command(short_help="导出记录：JSON（每行一份）或 CSV")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "xlsx", "parquet"]),
    default="jsonl",
    help="输出格式（缺省 jsonl；后两种尚不能用）",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="PATH", help="写到文件或（csv）文件夹"
)
@choosing
@db_option()
@click.pass_obj
def export(
    settings: Settings,
    form: str,
    output: Path | None,
    department: str | None,
    year: int | None,
    all_revisions: bool,
) -> int:
    """导出记录。

    \b
    jsonl  每份报告一行，见 docs/record.md
    csv    每个数字一行；-o 给出文件夹时，每类内容一个 CSV 文件
    """
    from outputs import chosen
    from outputs import export as out

    if form in ("xlsx", "parquet"):
        raise Misuse(f"本版本还不能导出 {form}，请改用 --format jsonl 或 --format csv")
    with _reading(settings) as db:
        ids = chosen.ids(db, department, year, latest_only=not all_revisions)
        submissions = chosen.submissions(db, ids)
        with writing_out():
            if output is None:
                for piece in out.pieces(form, submissions):
                    write_utf8(piece)
            else:
                out.write(form, submissions, output)
                click.echo(f"已写到 {output}", err=True)
    return OK


@main.command(short_help="把已入库的报告重新核对一遍")
@by_department
@db_option()
@click.pass_obj
def check(settings: Settings, department: str | None, year: int | None) -> int:
    """不读文件，把已入库的报告重新核对一遍（规则或数据有了更正之后）。"""
    from models.database import reading
    from outputs import chosen
    from outputs.ingested import Summary, line
    from outputs.progress import Course
    from pipeline import check as run

    summary = Summary()
    try:
        with _database(settings) as engine, terminable(), Course("核对") as course:
            with reading(engine) as db:
                ids = chosen.ids(db, department, year, latest_only=False)
            course.expect(len(ids))
            for outcome in run(engine, ids):
                summary.add(outcome)
                course.say(line(outcome))
                course.step("")
    except KeyboardInterrupt:
        click.echo("已中断。已核对的报告已更新，正在核对的没有改动；再运行一次即可。", err=True)
        return INTERRUPTED
    with writing_out():
        click.echo(summary.checked())
    return summary.code


@main.command(short_help="规则目录，或一条规则的说明")
@click.argument("code", required=False, metavar="[规则代码]")
def rules(code: str | None) -> int:
    """列出全部规则；给出代码时说明这一条核对什么、为什么、怎么办。"""
    from outputs import rules_reference as reference
    from outputs.terminal import print_sections

    if code is not None and code not in _titles():
        raise Misuse(f"没有规则「{code}」{near(code, _titles())}。全部规则见 gouji rules")
    with writing_out():
        print_sections([reference.listing() if code is None else reference.one(code)])
    return OK


@main.group(short_help="数据库结构：升级、查看版本")
@db_option()
def db() -> None:
    """数据库结构：升级、查看版本。"""


@db.command(short_help="把数据库结构升到最新版")
@db_option()
@click.pass_obj
def upgrade(settings: Settings) -> int:
    """把数据库结构升到最新版，已有数据保留。"""
    from models import database

    with _opened(settings.db) as engine:
        database.upgrade(engine)
        click.echo(f"数据库结构已是最新版：{database.current(engine)}")
    return OK


@db.command(short_help="数据库结构现在的版本")
@db_option()
@click.pass_obj
def current(settings: Settings) -> int:
    """数据库结构现在的版本。"""
    from models import database

    with _opened(settings.db) as engine:
        click.echo(database.current(engine) or "空数据库，还没有表；gouji db upgrade 或 gouji ingest 会建立")
    return OK


@main.command(short_help="这台机器有什么、缺什么、缺了会怎样")
@db_option()
@click.pass_obj
def doctor(settings: Settings) -> int:
    """检查这台机器：有什么、缺什么、缺了会怎样。数据库不能用时退出码为 4。"""
    from models.trouble import DatabaseTrouble
    from outputs import machine
    from outputs.terminal import print_sections

    code = OK
    try:
        database = machine.database(settings.db)
    except DatabaseTrouble as error:
        code, database = DATABASE, machine.Thing("数据库", False, error.message, error.remedy)
    with writing_out():
        print_sections([machine.section([*machine.parts(), database])])
    return code


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
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
def _reading(settings: Settings) -> Iterator[Connection]:
    """The stored submissions, for looking them up."""
    from models.database import reading

    with _database(settings) as engine, reading(engine) as db:
        yield db


@contextmanager
def _database(settings: Settings, create: bool = False) -> Iterator[Engine]:
    """The database with its tables in order; where allowed, an empty one gets them."""
    from models.database import ensure_ready

    with _opened(settings.db) as engine:
        ensure_ready(engine, create)
        yield engine


def _titles() -> dict[str, str]:
    from outputs.rules_reference import titles

    return titles()


if __name__ == "__main__":
    main()
