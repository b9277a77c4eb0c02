"""``tl.run``: a study from Python, as the command runs it."""

from __future__ import annotations

from pathlib import Path

from textlab.config import Study, override, read_study
from textlab.pipeline.run import Report, Results, run_study


def run(
    study: str | Path | Study = "study.toml",
    *,
    corpus: str | Path | None = None,
    results: str | Path | None = None,
    lexicon: str | Path | None = None,
    workers: int = 1,
    until: str | None = None,
    report: Report | None = None,
) -> Results:
    """Run a study and publish its results, as ``textlab run`` does.

    ``study``: a study file or a :class:`Study`. ``corpus`` and ``results`` replace its folders,
    ``lexicon`` is a CSV of further terms, ``workers`` processes segment, ``until`` names the
    last stage to run. Returns :class:`Results`: ``.folder``, ``.table(name)``, ``.warnings``.
    Raises :class:`TextlabError`.
    """
    chosen = study if isinstance(study, Study) else read_study(study)
    changed = override(
        chosen,
        corpus=Path(corpus) if corpus is not None else None,
        results=Path(results) if results is not None else None,
        lexicon=Path(lexicon) if lexicon is not None else None,
    )
    return run_study(changed, workers=workers, until=until, report=report)
