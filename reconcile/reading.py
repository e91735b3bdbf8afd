"""Rules of the reading itself: what a machine was not sure of is for a person to look at.

Nobody is accused of what may be our own misreading: `doubt` says when that is so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.document import Locus
from extract.quantity import Absent, Figure, Quantity, decimal_text, is_repaired, plain
from reconcile.finding import Severity, Verdict
from reconcile.labels import label_of
from reconcile.ledger import Ledger
from reconcile.rule import EXACT, Examination, rule

MISREAD = "识别错误"
PERHAPS_MISREAD = f"可能是{MISREAD}，请核对原件"
READ_TWICE = "两种方法读出的数不同，请先核对原件"
PERHAPS_LOST = "可能是扫描件漏认，请核对原件"
OF_LACKS = ("indicator.classes", "completeness.cells")
OF_ROWS = ("expense.project_sum", "indicator.weight_sum", "indicator.score_sum")
"""Sums of as many rows as there are: of a scan, short of their total where a row was lost."""
TOLD = 4
"""How many figures a message names."""

Page = tuple[str, int | None, int | None]


@rule(
    "reading.unsure",
    Severity.WARNING,
    title="识别没有把握的数",
    explain="扫描件、照片上的数由机器识别，这些数识别得没有把握：字迹不清、被印章盖住，或两次识别结果不同。"
    "请按所列位置逐个对照原件，识别错的改正后重新核对，无误的加以说明；也可以请部门改交文字可以选中的电子文件。",
)
def unsure(ledger: Ledger) -> Iterator[Examination]:
    for page, paths in _by_page(ledger):
        doubtful = [p for p in paths if ledger.figure(p).unsure and not is_repaired(ledger.figure(p))]
        if not doubtful:
            yield EXACT
            continue
        message = f"{_page(page)}有 {len(doubtful)} 个数识别没有把握：{_named(ledger, doubtful)}，请对照原件"
        yield Examination(Verdict.BROKEN, message, cites=tuple(doubtful))


@rule(
    "reading.repaired",
    Severity.NOTICE,
    title="识别时换过读法的数",
    explain="同一个数有几次识别，第一次的结果使合计关系不成立，而且只有换成另一次的结果才能成立，所以取了后者。"
    "这是机器按合计关系作的选择，不是原件上写明的。请对照原件确认。",
)
def repaired(ledger: Ledger) -> Iterator[Examination]:
    for path, figure in ledger.figures.items():
        if isinstance(figure, Quantity) and figure.raw:
            words = f"“{label_of(path, ledger.report)}”识别为 {_read(figure.raw)}"
            message = f"{words}，按合计关系取另一读法 {_read(figure.text)}，请对照原件"
            yield Examination(Verdict.BROKEN, message, cites=(path,))


@rule(
    "reading.differ",
    Severity.WARNING,
    title="两种方法读出的数不同",
    explain="旧格式的文件用两种方法各读了一遍，这些数读出来不一样。采用的是第一种方法的结果，没有改动。"
    "请打开原件核对，或请部门另存为新格式的文件后重新提交。",
)
def differ(ledger: Ledger) -> Iterator[Examination]:
    for path, figure in ledger.figures.items():
        if figure.differs:
            others = "、".join(map(_read, figure.readings))
            words = f"“{label_of(path, ledger.report)}”读作 {_read(figure.text)}"
            message = f"{words}，另一种方法读作 {others}，请对照原件"
            yield Examination(Verdict.BROKEN, message, cites=(path,))


RULES = (unsure, repaired, differ)


def doubt(ledger: Ledger, code: str, examination: Examination, hint: str) -> str:
    """The hint of a finding that may rest on a misreading, empty for one that doesn't: it cites a figure
    or words that the reader was not sure of, or one other character would mend it (`hint` says so), or
    it is of something that lacks in a scan, where it may have been lost."""
    if MISREAD in hint:
        return hint
    lacks = code in OF_LACKS or (code in OF_ROWS and _is_short(code, examination))
    if lacks and any(0 < figure.sure < 1 for figure in ledger.figures.values()):
        return PERHAPS_LOST
    figures = [ledger.figure(path) for path in examination.cites]
    places = {locus.spot for locus in examination.places}
    if any(figure.unsure for figure in figures) or places & ledger.unsure:
        return PERHAPS_MISREAD
    return READ_TWICE if any(figure.differs for figure in figures) else ""


def _is_short(code: str, examination: Examination) -> bool:
    """Whether the rows of a sum make less than they should."""
    rows, whole = examination.expected, examination.found
    if code == "indicator.weight_sum":
        rows, whole = whole, rows
    return rows is not None and whole is not None and rows < whole


def _by_page(ledger: Ledger) -> Iterator[tuple[Page, list[str]]]:
    """The paths of the figures that were recognised on pictures, page by page and table by table."""
    pages: dict[Page, list[str]] = {}
    for path, figure in ledger.figures.items():
        if figure.sure < 1:
            locus = figure.locus or Locus("")
            pages.setdefault((locus.source, locus.page, locus.table), []).append(path)
    yield from pages.items()


def _page(page: Page) -> str:
    _, number, table = page
    words = f"第{number}页" if number is not None else ""
    return f"{words}表{table}" if table is not None else f"{words}正文"


def _named(ledger: Ledger, paths: Sequence[str]) -> str:
    labels = [label_of(path, ledger.report) for path in paths[:TOLD]]
    gaps = ["" if label.endswith("）") else " " for label in labels]
    figures = [_shown(ledger.figure(path)) for path in paths[:TOLD]]
    words = [label + gap + figure for label, gap, figure in zip(labels, gaps, figures, strict=True)]
    return "、".join(words) + ("等" if len(paths) > TOLD else "")


def _shown(figure: Figure) -> str:
    if isinstance(figure, Absent):
        return _read(figure.text)
    return f"{plain(figure.value * 100)}%" if figure.kind == "rate" else decimal_text(figure)


def _read(text: str) -> str:
    """What was read, in one line."""
    return " ".join(text.split()) or "空白"
