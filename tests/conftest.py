"""How many examples hypothesis tries: few by default, that ``make test`` takes minutes."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("quick", max_examples=40)
settings.register_profile("thorough", max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
