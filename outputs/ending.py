"""How a command ends: exit codes, which of them wins, and the errors that carry one."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

OK, FLAGGED, USAGE, UNREAD, DATABASE, INTERRUPTED = 0, 1, 2, 3, 4, 130
_GRAVITY = (OK, FLAGGED, UNREAD, USAGE, DATABASE, INTERRUPTED)


def gravest(*codes: int) -> int:
    """The exit code that wins: 130 over 4 over 2 over 3 over 1 over 0."""
    return max(codes, key=_GRAVITY.index)


class Misuse(click.ClickException):
    """A mistake of the user's that click can't see; ends with 2."""

    exit_code = USAGE


class DatabaseFailed(click.ClickException):
    """The database can't be opened, read or written; ends with 4."""

    exit_code = DATABASE


@contextmanager
def terminable() -> Iterator[None]:
    """Here SIGTERM interrupts as Ctrl-C does."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
