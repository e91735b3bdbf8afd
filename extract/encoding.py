"""Which characters bytes stand for: the marks at the front, UTF-16 by its zeros, UTF-8, or else GB18030."""

from __future__ import annotations

import codecs
import re

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")

CONTROL_BYTES = bytes(code for code in (*range(32), 127) if code not in b"\t\n\f\r\x1b")


def decoded(head: bytes) -> str | None:
    """The bytes as text, or None where they are none. A character cut in two at the end doesn't count."""
    for bom, encoding in BOMS:
        if head.startswith(bom):
            return _strictly(head[len(bom) :], encoding)
    if _is_wide(head):
        return _strictly(head, "utf-16-le")
    return _strictly(head, "utf-8") or _strictly(head, "gb18030")


def decoded_as(content: bytes, declared: str) -> str:
    """The bytes as text by what a page or a mail declares of itself, where that holds; GB2312 and GBK are
    taken for GB18030, which holds both. Characters that can't be read come as U+FFFD, stray controls not
    at all."""
    told = decoded(content) if _is_wide(content) else None
    if told is not None:
        return told
    content = without_controls(content)
    if declared and not content.startswith(codecs.BOM_UTF8):
        name = declared.strip().lower().replace("_", "-")
        name = "gb18030" if name.startswith(("gb", "x-gbk", "cp936", "windows-936")) else name
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decoded(content) or content.decode("gb18030", "replace")


def without_controls(content: bytes) -> bytes:
    """The bytes of a page without the control characters that some programs leave in it."""
    return content if _is_wide(content) else content.translate(None, CONTROL_BYTES)


def _is_wide(content: bytes) -> bool:
    """Whether this is UTF-16, of which zeros are a part."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return marked or (content[1:2] == b"\x00" and content[:1].isascii())


def _strictly(head: bytes, encoding: str) -> str | None:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return None
    return None if CONTROLS.search(text) else text
