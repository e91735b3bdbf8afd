"""From the paths a clerk gives to files that a reader can open: gathered, unpacked, unlocked, converted.

An archive is a folder of its own, read after the files beside it. What is opened in its place lies in
the run's scratch folder; a source's path goes on showing where the clerk finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Literal

from extract.converting.convert import converted, is_converted
from extract.document import Source
from extract.failure import Failure
from extract.intake import gather, printable
from extract.means import Means
from extract.sandbox import Limits, run_all
from extract.unlocking.unlock import is_locked, unlock
from extract.unpacking.unpack import is_archive, unpack

UNPACKING = Limits(seconds=180)


@dataclass(frozen=True, slots=True)
class Stage:
    """What is about to be done with so many files before they are read."""

    name: Literal["unpack", "unlock", "convert"]
    files: int


def incoming(
    paths: Sequence[Path], own: Iterable[Path], means: Means, jobs: int | None = None
) -> Iterator[Stage | Source | Failure]:
    """Every file under the paths, and every file in the archives among them, as Source or Failure; before
    each of the stages that takes time, its name."""
    found = list(gather(paths, own))
    yield from _stage("unpack", found, is_archive)
    found = list(_unpacked(found, means, jobs))
    yield from _stage("unlock", found, is_locked)
    found = list(_unlocked(found, means, jobs))
    yield from _stage("convert", found, is_converted)
    old = [one for one in found if isinstance(one, Source) and is_converted(one)]
    instead = converted(old, means, jobs) if old else {}
    for one in found:
        yield instead.get(one, one) if isinstance(one, Source) else one


def _stage(
    name: Literal["unpack", "unlock", "convert"],
    found: Sequence[Source | Failure],
    concerned: Callable[[Source], bool],
) -> Iterator[Stage]:
    files = sum(isinstance(one, Source) and concerned(one) for one in found)
    if files:
        yield Stage(name, files)


def _unlocked(
    found: Sequence[Source | Failure], means: Means, jobs: int | None
) -> Iterator[Source | Failure]:
    locked = [one for one in found if isinstance(one, Source) and is_locked(one)]
    opened = dict(run_all(partial(unlock, means=means), locked, jobs=jobs, describe=_path))
    for one in found:
        yield opened.get(one, one) if isinstance(one, Source) else one


def _unpacked(
    gathered: Iterable[Source | Failure], means: Means, jobs: int | None
) -> Iterator[Source | Failure]:
    for _, beside in groupby(gathered, key=_folder):
        found = list(beside)
        archives = [one for one in found if isinstance(one, Source) and is_archive(one)]
        yield from (one for one in found if one not in archives)
        for _, inside in run_all(partial(unpack, means=means), archives, UNPACKING, jobs, describe=_path):
            if isinstance(inside, Failure):
                yield inside
            else:
                yield from inside


def _folder(found: Source | Failure) -> Path:
    return Path(found.path).parent


def _path(source: Source) -> str:
    return printable(source.path)
