"""A first ``documents.csv`` and ``study.toml`` for texts, to be corrected by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable
from typing import Any

import pandas as pd

from textlab.places.inference import infer_place
from textlab.reading.guesses import guess_genre, guess_place, guess_source
from textlab.reading.manifest import GUESSABLE

COLUMNS = ("doc_id", "file", "title", "place", "date", "genre", "source", "guessed", "sha256")

STUDY = """\
# A study of the texts in {path}. What stands behind a single '#' is a default or an example:
# take the '#' away to say otherwise. `textlab plan` says what a run would do.

[study]
name = {name}
# title = ""
# seed = 0                       # of everything random; another seed, other bootstrap and topics

[corpus]                         # the texts, and which of them; paths are relative to this file
path = {path}
# manifest = "documents.csv"     # what the texts are; by default the one in their folder
# where = {{ genre = "decision" }} # a column of it and its value, or a list of values
# from = "2023"                  # dates, both included; undated documents are set aside
# to = "2024-06"
# text_column = "text"           # of tables (.csv, .xlsx) with a document in each row

[cleaning]
# simplify = false               # true writes traditional characters as simplified ones

[places]
# from = "text"                  # the place that speaks; "document": always the document's place

[lexicon]
# files = ["terms.csv"]          # terms of your own: term, category, label_en, variant_of, note
# builtin = true                 # and those that textlab brings along
# faults = "error"               # a line that is no term ends the run; "warn": it is left out
# crossings = {{ "制造业" = "counted" }} # or "accident": what matches across other words are

[segmentation]
# engine = "fast"                # or "jieba": the same tokens, slower
# hmm = true                     # false: what jieba's dictionary lacks falls into characters
# accidents = "left out"         # "counted": matches that are parts of two other words count
# tags = ["n", "v"]              # parts of speech that similarity and topics keep

[audit]
# on_loss = "error"              # a term that does not add up ends the run; or "warn"

[tokens]                         # what keyness, similarity and topics leave out
# stopwords = ["有关"]            # words, or the path of a file with one a line
# builtin_stopwords = true
# stopword_groups = ["-verbs"]   # of the built-in ones all but the verbs of policy
# min_length = 2
# min_documents = 1              # words in fewer documents, and in more than this share
# max_document_share = 1.0       # of them, are left out
# drop_place_names = true

[statistics]
# interval = "model"             # of keyword rates; or "bca", "percentile", "bootstrap-t"
# resamples = 2000               # of that bootstrap, and of the test over documents
# pair_resamples = 200           # of similarities and clusters
# min_count = 5                  # occurrences that a word needs to be compared
# group_by = []                  # columns to count keywords by besides place: "year", "genre", …
# keyness_by = "place"           # the column whose groups are compared by keyness
# reference = ""                 # the group that they are compared with; default: all others
# period = "year"                # of change over time; or "month"

[collocations]
# nodes = []                     # terms whose company is listed; default: the five most frequent
# window = 5                     # words to either side, within a sentence
# min_count = 3                  # times that a word must stand with the term
# concordance = true             # every line with a node, with its text

[network]
# terms = 60                     # the most frequent terms of the lexicon that are linked
# min_count = 3                  # paragraphs that two must share

[topics]
# k = "auto"                     # or the number of topics
# unit = "paragraph"             # or "document", or "pooled": paragraphs put together
# pool = 200                     # to so many tokens
# start = "nmf"                  # or "random", for comparison
# passes = 3
# prior = 0.3                    # how much of the NMF is kept as prior
# alpha = "auto"                 # or "symmetric", "asymmetric"
# min_units = 2                  # a word needs so many paragraphs (or documents),
# max_share = 0.5                # and at most this share of them
# seeded = ["生态"]               # categories of the lexicon that begin a topic each
# grid = [5, 10, 15, 20]         # numbers that "auto" tries, each so many times:
# replicates = 4
# bootstraps = 20                # fits that say whether a topic replicates
# labels = "topic_labels.csv"    # topics that keep their numbers and labels
# effects = "place"              # columns that shares are regressed on, such as "place + year"

[figures]
# language = "zh"                # or "en"
# top = 20                       # terms that a figure shows

[results]
# path = {results}
"""


def draft_manifest(documents: pd.DataFrame) -> pd.DataFrame:
    """A first manifest of the table ``documents``, a row for each that was read.

    Columns: doc_id, file, title, place, date, genre, source, guessed, sha256. Where a place, genre
    or source is blank it is guessed; ``guessed`` names the cells of the row that are guesses.
    Documents whose file name begins or ends with white space, which a manifest cannot hold, are
    left out.
    """
    can_be_listed = documents["file"] == documents["file"].str.strip()
    read = documents[(documents["set_aside"] == "") & can_be_listed].reset_index(drop=True)
    drafted = read.copy()
    for column, guess in (("source", _source), ("genre", _genre)):
        drafted[column] = [row[column] or guess(row) for row in drafted.to_dict("records")]
    inferred = drafted["doc_id"].map(infer_place(drafted))
    drafted["place"] = [
        row["place"] or place or guess_place(row["title"], row["source"])
        for row, place in zip(drafted.to_dict("records"), inferred, strict=True)
    ]
    drafted["guessed"] = [
        _marks(marks.split(), before, after)
        for marks, before, after in zip(
            read["guessed"], read.to_dict("records"), drafted.to_dict("records"), strict=True
        )
    ]
    return drafted[list(COLUMNS)]


def _source(row: dict[Hashable, Any]) -> str:
    return guess_source(row["text"], row["title"])


def _genre(row: dict[Hashable, Any]) -> str:
    return guess_genre(row["text"], row["file"], row["title"], row["source"])


def _marks(marked: list[str], before: dict[Hashable, Any], after: dict[Hashable, Any]) -> str:
    """The columns that were guessed: those marked before, and those that were blank then."""
    new = [column for column in GUESSABLE if after[column] and not before[column]]
    return " ".join(column for column in GUESSABLE if column in {*marked, *new})


def draft_study(name: str, path: str) -> str:
    """A study file of the texts in ``path``: every key, those of no need as comments.

    ``name`` may be any folder's; signs that no folder can have on some system are replaced.
    """
    safe = re.sub(r'[/\\:*?"<>|\x00-\x1f]', "-", name).strip(" .") or "study"
    results = _quoted(f"results/{safe}")
    return STUDY.format(name=_quoted(safe), path=_quoted(path), results=results)


def _quoted(text: str) -> str:
    """``text`` as a basic string of TOML, which JSON writes alike but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
