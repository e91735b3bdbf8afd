"""CPU seconds of things that take turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median

Contenders = Mapping[str, Callable[[], object]]


def medians(contenders: Contenders, rounds: int) -> dict[str, float]:
    """The median CPU seconds of each contender over so many rounds, after one that doesn't count."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, run in contenders.items():
            start = time.process_time()
            run()
            if turn:
                seconds[name].append(time.process_time() - start)
    return {name: median(times) for name, times in seconds.items()}


def totals(fields: list[Contenders], rounds: int) -> dict[str, float]:
    """The medians of several fields with the same contenders, added up."""
    sums: dict[str, float] = {}
    for contenders in fields:
        for name, seconds in medians(contenders, rounds).items():
            sums[name] = sums.get(name, 0.0) + seconds
    return sums
