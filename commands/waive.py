"""`gouji waive` and `gouji waivers`."""

from __future__ import annotations

import click

from commands.opening import database, reading, titles
from outputs.ending import INTERRUPTED, OK, Misuse, terminable
from outputs.options import Settings, by_department, db_option, in_format
from outputs.streams import write_utf8, writing_out
from outputs.usage import Command


@click.command(cls=Command, short_help="说明一个问题（接受它并写明理由），或撤回说明")
@click.argument("which", metavar="编号或部门")
@click.argument("finding", required=False, metavar="序号或规则代码")
@click.option("--reason", metavar="TEXT", help="理由")
@click.option("--by", envvar="GOUJI_BY", metavar="NAME", help="说明人（也可写在环境变量 GOUJI_BY 里）")
@click.option("--withdraw", is_flag=True, help="撤回说明，问题重新列出")
@click.option(
    "--withdraw-number",
    "number",
    type=int,
    metavar="N",
    help="按编号（见 gouji waivers）撤回，问题已不存在的也可以",
)
@click.option("--year", type=int, metavar="YEAR", help="哪一年度（缺省最近一年）")
@db_option()
@click.pass_obj
def waive(
    settings: Settings,
    which: str,
    finding: str | None,
    reason: str | None,
    by: str | None,
    withdraw: bool,
    number: int | None,
    year: int | None,
) -> int:
    """接受一个问题：写明理由和说明人之后，它不再列为问题。

    \b
    序号见 gouji flags 或 gouji show。所涉及的数字有变动时，说明自动失效，
    问题重新列出。全部说明见 gouji waivers。
    """
    from models import store_waivers
    from models.database import writing
    from outputs import waivers
    from reconcile.waiving import in_one_line

    why, name = in_one_line(reason or ""), in_one_line(by or "")
    withdraw = withdraw or number is not None
    _refuse_unclear(finding, number)
    _refuse_blanks(reason, why, name, withdraw)
    known = titles()
    try:
        with terminable(), database(settings) as engine, writing(engine) as db:
            stored = waivers.newest(db, which, year)
            if withdraw:
                kept = waivers.to_withdraw(db, stored, finding, number, known)
                now = store_waivers.withdraw(
                    db, stored.submission_id, kept.accepted.waiver.number, name or None
                )
                said = waivers.withdrawn(stored, kept, known, now)
            else:
                assert finding is not None
                meant = waivers.to_waive(stored, finding, known)
                now = store_waivers.waive(db, stored.submission_id, meant.number - 1, why, name)
                said = waivers.done(stored, meant, known, now)
    except KeyboardInterrupt:
        click.echo("已中断，不会写入一半。请用 gouji waivers 核对，再运行一次即可。", err=True)
        return INTERRUPTED
    with writing_out():
        click.echo(said)
    return OK


@click.command(cls=Command, short_help="说明过的问题，及其是否仍然有效")
@in_format("table", "json", "csv")
@by_department
@db_option()
@click.pass_obj
def waivers(settings: Settings, form: str, department: str | None, year: int | None) -> int:
    """列出全部说明：有效、已失效（数字有变动）、问题已不存在、已撤回。"""
    from outputs import chosen
    from outputs import waivers as listing
    from outputs.terminal import print_sections

    known = titles()
    with reading(settings) as db:
        found = list(listing.lines(db, chosen.ids(db, department, year, latest_only=True)))
    with writing_out():
        if form == "json":
            write_utf8(listing.json_text(found))
        elif form == "csv":
            write_utf8(listing.csv_text(found, known))
        elif found:
            print_sections(listing.sections(found, known))
        else:
            click.echo("没有说明过的问题。")
    return OK


def _refuse_unclear(finding: str | None, number: int | None) -> None:
    if finding is None and number is None:
        raise Misuse("缺少参数 序号或规则代码（序号见 gouji flags）")
    if finding is not None and number is not None:
        raise Misuse("写了 --withdraw-number 就不写序号或规则代码")


def _refuse_blanks(reason: str | None, why: str, name: str, withdraw: bool) -> None:
    if withdraw and reason is not None:
        raise Misuse("撤回时不写 --reason")
    if not withdraw and not why:
        raise Misuse("请用 --reason 写明理由，不能为空")
    if not withdraw and not name:
        raise Misuse("请用 --by 写明说明人，不能为空（也可设环境变量 GOUJI_BY）")
