"""How many examples hypothesis tries: its own hundred, or with HYPOTHESIS_PROFILE=thorough more."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("thorough", max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
