"""`python -m samples.generate`: the invented submissions as files, and their goldens.

    python -m samples.generate [OUT]      writes the documents into OUT (samples/submissions)
    python -m samples.generate --check    compares documents and goldens with the facts; 1 where they differ
    python -m samples.generate --write    writes documents and goldens

Goldens are only ever written with --write.
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from samples import pdf, word
from samples.facts import Facts
from samples.faults import FAULTS
from samples.golden import golden, papers
from samples.invent import YUAN_CENT, Recipe, facts

HERE = Path(__file__).parent
SUBMISSIONS = HERE / "submissions"
GOLDENS = HERE / "goldens"
Format = Literal["docx", "pdf"]


@dataclass(frozen=True, slots=True)
class Sample:
    """A recipe, what is wrong with it, and in which format the demo shows it."""

    recipe: Recipe
    format: Format
    faults: tuple[str, ...] = ()


SAMPLES = (
    Sample(Recipe("a-culture", "a", "云岭县", "县", "culture", 11, cost="own"), "docx"),
    Sample(
        Recipe("a-water", "a", "望舒县", "县", "water", 12),
        "pdf",
        ("project_repeats_basic", "total_off_by_ten_cents", "weights_110"),
    ),
    Sample(Recipe("b-archive", "b", "霁川省", "省", "archive", 21, government_fund=True), "pdf"),
    Sample(
        Recipe("b-forest", "b", "霁川省", "省", "forest", 22, government_fund=True),
        "docx",
        ("share_wrong", "basic_short_in_form", "points_lost_unexplained"),
    ),
    Sample(Recipe("c-weather", "c", "澄溪区", "区", "weather", 31, step=YUAN_CENT, weak=True), "pdf"),
    Sample(
        Recipe("c-youth", "c", "澄溪区", "区", "youth", 32, step=YUAN_CENT, government_fund=True),
        "docx",
        ("goods_digits_swapped", "rate_always_full", "fifteen_times_over"),
    ),
    Sample(Recipe("d-civil", "d", "星泽市", "市", "civil", 41, government_fund=True), "docx"),
    Sample(
        Recipe("d-roads", "d", "星泽市", "市", "roads", 42, size=300, government_fund=True, weak=True),
        "pdf",
        ("yuan_for_wan", "grade_not_matching", "over_establishment", "blank_cells"),
    ),
    Sample(
        Recipe("e-farming", "e", "暮雨县", "县", "farming", 51, size=1000, dashes=True, forms=True),
        "docx",
        ("honest_rounding",),
    ),
    Sample(
        Recipe("e-market", "e", "暮雨县", "县", "market", 52, size=1000, dashes=True, forms=True),
        "pdf",
        ("last_years_narrative", "missed_yet_full_marks", "project_over_budget"),
    ),
)


def all_samples() -> list[Facts]:
    """The facts of every sample, faults and all."""
    return [spoilt(sample) for sample in SAMPLES]


def spoilt(sample: Sample) -> Facts:
    """The sample's facts after its faults."""
    made = facts(sample.recipe)
    for fault in sample.faults:
        made = FAULTS[fault](made)
    return made


def write_docx(made: Facts, folder: Path) -> list[Path]:
    """Writes the submission's Word files into `folder`; gives their paths."""
    return _write(made, folder, "docx")


def write_pdf(made: Facts, folder: Path) -> list[Path]:
    """Writes the submission's PDF files into `folder`; gives their paths."""
    return _write(made, folder, "pdf")


def _write(made: Facts, folder: Path, kind: Format) -> list[Path]:
    written = []
    for paper in papers(made)[0]:
        path = folder / f"{paper.name}.{kind}"
        (word if kind == "docx" else pdf).write(paper.blocks, path, paper.look)
        written.append(path)
    return written


def write_submissions(out: Path) -> list[Path]:
    """The demo's folder: one folder a department, each in its own format."""
    written = []
    for sample in SAMPLES:
        made = spoilt(sample)
        written += _write(made, out / made.department, sample.format)
    return written


def golden_text(made: Facts) -> str:
    """The golden as it lies beside the samples."""
    return json.dumps(golden(made), ensure_ascii=False, indent=1) + "\n"


def differing(submissions: Path = SUBMISSIONS, goldens: Path = GOLDENS) -> Iterator[str]:
    """Every committed file that isn't what the facts give, is missing, or belongs to no sample."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        expected = {path.relative_to(fresh): path.read_bytes() for path in write_submissions(fresh)}
    yield from _compared(submissions, expected)
    yield from _compared(
        goldens, {Path(f"{made.slug}.json"): golden_text(made).encode() for made in all_samples()}
    )


def _compared(folder: Path, expected: dict[Path, bytes]) -> Iterator[str]:
    found = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    for path in sorted(found | expected.keys()):
        if path not in expected:
            yield f"{folder.name}/{path}: belongs to no sample"
        elif path not in found:
            yield f"{folder.name}/{path}: missing"
        elif _content((folder / path).read_bytes()) != _content(expected[path]):
            yield f"{folder.name}/{path}: differs from the facts"


def _content(data: bytes) -> dict[str, bytes]:
    """A file's members and their bytes, however they were compressed."""
    if not data.startswith(b"PK"):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def main(arguments: list[str] | None = None) -> int:
    """0 when done; 1 where --check found differences."""
    parser = argparse.ArgumentParser(
        prog="python -m samples.generate", description="Writes invented submissions."
    )
    parser.add_argument("out", nargs="?", type=Path, default=SUBMISSIONS)
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument("--check", action="store_true", help="compare what is committed with the facts")
    doing.add_argument("--write", action="store_true", help="write the goldens too")
    chosen = parser.parse_args(arguments)
    if chosen.check:
        differences = list(differing())
        print("\n".join(differences) or "as the facts say")
        return 1 if differences else 0
    print(f"{len(write_submissions(chosen.out))} files in {chosen.out}")
    if chosen.write:
        GOLDENS.mkdir(exist_ok=True)
        for made in all_samples():
            (GOLDENS / f"{made.slug}.json").write_text(golden_text(made), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
