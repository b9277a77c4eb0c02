"""Findings under other choices of method: which of a study's hold, and in how many universes.

A finding is a place or other group that uses a term more, or less, than all the others together,
significantly or not. A universe is one combination of choices, none of them unreasonable.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlab.schema import arrange, check
from textlab.statistics.measures import rate

# The tables that findings come from, in the order of their codes.
TABLES = ("keyword", "keyness")
CHOICES = ("hmm", "lexicon", "accidents", "stopwords", "duplicates")
# The false discovery rate that a keyness finding must stay below.
LEVEL = 0.05
_SIGNS = np.array(["less", "equal", "more"], dtype=object)
_BITS = 31
_NAME = (1 << _BITS) - 1
Ids = NDArray[np.int64]
Flags = NDArray[np.bool_]


def keyword_findings(by_place: pd.DataFrame, *, copies: bool = False) -> pd.DataFrame:
    """The findings of a table ``keyword_by_place``: table, group, term, sign, significant.

    ``sign`` is that of the place's rate less the rate of all other places together: 1, 0 or -1.
    A difference is significant if the place's 95 % interval lies wholly on that side of the
    others' rate, and the place uses the word at all: of what it never uses, the interval is (0, 0)
    whatever its size. ``copies``: whether the table's rates count them (``unique=False``).

    No finding can be made, and there is no row, where a place or all others have no tokens, where
    there is no interval, and of a word that no place uses.

    Validity: the rate of the others is taken as known, and no correction is made for the number
    of places and words, so that some of these differences are chance.
    """
    table = check(by_place, "keyword_by_place")
    kind = "" if copies else "_unique"
    n, size = table[f"count{kind}"], table[f"tokens{kind}"]
    by_word = table["keyword"]
    n_all, size_all = (values.groupby(by_word).transform("sum") for values in (n, size))
    others = rate(n_all - n, size_all - size)
    # Whole numbers: equal rates are found equal.
    sign = np.sign((n * (size_all - size) - (n_all - n) * size).to_numpy())
    above = (table["ci_low"] > others).to_numpy() & (sign > 0)
    below = (table["ci_high"] < others).to_numpy() & (sign < 0) & (n > 0).to_numpy()
    testable = (size > 0) & (size_all > size) & (n_all > 0) & table["ci_low"].notna()
    return _findings("keyword", table["place"], by_word, sign, above | below, testable)


def keyness_findings(keyness: pd.DataFrame) -> pd.DataFrame:
    """The findings of a table ``keyness``: table, group, term, sign, significant.

    ``sign`` is that of ``log_ratio``; significant are those with ``q_g2`` below 0.05. The limits
    of :func:`~textlab.analysis.keyness.keyness` hold: words are no independent draws.
    """
    table = check(keyness, "keyness")
    sign = np.sign(table["log_ratio"].fillna(0.0)).astype("int64").to_numpy()
    significant = (table["q_g2"] < LEVEL).to_numpy() & (sign != 0)
    testable = table["log_ratio"].notna() & table["q_g2"].notna()
    return _findings("keyness", table["group"], table["term"], sign, significant, testable)


def _findings(
    name: str,
    group: pd.Series,
    term: pd.Series,
    sign: NDArray[np.int64],
    significant: Flags,
    testable: pd.Series,
) -> pd.DataFrame:
    columns = {"group": group, "term": term, "sign": sign, "significant": significant}
    frame = pd.DataFrame(columns)[testable.to_numpy()].reset_index(drop=True)
    frame.insert(0, "table", name)
    return frame


class _Made(NamedTuple):
    """The findings of a universe, by ascending number."""

    number: Ids
    sign: NDArray[np.int8]
    significant: Flags

    def look_up(self, wanted: Ids) -> tuple[Flags, NDArray[np.int8], Flags]:
        """Of each wanted finding: whether it could be made here, its sign, if significant."""
        if not len(self.number):
            nothing = np.zeros(len(wanted), bool)
            return nothing, nothing.astype(np.int8), nothing
        at = np.searchsorted(self.number, wanted).clip(max=len(self.number) - 1)
        there = self.number[at] == wanted
        return there, np.where(there, self.sign[at], 0), there & self.significant[at]


class Comparison:
    """Takes the findings of one universe after the other, the study's own first."""

    def __init__(self) -> None:
        self._names: dict[str, int] = {}
        self._universes: list[_Made] = []

    def add(self, findings: pd.DataFrame) -> None:
        """The findings of the next universe, of both tables together."""
        number = np.zeros(len(findings), np.int64)
        for column in ("table", "group", "term"):
            code, names = pd.factorize(findings[column])
            known = TABLES.index if column == "table" else self._code
            codes = np.fromiter(map(known, names), np.int64, len(names))
            number = (number << _BITS) + codes[code]
        order = np.argsort(number)
        sign = findings["sign"].to_numpy(np.int8)[order]
        self._universes.append(
            _Made(number[order], sign, findings["significant"].to_numpy(bool)[order])
        )

    def _code(self, name: str) -> int:
        return self._names.setdefault(name, len(self._names))

    def survival(self) -> pd.DataFrame:
        """The table ``multiverse``: every finding that is significant in some universe.

        ``table`` (keyword or keyness), ``group``, ``term``; ``universes`` in which it could be
        made, and in how many of them the group uses the term more (``positive``) or less
        (``negative``), and differs significantly (``significant``); ``study_sign`` (more, less,
        equal, or "" where the study's own settings cannot make it) and ``study_significant``;
        ``survive``, the universes in which sign and significance are the study's, and ``share``,
        survive / universes (NaN if there is nothing to survive). Within a group the study's
        significant findings come first, those that survive in the fewest universes before others.
        """
        study = self._universes[0]
        shown = np.unique(
            np.concatenate([made.number[made.significant] for made in self._universes])
        )
        in_study, study_sign, study_significant = study.look_up(shown)
        counts = np.zeros((5, len(shown)), np.int64)
        for made in self._universes:
            there, sign, significant = made.look_up(shown)
            same = (sign == study_sign) & (significant == study_significant)
            counts += there, sign > 0, sign < 0, significant, there & in_study & same
        names = np.array([*self._names, ""], dtype=object)
        able, survive = counts[0], counts[4]
        columns = {
            "table": np.array(TABLES, dtype=object)[shown >> 2 * _BITS],
            "group": names[shown >> _BITS & _NAME],
            "term": names[shown & _NAME],
            **dict(zip(("universes", "positive", "negative", "significant"), counts, strict=False)),
            "study_sign": np.where(in_study, _SIGNS[study_sign + 1], ""),
            "study_significant": study_significant.astype(np.int64),
            "survive": survive,
            "share": np.where(in_study, survive / able, np.nan),
        }
        return arrange(pd.DataFrame(columns), "multiverse")

    def tallies(self) -> pd.DataFrame:
        """A row a universe, compared with the first one.

        ``tested``, how many findings could be made; ``findings``, the significant ones; of the
        study's significant findings, ``kept`` are those significant here with the same sign and
        ``lost`` the others, among them ``absent`` those that could not be made here; ``new``,
        the significant findings here that are not the study's.
        """
        study = self._universes[0]
        own, own_sign = study.number[study.significant], study.sign[study.significant]
        rows = []
        for made in self._universes:
            there, sign, significant = made.look_up(own)
            found, kept = int(made.significant.sum()), int((significant & (sign == own_sign)).sum())
            rows.append(
                {
                    "tested": len(made.number),
                    "findings": found,
                    "kept": kept,
                    "lost": len(own) - kept,
                    "absent": int((~there).sum()),
                    "new": found - kept,
                }
            )
        return pd.DataFrame(rows)


def effects(universes: pd.DataFrame) -> pd.DataFrame:
    """What each choice does to the study's significant findings, the most costly one first.

    From a table ``universes``: ``choice``; ``value``, what it is changed to; ``lost`` and ``new``
    where nothing else is changed; ``lost_on_average`` and ``new_on_average``, how many more they
    are in the universes with this value than in those with the study's, whatever the others.
    """
    table = check(universes, "universes")
    study = table[table["study"] == 1].iloc[0]
    rows = []
    for choice in CHOICES:
        as_in_study = table[choice] == study[choice]
        others = [name for name in CHOICES if name != choice]
        only_this = (table[others] == study[others]).all(axis=1)
        for value in table.loc[~as_in_study, choice].unique():
            changed = table[choice] == value
            row = {"choice": choice, "value": value}
            for what in ("lost", "new"):
                row[what] = int(table.loc[changed & only_this, what].iloc[0])
                before, after = table.loc[as_in_study, what], table.loc[changed, what]
                row[f"{what}_on_average"] = after.mean() - before.mean()
            rows.append(row)
    by_cost = ["lost_on_average", "new_on_average"]
    frame = pd.DataFrame(rows)
    return frame.sort_values(by_cost, ascending=False, kind="stable", ignore_index=True)
