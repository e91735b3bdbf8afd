"""A record against its golden, in words: what differs, never whether it pleases.

Numbers are compared as numbers, words without white space, rows in order. What the golden doesn't
mention is not looked at, but for figures that the narrative never stated. `"*"` is anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

Json = Any
LEFT_OUT = {
    "submission_id",
    "sources",
    "revision",
    "status",
    "findings",
    "expected_findings",
    "allowed_findings",
}
NUMBERING = re.compile(
    r"^(其中[:：]?|省级专项[:：]|[(（]?[0-9一二三四五六七八九十]+[)）]?[、.]?|[(（][0-9]+[)）])+"
)
FLAGGED = ("broken", "suspect")


def differences(golden: Mapping[str, Json], record: Mapping[str, Json]) -> list[str]:
    """One line for each place where the record isn't what the golden says; empty when all is well."""
    found: list[str] = []
    for key, expected in golden.items():
        if key in LEFT_OUT:
            continue
        if key not in record:
            found.append(f"{key}: not in the record")
        elif key == "expenses":
            found += _expenses(expected, record[key])
        elif key == "narrative":
            found += _narrative(expected, record[key])
        elif key == "construction":
            found += _differing(key, _filled(expected), _filled(record[key]))
        else:
            found += _differing(key, expected, record[key])
    return found


def finding_differences(golden: Mapping[str, Json], record: Mapping[str, Json]) -> list[str]:
    """One line for each finding that is missing, or that nothing in the golden calls for.

    Broken and suspect are both «flagged»: which of them a rule says is its own taste. Other findings that are
    only rounding may always stand.
    """
    expected = {(rule, verdict in FLAGGED) for rule, verdict in golden["expected_findings"]}
    given = {(finding["rule"], finding["verdict"] in FLAGGED) for finding in record["findings"]}
    missing = [f"findings: {rule} was not reported" for rule, _ in sorted(expected - given)]
    excused = {rule for rule, flagged in expected if flagged} | set(golden["allowed_findings"])
    false = sorted({rule for rule, flagged in given if flagged} - excused)
    return missing + [f"findings: {rule} accuses falsely" for rule in false]


def _differing(path: str, expected: Json, found: Json) -> Iterator[str]:
    if expected == "*":
        return
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        for key, value in expected.items():
            yield from _differing(f"{path}.{key}", value, found.get(key))
    elif isinstance(expected, list) and isinstance(found, Sequence) and not isinstance(found, str):
        if len(expected) != len(found):
            yield f"{path}: {len(expected)} rows expected, {len(found)} found"
        for index, (one, other) in enumerate(zip(expected, found, strict=False)):
            yield from _differing(f"{path}.{index}", one, other)
    elif not _same(expected, found):
        yield f"{path}: {expected!r} expected, {found!r} found"


def _expenses(expected: list[Json], found: list[Json]) -> Iterator[str]:
    """Rows by their place; the label counts, without its numbering, where the row has its own name."""
    if len(expected) != len(found):
        labels = [[row["label"] for row in rows] for rows in (expected, found)]
        yield f"expenses: {len(expected)} rows expected, {len(found)} found: {labels[0]} {labels[1]}"
        return
    for index, (one, other) in enumerate(zip(expected, found, strict=True)):
        path = f"expenses.{index}({_label(one['label'])})"
        for key in ("item", "prior_final", "budget", "final"):
            yield from _differing(f"{path}.{key}", one[key], other.get(key))
        own = one["item"] is None or one["item"] == "project_special"
        if own and _label(one["label"]) not in _label(other.get("label") or ""):
            yield f"{path}.label: {one['label']!r} expected, {other.get('label')!r} found"


def _label(text: str) -> str:
    folded = unicodedata.normalize("NFKC", "".join(text.split()))
    return NUMBERING.sub("", folded).rstrip(":")


def _narrative(expected: Mapping[str, Json], found: Mapping[str, Json]) -> Iterator[str]:
    """Every stated figure; a second mention (`code#2`) may be left out where it only repeats the first.

    A figure that the golden doesn't have must be absent or zero: «无国有资本经营预算支出» is read either way.
    """
    for code, claim in expected.items():
        other = _mention(found, code)
        if other is None and "#" in code and _same(claim["value"], expected[code.partition("#")[0]]["value"]):
            continue
        if other is None:
            yield f"narrative.{code}: {claim['value']!r} was not read"
        elif not _same(claim["value"], other.get("value")):
            yield f"narrative.{code}: {claim['value']!r} expected, {other.get('value')!r} found"
        elif "text" in claim and _bare(claim["text"]) not in _bare(other.get("text") or ""):
            yield f"narrative.{code}.text: {claim['text']!r} is not in {other.get('text')!r}"
    for code, other in found.items():
        if code.partition("#")[0] not in expected and not _nothing(other.get("value")):
            yield f"narrative.{code}: {other.get('value')!r} found, which the narrative never says"


def _mention(found: Json, code: str) -> Json:
    """`project_expenditure#2` is the second of the record's mentions of that figure."""
    if code in found or "#" not in code:
        return found.get(code)
    code, _, place = code.partition("#")
    mentions = found.get(code, {}).get("mentions", [])
    return next(iter(mentions[int(place) - 1 :]), None)


def _filled(rows: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """The rows that hold any figure: a row left empty may be kept or not."""
    return [row for row in rows if any(value for key, value in row.items() if key != "label")]


def _same(expected: Json, found: Json) -> bool:
    if _empty(expected) or _empty(found):
        return _empty(expected) and _empty(found)
    one, other = _number(expected), _number(found)
    if one is not None and other is not None:
        return one == other
    return _bare(str(expected)) == _bare(str(found))


def _empty(value: Json) -> bool:
    return value is None or value == ""


def _nothing(value: Json) -> bool:
    return _empty(value) or _number(value) == 0


def _number(value: Json) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _bare(text: str) -> str:
    return "".join(text.split())
