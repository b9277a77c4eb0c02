"""Lexicons: tables of terms that are counted whatever the segmenter makes of them."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Sequence
from typing import Literal, NamedTuple

import pandas as pd

from textlab import schema
from textlab.errors import LexiconError, nearest
from textlab.language.invisible import INVISIBLE
from textlab.language.lexicon_lines import COLUMNS as COLUMNS
from textlab.language.lexicon_lines import Fault, Line, lines_of
from textlab.language.lexicon_lines import Source as Source
from textlab.language.punctuation import chinese_punctuation
from textlab.language.width import one_form

LONGEST = 49
# An error with more of them is read by nobody.
MOST_FAULTS = 20


OnFaults = Literal["error", "warn"]


class CheckedLexicon(NamedTuple):
    """The terms of a lexicon, and the lines of it that are none, by number."""

    terms: pd.DataFrame
    faults: list[Fault]


def read_lexicon(source: Source = None, *, faults: OnFaults = "error") -> pd.DataFrame:
    """The lexicon table of ``source``: term, category, label_en, variant_of, note.

    ``source``: None for the built-in policy lexicon; the path of a CSV with the columns term,
    category and optionally label_en, variant_of, note; a DataFrame with those columns; or a
    list of terms, which all get the category ``own``. A variant counts for its head term.

    A line is at fault that is no term: blank, of one character, of 50 or more, with white space,
    a comma or an invisible character in it, without a category, with more cells than the header,
    or there twice (the first counts); and a variant of what is no head term, or of a head whose
    own line is at fault.

    With ``faults="error"``, raises :class:`LexiconError`, which names the file and the number of
    every such line (the first 20). With ``"warn"``, leaves them out and warns of each; an error
    still where nothing is left, or where the file is no CSV with these columns.
    """
    checked = check_lexicon(source, faults=faults)
    for fault in checked.faults:
        warnings.warn(f"{fault} (left out)", stacklevel=2)
    return checked.terms


def check_lexicon(source: Source = None, *, faults: OnFaults = "warn") -> CheckedLexicon:
    """What :func:`read_lexicon` reads, and with it the faults of the lines that it leaves out."""
    if faults not in ("error", "warn"):
        raise LexiconError(f"faults wants 'error' or 'warn', found {faults!r}")
    given = lines_of(source)
    kept, wrong = _sorted_out(given.lines)
    _sort_out_variants(kept, wrong, given.lines)
    found = [given.fault(given.lines[at], wrong[at]) for at in sorted(wrong)]
    if found and (faults == "error" or not kept):
        raise LexiconError(_in_one_line(found))
    rows = [line[1:-1] for line in kept.values()]
    table = pd.DataFrame(rows, columns=pd.Index(COLUMNS), dtype="str")
    return CheckedLexicon(schema.arrange(table, "lexicon"), found)


def _sorted_out(lines: Sequence[Line]) -> tuple[dict[int, Line], dict[int, str]]:
    """The lines that hold a term each, as texts write it, and what is wrong with the others."""
    kept: dict[int, Line] = {}
    wrong: dict[int, str] = {}
    numbers: dict[str, int] = {}
    for at, line in enumerate(lines):
        term, head = _as_in_texts(line.term), _as_in_texts(line.variant_of)
        message = line.broken or _fault(line.term, line.category)
        if not message and term in numbers:
            message = f"the term '{term}' stands at {numbers[term]} already"
        if message:
            wrong[at] = message
        else:
            numbers[term] = line.number
            kept[at] = line._replace(term=term, variant_of=head)
    return kept, wrong


def _sort_out_variants(kept: dict[int, Line], wrong: dict[int, str], lines: Sequence[Line]) -> None:
    """Move the variants without a head from ``kept`` to ``wrong``."""
    faulty = {_as_in_texts(lines[at].term): lines[at].number for at in wrong}
    for line in kept.values():
        faulty.pop(line.term, None)
    known = {line.term for line in kept.values() if not line.variant_of}
    for at, line in list(kept.items()):
        head = line.variant_of
        if not head or head in known:
            continue
        if head in faulty:
            where = f"whose own line is at fault ({faulty[head]})"
            wrong[at] = f"'{line.term}' is a variant of '{head}', {where}"
        else:
            # Looking for what was meant takes its time, and only the first are shown.
            wrong[at] = _no_head(line.term, head, known if len(wrong) < MOST_FAULTS else ())
        del kept[at]


def _in_one_line(faults: Sequence[Fault]) -> str:
    """All that is wrong, the place in full once and the number of every line."""
    first, *others = faults
    if not others:
        return str(first)
    told = [f"{fault.line}: {fault.message}" for fault in faults[:MOST_FAULTS]]
    more = [f"and {len(faults) - MOST_FAULTS} more"] if len(faults) > MOST_FAULTS else []
    place = first.place.removesuffix(f" {first.line}")
    return f"{place}s " + "; ".join([*told, *more])


def combine_lexicons(lexicons: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Several lexicons as one; where two hold a term, the later one decides.

    A term that a later lexicon redefines keeps nothing of the earlier one.
    """
    tables = list(lexicons)
    if not tables:
        raise LexiconError("no lexicon: name files under [lexicon], or leave builtin = true")
    merged = pd.concat(tables, ignore_index=True).drop_duplicates("term", keep="last")
    known = set(head_terms(merged)["term"])
    for term, head in zip(merged["term"], merged["variant_of"], strict=True):
        if head and head not in known:
            raise LexiconError(f"combined lexicons: {_no_head(term, head, known)}")
    return schema.arrange(merged, "lexicon")


def heads(lexicon: pd.DataFrame) -> pd.Series:
    """The head term that each surface (term or variant) counts for, indexed by surface."""
    head = lexicon["variant_of"].where(lexicon["variant_of"] != "", lexicon["term"])
    return pd.Series(head.to_numpy(), index=lexicon["term"].to_numpy(), dtype="str")


def head_terms(lexicon: pd.DataFrame) -> pd.DataFrame:
    """The rows of the lexicon that are no variants, by term."""
    return lexicon[lexicon["variant_of"] == ""].sort_values("term", ignore_index=True)


def _as_in_texts(term: str) -> str:
    """The term with its characters in the form that they have in cleaned texts."""
    return chinese_punctuation(one_form(term)) if term else ""


def _fault(term: str, category: str) -> str:
    if not term:
        return "no term"
    if len(term) == 1:
        return f"'{term}' is one character; a term has two or more"
    if len(term) > LONGEST:
        return f"'{term[:12]}…' has {len(term)} characters; a term has {LONGEST} or fewer"
    if any(character.isspace() or character in ",，" for character in term):
        return f"'{' '.join(term.splitlines())}' has white space or a comma in it"
    unseen = INVISIBLE.search(term)
    if unseen:
        return f"'{term}' has an invisible character in it (U+{ord(unseen.group()[0]):04X})"
    return "" if category else f"'{term}' has no category"


def _no_head(term: str, head: str, known: Collection[str]) -> str:
    return f"'{term}' is a variant of '{head}', which is no head term{nearest(head, known)}"
