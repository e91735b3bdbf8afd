"""Judges what was read, and once more what is stored: by a rulebook, beside what the database knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from sqlalchemy import Engine

from extract.failure import Failure
from extract.intake import printable
from extract.report import Report
from extract.sandbox import run_all
from models import store, store_settings
from models.database import reading, writing
from models.store_around import around
from outcome import Outcome
from reconcile.catalogue import judge
from reconcile.finding import Judgement
from reconcile.rulebook import STANDARD, Rulebook
from reconcile.rulebook_text import parse_kept

T = TypeVar("T")
R = TypeVar("R")


def check(
    engine: Engine, ids: Sequence[int] | None = None, rulebook: Rulebook | None = None
) -> Iterator[Outcome]:
    """Judge stored submissions (all, or those given) once more, without their files.

    `rulebook` holds from now on, None for the one that the database keeps; raises BadSettingsError where
    that can't be used any more.
    """
    rulebook = in_force(engine, rulebook)
    if ids is None:
        with reading(engine) as db:
            ids = store.find(db, latest_only=False)
    yield from checked(engine, ids, rulebook)


def checked(engine: Engine, ids: Sequence[int], rulebook: Rulebook | None) -> Iterator[Outcome]:
    for submission_id in ids:
        with reading(engine) as db:
            stored = store.load(db, submission_id)
        if stored is None:
            continue
        judgement = judged(engine, stored.report, rulebook or STANDARD, stored.revision)
        if isinstance(judgement, Failure):
            yield Outcome(stored.report.sources, stored.report, failure=judgement)
            continue
        with writing(engine) as db:
            judgement = store.replace_judgement(db, submission_id, judgement)
        yield Outcome(
            stored.report.sources, stored.report, judgement, None, submission_id, stored.revision, True
        )


def in_force(engine: Engine, given: Rulebook | None) -> Rulebook:
    """The rulebook given, which the database keeps from now on, or the one that it keeps."""
    if given is not None:
        with writing(engine) as db:
            store_settings.put_in_force(db, given.name, given.text)
        return given
    with reading(engine) as db:
        kept = store_settings.in_force(db)
    return STANDARD if kept is None else parse_kept(*kept)


def judged(
    engine: Engine, report: Report, rulebook: Rulebook, revision: int | None = None
) -> Judgement | Failure:
    """Judge a report by what it says and by what is stored beside it."""
    with reading(engine) as db:
        known = around(db, report, revision)
    work = partial(judge, settings=rulebook.settings_for(report), around=known)
    return guarded(work, report, "、".join(printable(source.path) for source in report.sources))


def guarded(work: Callable[[T], R], item: T, path: str) -> R | Failure:
    """What a child's work gets, for work done here: its failure is this item's alone."""
    ((_, result),) = run_all(work, [item], jobs=0, describe=lambda _: path)
    return result
