"""``manifest.json``: what was computed from what; ``run.json``: where and how long it took."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from textlab import __version__
from textlab.config import Study
from textlab.pipeline.fingerprint import versions
from textlab.pipeline.stages import PATHS, Stage
from textlab.pipeline.store import Output

PACKAGES = (
    "ahocorasick-rs",
    "gensim",
    "jieba",
    "matplotlib",
    "networkx",
    "numpy",
    "pandas",
    "pyarrow",
    "rjieba",
    "scikit-learn",
    "scipy",
    "seaborn",
    "statsmodels",
    "zhplot",
)


def manifest(
    study: Study, outputs: dict[str, Output], stages: list[Stage], files: dict[str, str]
) -> dict[str, Any]:
    """The reproducible record of a run: no path and no time in it."""
    values = study.model_dump(mode="json", by_alias=True, exclude={"file"})
    for section, keys in PATHS.items():
        for key in keys & set(values[section]):
            values[section][key] = _base_names(values[section][key], key)
    return {
        "textlab": __version__,
        "study": values | {"name": study.name},
        "inputs": {stage.name: outputs[stage.name].parts["files"] for stage in stages},
        "stages": {
            name: {"fingerprint": output.fingerprint, **output.notes}
            for name, output in outputs.items()
        },
        "warnings": [warning for output in outputs.values() for warning in output.warnings],
        "files": files,
        "python": platform.python_version(),
        "packages": versions(PACKAGES),
        "machine": {"architecture": platform.machine(), "blas": _blas()},
    }


def _base_names(value: object, key: str) -> object:
    """A path's last part; a list of words stays as it is."""
    if isinstance(value, list):
        return value if key == "stopwords" else [Path(str(item)).name for item in value]
    # Where the corpus lies on a machine says nothing of what was computed.
    return None if value is None or key == "path" else Path(str(value)).name


def _blas() -> str:
    """The BLAS kernel that numpy uses, such as ``openblas 0.3.30 SkylakeX``."""
    import numpy  # noqa: F401
    from threadpoolctl import threadpool_info

    for library in threadpool_info():
        if library.get("user_api") == "blas" and "numpy" in str(library.get("filepath")):
            parts = (library.get(key) for key in ("internal_api", "version", "architecture"))
            return " ".join(str(part) for part in parts if part)
    return f"numpy {version('numpy')}"
