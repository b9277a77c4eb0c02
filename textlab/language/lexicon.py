"""Lexicons: tables of terms that are counted whatever the segmenter makes of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from importlib.resources import files
from pathlib import Path

import pandas as pd

from textlab import schema
from textlab.errors import LexiconError, near_miss, nearest
from textlab.language.invisible import INVISIBLE
from textlab.language.plain_files import numbered_rows, read_text
from textlab.language.punctuation import chinese_punctuation
from textlab.language.width import one_form

COLUMNS = ("term", "category", "label_en", "variant_of", "note")
REQUIRED = ("term", "category")
LONGEST = 49
Row = tuple[int, str, str, str, str, str]
Source = str | Path | pd.DataFrame | Sequence[str] | None


def read_lexicon(source: Source = None) -> pd.DataFrame:
    """The lexicon table of ``source``: term, category, label_en, variant_of, note.

    ``source``: None for the built-in policy lexicon; the path of a CSV with the columns term,
    category and optionally label_en, variant_of, note; a DataFrame with those columns; or a
    list of terms, which all get the category ``own``. A variant counts for its head term.

    Raises :class:`LexiconError`, which names the file and line, for a line that is no term:
    blank, of one character, of 50 or more, with white space, a comma or an invisible character
    in it, or there twice; and for a variant of something that is not a head term.
    """
    if source is None:
        return _builtin()
    if isinstance(source, pd.DataFrame):
        _check_header(list(map(str, source.columns)), "lexicon table")
        cells = source.reindex(columns=list(COLUMNS)).astype(object)
        cells = cells.where(cells.notna(), "").astype(str)
        return _checked(list(cells.itertuples(index=True, name=None)), "lexicon table, row")
    if isinstance(source, str | Path):
        return _checked(_rows(Path(source)), f"{source}, line")
    rows = [(number, term, "own", "", "", "") for number, term in enumerate(source, 1)]
    return _checked(rows, "list of terms, number")


def combine_lexicons(lexicons: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Several lexicons as one; where two hold a term, the later one decides.

    A term that a later lexicon redefines keeps nothing of the earlier one.
    """
    tables = list(lexicons)
    if not tables:
        raise LexiconError("no lexicon: name files under [lexicon], or leave builtin = true")
    merged = pd.concat(tables, ignore_index=True).drop_duplicates("term", keep="last")
    known = head_terms(merged)["term"].tolist()
    for term, head in zip(merged["term"], merged["variant_of"], strict=True):
        _check_variant(term, head, known, "combined lexicons")
    return schema.arrange(merged, "lexicon")


def heads(lexicon: pd.DataFrame) -> pd.Series:
    """The head term that each surface (term or variant) counts for, indexed by surface."""
    head = lexicon["variant_of"].where(lexicon["variant_of"] != "", lexicon["term"])
    return pd.Series(head.to_numpy(), index=lexicon["term"].to_numpy(), dtype="str")


def head_terms(lexicon: pd.DataFrame) -> pd.DataFrame:
    """The rows of the lexicon that are no variants, by term."""
    return lexicon[lexicon["variant_of"] == ""].sort_values("term", ignore_index=True)


def _builtin() -> pd.DataFrame:
    packaged = files("textlab").joinpath("data/lexicon_policy.csv")
    return _checked(
        _parse(packaged.read_text("utf-8"), "built-in lexicon"), "built-in lexicon, line"
    )


def _rows(path: Path) -> list[Row]:
    absent, save_as = "no such lexicon file", "CSV UTF-8"
    return _parse(read_text(path, LexiconError, absent=absent, save_as=save_as), str(path))


def _parse(text: str, name: str) -> list[Row]:
    header: list[str] = []
    rows = []
    for line, cells in numbered_rows(text, name, LexiconError):
        if not header:
            _check_header(cells, f"{name}, line 1")
            header = cells
        else:
            rows.append((line, *_term(header, cells, f"{name}, line {line}")))
    if not rows:
        raise LexiconError(f"{name}: holds no terms; its columns are {', '.join(COLUMNS)}")
    return rows


def _term(header: list[str], cells: list[str], where: str) -> tuple[str, str, str, str, str]:
    if len(cells) > len(header):
        raise LexiconError(
            f"{where}: {len(cells)} cells, but the header has {len(header)} columns; "
            "a comma belongs in quotation marks"
        )
    found = dict(zip(header, cells, strict=False))
    term, category, label, head, note = (found.get(column, "") for column in COLUMNS)
    return term, category, label, head, note


def _check_header(header: list[str], where: str) -> None:
    for column in header:
        meant = near_miss(column, COLUMNS)
        if column not in COLUMNS and meant:
            raise LexiconError(f"{where}: unknown column '{column}'; did you mean '{meant}'?")
    for column in COLUMNS:
        if header.count(column) > 1:
            raise LexiconError(f"{where}: the column '{column}' is there twice")
        if column in REQUIRED and column not in header:
            raise LexiconError(
                f"{where}: no column '{column}' (found: {', '.join(header)}); "
                f"the columns of a lexicon are {', '.join(COLUMNS)}"
            )


def _checked(given: Sequence[Row], where: str) -> pd.DataFrame:
    rows = [
        (number, _as_in_texts(term), category, label, _as_in_texts(head), note)
        for number, term, category, label, head, note in given
    ]
    seen: dict[str, int] = {}
    known = {row[1] for row in rows if not row[4]}
    for (number, term, category, _, head, _), written in zip(rows, given, strict=True):
        wrong = _fault(written[1], category)
        if not wrong and term in seen:
            wrong = f"the term '{term}' stands at {seen[term]} already"
        if wrong:
            raise LexiconError(f"{where} {number}: {wrong}")
        _check_variant(term, head, known, f"{where} {number}")
        seen[term] = number
    table = pd.DataFrame([row[1:] for row in rows], columns=pd.Index(COLUMNS), dtype="str")
    return schema.arrange(table, "lexicon")


def _as_in_texts(term: str) -> str:
    """The term with its characters in the form that they have in cleaned texts."""
    return chinese_punctuation(one_form(term))


def _fault(term: str, category: str) -> str:
    if not term:
        return "no term"
    if len(term) == 1:
        return f"'{term}' is one character; a term has two or more"
    if len(term) > LONGEST:
        return f"'{term[:12]}…' has {len(term)} characters; a term has {LONGEST} or fewer"
    if any(character.isspace() or character in ",，" for character in term):
        return f"'{term}' has white space or a comma in it"
    unseen = INVISIBLE.search(term)
    if unseen:
        return f"'{term}' has an invisible character in it (U+{ord(unseen.group()[0]):04X})"
    return "" if category else f"'{term}' has no category"


def _check_variant(term: str, head: str, known: Collection[str], where: str) -> None:
    if head and head not in known:
        near = nearest(head, known)
        raise LexiconError(
            f"{where}: '{term}' is a variant of '{head}', which is no head term{near}"
        )
