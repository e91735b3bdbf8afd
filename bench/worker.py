"""`python -m bench.worker PATH...`: reads files in a process of its own, prints its peak memory in bytes."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from extract.document import Source
from extract.forms.vocabulary import load
from extract.intake import gather
from pipeline import read_file


def main() -> None:
    words = load(None)
    for source in gather([Path(argument) for argument in sys.argv[1:]]):
        if isinstance(source, Source):
            read_file(source, words)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


if __name__ == "__main__":
    main()
