"""The study file: ``study.toml`` -> :class:`Study`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from textlab.errors import StudyError, nearest
from textlab.sections import (
    AuditSection,
    CleaningSection,
    CollocationsSection,
    CorpusSection,
    FiguresSection,
    LexiconSection,
    NetworkSection,
    PlacesSection,
    ResultsSection,
    Section,
    SegmentationSection,
    StatisticsSection,
    StudySection,
    TokensSection,
    TopicsSection,
)


class Study(Section):
    """A whole study. ``file`` is where it came from; paths are relative to its folder."""

    study: StudySection = StudySection()
    corpus: CorpusSection
    cleaning: CleaningSection = CleaningSection()
    places: PlacesSection = PlacesSection()
    lexicon: LexiconSection = LexiconSection()
    segmentation: SegmentationSection = SegmentationSection()
    audit: AuditSection = AuditSection()
    tokens: TokensSection = TokensSection()
    statistics: StatisticsSection = StatisticsSection()
    collocations: CollocationsSection = CollocationsSection()
    network: NetworkSection = NetworkSection()
    topics: TopicsSection = TopicsSection()
    figures: FiguresSection = FiguresSection()
    results: ResultsSection = ResultsSection()
    file: Path = Path("study.toml")

    @property
    def name(self) -> str:
        """The study's name: what it says of itself, else the stem of its file."""
        return self.study.name or self.file.stem

    def locate(self, path: str) -> Path:
        """``path`` as it is if absolute, else from the folder of the study file."""
        return (self.file.parent / Path(path).expanduser()).resolve()

    @property
    def corpus_folder(self) -> Path:
        """The folder of the texts."""
        return self.locate(self.corpus.path)

    @property
    def manifest_file(self) -> Path | None:
        """The manifest if the study names one; else the corpus folder is asked for one."""
        return self.locate(self.corpus.manifest) if self.corpus.manifest else None

    @property
    def results_folder(self) -> Path:
        """Where ``tables/`` and ``figures/`` go."""
        return self.locate(self.results.path or f"results/{self.name}")

    @property
    def lexicon_files(self) -> list[Path]:
        """The study's own lexicons."""
        return [self.locate(file) for file in self.lexicon.files]


def read_study(path: str | Path) -> Study:
    """The study in the file ``path``; :class:`StudyError` says which line of it is wrong."""
    file = Path(path)
    if file.is_dir():
        file = file / "study.toml"
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise StudyError(
            f"{file}: no such study file; name one (textlab run STUDY.toml) "
            "or go to a folder that has a study.toml"
        ) from None
    except tomllib.TOMLDecodeError as error:
        quoted = "; Chinese keys stand in quotation marks" if "for a key part" in str(error) else ""
        raise StudyError(f"{file}: not valid TOML: {error}{quoted}") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise StudyError(f"{file}, line {line}: not UTF-8; save it as UTF-8 text") from None
    except OSError as error:
        raise StudyError(f"{file}: cannot be read: {error.strerror}") from None
    return make_study(values, file)


def make_study(values: dict[str, Any], file: Path = Path("study.toml")) -> Study:
    """A :class:`Study` from the dictionary ``values``, as ``file`` would hold it."""
    if "file" in values:
        raise StudyError(f"{file}: unknown table [file]; tables: {', '.join(_keys(()))}")
    try:
        return Study.model_validate(values | {"file": file.absolute()})
    except ValidationError as error:
        raise StudyError(f"{file}: {_explain(error)}") from None


def _keys(location: tuple[str, ...]) -> list[str]:
    model: type[BaseModel] = Study
    for part in location:
        annotation = model.model_fields[part].annotation
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return []
        model = annotation
    return [field.alias or name for name, field in model.model_fields.items() if name != "file"]


def _explain(error: ValidationError) -> str:
    """The most telling of pydantic's findings, in the study file's own words."""
    findings = error.errors()
    finding = next((f for f in findings if f["type"] == "extra_forbidden"), findings[0])
    location = tuple(str(part) for part in finding["loc"])
    where = " ".join([f"[{location[0]}]", *location[1:2]])
    if finding["type"] == "extra_forbidden":
        keys = _keys(location[:-1])
        what = "key" if len(location) > 1 else "table"
        near = nearest(location[-1], keys)
        return f"unknown {what} {where}{near} ({what}s there are: {', '.join(keys)})"
    if finding["type"] == "missing":
        return f'{where} is missing; the least a study says is [corpus] path = "FOLDER"'
    same = [f["msg"] for f in findings if f["loc"][:2] == finding["loc"][:2]]
    messages = [re.sub(r"^(Value error, |Input should be )", "", message) for message in same]
    if finding["type"] == "model_type":
        messages = [f"a table of keys: {', '.join(_keys(location))}"]
    return f"{where}: wanted {' or '.join(dict.fromkeys(messages))}; found {finding['input']!r}"


def override(
    study: Study,
    *,
    corpus: Path | None = None,
    results: Path | None = None,
    lexicon: Path | None = None,
) -> Study:
    """``study`` with another corpus folder, results folder or one lexicon more.

    These paths are relative to where one stands, not to the study file.
    """
    changes: dict[str, Any] = {}
    if corpus is not None:
        changes["corpus"] = study.corpus.model_copy(update={"path": str(corpus.absolute())})
    if results is not None:
        changes["results"] = study.results.model_copy(update={"path": str(results.absolute())})
    if lexicon is not None:
        files = [*study.lexicon.files, str(lexicon.absolute())]
        changes["lexicon"] = study.lexicon.model_copy(update={"files": files})
    return study.model_copy(update=changes)
