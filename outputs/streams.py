"""Standard output and error made fit for Chinese, and for a reader who leaves early."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from outputs.ending import Misuse


def prepare_streams() -> None:
    """UTF-8 where the locale's encoding has no Chinese; «?» for the odd character that a code page lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if _has_chinese(stream.encoding) else "utf-8", errors="replace")


def silence_output() -> None:
    """Nobody reads standard output any more: what is still to come goes nowhere, without an error."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def write_utf8(text: str) -> None:
    """For programs: UTF-8 on standard output, whatever the terminal's encoding is."""
    click.echo(text.encode("utf-8", "replace"), nl=False)


@contextmanager
def writing_out() -> Iterator[None]:
    """Print or write a file here. A reader who leaves early, as `head` does, is no error: the rest is
    not printed. A full disk or a missing folder is the user's to mend."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        silence_output()
    except OSError as error:
        if error.filename is None:
            silence_output()
        raise Misuse(f"写不了 {error.filename or '标准输出'}：{os.strerror(error.errno or 0)}") from error


def _has_chinese(encoding: str) -> bool:
    try:
        "勾稽".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
