"""Five ways in which five places word and lay out the same facts.

Each module has `papers(facts, told)`, the submission's files, and `listed(facts)`, its expense rows with
their labels as printed.
"""

from __future__ import annotations

from types import ModuleType

from samples.wordings import a, b, c, d, e

WORDINGS: dict[str, ModuleType] = {"a": a, "b": b, "c": c, "d": d, "e": e}
