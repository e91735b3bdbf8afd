"""A run as it goes on: a bar on a terminal, plain lines everywhere else."""

from __future__ import annotations

import os
import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column

from outputs.streams import silence_output

_BAR = 30


class Course:
    """The bar, on standard error, and the lines above it, on standard output."""

    def __init__(self, what: str) -> None:
        self._bar = Progress(
            TextColumn(what),
            BarColumn(_BAR),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[now]}", table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis")),
            console=Console(stderr=True, highlight=False),
            redirect_stdout=sys.stdout.isatty(),
            redirect_stderr=False,
            transient=True,
            expand=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task(what, total=None, now="")

    def __enter__(self) -> Course:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def expect(self, total: int) -> None:
        self._bar.update(self._task, total=total)

    def about(self, words: str) -> None:
        """What is being done before the first step."""
        self._bar.update(self._task, now=words)

    def step(self, path: str) -> None:
        self._bar.update(self._task, advance=1, now=os.path.basename(path))

    def say(self, words: str) -> None:
        """A line for whoever reads standard output; when nobody does any more, the run still goes on."""
        try:
            print(words, flush=True)
        except BrokenPipeError:
            silence_output()
