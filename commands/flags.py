"""`gouji flags`."""

from __future__ import annotations

import click

from commands.opening import reading, refuse_unknown, titles
from outputs.ending import FLAGGED, OK
from outputs.options import Settings, by_rule, choosing, db_option, in_format
from outputs.streams import write_utf8, writing_out
from outputs.usage import Command


@click.command(cls=Command, short_help="对不上的报告：哪里、为什么")
@in_format("table", "json", "csv")
@choosing
@by_rule
@click.option(
    "--severity",
    "severities",
    multiple=True,
    type=click.Choice(["error", "warning", "notice"]),
    help="只看这些程度：错误、核实、提示（可多次）",
)
@click.option("--waived", is_flag=True, help="已说明的问题也列出")
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
    waived: bool,
) -> int:
    """列出对不上、需要核实的地方：哪个部门、什么问题、在文件的什么位置。"""
    from outputs import chosen, unfiled
    from outputs import flags as listing

    known = titles()
    refuse_unknown(rules, known)
    with reading(settings) as db:
        wanted = listing.Wanted(rules, severities, waived)
        lacking = unfiled.chosen(db, department, year) if wanted.asks(unfiled.RULE, "warning") else []
        ids = chosen.ids(db, department, year, latest_only=not all_revisions, known=bool(lacking))
        judged = list(chosen.judged(db, ids))
        found = list(listing.flagged(judged, wanted))
    with writing_out():
        if form == "json":
            write_utf8(listing.json_text(found, unfiled.objects(lacking)))
        elif form == "csv":
            write_utf8(listing.csv_text(found, known, unfiled.objects(lacking)))
        elif found or lacking:
            from outputs.terminal import print_flags, print_sections

            print_flags(found, known)
            print_sections(unfiled.sections(lacking))
        else:
            click.echo(listing.nothing(judged, wanted) if ids else "数据库里没有这样的报告。")
    flagged = any(one.finding.flagged for each in found for one in each.findings)
    return FLAGGED if flagged or lacking else OK
