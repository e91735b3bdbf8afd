"""`python -m bench`: Markdown tables, aims beside figures.

    python -m bench [--rounds N] [--times N]     readers, storing, memory; false accusations and recall
    python -m bench routes                       every kind of file, alone and many in one run
    python -m bench scans [--seed N] [--pages N] [--memory N]    what is read of scans, by how they came

N honest submissions in each wording are judged, half as many with one figure mistyped, a hundredth with
every fault; 0 leaves fairness out. Scans are made anew for each seed: give one that no threshold was set by.
`--memory N` reads N pages in one process instead and tells its memory on the way.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.clock import Contenders, totals
from bench.fairness import accusations, mistyped, recall, unplanted
from bench.neighbours import recall_between
from bench.readers import WORDS, page_count, pdf_contenders, word_contenders
from bench.routes import routes
from bench.scans import accuracy, memory
from bench.storing import rows_per_second
from extract import kinds
from extract.document import Source
from extract.intake import gather
from pipeline import read_file

TOP = Path(__file__).parents[1]
PLACES = (TOP / "samples" / "submissions", TOP.parent / "shared" / "seed")
MOST_FILES = 12
MEMORY_AIM = 300
SCAN_AIM = 4
TIMES = 200
CELLS = "python-docx row.cells walk"
TABLES = "pdfplumber extract_tables"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table; `met` is None where there is no aim."""

    what: str
    measured: str
    ratio: str = ""
    aim: str = ""
    met: bool | None = None

    def printed(self) -> str:
        verdict = {None: "", True: "met", False: "**missed**"}[self.met]
        return f"| {self.what} | {self.measured} | {self.ratio} | {self.aim} | {verdict} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("part", nargs="?", choices=("readers", "routes", "scans"), default="readers")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--pages", type=int, default=5)
    parser.add_argument("--memory", type=int, default=0)
    chosen = parser.parse_args()
    if chosen.part == "routes":
        _routes()
    elif chosen.part == "scans":
        _scans(chosen.seed, chosen.pages, chosen.memory)
    else:
        _readers(chosen.rounds, chosen.times)


def _routes() -> None:
    """A table of what each kind of file costs, .docx being 1."""
    print("| route | alone | peak | together | CPU a file | ratio | peak | failed |\n|" + " --- |" * 8)
    first = None
    for route in routes():
        one, many = route.alone, route.together
        each = many.cpu / max(many.files, 1)
        first = first or each
        print(
            f"| {route.name} | {one.clock:.2f} s | {one.peak:.0f} MB | {many.files}: {many.clock:.1f} s "
            f"| {each:.3f} s | {each / first:.1f} | {many.peak:.0f} MB | {one.failed + many.failed} |",
            flush=True,
        )


def _scans(seed: int, pages: int, many: int) -> None:
    """A table of how scans are read; or, of `many` pages, the memory on the way."""
    if many:
        for number, size in memory(many, seed):
            print(f"{number} pages: {size:.0f} MB", flush=True)
        return
    print(f"{pages} pages a variant, seed {seed}; aims: none wrong in silence, ≤ 4 s of CPU a page\n")
    heads = ("variant", "cells", "right", "asked about though right", "unread or wrong, asked about", "lost")
    print(f"| {' | '.join(heads)} | wrong in silence | CPU a page | |\n|" + " --- |" * 9)
    for variant, found in accuracy(seed, pages):
        each, cells = found.seconds / max(found.pages, 1), max(found.cells, 1)
        met = "**missed**" if found.silent or each > SCAN_AIM else "met"
        print(
            f"| {variant} | {found.cells} | {found.right / cells:.1%} | {found.asked} | {found.marked} "
            f"| {found.lost} | {len(found.silent)} {'、'.join(found.silent[:3])} | {each:.1f} s | {met} |",
            flush=True,
        )


def _readers(rounds: int, times: int) -> None:
    sources = [found for found in gather([p for p in PLACES if p.exists()]) if isinstance(found, Source)]
    word = _some([source for source in sources if source.media_type == kinds.DOCX.media_type])
    pdf = _some([source for source in sources if source.media_type == kinds.PDF.media_type])
    pages = sum(page_count(source.path) for source in pdf)
    what = f"{len(word)} .docx, {len(pdf)} PDF of {pages} pages"
    print(f"{what}; CPU time, medians of {rounds} rounds in turn; Python {platform.python_version()}\n")
    print("| what | measured | ratio | aim | |\n| --- | --- | --- | --- | --- |")
    for part in (
        partial(_reading, ".docx, a document", word, len(word), word_contenders, rounds, (12, 2), CELLS),
        partial(_reading, "PDF, a page", pdf, pages, pdf_contenders, rounds, (6, 5), TABLES),
        partial(_storing, word, rounds),
        partial(_memory, [*word, *pdf]),
        *((partial(_fairness, times),) if times else ()),
    ):
        for line in part():
            print(line.printed(), flush=True)
    if times:
        _recall(max(times // 100, 1))


def _some(sources: list[Source]) -> list[Source]:
    """At most so many, spread evenly, the last (the seed's) among them."""
    step = max(1, -(-len(sources) // MOST_FILES))
    return sources[::-1][::step]


def _reading(
    title: str,
    sources: list[Source],
    units: int,
    contenders: Callable[[Source], Contenders],
    rounds: int,
    aims: tuple[int, int],
    peer: str,
) -> list[Line]:
    seconds = totals([contenders(source) for source in sources], rounds)
    floor, reader, findings, other = (seconds[name] for name in ("floor", "reader", "to findings", "peer"))
    most, least = aims

    def milliseconds(value: float) -> str:
        return f"{1000 * value / units:.2f} ms"

    return [
        Line(f"{title}: floor", milliseconds(floor), "1"),
        Line(f"{title}: reader", milliseconds(reader), f"{reader / floor:.1f} × floor"),
        Line(
            f"{title}: to findings",
            milliseconds(findings),
            f"{findings / floor:.1f} × floor",
            f"≤ {most} × floor",
            findings <= most * floor,
        ),
        Line(
            f"{title}: {peer}",
            milliseconds(other),
            f"{other / findings:.1f} × to findings",
            f"≥ {least} × to findings",
            other >= least * findings,
        ),
    ]


def _storing(sources: list[Source], rounds: int) -> list[Line]:
    ours, bare, rows = rows_per_second([read_file(source, WORDS) for source in sources], rounds)
    return [
        Line(f"storing {rows} rows: bare executemany", f"{bare:,.0f} rows/s", "1"),
        Line(f"storing {rows} rows: store.save", f"{ours:,.0f} rows/s", f"{bare / ours:.1f} × slower"),
    ]


def _memory(sources: list[Source]) -> list[Line]:
    """The highest peak of a worker that reads one file, each file in a process of its own."""
    peaks = []
    for source in sources:
        command = [sys.executable, "-m", "bench.worker", source.path]
        done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout) / (1 << 20))
    peak = max(peaks)
    return [Line("peak memory of a worker", f"{peak:.0f} MB", "", f"≤ {MEMORY_AIM} MB", peak <= MEMORY_AIM)]


def _fairness(times: int) -> list[Line]:
    """False accusations of honest submissions; what a mistyped figure sets off, and whom it is blamed on."""
    clean, flagged = accusations(times)
    slips = mistyped(max(times // 2, 1))
    caught, astray = slips.tied - len(slips.missed), slips.astray.total()
    return [
        Line(
            f"false accusations, a thousand of {clean} honest submissions",
            f"{1000 * flagged.total() / clean:.1f}",
            _most(flagged),
            "0",
            not flagged,
        ),
        Line(
            f"of {slips.made} figures mistyped, {slips.tied} that something ties: found",
            f"{caught / slips.tied:.1%}",
            "、".join(slips.missed[:5]),
            "100%",
            not slips.missed,
        ),
        Line(
            f"of {slips.errors} errors told of them: citing the figure",
            f"{(slips.errors - astray) / max(slips.errors, 1):.1%}",
            _most(slips.astray),
            "100%",
            not astray,
        ),
    ]


def _most(rules: Counter[str]) -> str:
    return "、".join(f"{rule} {count}" for rule, count in rules.most_common(3))


def _recall(times: int) -> None:
    """A table of its own: the faults planted and found, by rule."""
    wanted, found = (
        sum(counts, Counter()) for counts in zip(recall(times), recall_between(times), strict=True)
    )
    print("\n| rule | planted | found | |\n| --- | --- | --- | --- |")
    for rule, planted in sorted(wanted.items()):
        verdict = "" if found[rule] == planted else "**missed**"
        print(f"| {rule} | {planted} | {found[rule]} | {verdict} |")
    print(f"| all {len(wanted)} rules | {wanted.total()} | {found.total()} | |")
    print(f"\nNot planted: {'、'.join(unplanted(wanted))}.")


if __name__ == "__main__":
    main()
