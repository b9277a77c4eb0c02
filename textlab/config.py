"""The study file: ``study.toml`` -> :class:`Study`."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from textlab.errors import StudyError, nearest

# Of so few tokens one occurrence makes ten in ten thousand, and more: what is said of a place
# with fewer rests on little text.
FEW_TOKENS = 1000

Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]


class Section(BaseModel):
    """A table of the study file: strict types, unknown keys refused, never changed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class StudySection(Section):
    """``[study]``: what the study is called, and the seed of everything random in it."""

    name: str = ""
    title: str = ""
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0

    @field_validator("name")
    @classmethod
    def _names_a_folder(cls, name: str) -> str:
        if name != name.strip(" .") or re.search(r'[/\\:*?"<>|\x00-\x1f]', name):
            raise ValueError("a name that a folder can have")
        return name


class CorpusSection(Section):
    """``[corpus]``: the folder of texts, its manifest, and which of its documents to take."""

    path: str
    manifest: str | None = None
    text_column: str | None = None
    where: dict[str, str | int | list[str | int]] = {}
    from_: str | None = Field(None, alias="from")
    to: str | None = None

    @field_validator("from_", "to", mode="before")
    @classmethod
    def _is_a_date(cls, value: object) -> str | None:
        text = value.isoformat()[:10] if isinstance(value, date) else value
        if text is None:
            return None
        if not isinstance(text, str) or not _is_date(text):
            raise ValueError("a date such as 2024-07-08, 2024-07 or 2024, in quotation marks")
        return text


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


class CleaningSection(Section):
    """``[cleaning]``: whether traditional characters are written as simplified ones."""

    simplify: bool = False


class PlacesSection(Section):
    """``[places]``: whether a paragraph's place is read from the text or is its document's."""

    from_: Literal["text", "document"] = Field(default="text", alias="from")


class LexiconSection(Section):
    """``[lexicon]``: CSV files of terms, besides the built-in lexicon or instead of it.

    ``faults`` says whether a line that is no term ends the run or is left out with a warning,
    ``crossings`` what all matches of a term that cut another word are.
    """

    files: list[str] = []
    builtin: bool = True
    faults: Literal["error", "warn"] = "error"
    crossings: dict[str, Literal["counted", "accident"]] = {}


class SegmentationSection(Section):
    """``[segmentation]``: how texts are cut into words.

    Both engines give the same tokens. Without ``hmm`` words that jieba's dictionary lacks fall
    into characters. ``accidents`` says whether a term across two other words is counted. ``tags``
    are the parts of speech that similarity and topics keep, by default all.
    """

    engine: Literal["fast", "jieba"] = "fast"
    hmm: bool = True
    accidents: Literal["left out", "counted"] = "left out"
    tags: list[str] = []


class AuditSection(Section):
    """``[audit]``: whether a term whose occurrences do not add up ends the run."""

    on_loss: Literal["error", "warn"] = "error"


class TokensSection(Section):
    """``[tokens]``: words that keyness, similarity and topics leave out.

    ``stopwords`` is a list of words, or the path of a file with one word a line;
    ``stopword_groups`` names groups of the built-in ones, by default all. ``tags`` keeps the
    words of some parts of speech for similarity and topics.
    """

    stopwords: list[str] | str = []
    builtin_stopwords: bool = True
    stopword_groups: list[str] = []
    min_length: Positive = 2
    min_documents: Positive = 1
    max_document_share: Annotated[float, Field(gt=0, le=1)] = 1.0
    drop_place_names: bool = True


class StatisticsSection(Section):
    """``[statistics]``: bootstrap resamples, and how frequent a term must be for keyness."""

    resamples: Count = 2000
    min_count: Positive = 5


class TopicsSection(Section):
    """``[topics]``: the number of topics, and what counts as a text for them."""

    k: Positive | Literal["auto"] = "auto"
    unit: Literal["paragraph", "document"] = "paragraph"
    passes: Positive = 3
    min_units: Positive = 2
    max_share: Annotated[float, Field(gt=0, le=1)] = 0.5


class FiguresSection(Section):
    """``[figures]``: the language of the labels, and how many terms to show."""

    language: Literal["zh", "en"] = "zh"
    top: Positive = 20


class ResultsSection(Section):
    """``[results]``: the folder that will hold ``tables/`` and ``figures/``."""

    path: str | None = None


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
