"""The labels that a vocabulary's patterns fit, written out: for comparing what was misread with them.

Patterns are read as far as they name characters: groups, choices, what may be left out. What stands for any
character or digit is left out where it may be, and gives no label where it may not.
"""

from __future__ import annotations

import re

MOST = 6000
"""A pattern with more labels than this is given up."""
_TIMES = re.compile(r"\?|\*|\+|\{(\d+)(?:,\d*)?\}")
_AHEAD = re.compile(r"\(\?[=!<]")
_CLASS = re.compile(r"\[([^\]\\^-]+)\]")
_ANYTHING = re.compile(r"\\[a-zA-Z]|\.|\[(?:\\.|[^\]])*\]|[\^$]")

Labels = set[str]


def written_out(pattern: str) -> Labels:
    """The labels that a pattern fits.

    >>> sorted(written_out("公务(?:接|招)待费?"))
    ['公务招待', '公务招待费', '公务接待', '公务接待费']
    """
    return _choices(pattern, 0)[0]


def _choices(pattern: str, at: int) -> tuple[Labels, int]:
    """The labels of the alternatives from a place to the end of their group, and that place."""
    found: Labels = set()
    so_far = {""}
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            found |= so_far
            so_far, at = {""}, at + 1
            continue
        atom, at = _atom(pattern, at)
        times = _TIMES.match(pattern, at)
        if times:
            atom, at = _repeated(atom, times), times.end()
        so_far = _joined(so_far, atom)
    return found | so_far, at


def _atom(pattern: str, at: int) -> tuple[Labels, int]:
    if pattern[at] == "(":
        ahead = _AHEAD.match(pattern, at)
        inside = pattern.index(":", at) + 1 if pattern.startswith("(?:", at) else at + 1
        labels, end = _choices(pattern, ahead.end() if ahead else inside)
        return ({""} if ahead else labels), end + 1
    if one_of := _CLASS.match(pattern, at):
        return set(one_of[1]), one_of.end()
    if anything := _ANYTHING.match(pattern, at):
        return set(), anything.end()
    at += pattern[at] == "\\"
    return {pattern[at]}, at + 1


def _repeated(labels: Labels, times: re.Match[str]) -> Labels:
    least = {"?": 0, "*": 0, "+": 1}.get(times[0])
    least = int(times[1]) if least is None else least
    return {label * max(least, 1) for label in labels} | ({""} if not least else set())


def _joined(befores: Labels, afters: Labels) -> Labels:
    if len(befores) * len(afters) > MOST:
        return set()
    return {before + after for before in befores for after in afters}
