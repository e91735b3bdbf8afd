"""Files made from nothing: zips, Word packages and OLE2 files with the bytes a test needs."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

SECTOR = 512
END, FAT, FREE, NONE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF, 0xFFFFFFFF
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip with these parts, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def word(main: str = MAIN, document: str = "word/document.xml") -> bytes:
    """A Word package whose main part has this content type and stands at this path."""
    part = f'<Override PartName="/{document}" ContentType="{main}"/>'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}">{part}</Types>',
            document: f'<w:document xmlns:w="{WORD}"><w:body><w:p/></w:body></w:document>',
        }
    )


def ole2(streams: Mapping[str, bytes], nested: Mapping[str, bytes] | None = None) -> bytes:
    """An OLE2 file with these streams at its root and, where given, some in a folder «ObjectPool» below it.

    Streams below 4,096 bytes lie among the small streams, as the format has it.
    """
    nested = nested or {}
    everything = [*streams.items(), *nested.items()]
    small = b"".join(_padded(data, 64) for _, data in everything if len(data) < 4096)
    directory_sectors = -(-(len(everything) + 2) // 4)
    chains = [directory_sectors, -(-len(small) // SECTOR)]
    chains += [-(-len(data) // SECTOR) for _, data in everything if len(data) >= 4096]
    starts, table = _table(chains)
    folder = len(everything) + 1
    lines = [_entry("Root Entry", 5, child=1, start=starts[1] if small else END, size=len(small))]
    large, mini = iter(starts[2:]), 0
    for number, (name, data) in enumerate(everything, 1):
        last_here = number == len(streams)
        right = (folder if nested else NONE) if last_here else number + 1
        right = NONE if number == len(everything) and number > len(streams) else right
        if len(data) >= 4096:
            lines.append(_entry(name, 2, right=right, start=next(large), size=len(data)))
        else:
            lines.append(_entry(name, 2, right=right, start=mini, size=len(data)))
            mini += -(-len(data) // 64)
    if nested:
        lines.append(_entry("ObjectPool", 1, child=len(streams) + 1))
    body = _padded(b"".join(lines), SECTOR) + _padded(small, SECTOR)
    body += b"".join(_padded(data, SECTOR) for _, data in everything if len(data) >= 4096)
    return _header(directory=starts[0]) + _padded(table, SECTOR, b"\xff") + body


def _table(chains: list[int]) -> tuple[list[int], bytes]:
    """The first sector of each chain, sector 0 being the table itself, and the table."""
    starts, links, place = [], [FAT], 1
    for length in chains:
        starts.append(place)
        links += [*range(place + 1, place + length), END] if length else []
        place += length
    return starts, struct.pack(f"<{len(links)}I", *links)


def _header(directory: int) -> bytes:
    start = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    fields = struct.pack("<6x3I4x5I", 0, 1, directory, 4096, END, 0, END, 0)
    return start + fields + struct.pack("<109I", 0, *[FREE] * 108)


def _entry(
    name: str, kind: int, *, right: int = NONE, child: int = NONE, start: int = 0, size: int = 0
) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = _padded(raw, 64) + struct.pack("<HBB3I", len(raw), kind, 1, NONE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def _padded(data: bytes, unit: int, filler: bytes = b"\0") -> bytes:
    return data + filler * (-len(data) % unit)
