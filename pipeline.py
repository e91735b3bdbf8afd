"""The main path, on one screen: a folder in, a tied-out database out.

gather, unpack → read (a child process a file) → forms → one submission a department and year → settle
what a scan's reader was not sure of → judge → store.
Each file and each submission ends in one Outcome; what was stored before trouble stays stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path

from sqlalchemy import Engine

from extract.bureau import is_one_department
from extract.document import Source
from extract.failure import Failure
from extract.forms.read import read_report
from extract.forms.vocabulary import Vocabulary, load
from extract.incoming import Stage, incoming
from extract.intake import printable
from extract.means import PLAIN, Means
from extract.readers.effort import limits_for
from extract.readers.registry import read_document
from extract.report import Report
from extract.sandbox import run_all
from extract.scratch import scratch_folder
from extract.submission import Assumed, assemble, folder_of, merge, parts_of, printed
from judging import checked, guarded, in_force, judged
from models import store
from models.database import files_of, reading
from models.store_around import above
from models.store_register import called
from outcome import Event, FileDone, Gathered, Options, Outcome
from readings.settle import settled
from reconcile.rulebook import STANDARD, Rulebook


def ingest(paths: Sequence[Path], engine: Engine, options: Options) -> Iterator[Event]:
    """Read everything under `paths` into the database, a folder at a time.

    Raises BadVocabularyError and BadSettingsError before anything is read, DatabaseTrouble when the
    database fails: the submissions stored so far stay, nothing is half-written.
    """
    words = load(options.vocabulary)
    options = replace(options, rulebook=in_force(engine, options.rulebook))
    with scratch_folder() as scratch:
        means = Means(options.passwords, scratch)
        gathered: list[Source | Failure] = []
        for found in incoming(paths, files_of(engine), means, options.jobs):
            if isinstance(found, Stage):
                yield found
            else:
                gathered.append(found)
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
        yield from (replace(outcome, again=True) for outcome in checked(engine, parents, options.rulebook))
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
    results = run_all(read, sources, partial(limits_for, means=means), options.jobs, describe=_path)
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
        submissions = guarded(submitted, reports, printable(str(folder)))
        for submission in [submissions] if isinstance(submissions, Failure) else submissions:
            yield _settled(engine, submission, run_id, options.rulebook or STANDARD)


def _assembled(reports: Sequence[Report], assumed: Assumed) -> list[Report | Failure]:
    return list(assemble(reports, assumed))


def read_file(source: Source, words: Vocabulary, means: Means = PLAIN) -> Report:
    """One file to what it says. Raises Unreadable for a file that can't be read."""
    return read_report(read_document(source, means), words)


def _settled(engine: Engine, submission: Report | Failure, run_id: int, rulebook: Rulebook) -> Outcome:
    """Judge and store one submission; what can't be told comes back as it is, what was stored before as
    it was judged then."""
    if isinstance(submission, Failure):
        return Outcome(failure=submission)
    told = _completed(engine, submission)
    report = guarded(settled, told, "、".join(map(_path, told.sources)))
    if isinstance(report, Failure):
        return Outcome(told.sources, told, failure=report)
    judgement = judged(engine, report, rulebook)
    if isinstance(judgement, Failure):
        return Outcome(report.sources, report, failure=judgement)
    saved = store.save(engine, report, judgement, run_id)
    return Outcome(
        submission.sources, report, saved.judgement, None, saved.submission_id, saved.revision, saved.created
    )


def _completed(engine: Engine, report: Report) -> Report:
    """The report together with the stored one's parts, where the two complete each other: 附件1 that
    comes a day after 附件2. Files that were stored already change nothing."""
    with reading(engine) as db:
        before = store.latest(db, report.department, report.fiscal_year, report.department_code)
    if before is None or not is_one_department(printed(before.report)[:2], printed(report)[:2]):
        return report
    known = {source.sha256 for source in before.report.sources}
    if all(source.sha256 in known for source in report.sources):
        return before.report
    if parts_of(before.report) & parts_of(report):
        return report
    tables_first = sorted((before.report, report), key=lambda r: not parts_of(r) & {"base", "form"})
    return merge(tables_first)


def _path(source: Source) -> str:
    return printable(source.path)
