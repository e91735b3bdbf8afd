"""Help and complaints about wrong usage in Chinese: click's own words are English."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from outputs.ending import INTERRUPTED, USAGE
from outputs.streams import prepare_streams, writing_out


class Command(click.Command):
    """A command whose help page is Chinese."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        settings.setdefault("options_metavar", "[选项]")
        super().__init__(*arguments, **settings)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这段帮助"
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [one.get_help_record(ctx) for one in self.get_params(ctx) if isinstance(one, click.Option)]
        with formatter.section("选项"):
            formatter.write_dl([record for record in records if record is not None])


class Group(Command, click.Group):
    """A group of commands; as the program's own it turns every ending into a message and an exit code.

    A command returns its exit code. Whatever else ends it (wrong usage, trouble with the database,
    Ctrl-C, a reader of the output who left) becomes a Chinese message on standard error and a code.
    """

    command_class = Command
    group_class = type

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        settings.setdefault("subcommand_metavar", "命令 …")
        super().__init__(*arguments, **settings)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(name, self.commands[name].short_help or "") for name in self.commands])
        super().format_options(ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            ctx.fail(f"没有「{args[0]}」这个命令，可用的有：{'、'.join(self.commands)}")
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        prepare_streams()
        try:
            code = super().main(
                args,
                prog_name,
                complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )
            with writing_out():
                sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            code = USAGE
        except click.UsageError as error:
            if error.ctx is not None:
                click.echo(f"{error.ctx.get_usage()}\n帮助：{error.ctx.command_path} --help", err=True)
            click.echo(f"用法错误：{chinese(error)}。", err=True)
            code = USAGE
        except click.ClickException as error:
            click.echo(f"错误：{error.format_message()}", err=True)
            code = error.exit_code
        except click.Abort:
            click.echo("已中断。", err=True)
            code = INTERRUPTED
        sys.exit(code)


def chinese(error: click.UsageError) -> str:
    """What is wrong with the command line, in a Chinese sentence without its full stop."""
    match error:
        case click.MissingParameter(param=click.Parameter() as parameter):
            return f"缺少{_named(parameter).rstrip()}{_choices(parameter)}"
        case click.NoSuchOption(option_name=name, possibilities=near):
            return f"没有「{name}」这个选项" + (f"，是否指 {'、'.join(near)}" if near else "")
        case click.BadOptionUsage(option_name=name):
            return f"选项 {name} 后面少一个值，或者它不带值"
        case click.BadParameter(param=click.Parameter(type=click.Choice()) as parameter):
            return f"{_named(parameter)}的值不对{_choices(parameter)}"
        case click.BadParameter(param=click.Parameter(type=click.types.IntParamType()) as parameter):
            return f"{_named(parameter)}应为整数{_range(parameter.type)}"
        case click.BadParameter(param=click.Parameter() as parameter):
            return f"{_named(parameter)}的值不对：{error.message}"
    if error.message == "Missing command.":
        return "缺少命令"
    if error.message.startswith("Got unexpected extra argument"):
        return f"多出了参数 {error.message.partition('(')[2].rstrip(')')}"
    return error.message


def _named(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        return f"参数 {parameter.metavar or parameter.name} "
    return f"选项 {max(parameter.opts, key=len)} "


def _choices(parameter: click.Parameter) -> str:
    return f"，可选：{'、'.join(parameter.type.choices)}" if isinstance(parameter.type, click.Choice) else ""


def _range(kind: object) -> str:
    return f"，从 {kind.min} 到 {kind.max}" if isinstance(kind, click.IntRange) else ""
