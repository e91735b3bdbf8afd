"""CI repeats the same random examples, so that a failure there can be seen again; elsewhere they are new."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
