"""What a run would do, and the first reason why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from textlab.config import Study
from textlab.pipeline.fingerprint import fingerprint
from textlab.pipeline.run import stage_parts
from textlab.pipeline.store import Output, Store
from textlab.pipeline.study_stages import order


class Planned(NamedTuple):
    """A stage, whether it would run, and why."""

    stage: str
    runs: bool
    reason: str


def plan_study(study: Study, *, until: str | None = None) -> list[Planned]:
    """Each stage in order: whether it would run, and the first reason why.

    A stage behind one that would run may still be found done, if what that one makes turns out
    the same as before.
    """
    store = Store(study.results_folder)
    outputs: dict[str, Output] = {}
    planned = []
    for stage in order(until):
        unknown = [name for name in stage.needs if name not in outputs]
        if unknown:
            planned.append(Planned(stage.name, True, f"{unknown[0]} runs first"))
            continue
        parts = stage_parts(stage, study, outputs)
        found, damage = store.find(stage.name, fingerprint(parts))
        if found:
            outputs[stage.name] = found
            planned.append(Planned(stage.name, False, "done"))
        else:
            latest = store.latest(stage.name)
            reason = damage or (first_difference(latest.parts, parts) if latest else "never run")
            planned.append(Planned(stage.name, True, reason))
    return planned


def first_difference(before: dict[str, Any], now: dict[str, Any]) -> str:
    """The first thing in which two fingerprints' parts differ, as a sentence."""
    return next(_differences(before, now, ""), "its record is incomplete")


def _differences(before: Any, now: Any, path: str) -> Iterator[str]:
    if not (isinstance(before, dict) and isinstance(now, dict)):
        if before != now:
            yield f"{path} was {_short(before)}, is {_short(now)}"
        return
    for key in sorted({*before, *now}):
        name = f"{path}: {key}" if path else key
        if key not in now:
            yield f"{name} is gone"
        elif key not in before:
            yield f"{name} is new"
        else:
            yield from _differences(before[key], now[key], name)


def _short(value: object) -> str:
    text = str(value)
    is_hash = len(text) >= 16 and set(text) <= set("0123456789abcdef")
    return f"{text[:8]}…" if is_hash else text
