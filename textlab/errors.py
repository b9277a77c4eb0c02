"""The errors that textlab raises.

Each is also the builtin that a caller would expect, so ``except ValueError`` works too. A
message says what was wanted, what was found and what is available, on one line: the command
line prints it as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class TextlabError(Exception):
    """The base of all errors that textlab raises on purpose."""

    def __str__(self) -> str:
        # KeyError shows the repr of its argument, OSError its errno; ours are sentences.
        return str(self.args[0]) if self.args else type(self).__name__


class StudyError(TextlabError, ValueError):
    """A study file, or an argument in its place, says something that cannot be done."""


class ManifestError(TextlabError, ValueError):
    """``documents.csv`` contradicts itself or the folder it describes."""


class CorpusError(TextlabError, OSError):
    """A corpus folder is missing, empty or holds nothing that can be read."""


class LexiconError(TextlabError, ValueError):
    """A lexicon holds a line that is no term."""


class TableError(TextlabError, ValueError):
    """A table breaks its contract: a column is missing, or a row is not what it should be."""


class UnknownNameError(TextlabError, KeyError):
    """A column, table, place, document or term that is not there."""


class ModelError(TextlabError, ValueError):
    """A model was asked for what the data cannot give."""


class ResultsError(TextlabError, OSError):
    """A results folder cannot be read, written or trusted."""


class AuditError(TextlabError, RuntimeError):
    """What was counted is not what stands in the text."""


class WorkerError(TextlabError, RuntimeError):
    """A worker process died."""


def nearest(name: str, available: Iterable[str]) -> str:
    """``"; did you mean 'title'?"`` if one of ``available`` is close to ``name``, else ``""``."""
    folded = {candidate.casefold(): candidate for candidate in sorted(available, reverse=True)}
    close = get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.6)
    return f"; did you mean '{folded[close[0]]}'?" if close else ""


def near_miss(name: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` that ``name`` is almost certainly a slip for; None if it is none.

    Stricter than :func:`nearest`: ``titel`` for ``title`` scores 0.8 and is one, and so is the
    beginning of a name (``label`` for ``label_en``), while a column of one's own such as
    ``subtitle`` or ``label_zh`` is not.
    """
    names = sorted(known)
    if name in names:
        return None
    folded = name.casefold()
    begun = [candidate for candidate in names if len(folded) > 2 and candidate.startswith(folded)]
    return next(iter(begun or get_close_matches(folded, names, n=1, cutoff=0.8)), None)
