"""How topics are fitted: the options of ``fit_topics``, and what they may be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import TypedDict

from textlab.errors import ModelError, nearest

PASSES = {"nmf": 3, "random": 10}
ALPHAS = ("auto", "symmetric", "asymmetric")
PRIOR = 0.3


class Options(TypedDict, total=False):
    """The options that ``fit_topics`` shares with all that fits topics more than once."""

    seed: int
    start: str
    passes: int | None
    prior: float | None
    alpha: str
    seeded: Mapping[str, Collection[str]] | None
    min_units: int
    max_share: float
    keep: Collection[str]


@dataclass(frozen=True)
class Fit:
    """How one model is fitted, checked; see :func:`~textlab.topics.model.fit_topics`."""

    k: int
    seed: int = 0
    start: str = "nmf"
    passes: int = PASSES["nmf"]
    prior: float = PRIOR
    alpha: str = "auto"
    seeded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def fit_options(
    k: int,
    *,
    seed: int = 0,
    start: str = "nmf",
    passes: int | None = None,
    prior: float | None = None,
    alpha: str = "auto",
    seeded: Mapping[str, Collection[str]] | None = None,
) -> Fit:
    """The options as they will be used; :class:`ModelError` for what they cannot be."""
    if not is_whole(k):
        raise ModelError(f"k wants a whole number of topics, found {k!r}")
    if start not in ("nmf", "random"):
        raise ModelError(
            f"no start '{start}'; there are: {', '.join(PASSES)}{nearest(str(start), PASSES)}"
        )
    # NMF read as topics is a fit that does not leave its start; random numbers are no topics.
    least = 0 if start == "nmf" else 1
    if passes is not None and (not is_whole(passes) or passes < least):
        raise ModelError(f"passes wants a whole number of {least} or more, found {passes!r}")
    if prior is not None and not (isinstance(prior, Real) and 0 <= prior < float("inf")):
        raise ModelError(f"prior wants a number of 0 or more, found {prior!r}")
    if alpha not in ALPHAS:
        raise ModelError(
            f"no alpha '{alpha}'; there are: {', '.join(ALPHAS)}{nearest(str(alpha), ALPHAS)}"
        )
    settled = PRIOR if start == "nmf" else 0.0
    return Fit(
        int(k),
        int(seed),
        start,
        PASSES[start] if passes is None else int(passes),
        settled if prior is None else float(prior),
        alpha,
        {name: tuple(sorted(set(words))) for name, words in (seeded or {}).items()},
    )


def is_whole(value: object) -> bool:
    """Whether ``value`` is an integer, of Python or numpy, and no truth value."""
    return isinstance(value, Integral) and not isinstance(value, bool)
