"""The narrative tests' notation: paragraphs in, «code value» words out."""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import Paragraph
from extract.forms.narrative import Narrative, read_narrative
from extract.quantity import Absent, Figure, plain
from extract.report import ListedSum, NarrativeFigure, Share


def narrative(
    *paragraphs: str,
    year: int | None = 2024,
    pages: Sequence[int] | None = None,
    names: Sequence[str] = (),
) -> Narrative:
    """Read paragraphs of a report of the department of these names; a paragraph that begins with «# » is
    marked as a heading by its reader."""
    given = [
        Paragraph(
            text.removeprefix("# "),
            index,
            page=pages[index] if pages else None,
            kind="heading" if text.startswith("# ") else "text",
        )
        for index, text in enumerate(paragraphs)
    ]
    return read_narrative(given, "附件1.docx", year, names=names)


def told(found: Narrative) -> list[str]:
    """The figures as «code value», «code 无», «grade 优»."""
    return [_told(figure) for figure in found.figures]


def sums(found: Narrative) -> list[str]:
    """The lists as «total = part + part», with «!» where the sentence claims that they are all."""
    return [_sum(listed) for listed in found.listed_sums]


def proportions(found: Narrative) -> list[str]:
    """The percentages as «share 0.25: 3 / 12»."""
    return [_share(share) for share in found.shares]


def _told(figure: NarrativeFigure) -> str:
    return f"{figure.code} {figure.word or _value(figure.value)}"


def _sum(listed: ListedSum) -> str:
    parts = " + ".join(f"{part.label} {_value(part.value)}" for part in listed.parts)
    return f"{listed.total.label} {_value(listed.total.value)} = {parts}{' !' if listed.whole else ''}"


def _share(share: Share) -> str:
    parts = f"{_value(share.part.value)} / {_value(share.whole.value)}"
    return f"{share.relation} {_value(share.percent)}: {parts}"


def _value(value: Figure) -> str:
    return {"dash": "无"}.get(value.why, value.why) if isinstance(value, Absent) else plain(value.value)
