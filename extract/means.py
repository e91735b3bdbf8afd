"""What reading may use besides the file itself: passwords, a scratch folder, programs and models."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Means:
    """`passwords` are tried in turn on whatever is locked. `scratch` is a folder of this run, gone at its
    end; without one nothing can be unpacked, unlocked or converted. `ocr` is False where scans are to be
    named, not read."""

    passwords: tuple[str, ...] = field(default=(), repr=False)
    scratch: Path | None = None
    ocr: bool = True


PLAIN = Means()
