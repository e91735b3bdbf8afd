"""`gouji tallies`."""

from __future__ import annotations

import click

from commands.opening import reading, refuse_unknown, titles
from outputs.ending import OK
from outputs.options import Settings, by_rule, choosing, db_option, in_format
from outputs.streams import write_utf8, writing_out
from outputs.usage import Command


@click.command(cls=Command, short_help="每条规则核对了多少处、结果如何")
@in_format("table", "json", "csv")
@choosing
@click.option("--last-run", is_flag=True, help="只要最近一次 ingest 新入库的")
@by_rule
@db_option()
@click.pass_obj
def tallies(
    settings: Settings,
    form: str,
    department: str | None,
    year: int | None,
    all_revisions: bool,
    last_run: bool,
    rules: tuple[str, ...],
) -> int:
    """按规则统计：核对了多少份报告、多少处，结果如何。没有可核对内容的写“不适用”。"""
    from models.store_tallies import added_up, of_last_run
    from outputs import chosen
    from outputs import tallies as listing

    known = titles()
    with reading(settings) as db:
        ids = chosen.ids(db, department, year, latest_only=not all_revisions)
        if last_run:
            brought = of_last_run(db)
            ids = [one for one in ids if one in brought]
        found = added_up(db, ids)
    refuse_unknown(rules, known, found)
    chosen_rules = listing.tallied(found, known, len(ids), rules)
    with writing_out():
        if form == "json":
            write_utf8(listing.json_text(chosen_rules))
        elif form == "csv":
            write_utf8(listing.csv_text(chosen_rules))
        elif ids:
            from outputs.terminal import print_sections

            print_sections(listing.sections(chosen_rules, len(ids)))
        else:
            click.echo("数据库里没有这样的报告。")
    return OK
