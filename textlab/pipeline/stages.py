"""The stages of a study: what each reads, what it depends on, and the function that it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textlab.config import Study
from textlab.pipeline.slices import Sink, Slice, slices
from textlab.pipeline.store import Output
from textlab.workers import Workers

if TYPE_CHECKING:
    import pandas as pd

    Tables = dict[str, pd.DataFrame]


@dataclass
class Job:
    """What a stage is given: the study, the outputs before it, and where to say things.

    ``folder`` takes files that are no tables (figures), and large tables, written by
    :meth:`sink`. ``warnings`` and ``notes`` are kept with the output, so that a run that finds it
    done says the same.
    """

    study: Study
    outputs: dict[str, Output]
    folder: Path
    workers: Workers
    warnings: list[str] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)

    def table(self, name: str, *, blank: tuple[str, ...] = ()) -> pd.DataFrame:
        """The table ``name``, from whichever stage before made it.

        Columns of text that are not needed are left ``blank``, which saves their memory.
        """
        return self._output(name).table(name, blank=blank)

    def file(self, name: str) -> Path:
        """Where the table ``name`` is stored."""
        return self._output(name).folder / f"{name}.parquet"

    def slices(self, name: str) -> list[Slice]:
        """The stretches of documents of the table ``name``."""
        return slices(self.file(name))

    def sink(self, name: str) -> Sink:
        """Where to write the table ``name`` of this stage, stretch by stretch."""
        return Sink(self.folder / f"{name}.parquet")

    def _output(self, name: str) -> Output:
        return next(o for o in self.outputs.values() if f"{name}.parquet" in o.files)


@dataclass(frozen=True)
class Stage:
    """A stage.

    ``needs``: the tables that it reads, by the stage that makes them; ``sections``: the parts
    of the study file that are its parameters, ``ignores`` keys of them that are not; ``files``:
    the hashes of the files that it reads; ``modules`` and ``packages``: the code that it runs;
    ``publishes``: its tables that become CSVs.
    """

    name: str
    run: Callable[[Job], Tables]
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sections: tuple[str, ...] = ()
    ignores: tuple[tuple[str, str], ...] = ()
    seeded: bool = False
    files: Callable[[Study], dict[str, str]] = lambda study: {}
    modules: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    publishes: tuple[str, ...] = ()

    def parameters(self, study: Study) -> dict[str, Any]:
        """The study's values that this stage depends on; paths are not among them."""
        values = study.model_dump(mode="json", by_alias=True, include=set(self.sections))
        for section, keys in PATHS.items():
            for key in keys & set(values.get(section, {})):
                if not (key == "stopwords" and isinstance(values[section][key], list)):
                    del values[section][key]
        for section, key in self.ignores:
            values.get(section, {}).pop(key, None)
        return values | ({"seed": study.study.seed} if self.seeded else {})


# Keys that hold paths; the content of what they name is hashed instead.
PATHS = {
    "corpus": {"path", "manifest"},
    "lexicon": {"files"},
    "tokens": {"stopwords"},
    "topics": {"labels"},
    "results": {"path"},
}
