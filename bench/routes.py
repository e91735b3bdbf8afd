"""What each kind of file costs from its bytes to what it says: alone, and many in one run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from samples import scans
from samples.archive import write_7z, write_zip
from samples.facts import Facts
from samples.honest import honest
from samples.office import has_office
from samples.roads import OFFICE_ROADS, ROADS, by_office
from samples.wordings import WORDINGS

TOP = Path(__file__).parents[1]
BATCH = 24
SCANS = 4
PLAIN = ("docx", "pdf", "ofd, lines", "xlsx, tight")
FIRST_SEED = 8000


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of CPU, and the MB of the largest process, over so many files."""

    files: int
    clock: float
    cpu: float
    peak: float
    failed: int


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    alone: Cost
    together: Cost


def routes() -> Iterator[Route]:
    """Each route with the cost of one file and of many; .docx comes first."""
    with TemporaryDirectory() as name:
        for road, files in _files(Path(name)):
            alone = measured(files[:1])
            yield Route(road, alone, measured(files) if len(files) > 1 else alone)


def measured(paths: Sequence[Path]) -> Cost:
    """The cost of reading these files in a process of its own, with the children it needs."""
    command = [sys.executable, "-m", "bench.road_worker", *map(str, paths)]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True)
    return Cost(**json.loads(done.stdout))


def _files(folder: Path) -> Iterator[tuple[str, list[Path]]]:
    many = _submissions()
    for road in PLAIN:
        files = [path for key, made in many.items() for path in ROADS[road](made, folder / road / key)]
        yield road, files[:BATCH]
    words = sorted((folder / "docx").rglob("*.docx"))[:BATCH]
    for road, pack in (("zip", write_zip), ("7z", write_7z)):
        yield f"{road} of {len(words)} docx", [pack(words, folder / "docx", folder / f"a.{road}")]
    if has_office():
        for suffix in OFFICE_ROADS:
            made = by_office(many, suffix, folder / suffix)
            yield suffix, [path for paths in made.values() for path in paths][:BATCH]
    yield "scan, 200 dpi (a page)", _pictures(next((folder / "pdf").rglob("*.pdf")), folder)


def _submissions() -> Mapping[str, Facts]:
    """Enough submissions for a batch, the wordings in turn."""
    names = sorted(WORDINGS)
    seeds = range(FIRST_SEED, FIRST_SEED + BATCH)
    return {str(seed): honest(seed, names[seed % len(names)]) for seed in seeds}


def _pictures(pdf: Path, folder: Path) -> list[Path]:
    made = []
    for number, page in enumerate(scans.pages(pdf)[:SCANS]):
        made.append(folder / f"{number}.jpg")
        scans.variants(page)["scanned"].save(made[-1], dpi=(200, 200))
    return made
