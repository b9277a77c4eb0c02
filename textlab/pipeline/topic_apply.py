"""A topic model with all that reading new texts its way takes, and ``textlab topics apply``."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from textlab.config import Study, make_study
from textlab.errors import ResultsError, StudyError
from textlab.output.files import write_bytes
from textlab.pipeline.topic_units import whole_units

if TYPE_CHECKING:
    import pandas as pd

    from textlab.topics.model import TopicModel

FOLDER = "model"
LEXICON, SETTINGS = "lexicon.csv", "settings.json"
TABLE = "topic_by_document.csv"
# What cutting texts into words and counting them depends on, by section of the study file.
CUTTING: dict[str, tuple[str, ...]] = {
    "corpus": ("text_column",),
    "cleaning": ("simplify",),
    "lexicon": ("crossings",),
    "segmentation": ("engine", "hmm", "accidents", "tags"),
    "tokens": ("min_length",),
    "topics": ("unit", "pool"),
}
# A model that knows fewer of the words of a text than this share says little of it.
LITTLE_KNOWN = 0.5
MOST_NAMED = 10


class StoredModel(NamedTuple):
    """A model, its lexicon, and the parts of its study that its counts depend on."""

    model: TopicModel
    lexicon: pd.DataFrame
    settings: dict[str, Any]


class Applied(NamedTuple):
    """The shares of new documents, the file that has them, and what is to be known of them.

    ``documents`` is how many were read; ``without`` are those that have no word of the model's
    vocabulary, and so no row; ``known`` the share of each other's content words that it knows.
    """

    table: pd.DataFrame
    file: Path
    documents: int
    without: list[str]
    known: pd.Series
    warnings: list[str]


def settings_of(study: Study) -> dict[str, Any]:
    """What of a study its counts depend on, for :func:`write_model`."""
    values = study.model_dump(mode="json", by_alias=True, include=set(CUTTING))
    return {
        section: {key: values[section][key] for key in keys} for section, keys in CUTTING.items()
    }


def write_model(
    folder: str | Path, model: TopicModel, lexicon: pd.DataFrame, settings: dict[str, Any]
) -> Path:
    """Write a model into ``folder`` with the lexicon and settings (:func:`settings_of`) it needs.

    Only .npy, JSON and CSV. The same model gives the same bytes.
    """
    from textlab.output.tables import write_csv

    target = Path(folder)
    model.save(target)
    write_csv(lexicon, target / LEXICON)
    text = json.dumps(settings, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_bytes(target / SETTINGS, text.encode("utf-8"))
    return target


def read_model(folder: str | Path) -> StoredModel:
    """What :func:`write_model` wrote into ``folder``, or into the folder ``model`` in it.

    :class:`ResultsError` where there is no model, or one that cannot be read.
    """
    from textlab.output.tables import read_csv
    from textlab.topics.model import TopicModel

    root = Path(folder)
    if not root.is_dir():
        raise ResultsError(f"{root}: no such folder; name results/STUDY or results/STUDY/{FOLDER}")
    if (root / FOLDER / "model.json").is_file():
        root = root / FOLDER
    if not (root / "model.json").is_file():
        raise ResultsError(
            f"{root}: no topic model in this folder; textlab run writes one to results/STUDY/"
            f"{FOLDER} where it finds topics"
        )
    model = TopicModel.load(root)
    settings = _settings(root / SETTINGS)
    study_of(settings, root, root / SETTINGS)
    return StoredModel(model, read_csv(root / LEXICON, "lexicon"), settings)


def _settings(file: Path) -> dict[str, Any]:
    try:
        settings = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ResultsError(f"cannot read '{file}': {error.strerror}") from None
    except ValueError as error:
        raise ResultsError(f"'{file}' cannot be read: {error}") from None
    if not isinstance(settings, dict) or not all(
        isinstance(section, dict) for section in settings.values()
    ):
        raise ResultsError(f"'{file}' wants an object of sections, as textlab run writes it")
    return settings


def apply_model(
    model: str | Path,
    texts: str | Path,
    out: str | Path | None = None,
) -> Applied:
    """The topics of the documents in the folder ``texts``, by the model in the folder ``model``.

    ``model`` is one that a run has written: results/STUDY/model, or results/STUDY. The texts are
    read, cleaned and cut into words as that study's were, with its lexicon; its stopwords are
    not needed, as what is not in the vocabulary does not count. Writes table topic_by_document
    (see :func:`~textlab.topics.by_document.document_shares`) to ``out``, by default
    ``topic_by_document.csv`` here; a file that is there already is not overwritten. The study's
    own corpus gets the shares that its run gave it. A document's shares depend on that document
    alone.

    Topics are those of the texts that the model was fitted to: a new subject is shared out among
    them. ``known`` tells how much of a text's words they were fitted to.

    Raises :class:`ResultsError` for a folder without a model and for an ``out`` that is there,
    and :class:`CorpusError` for texts that are not.
    """
    from textlab.output.tables import write_csv
    from textlab.reading.documents import read_documents
    from textlab.topics.by_document import document_shares

    target = Path(out) if out is not None else Path(TABLE)
    _check_free(target)
    stored = read_model(model)
    study = study_of(stored.settings, Path(texts))
    documents = read_documents(texts, text_column=study.corpus.text_column)
    paragraphs = cleaned(documents, study)
    tokens = _tokens(paragraphs, stored.lexicon, study)
    unit, of_documents = whole_units(study, paragraphs, tokens)
    known = known_shares(_counted(tokens, study, "doc_id"), stored.model.vocabulary)
    read = documents.loc[documents["set_aside"] == "", "doc_id"]
    without = sorted({*read} - set(known.index[known > 0]))
    table = document_shares(stored.model, _counted(tokens, study, unit), of_documents)
    _check_free(target)
    write_csv(table, target)
    known = known.drop(without, errors="ignore")
    warnings = list(_warnings(documents, known, without))
    return Applied(table, target, len(read), without, known, warnings)


def study_of(settings: dict[str, Any], texts: Path, file: Path = Path(SETTINGS)) -> Study:
    """A study of ``texts`` with the settings of a model, which ``file`` holds."""
    corpus = settings.get("corpus", {}) | {"path": str(texts.absolute())}
    try:
        return make_study(settings | {"corpus": corpus}, file)
    except StudyError as error:
        raise ResultsError(f"the settings of a topic model cannot be read: {error}") from None


def cleaned(documents: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The paragraphs of ``documents``, as those of the study were cleaned."""
    from textlab.cleaning.paragraphs import clean

    return clean(documents, simplify=study.cleaning.simplify)


def counts_of(
    paragraphs: pd.DataFrame, lexicon: pd.DataFrame, study: Study, *, by: str
) -> pd.DataFrame:
    """Counts of content words by doc_id or para_id, cut as the study's were.

    Stopwords and names of places are among them: a model does not know them.
    """
    return _counted(_tokens(paragraphs, lexicon, study), study, by)


def _tokens(paragraphs: pd.DataFrame, lexicon: pd.DataFrame, study: Study) -> pd.DataFrame:
    from textlab.pipeline.term_stages import study_rules
    from textlab.tokens.segmentation import segment
    from textlab.tokens.tags import keep_tags, tag_tokens

    tokens = segment(paragraphs, rules=study_rules(study, lexicon)).tokens
    wanted = study.segmentation.tags
    return keep_tags(tokens, tag_tokens(tokens, paragraphs), wanted) if wanted else tokens


def _counted(tokens: pd.DataFrame, study: Study, by: str | pd.Series) -> pd.DataFrame:
    from textlab.tokens.counting import count
    from textlab.tokens.kinds import CONTENT_KINDS

    return count(tokens, by=by, kinds=CONTENT_KINDS, min_length=study.tokens.min_length)


def known_shares(counts: pd.DataFrame, vocabulary: Collection[str]) -> pd.Series:
    """The share of each unit's content words that is in ``vocabulary``, by unit.

    The built-in stopwords are left out, which no study's topics are about.
    """
    from textlab.language.stopwords import stopwords

    words = counts[~counts["term"].isin(stopwords()) | counts["term"].isin(vocabulary)]
    n = words.groupby("unit")["n"].sum()
    known = words[words["term"].isin(vocabulary)].groupby("unit")["n"].sum()
    return known.reindex(n.index, fill_value=0) / n


def _warnings(documents: pd.DataFrame, known: pd.Series, without: list[str]) -> Iterator[str]:
    aside = documents[documents["set_aside"] != ""]
    named = [f"{file} ({why})" for file, why in zip(aside["file"], aside["set_aside"], strict=True)]
    if named:
        yield f"set aside: {_listed(named)}"
    if without:
        yield f"no topics, as none of their words is in the vocabulary: {_listed(without)}"
    little = known[known < LITTLE_KNOWN].sort_values(kind="stable")
    if len(little):
        shares = [f"{doc_id} ({share:.0%})" for doc_id, share in little.items()]
        yield (
            f"the model knows less than {LITTLE_KNOWN:.0%} of the content words of "
            f"{len(little)} of {len(known)} documents, so that their shares say little: "
            f"{_listed(shares)}"
        )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def _check_free(target: Path) -> None:
    if os.path.lexists(target):
        raise ResultsError(
            f"{target} is there already; name another file with --out FILE.csv, or move it away"
        )


def summary(made: Applied) -> list[str]:
    """What was read, how much of it the model knows, and where the shares are."""
    lines = [f"read {made.documents} documents; {len(made.known)} have topics"]
    if len(made.known):
        middle = made.known.median()
        least = str(made.known.idxmin())
        lines.append(
            f"the model knows {middle:.0%} of the content words of the middle document, "
            f"{made.known[least]:.0%} of those of {least}"
        )
    return [*lines, f"wrote {made.file}"]
