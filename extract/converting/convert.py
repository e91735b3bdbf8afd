"""Sources of old kinds to Sources whose opened file is a .docx: .doc, .wps, .rtf, .odt.

Files of one kind go in batches: a call costs more than a second, a file in it a fifth of one. A file that
hangs or kills LibreOffice takes its batch along; the others of the batch are then tried one by one. A .doc
is converted a second time in Python alone, to be compared, or read where LibreOffice gave nothing.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from extract import kinds, ole
from extract.converting.office import convert, program
from extract.converting.plain import PACKAGE, plainly
from extract.document import Source
from extract.failure import Failure, Reason
from extract.intake import printable
from extract.means import Means
from extract.sandbox import Limits, run_all

BATCH, LEAST = 24, 6
MEMORY = 6_000_000_000
BASE_SECONDS, SECONDS_A_MB, SECONDS_A_FILE = 60.0, 30.0, 2.0

Trouble = tuple[Reason, str, str]
NO_OFFICE: Trouble = (
    "unsupported",
    "旧版格式（.doc、.wps、.rtf、.odt）要由 LibreOffice 转换，这台机器上没有",
    "请管理员安装 LibreOffice（apt-get install libreoffice-writer-nogui），或另存为 .docx 后再导入",
)
NOT_CONVERTED: Trouble = (
    "broken",
    "LibreOffice 没有转换成功，文件可能已损坏，或内容不是它声称的格式",
    kinds.RESAVE_WORD,
)
NOTHING_CONVERTED: Trouble = (
    "broken",
    "LibreOffice 没有转换成功，同批的旧版文件一个也没有转成，可能是 LibreOffice 本身有问题",
    f"请管理员用 gouji doctor 检查 LibreOffice；{kinds.RESAVE_WORD}",
)
TOO_DEEP: Trouble = ("hostile", "RTF 的括号嵌套过深，可能是恶意文件，没有转换", kinds.RESAVE_WORD)
BRACES = re.compile(rb"\\[{}\\]|[{}]")
DEEPEST, LOOKED_AT = 1000, 8 << 20
"""Groups within groups of an RTF, among its first bytes: LibreOffice takes a minute to fail on more."""


@dataclass(frozen=True, slots=True)
class Route:
    """LibreOffice's name of a format, and the extension it goes by there."""

    infilter: str
    suffix: str


WORD_97, WORD_95 = Route("MS Word 97", ".doc"), Route("MS Word 95", ".doc")
ROUTES: Mapping[str, Route] = {
    kinds.DOC.media_type: WORD_97,
    kinds.RTF.media_type: Route("Rich Text Format", ".rtf"),
    kinds.ODT.media_type: Route("writer8", ".odt"),
    kinds.FLAT_ODF.media_type: Route("OpenDocument Text Flat XML", ".fodt"),
}
"""What is converted, by media type. .wps has .doc's; Word 6 and 95 have their own."""
OLD_WORD = b"\xdc\xa5"
"""How the main stream of a document of Word 6 or 95 begins."""


@dataclass(frozen=True, slots=True)
class Batch:
    route: Route
    sources: tuple[Source, ...]

    @property
    def seconds(self) -> float:
        size = sum(source.size for source in self.sources) / (1 << 20)
        return BASE_SECONDS + SECONDS_A_MB * size + SECONDS_A_FILE * len(self.sources)


def is_converted(source: Source) -> bool:
    return source.type in ROUTES


def converted(
    sources: Sequence[Source], means: Means, jobs: int | None = None
) -> dict[Source, Source | Failure]:
    """For each source the one to read instead, or why there is none."""
    deep = [source for source in sources if source.type == kinds.RTF.media_type and _is_deep(source.file)]
    sound = [source for source in sources if source not in deep]
    plain = plainly([source for source in sound if _route(source) == WORD_97], means, jobs)
    office = program()
    made = {} if office is None else _by_office(office, sound, means, jobs)
    works = any(isinstance(end, Path) for end in made.values())
    trouble = NO_OFFICE if office is None else NOT_CONVERTED if works or len(made) < 2 else NOTHING_CONVERTED
    ended = {source: _settled(source, made.get(source), plain.get(source), trouble) for source in sound}
    return ended | {source: Failure(_path(source), *TOO_DEEP) for source in deep}


def _by_office(
    office: str, sources: Sequence[Source], means: Means, jobs: int | None
) -> dict[Source, Path | Failure | None]:
    made: dict[Source, Path | Failure | None] = {}
    alone: list[Batch] = []
    for batch, done in _run(office, list(_batches(sources, jobs or os.cpu_count() or 1)), means, jobs):
        paths = [None] * len(batch.sources) if isinstance(done, Failure) else done
        made.update(zip(batch.sources, paths, strict=True))
        lost = [source for source in batch.sources if made[source] is None]
        if len(batch.sources) > 1:
            alone += [Batch(batch.route, (source,)) for source in lost]
    for batch, done in _run(office, alone, means, jobs):
        made[batch.sources[0]] = done if isinstance(done, Failure) else done[0]
    return made


def _batches(sources: Sequence[Source], jobs: int) -> Iterator[Batch]:
    """Batches of one format each; few files are shared out among the jobs."""
    routed = [(source, _route(source)) for source in sources]
    for route in (*ROUTES.values(), WORD_95):
        same = [source for source, its in routed if its == route]
        size = min(BATCH, max(LEAST, -(-len(same) // jobs)))
        for first in range(0, len(same), size):
            yield Batch(route, tuple(same[first : first + size]))


def _route(source: Source) -> Route:
    return WORD_95 if source.type == kinds.DOC.media_type and _is_old(source.file) else ROUTES[source.type]


def _is_deep(path: Path) -> bool:
    depth = 0
    with path.open("rb") as file:
        for mark in BRACES.findall(file.read(LOOKED_AT)):
            depth += (mark == b"{") - (mark == b"}")
            if depth > DEEPEST:
                return True
    return False


def _is_old(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            package = ole.Ole(file)
            return package.start_of(package.root_streams()["WordDocument"], 2) == OLD_WORD
        except (ole.Broken, KeyError):
            return False


def _run(
    office: str, batches: Sequence[Batch], means: Means, jobs: int | None
) -> Iterator[tuple[Batch, list[Path | None] | Failure]]:
    assert means.scratch is not None
    work = partial(_convert, office=office, scratch=means.scratch)
    yield from run_all(work, batches, _limits, jobs, describe=lambda batch: _path(batch.sources[0]))


def _limits(batch: Batch) -> Limits:
    return Limits(memory=MEMORY, seconds=batch.seconds + 15)


def _convert(batch: Batch, office: str, scratch: Path) -> list[Path | None]:
    folder = Path(tempfile.mkdtemp(dir=scratch))
    files = [source.file for source in batch.sources]
    return convert(office, files, batch.route.infilter, batch.route.suffix, folder, batch.seconds)


def _settled(
    source: Source, made: Path | Failure | None, plain: Path | Failure | None, trouble: Trouble
) -> Source | Failure:
    second = str(plain) if isinstance(plain, Path) else ""
    if isinstance(made, Path):
        instead = replace(source, opened=str(made), second=second, reader="libreoffice")
    elif second:
        instead = replace(source, opened=second, reader=PACKAGE)
    else:
        return Failure(_path(source), *trouble)
    return replace(instead, opened_as=kinds.DOCX.media_type)


def _path(source: Source) -> str:
    return printable(source.path)
