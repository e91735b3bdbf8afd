"""Chinese text in lines of a given width: broken between characters, never inside a number or a place."""

from __future__ import annotations

import re

from rich.cells import cell_len

_CLOSING = "，。、；：）」』”’！？%"
_TOKEN = re.compile(
    r"第[\d、–]+[页行列段](?:第[\d、–]+[行列])?"
    r"|[（「『“‘]*(?:[-+]?\d[\d.,]*(?:%| ?(?:万元|亿元|元|分|㎡|人次|人|个百分点))?|[!-~]+|\s+|.)"
)


def folded(text: str, width: int) -> str:
    """The text with line breaks so that no line is wider than `width` cells of a terminal."""
    return "\n".join(_line(line, width) for line in text.splitlines())


def _line(text: str, width: int) -> str:
    lines, line = [], ""
    for token in _tokens(text):
        if line and cell_len((line + token).rstrip()) > width:
            lines.append(line.rstrip())
            line = token.lstrip()
        else:
            line += token
        while cell_len(line.rstrip()) > width:
            cut = _fitting(line, width)
            lines.append(line[:cut])
            line = line[cut:]
    return "\n".join([*lines, line.rstrip()])


def _tokens(text: str) -> list[str]:
    """What may not be broken: a number with its unit, a place, a Latin word, a character; closing
    punctuation stays with what it closes."""
    tokens: list[str] = []
    for match in _TOKEN.finditer(text):
        if tokens and match[0][0] in _CLOSING and not tokens[-1].isspace():
            tokens[-1] += match[0]
        else:
            tokens.append(match[0])
    return tokens


def _fitting(text: str, width: int) -> int:
    """How many characters fit; at least one."""
    used = 0
    for index, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return max(index, 1)
    return len(text)
