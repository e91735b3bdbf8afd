"""The settings file as a clerk writes it (TOML), validated wholly: a Rulebook, or one clear message.

docs/settings.md tells clerks what may stand in it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from reconcile.catalogue import TITLES
from reconcile.finding import Severity
from reconcile.rule import names
from reconcile.rulebook import Change, Rulebook, Threshold
from reconcile.settings import SEVERITY_WORDS

LARGEST = 1 << 20
MOST_PLACES = 6
YEARS = range(1990, 2101)
RANGES: Mapping[str, tuple[Decimal, Decimal]] = {
    "adjustment_limit": (Decimal(0), Decimal(5)),
    "overshoot": (Decimal(1), Decimal(100)),
    "copied_share": (Decimal("0.1"), Decimal(1)),
}
SHARES = ("adjustment_limit", "copied_share")
BANDS = "grade_bands"
EVERYWHERE = (*RANGES, BANDS, "off", "severity")
KEYS = {True: (*EVERYWHERE, "when"), False: ("year", "years", "region", *EVERYWHERE, "on")}
"""What may stand at the top of the file, and what in a [[when]]."""
SEVERITIES = {**{one.value: one for one in Severity}, **SEVERITY_WORDS}
EXAMPLE = "写法见 docs/settings.md 的例子"
_MARKS = dict(zip("“”‘’＝，：［］【】｛｝", "\"\"''=,:[][]{}", strict=True))


class BadSettingsError(ValueError):
    """A settings file that can't be used; its text is Chinese and names file, line and remedy."""


def load(path: Path) -> Rulebook:
    """The settings file at `path`. Raises BadSettingsError for any that can't be read or holds anything
    that isn't known."""
    name = _printable(path.name)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadSettingsError(
            f"设置文件 {_printable(str(path))} 打不开{_why(error)}。请检查路径和访问权限"
        ) from error
    if len(data) > LARGEST:
        raise BadSettingsError(f"设置文件 {name} 太大，不像是设置文件。请检查是否给错了文件")
    return parse(_decoded(name, data), name)


def _why(error: OSError) -> str:
    why = {FileNotFoundError: "没有这个文件", IsADirectoryError: "是文件夹", PermissionError: "没有权限"}
    return f"（{why[type(error)]}）" if type(error) in why else ""


def parse(text: str, name: str) -> Rulebook:
    """The settings that `text` gives; `name` is the file's, for messages."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError, InvalidOperation) as error:
        raise BadSettingsError(_not_toml(name, text, str(error))) from error
    blocks = data.pop("when", [])
    top = Block(name, text, 0)
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise top.wrong("when", "条件要写成单独一行的 [[when]]（两层方括号），下面写条件和设置")
    changes = [top.change(data)]
    changes += [Block(name, text, number).change(block) for number, block in enumerate(blocks, start=1)]
    return Rulebook(tuple(changes), name, text)


def parse_kept(name: str, text: str) -> Rulebook:
    """The settings that the database keeps; rules may have gone since then."""
    try:
        return parse(text, name)
    except BadSettingsError as error:
        remedy = "请用 --settings 给出改正的文件，或用 --no-settings 改回缺省"
        raise BadSettingsError(f"数据库里保存的设置不能再用。{error}。{remedy}") from error


@dataclass(frozen=True, slots=True)
class Block:
    """The part of a file before its first [[when]] (number 0), or one of those."""

    name: str
    text: str
    number: int

    def change(self, data: Mapping[str, Any]) -> Change:
        """What the block says. Raises BadSettingsError for the first thing that is wrong in it."""
        top = self.number == 0
        for key in data:
            if key not in KEYS[top]:
                raise self._unknown_key(key, KEYS[top])
        off, on = (self._rules(key, data.get(key, [])) for key in ("off", "on"))
        if both := off & on:
            raise self.wrong(sorted(both)[0], f"规则 {'、'.join(sorted(both))} 又关又开，请只留一项")
        change = Change(
            {key: self._threshold(key, data[key]) for key in (*RANGES, BANDS) if key in data},
            self._severities(data.get("severity", {})),
            off,
            on,
            self._years(data),
            self._regions(data.get("region", [])),
        )
        if not top and not (change.years or change.regions):
            raise self.wrong(
                "when", "没有写条件。请写上 year、years 或 region；对所有报告的设置写在第一个 [[when]] 之前"
            )
        return change

    def wrong(self, word: str, message: str) -> BadSettingsError:
        """What is wrong at the line where `word` stands."""
        line = self._line(word)
        where = f" 第{line}行" if line else ""
        return BadSettingsError(f"设置文件 {self.name}{where}：{message}")

    def _line(self, word: str) -> int | None:
        whole = re.compile(rf"(?<![\w.*-]){re.escape(word)}(?![\w.*-])")
        found, block = [], 0
        for number, line in enumerate(self.text.split("\n"), start=1):
            block += bool(re.match(r"\s*\[\[\s*[\"']?when", line))
            if whole.search(line.partition("#")[0]):
                found.append((block != self.number, number))
        return min(found)[1] if found else None

    def _unknown_key(self, key: str, known: Iterable[str]) -> BadSettingsError:
        if key == "on":
            return self.wrong(key, "on 只能写在 [[when]] 下面，用来打开前面关闭的规则")
        if key in KEYS[False] or key in KEYS[True]:
            return self.wrong(key, f"{key} 不能写在这里。year、years、region 写在 [[when]] 下面。{EXAMPLE}")
        listed = "、".join(known)
        return self.wrong(key, f"没有「{key}」这一项{_near(key, known)}。可以写的有：{listed}")

    def _threshold(self, key: str, value: object) -> Threshold:
        if key == BANDS:
            return self._bands(value)
        low, high = RANGES[key]
        number = self._number(key, value)
        if not low <= number <= high:
            percent = "。比例写成小数，20% 写 0.2" if key in SHARES else ""
            raise self.wrong(key, f"{key} 应在 {low} 到 {high} 之间，写的是 {_shown(value)}{percent}")
        return number

    def _bands(self, value: object) -> tuple[Decimal, ...]:
        if not isinstance(value, list) or len(value) != 3:
            raise self.wrong(BANDS, f"{BANDS} 应为优、良、中的最低分三个数，如 [90, 80, 60]")
        bands = tuple(self._number(BANDS, one) for one in value)
        if not 100 >= bands[0] > bands[1] > bands[2] >= 0:
            raise self.wrong(BANDS, f"{BANDS} 的三个数应从大到小，在 0 到 100 之间，如 [90, 80, 60]")
        return bands

    def _number(self, key: str, value: object) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            percent = "，比例写成小数，20% 写 0.2" if key in SHARES else ""
            raise self.wrong(key, f"{key} 应为数，不加引号{percent}。写的是 {_shown(value)}")
        number = Decimal(value)
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int):
            raise self.wrong(key, f"{key} 应为数，写的是 {_shown(value)}")
        if exponent < -MOST_PLACES:
            raise self.wrong(key, f"{key} 最多写 {MOST_PLACES} 位小数")
        return number

    def _severities(self, value: object) -> dict[str, Severity]:
        """Each rule's severity; of two entries that name it the later holds."""
        if not isinstance(value, dict):
            raise self.wrong("severity", f'severity 应为 规则代码 = "程度"。{EXAMPLE}')
        found: dict[str, Severity] = {}
        for pattern, word in _flat(value):
            if pattern in KEYS[True] or pattern in KEYS[False]:
                raise self.wrong(pattern, f"{pattern} 写到程度的表里去了，请移到 [severity] 那一行之前")
            codes = self._codes(pattern)
            if not isinstance(word, str) or word not in SEVERITIES:
                listed = "、".join(SEVERITIES)
                raise self.wrong(pattern, f"{pattern} 的程度「{_shown(word)}」不对，可以写：{listed}")
            found |= dict.fromkeys(codes, SEVERITIES[word])
        return found

    def _rules(self, key: str, value: object) -> frozenset[str]:
        patterns = [value] if isinstance(value, str) else value
        if not isinstance(patterns, list) or not all(isinstance(one, str) for one in patterns):
            raise self.wrong(key, f'{key} 应为规则代码的列表，如 ["project.sum", "construction"]')
        return frozenset(code for pattern in patterns for code in self._codes(pattern))

    def _codes(self, pattern: str) -> list[str]:
        codes = [code for code in TITLES if names(pattern, code)]
        if not codes:
            blocks = dict.fromkeys(code.partition(".")[0] for code in TITLES)
            near = _near(pattern, [*TITLES, *blocks])
            raise self.wrong(pattern, f"没有规则「{pattern}」{near}。全部规则见 gouji rules")
        return codes

    def _years(self, data: Mapping[str, Any]) -> tuple[int, ...]:
        if "year" in data and "years" in data:
            raise self.wrong("years", "year 和 years 只写一项：一个年度写 year，几个年度写 years")
        key = "year" if "year" in data else "years"
        if key not in data:
            return ()
        years = [data[key]] if key == "year" else data[key]
        if not isinstance(years, list) or not years or not all(type(y) is int and y in YEARS for y in years):
            example = "year = 2024" if key == "year" else "years = [2023, 2024]"
            raise self.wrong(key, f"{key} 应为年度，从 {YEARS[0]} 到 {YEARS[-1]}，不加引号，如 {example}")
        return tuple(years)

    def _regions(self, value: object) -> tuple[str, ...]:
        regions = [value] if isinstance(value, str) else value
        if not isinstance(regions, list) or not all(isinstance(one, str) and one.strip() for one in regions):
            raise self.wrong(
                "region", 'region 应为部门名称或预算编码的开头，加引号，如 "云岭县"；几个写 ["云岭县", "589"]'
            )
        return tuple(regions)


def _flat(table: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, object]]:
    """The entries of a table by whole codes: `funding.score = …` without quotes is a table in a table."""
    for key, value in table.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _printable(name: str) -> str:
    """A file's name without the bytes that are no text."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _near(word: str, known: Iterable[str]) -> str:
    alike = get_close_matches(word, list(known), n=3, cutoff=0.5)
    return f"，是否指 {'、'.join(alike)}" if alike else ""


def _shown(value: object) -> str:
    words = str(value).lower() if isinstance(value, bool) else str(value)
    return words if len(words) <= 30 else f"{words[:30]}…"


def _decoded(name: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadSettingsError(f"设置文件 {name} 是 Unicode（UTF-16）编码。请用记事本另存为，编码选 UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            raise BadSettingsError(f"设置文件 {name} 不是文本文件。请检查是否给错了文件") from error
        message = f"设置文件 {name} 是 GBK（ANSI）编码。请用记事本另存为，编码选 UTF-8"
        raise BadSettingsError(message) from error


def _not_toml(name: str, text: str, error: str) -> str:
    """Where the text isn't TOML, and what it may be."""
    found = re.search(r"at line (\d+)", error)
    lines = text.split("\n")
    number = int(found[1]) if found else len(lines)
    line = lines[number - 1].partition("#")[0]
    if "overwrite" in error or "twice" in error:
        why = "同一项写了两次，请只留一次"
    elif marks := [mark for mark in line if mark in _MARKS]:
        why = f"用了中文标点「{marks[0]}」，请改成英文标点 {_MARKS[marks[0]]}"
    elif "*" in line or "?" in line:
        why = '带 * 的规则代码要加英文引号，如 "*.narrative"'
    else:
        why = f"不合 TOML 的写法：一行一项，文字加英文引号，数不加。{EXAMPLE}"
    return f"设置文件 {name} 第{number}行：{why}"
