"""Which department, which year, which date: settled from all the places that give them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from extract.document import Locus, Paragraph
from extract.failure import Unreadable
from extract.forms.cover import Identity
from extract.forms.wording import compact, same_name
from extract.report import Named, YearMention

_NAME_ORDER = ("预算部门名称", "部门名称", "单位名称", "填报", "form", "base", "narrative")

_OPENS_WITH_YEAR = re.compile(r"(20\d\d)(?:年(?!\d{1,2}月)(?:度|末|底|初)?)?(?=[^年\d\-/.])")
_ENOUGH_OPENINGS = 3


def together(identities: Sequence[Identity]) -> Identity:
    return Identity(
        names=tuple(x for i in identities for x in i.names),
        codes=tuple(x for i in identities for x in i.codes),
        years=tuple(x for i in identities for x in i.years),
        dates=tuple(x for i in identities for x in i.dates),
        sign_offs=tuple(x for i in identities for x in i.sign_offs),
        supervisors=tuple(x for i in identities for x in i.supervisors),
    )


def department(identity: Identity) -> str:
    """The name that the most trusted kind of place gives, of several there the most frequent; where no
    place names the department itself, the one that a project form names as being over it."""
    for role in _NAME_ORDER:
        named = [found.value for found in identity.names if role in found.role]
        if named:
            return Counter(named).most_common(1)[0][0]
    others = identity.names or identity.supervisors
    return others[0].value if others else ""


def one_department(identity: Identity) -> None:
    """Of a file with two forms of one kind. Raises Unreadable where they name different departments, which
    belong in two files."""
    by_role: dict[str, list[Named]] = {}
    for named in identity.names:
        by_role.setdefault(named.role, []).append(named)
    for found in by_role.values():
        names = list(dict.fromkeys(named.value for named in found))
        if any(not same_name(names[0], name) for name in names):
            raise Unreadable(
                "two_departments",
                f"一个文件里有两个部门的表：{'、'.join(names[:3])}",
                "请按部门拆成几个文件后重新导入",
            )


def fiscal_year(identity: Identity) -> int | None:
    """The fiscal year: by the heads of tables first, then by titles, then by the report's date."""
    for roles in (("expenses",), ("form", "base"), ("narrative",), ("title",), ("project",)):
        years = [mention.year for mention in identity.years if mention.role in roles]
        if years:
            return Counter(years).most_common(1)[0][0]
    filed = report_date(identity)
    return filed.year - 1 if filed is not None else None


def template_year(
    paragraphs: Sequence[Paragraph], source: str, fiscal_year: int | None
) -> Iterator[YearMention]:
    """Last year's year left in a narrative: its paragraphs open with that one («2023年全年基本支出…»)
    and none with the fiscal year."""
    found: dict[int, list[Paragraph]] = {}
    for paragraph in paragraphs:
        match = _OPENS_WITH_YEAR.match(compact(paragraph.text))
        if match is not None and "。" in paragraph.text:
            found.setdefault(int(match[1]), []).append(paragraph)
    if fiscal_year is None or fiscal_year in found:
        return
    for year, opened in found.items():
        if len(opened) >= _ENOUGH_OPENINGS:
            yield YearMention("narrative", year, Locus(source, opened[0].page, paragraph=opened[0].index))


def report_date(identity: Identity) -> date | None:
    named = [found for found, label in identity.dates if "报告" in label]
    return next(iter(named or [found for found, _ in identity.dates]), None)
