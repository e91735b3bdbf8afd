"""Figures that stand elsewhere: another item's, the same in another place, another period's, last year's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from extract.paths import figures
from extract.quantity import Quantity
from extract.report import PERIODS
from reconcile.hints.equation import bare, value_of
from reconcile.identity import SAME_MONEY
from reconcile.labels import PERIOD_LABELS
from reconcile.ledger import Ledger, Term

PLACES = {"narrative": "自评报告", "expenses": "基础数据表", "staffing": "基础数据表"}
PROJECTS = ("expenses.project", "projects.")
PEOPLE = {"staffing.authorized": "staffing.on_duty", "staffing.on_duty": "staffing.authorized"}
THREE_PUBLIC = ("three_public", "vehicle", "overseas", "reception")
WHOLES = {
    "vehicle_purchase": "vehicles",
    "vehicle_running": "vehicles",
    **dict.fromkeys(("vehicles", "overseas", "reception"), "three_public"),
}
SPENT = {
    "narrative.project_expenditure": "expenses.project.final",
    "narrative.goods_services": "expenses.operating.final",
}
"""Spending of the narrative that the expense table gives in several periods."""
ANOTHER_YEAR = "prior_final"


def named_alike(ledger: Ledger, value: Decimal, cites: Collection[str], *, of_parts: bool = True) -> str:
    """The name of another figure of this value, not of what is cited. Without `of_parts`, a row's own parts
    and its whole don't count: where a whole has only one part, they are the same by nature."""
    same = {*cites, *(other for path in cites for other in _same_figure(path))}
    cited = {bare(ledger.term(path).label) for path in same}
    project = not of_parts and any("project" in path for path in cites)
    for path in ledger.amounts.get(value, ()):
        if {path, path.partition("#")[0]} & same or (project and path.startswith(PROJECTS)):
            continue
        if not _is_related(path, cites) or (not of_parts and any(_is_part(path, one) for one in cites)):
            continue
        if (name := bare(ledger.term(path).label)) not in cited:
            return name
    return ""


def confirmed(ledger: Ledger, term: Term, right: Decimal, cites: Collection[str]) -> str:
    """Where in the submission this very figure is the right one: «自评表中“项目支出”», or nothing."""
    for path in _same_figure(term.path):
        other = ledger.term(path)
        if path not in cites and isinstance(other.figure, Quantity) and other.figure.value == right:
            return f"{PLACES.get(path.partition('.')[0], '自评表')}中“{bare(other.label)}”"
    return ""


def other_period(ledger: Ledger, term: Term, *, sure: bool) -> str:
    """The period of the same row that this figure repeats: last year's or, where it is `sure` that the
    figure is wrong, any other one. Budget and outcome are often equal and rightly so."""
    row, own = _row_and_period(term.path)
    if not own:
        return ""
    for period in PERIODS:
        if period == own or not (sure or ANOTHER_YEAR in (period, own)):
            continue
        figure = ledger.figure(f"{row}.{period}")
        if isinstance(figure, Quantity) and figure.value == value_of(term):
            return PERIOD_LABELS[period]
    return ""


def last_years(ledger: Ledger, term: Term) -> bool:
    """Whether last year's submission has this very amount in the same place."""
    prior = ledger.around.prior
    if prior is None or term.path.startswith(("projects.", "expenses.[")) or "#" in term.path:
        return False
    before = next((figure for path, figure in figures(prior) if path == term.path), None)
    return isinstance(before, Quantity) and before.value == value_of(term)


def crossed(ledger: Ledger, table: Term, found: Decimal) -> bool:
    """Whether what was told of one count of people is the other one's in the table."""
    path = PEOPLE.get(table.path)
    other = ledger.figure(path) if path else None
    return isinstance(other, Quantity) and other.value == found


def _is_related(path: str, cites: Collection[str]) -> bool:
    """Whether a figure can belong to what is cited: 三公经费 among themselves, and one period."""
    if _is_three_public(path) != any(_is_three_public(cited) for cited in cites):
        return False
    periods = {period for cited in cites if (period := _row_and_period(cited)[1])}
    return not periods or _row_and_period(path)[1] in {"", *periods}


def _is_part(path: str, other: str) -> bool:
    """Whether one of two figures of the same table or narrative is a part of the other, by their rows."""
    (head, row), (place, whole) = ((*one.partition("#")[0].split("."), "")[:2] for one in (path, other))
    return head == place and (whole in _wholes(row) or row in _wholes(whole))


def _wholes(row: str) -> Iterator[str]:
    while row in WHOLES:
        row = WHOLES[row]
        yield row


def _is_three_public(path: str) -> bool:
    return any(name in path for name in THREE_PUBLIC)


def _same_figure(path: str) -> Iterator[str]:
    """Where else a figure is told: in the tables, in the narrative, in another sentence of it."""
    head, _, rest = path.partition(".")
    code = rest.partition("#")[0]
    for name, tables in SAME_MONEY.items():
        if (head == "narrative" and name == code) or path in tables:
            yield from (other for other in (*tables, f"narrative.{name}") if other != path)


def _row_and_period(path: str) -> tuple[str, str]:
    """The expense row that a figure belongs to, and its period; nothing for figures of no row."""
    path = path.partition("#")[0] if path.startswith("narrative") else path
    path = SPENT.get(path, path).replace("narrative.", "expenses.")
    row, _, period = path.rpartition(".")
    known: Sequence[str] = PERIODS if row.startswith("expenses.") else ()
    return (row, period) if period in known else ("", "")
