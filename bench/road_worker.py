"""`python -m bench.road_worker PATH...`: takes files the whole way to what they say, prints what it cost."""

from __future__ import annotations

import json
import resource
import sys
import time
from functools import partial
from pathlib import Path

from extract.document import Source
from extract.failure import Failure
from extract.forms.vocabulary import load
from extract.incoming import incoming
from extract.means import Means
from extract.readers.effort import limits_for
from extract.sandbox import run_all
from extract.scratch import scratch_folder
from pipeline import read_file


def main() -> None:
    start, before = time.perf_counter(), _cpu()
    with scratch_folder() as scratch:
        means = Means(scratch=scratch)
        found = list(incoming([Path(argument) for argument in sys.argv[1:]], (), means))
        sources = [one for one in found if isinstance(one, Source)]
        read = partial(read_file, words=load(None), means=means)
        limits = partial(limits_for, means=means)
        ends = [end for _, end in run_all(read, sources, limits, describe=lambda source: source.path)]
    failed = [one for one in (*found, *ends) if isinstance(one, Failure)]
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cost = {"files": len(sources), "clock": time.perf_counter() - start, "cpu": _cpu() - before}
    print(json.dumps(cost | {"peak": max(peaks) / 1024, "failed": len(failed)}))


def _cpu() -> float:
    """CPU seconds of this process and of those that it waited for."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


if __name__ == "__main__":
    main()
