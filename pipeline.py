"""The main path, on one screen: a folder in, a tied-out database out.

gather, unpack → read (a child process a file) → forms → one submission a department and year → judge → store.
Each file and each submission ends in one Outcome; what was stored before trouble stays stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine

from extract.document import Source
from extract.failure import Failure
from extract.forms.read import read_report
from extract.forms.vocabulary import Vocabulary, load
from extract.incoming import incoming
from extract.intake import printable
from extract.means import PLAIN, Means
from extract.readers.registry import read_document
from extract.report import Report
from extract.sandbox import run_all
from extract.scratch import scratch_folder
from extract.submission import Assumed, assemble, folder_of, merge, parts_of, printed
from models import store, store_settings
from models.database import files_of, reading, writing
from models.store_around import above, around
from models.store_register import called
from reconcile.catalogue import judge
from reconcile.finding import Judgement
from reconcile.rulebook import STANDARD, Rulebook
from reconcile.rulebook_text import parse_kept

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Options:
    """`year` and `department` hold for files that name none themselves; `jobs` children read at once;
    `rulebook` holds from now on, None for the one that the database keeps; `passwords` are tried on
    whatever is locked."""

    vocabulary: Path | None = None
    year: int | None = None
    department: str | None = None
    jobs: int | None = None
    rulebook: Rulebook | None = None
    passwords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many files are about to be read."""

    total: int


@dataclass(frozen=True, slots=True)
class FileDone:
    path: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a submission, or of a file that was not read. `again` where it is judged once more
    because one of its units came: in the place of what was told of it before."""

    sources: tuple[Source, ...] = ()
    report: Report | None = None
    judgement: Judgement | None = None
    failure: Failure | None = None
    submission_id: int | None = None
    revision: int | None = None
    created: bool = False
    again: bool = False

    @property
    def status(self) -> str:
        """`failed`, `unchanged`, or the judgement's `clean`, `flagged`, `incomplete`."""
        if self.judgement is None:
            return "failed"
        return self.judgement.status() if self.created else "unchanged"


Event = Gathered | FileDone | Outcome


def ingest(paths: Sequence[Path], engine: Engine, options: Options) -> Iterator[Event]:
    """Read everything under `paths` into the database, a folder at a time.

    Raises BadVocabularyError and BadSettingsError before anything is read, DatabaseTrouble when the
    database fails: the submissions stored so far stay, nothing is half-written.
    """
    words = load(options.vocabulary)
    options = replace(options, rulebook=_in_force(engine, options.rulebook))
    with scratch_folder() as scratch:
        means = Means(options.passwords, scratch)
        gathered = list(incoming(paths, files_of(engine), means, options.jobs))
        yield Gathered(len(gathered))
        run_id = store.start_run(engine)
        count: Counter[str] = Counter()
        new: list[int] = []
        for event in _outcomes(engine, gathered, words, options, run_id, means):
            if isinstance(event, Outcome):
                new += [event.submission_id] if event.created and event.submission_id is not None else []
                count["failed" if event.failure else "created" if event.created else "unchanged"] += 1
                if event.failure:
                    store.record_failure(engine, run_id, event.failure)
            yield event
        with reading(engine) as db:
            parents = above(db, new)
        yield from (replace(outcome, again=True) for outcome in _check(engine, parents, options.rulebook))
    store.finish_run(engine, run_id, count["created"], count["unchanged"], count["failed"])


def _outcomes(
    engine: Engine,
    gathered: Sequence[Source | Failure],
    words: Vocabulary,
    options: Options,
    run_id: int,
    means: Means,
) -> Iterator[FileDone | Outcome]:
    for found in gathered:
        if isinstance(found, Failure):
            yield FileDone(found.path)
            yield Outcome(failure=found)
    sources = [found for found in gathered if isinstance(found, Source)]
    read = partial(read_file, words=words, means=means)
    results = run_all(read, sources, jobs=options.jobs, describe=_path)
    assumed = Assumed(options.department, options.year)
    for folder, files in groupby(results, key=lambda result: folder_of(result[0].path)):
        reports = []
        for source, result in files:
            yield FileDone(_path(source))
            if isinstance(result, Failure):
                yield Outcome((source,), failure=result)
            else:
                reports.append(result)
        with reading(engine) as db:
            known = replace(assumed, called=called(db, map(printed, reports)))
        submitted = partial(_assembled, assumed=known)
        submissions = _guarded(submitted, reports, printable(str(folder)))
        for submission in [submissions] if isinstance(submissions, Failure) else submissions:
            yield _settled(engine, submission, run_id, options.rulebook or STANDARD)


def _assembled(reports: Sequence[Report], assumed: Assumed) -> list[Report | Failure]:
    return list(assemble(reports, assumed))


def read_file(source: Source, words: Vocabulary, means: Means = PLAIN) -> Report:
    """One file to what it says. Raises Unreadable for a file that can't be read."""
    return read_report(read_document(source, means), words)


def check(
    engine: Engine, ids: Sequence[int] | None = None, rulebook: Rulebook | None = None
) -> Iterator[Outcome]:
    """Judge stored submissions (all, or those given) once more, without their files.

    `rulebook` holds from now on, None for the one that the database keeps; raises BadSettingsError where
    that can't be used any more.
    """
    rulebook = _in_force(engine, rulebook)
    if ids is None:
        with reading(engine) as db:
            ids = store.find(db, latest_only=False)
    yield from _check(engine, ids, rulebook)


def _check(engine: Engine, ids: Sequence[int], rulebook: Rulebook | None) -> Iterator[Outcome]:
    for submission_id in ids:
        with reading(engine) as db:
            stored = store.load(db, submission_id)
        if stored is None:
            continue
        judgement = _judged(engine, stored.report, rulebook or STANDARD, stored.revision)
        if isinstance(judgement, Failure):
            yield Outcome(stored.report.sources, stored.report, failure=judgement)
            continue
        with writing(engine) as db:
            judgement = store.replace_judgement(db, submission_id, judgement)
        yield Outcome(
            stored.report.sources, stored.report, judgement, None, submission_id, stored.revision, True
        )


def _in_force(engine: Engine, given: Rulebook | None) -> Rulebook:
    """The rulebook given, which the database keeps from now on, or the one that it keeps."""
    if given is not None:
        with writing(engine) as db:
            store_settings.put_in_force(db, given.name, given.text)
        return given
    with reading(engine) as db:
        kept = store_settings.in_force(db)
    return STANDARD if kept is None else parse_kept(*kept)


def _settled(engine: Engine, submission: Report | Failure, run_id: int, rulebook: Rulebook) -> Outcome:
    """Judge and store one submission; what can't be told comes back as it is, what was stored before as
    it was judged then."""
    if isinstance(submission, Failure):
        return Outcome(failure=submission)
    report = _completed(engine, submission)
    judgement = _judged(engine, report, rulebook)
    if isinstance(judgement, Failure):
        return Outcome(report.sources, report, failure=judgement)
    saved = store.save(engine, report, judgement, run_id)
    return Outcome(
        submission.sources, report, saved.judgement, None, saved.submission_id, saved.revision, saved.created
    )


def _judged(
    engine: Engine, report: Report, rulebook: Rulebook, revision: int | None = None
) -> Judgement | Failure:
    """Judge a report by what it says and by what is stored beside it."""
    with reading(engine) as db:
        known = around(db, report, revision)
    work = partial(judge, settings=rulebook.settings_for(report), around=known)
    return _guarded(work, report, "、".join(map(_path, report.sources)))


def _completed(engine: Engine, report: Report) -> Report:
    """The report together with the stored one's parts, where the two complete each other: 附件1 that
    comes a day after 附件2. Files that were stored already change nothing."""
    with reading(engine) as db:
        before = store.latest(db, report.department, report.fiscal_year, report.department_code)
    if before is None:
        return report
    known = {source.sha256 for source in before.report.sources}
    if all(source.sha256 in known for source in report.sources):
        return before.report
    if parts_of(before.report) & parts_of(report):
        return report
    tables_first = sorted((before.report, report), key=lambda r: not parts_of(r) & {"base", "form"})
    return merge(tables_first)


def _guarded(work: Callable[[T], R], item: T, path: str) -> R | Failure:
    """What a child's work gets, for work done here: its failure is this item's alone."""
    ((_, result),) = run_all(work, [item], jobs=0, describe=lambda _: path)
    return result


def _path(source: Source) -> str:
    return printable(source.path)
