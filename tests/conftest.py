"""How many examples hypothesis tries: its own hundred, or with HYPOTHESIS_PROFILE=thorough more.

And which modules begin: those that run whole studies, lest one process waits for the other.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("thorough", max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

LONGEST = (
    *("test_demo_study.py", "test_worst_inputs.py", "test_pipeline.py", "test_cli.py"),
    *("test_notebook.py", "test_topics_study.py", "test_topics_inputs.py"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest modules first, the others in their order."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
