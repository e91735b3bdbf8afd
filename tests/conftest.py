"""CI repeats the same random examples, so that a failure there can be seen again; elsewhere they are new. No
example fails for the time it took: a machine that does other things is slow."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
