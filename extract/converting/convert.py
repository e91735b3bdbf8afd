"""Sources of old kinds to Sources whose opened file is a .docx: .doc, .wps, .rtf, .odt.

Files of one kind go in batches: a call costs more than a second, a file in it a fifth of one. A file that
hangs or kills LibreOffice takes its batch along; the others of the batch are then tried one by one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from extract import kinds
from extract.converting.office import convert, program
from extract.document import Source
from extract.failure import Failure
from extract.intake import printable
from extract.means import Means
from extract.sandbox import Limits, run_all

BATCH = 24
MEMORY = 6_000_000_000
BASE_SECONDS, SECONDS_A_MB, SECONDS_A_FILE = 60.0, 30.0, 2.0
INSTALL = "请管理员安装 LibreOffice（apt-get install libreoffice-writer-nogui），或另存为 .docx 后再导入"
RESAVE = "请用 Word 或 WPS 打开，另存为 .docx 后重新导入"


@dataclass(frozen=True, slots=True)
class Route:
    """LibreOffice's name of a format, and the extension it goes by there."""

    infilter: str
    suffix: str


ROUTES: Mapping[str, Route] = {
    kinds.DOC.media_type: Route("MS Word 97", ".doc"),
    kinds.RTF.media_type: Route("Rich Text Format", ".rtf"),
    kinds.ODT.media_type: Route("writer8", ".odt"),
    kinds.FLAT_ODF.media_type: Route("OpenDocument Text Flat XML", ".fodt"),
}
"""What is converted, by media type. .wps has .doc's."""

Converted = tuple[Source, Path | None]


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
    office = program()
    if office is None:
        return {source: _without_office(source) for source in sources}
    made: dict[Source, Path | Failure | None] = {}
    alone: list[Batch] = []
    for batch, done in _run(office, list(_batches(sources)), means, jobs):
        paths = [None] * len(batch.sources) if isinstance(done, Failure) else done
        made.update(zip(batch.sources, paths, strict=True))
        lost = [source for source in batch.sources if made[source] is None]
        if len(batch.sources) > 1:
            alone += [Batch(batch.route, (source,)) for source in lost]
    for batch, done in _run(office, alone, means, jobs):
        made[batch.sources[0]] = done if isinstance(done, Failure) else done[0]
    return {source: _settled(source, end) for source, end in made.items()}


def _batches(sources: Sequence[Source]) -> Iterator[Batch]:
    for media_type, route in ROUTES.items():
        same = [source for source in sources if source.type == media_type]
        for first in range(0, len(same), BATCH):
            yield Batch(route, tuple(same[first : first + BATCH]))


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


def _settled(source: Source, end: Path | Failure | None) -> Source | Failure:
    if isinstance(end, Path):
        return replace(source, opened=str(end), opened_as=kinds.DOCX.media_type, reader="libreoffice")
    message = "LibreOffice 没有转换成功，文件可能已损坏，或内容不是它声称的格式"
    return Failure(_path(source), "broken", message, RESAVE)


def _without_office(source: Source) -> Failure:
    message = "旧版格式（.doc、.wps、.rtf、.odt）要由 LibreOffice 转换，这台机器上没有"
    return Failure(_path(source), "unsupported", message, INSTALL)


def _path(source: Source) -> str:
    return printable(source.path)
