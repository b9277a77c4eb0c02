"""The columns, types, keys and row order of every table, and the one check for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textlab.errors import TableError, UnknownNameError
from textlab.rows import DTYPES, in_order, typed

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Table:
    """What a table promises.

    ``columns`` maps each name to ``text``, ``int`` or ``float`` (the only one that may hold a
    missing value); ``key`` is unique; rows stand in ``order``, where ``-n`` means
    descending. ``open`` tables may carry further columns, kept behind these.
    """

    columns: dict[str, str]
    key: tuple[str, ...]
    order: tuple[str, ...] = ()
    open: bool = False


def _columns(declared: str) -> dict[str, str]:
    """``"term n:int"`` as ``{"term": "text", "n": "int"}``."""
    pairs = (column.partition(":") for column in declared.split())
    return {name: kind or "text" for name, _, kind in pairs}


_FREQUENCY = (
    "keyword category count:int count_unique:int nested:int overlapped:int tokens:int "
    "tokens_unique:int per_10k:float ci_low:float ci_high:float"
)

TABLES: dict[str, Table] = {
    # ``layout``: of a PDF, a line for each line of ``text``: page, x0, top, x1, bottom (points).
    "documents": Table(
        _columns("doc_id file title place date genre source sha256 text layout guessed set_aside"),
        key=("file",),
        order=("doc_id", "file"),
        open=True,
    ),
    # What is published of documents: without their text.
    "documents_read": Table(
        _columns("doc_id file title place date genre source sha256 guessed characters:int"),
        key=("doc_id",),
        open=True,
    ),
    "paragraphs": Table(
        _columns(
            "para_id doc_id article:int position:int role text origin "
            "raw_start:int raw_end:int place place_basis duplicate_of"
        ),
        key=("para_id",),
        order=("doc_id", "position"),
        open=True,
    ),
    # What is published of paragraphs: without their text.
    "paragraph_list": Table(
        _columns(
            "para_id doc_id article:int role place place_basis duplicate_of "
            "raw_start:int raw_end:int characters:int"
        ),
        key=("para_id",),
    ),
    # Where a sentence was found to stop in its middle: what it was joined to, or why not.
    "seams": Table(
        _columns(
            "doc_id para_id verdict line:int column:int next_line:int next_column:int "
            "raw_end:int next_start:int"
        ),
        key=("doc_id", "raw_end"),
    ),
    "duplicates": Table(_columns("para_id duplicate_of similarity:float how"), key=("para_id",)),
    "tokens": Table(
        _columns("para_id doc_id position:int token kind start:int end:int"),
        key=("para_id", "position"),
        order=("doc_id", "para_id", "position"),
    ),
    # Of each paragraph, how many of its tokens count: words, terms, numbers and the like.
    "sizes": Table(
        _columns("para_id doc_id tokens:int"), key=("para_id",), order=("doc_id", "para_id")
    ),
    "tags": Table(_columns("para_id position:int tag rule"), key=("para_id", "position")),
    "occurrences": Table(
        _columns("para_id doc_id keyword surface start:int end:int relation"),
        key=("para_id", "start", "keyword"),
        order=("doc_id", "para_id", "start", "keyword"),
    ),
    # Matches that cut a word of plain jieba, accidents or not.
    "crossings_found": Table(
        _columns("para_id doc_id term surface start:int end:int word verdict rule"),
        key=("para_id", "start", "term"),
        order=("doc_id", "para_id", "start", "term"),
    ),
    "crossings": Table(
        _columns("term doc_id line:int column:int word verdict rule"),
        key=("doc_id", "line", "column", "term"),
    ),
    # Strings that stand in the texts like terms; line and column are 0 without documents.
    "phrases": Table(
        _columns(
            "phrase count:int documents:int cohesion:float freedom:float score:float known kind "
            "places:int first_date doc_id line:int column:int"
        ),
        key=("phrase",),
        order=("-score", "phrase"),
    ),
    "lexicon": Table(
        _columns("term category label_en variant_of note"), key=("term",), order=("term",)
    ),
    "counts": Table(_columns("unit term n:int"), key=("unit", "term")),
    "ledger": Table(
        _columns("stage doc_id file what reason characters:int"),
        key=("stage", "doc_id", "file", "what", "reason"),
    ),
    "segmentation_audit": Table(
        _columns(
            "term category string:int counted:int nested:int overlapped:int "
            "accidents:int plain_jieba:int"
        ),
        key=("term",),
        order=("-string", "term"),
    ),
    "keyword_by_document": Table(_columns(f"doc_id place {_FREQUENCY}"), key=("doc_id", "keyword")),
    "keyword_by_place": Table(
        _columns(f"place {_FREQUENCY} documents:int"), key=("place", "keyword")
    ),
    "keyword_occurrences": Table(
        _columns(
            "doc_id place keyword surface relation file line:int column:int "
            "end_line:int end_column:int raw_start:int raw_end:int page:int box"
        ),
        key=("doc_id", "raw_start", "keyword"),
    ),
    "keyness": Table(
        _columns(
            "group term n_target:int n_reference:int per_10k_target:float "
            "per_10k_reference:float g2:float log_ratio:float q_g2:float"
        ),
        key=("group", "term"),
    ),
    "place_similarity": Table(
        _columns("place_a place_b cosine:float jensen_shannon:float"), key=("place_a", "place_b")
    ),
    "document_similarity": Table(
        _columns("doc_a doc_b cosine:float jensen_shannon:float"), key=("doc_a", "doc_b")
    ),
    "topics": Table(
        _columns("topic:int label rank:int term probability:float"), key=("topic", "rank")
    ),
    "topic_by_document": Table(_columns("doc_id topic:int share:float"), key=("doc_id", "topic")),
    "topic_by_place": Table(
        _columns("place topic:int share:float documents:int"), key=("place", "topic")
    ),
    "topic_selection": Table(_columns("k:int npmi:float npmi_se:float chosen:int"), key=("k",)),
    # Of a study's findings, in how many universes (combinations of choices) they hold.
    "multiverse": Table(
        _columns(
            "table group term universes:int positive:int negative:int significant:int "
            "study_sign study_significant:int survive:int share:float"
        ),
        key=("table", "group", "term"),
        order=("-table", "group", "-study_significant", "survive", "term"),
    ),
    "universes": Table(
        _columns(
            "universe:int hmm lexicon accidents stopwords duplicates study:int terms:int "
            "occurrences:int tested:int findings:int kept:int lost:int absent:int new:int"
        ),
        key=("universe",),
    ),
}


def contract(name: str) -> Table:
    """What the table ``name`` promises; an unknown name is an error that lists the known ones."""
    if name not in TABLES:
        raise UnknownNameError(f"no table '{name}'; there are: {', '.join(TABLES)}")
    return TABLES[name]


def check(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """``frame`` as a new table that keeps the promise of ``name``: columns, types and key.

    Declared columns come first, in their order; an open table keeps further ones behind them.
    Rows are not moved: see :func:`arrange`. Raises :class:`TableError`, which names table,
    column and row.
    """
    table = contract(name)
    twice = frame.columns[frame.columns.duplicated()]
    if len(twice):
        raise TableError(f"table '{name}': the column '{twice[0]}' is there twice")
    missing = [column for column in table.columns if column not in frame.columns]
    if missing:
        raise TableError(
            f"table '{name}' wants the column(s) {', '.join(missing)}; "
            f"found: {', '.join(map(str, frame.columns))}"
        )
    further = [c for c in frame.columns if c not in table.columns] if table.open else []
    checked = frame[[*table.columns, *further]].reset_index(drop=True)
    for column, kind in table.columns.items():
        changed = typed(checked[column], name, column, kind)
        if changed is not None:
            checked[column] = changed
    if not in_order(checked, table.key, strictly=True):
        _refuse_twins(checked, name, table)
    return checked


def _refuse_twins(checked: pd.DataFrame, name: str, table: Table) -> None:
    repeated = checked.duplicated(list(table.key))
    if repeated.any():
        row = int(repeated.to_numpy().argmax())
        values = ", ".join(f"{key}={checked.at[row, key]!r}" for key in table.key)
        raise TableError(f"table '{name}', row {row}: the key is there twice ({values})")


def arrange(frame: pd.DataFrame, name: str, order: Iterable[str] = ()) -> pd.DataFrame:
    """``frame`` in the row order of table ``name`` (or in ``order``), columns as promised."""
    table = contract(name)
    columns = list(order) or list(table.order or table.key)
    checked = check(frame, name)
    if in_order(checked, columns):
        return checked
    names = [column.removeprefix("-") for column in columns]
    ascending = [not column.startswith("-") for column in columns]
    return checked.sort_values(names, ascending=ascending, kind="stable", ignore_index=True)


def empty(name: str) -> pd.DataFrame:
    """The table ``name`` with its columns and types, and no rows."""
    import pandas as pd

    kinds = contract(name).columns
    return pd.DataFrame({column: pd.Series([], dtype=DTYPES[k]) for column, k in kinds.items()})
