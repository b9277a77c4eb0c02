"""How well the labels of raw lines agree with hand-made marks: precision, recall, F1.

Pure functions from table to table. ``gold`` has file, line, characters, role, article, next and
place (article and next 0, place "" where there is none); ``found`` has LABELS, as
:func:`tests.raw_lines.found_lines` gives them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import isnan, nan

import pandas as pd

from tests.raw_lines import Pair

ROLES = ("body", "heading", "caption", "furniture")
UNITS = ("lines", "characters")
SCORES = ("precision", "recall", "f1")


@dataclass(frozen=True)
class Score:
    """How much of what was found is right, and how much of what was wanted was found."""

    precision: float
    recall: float

    @classmethod
    def of(cls, right: float, found: float, wanted: float) -> Score:
        """From three counts, or three sums of characters."""
        return cls(right / found if found else nan, right / wanted if wanted else nan)

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 where only one of the two has nothing to be a share of."""
        if isnan(self.precision) or isnan(self.recall):
            return nan if isnan(self.precision) and isnan(self.recall) else 0.0
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def beside(gold: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """``gold`` with the columns found_role, found_article and found_place.

    A line that was not found at all was dropped, which keeps it out of counts as furniture is.
    """
    joined = gold.merge(found, on=["file", "line"], how="left", suffixes=("", "_found"))
    return gold.assign(
        found_role=joined["role_found"].fillna("furniture").to_numpy(),
        found_article=joined["article_found"].fillna(0).astype(int).to_numpy(),
        found_place=joined["place_found"].fillna("").to_numpy(),
    )


def nothing_done(gold: pd.DataFrame, own_place: dict[str, str]) -> pd.DataFrame:
    """The labels without any repair: all is body, of one article, and of the document's place."""
    lines = gold[["file", "line"]]
    return lines.assign(role="body", article=1, place=lines["file"].map(own_place))


def score_label(gold: pd.Series, found: pd.Series, label: str, weight: pd.Series) -> Score:
    """Precision and recall of one label, each line weighing as much as ``weight`` says."""
    wanted, given = gold == label, found == label
    return Score.of(weight[wanted & given].sum(), weight[given].sum(), weight[wanted].sum())


def score_places(gold: pd.Series, found: pd.Series, weight: pd.Series) -> Score:
    """Right among the lines that were given a place, and among those that ought to have one."""
    right = (gold == found) & (gold != "")
    return Score.of(weight[right].sum(), weight[found != ""].sum(), weight[gold != ""].sum())


def score_clusters(gold: pd.Series, found: pd.Series, weight: pd.Series) -> Score:
    """B-cubed precision and recall (Bagga and Baldwin 1998) of two ways to group the same lines.

    Of each line: the share of its found group that is of its gold group, and the reverse; the
    mean over lines. With ``weight``, groups are measured and the mean taken in it.
    """
    both = pd.DataFrame({"gold": gold, "found": found, "weight": weight.astype(float)})
    if both["weight"].sum() == 0:
        return Score(nan, nan)
    shared = both.groupby(["gold", "found"], sort=True)["weight"].sum().reset_index()
    sizes = {side: both.groupby(side)["weight"].sum() for side in ("gold", "found")}
    mass = shared["weight"] ** 2 / both["weight"].sum()
    return Score(
        float((mass / shared["found"].map(sizes["found"])).sum()),
        float((mass / shared["gold"].map(sizes["gold"])).sum()),
    )


def score_groups(gold: pd.Series, found: pd.Series) -> Score:
    """Groups that were found whole: exactly the lines of a gold group."""
    groups = [
        {frozenset(lines) for lines in side.groupby(side).groups.values()} for side in (gold, found)
    ]
    return Score.of(len(groups[0] & groups[1]), len(groups[1]), len(groups[0]))


def score_joins(wanted: set[Pair], found: set[Pair]) -> Score:
    """Precision and recall of pairs of lines."""
    return Score.of(len(wanted & found), len(found), len(wanted))


def gold_joins(gold: pd.DataFrame) -> set[Pair]:
    """(file, line, next line) of each line whose paragraph goes on; ``next`` is 0 elsewhere."""
    on = gold[gold["next"] > 0]
    return set(zip(on["file"], on["line"], on["next"], strict=True))


def far(joins: set[Pair], lines: pd.DataFrame) -> set[Pair]:
    """Those of ``joins`` that do not just lead to the next line that is not blank."""
    follows = {
        (file, line, following)
        for file, numbers in lines.groupby("file")["line"]
        for line, following in pairwise(sorted(numbers))
    }
    return joins - follows


def articles(labels: pd.DataFrame, column: str) -> pd.Series:
    """The name of each line's group: its file and article, or itself where it has none."""
    alone = ":" + labels["line"].astype(str)
    within = "/" + labels[column].astype(str)
    return labels["file"] + within.where(labels[column] > 0, alone)


def outside_furniture(joins: set[Pair], gold: pd.DataFrame) -> set[Pair]:
    """Without those from furniture to furniture, of which no paragraphs were marked."""
    aside = gold[gold["role"] == "furniture"]
    lines = set(zip(aside["file"], aside["line"], strict=True))
    return {(f, a, b) for f, a, b in joins if not ((f, a) in lines and (f, b) in lines)}


def measures(gold: pd.DataFrame, found: pd.DataFrame, joins: set[Pair]) -> pd.DataFrame:
    """The scores of every measure: measure, wanted, and score_unit for SCORES and UNITS.

    ``joins`` are the pairs of lines that were found joined. Articles and places are scored over
    the lines that are not furniture in ``gold``; ``wanted`` counts its lines, articles, joins.
    """
    both = beside(gold, found)
    said = both[both["role"] != "furniture"]
    wanted, joins = gold_joins(gold), outside_furniture(joins, gold)
    apart = far(wanted, gold), far(joins, gold)
    groups = articles(said, "article"), articles(said, "found_article")
    rows = [
        *(_row(f"role: {role}", int((gold["role"] == role).sum()), both, _role(role))
          for role in ROLES),
        _row("roles, all", len(gold), both, _all_roles),
        _row("articles, B-cubed", len(said), said, lambda _, w: score_clusters(*groups, w)),
        _one("articles, exact", groups[0].nunique(), score_groups(*groups)),
        _one("joins", len(wanted), score_joins(wanted, joins)),
        _one("joins, far", len(apart[0]), score_joins(*apart)),
        _row("places", int((said["place"] != "").sum()), said,
             lambda t, w: score_places(t["place"], t["found_place"], w)),
    ]  # fmt: skip
    return pd.DataFrame(rows)


Measure = Callable[[pd.DataFrame, pd.Series], Score]


def _role(role: str) -> Measure:
    return lambda table, weight: score_label(table["role"], table["found_role"], role, weight)


def _all_roles(table: pd.DataFrame, weight: pd.Series) -> Score:
    right = weight[table["role"] == table["found_role"]].sum()
    return Score.of(right, weight.sum(), weight.sum())


def _row(name: str, wanted: int, table: pd.DataFrame, measure: Measure) -> dict[str, object]:
    row: dict[str, object] = {"measure": name, "wanted": wanted}
    for unit in UNITS:
        one = pd.Series(1, index=table.index)
        score = measure(table, one if unit == "lines" else table["characters"])
        row |= {f"{what}_{unit}": getattr(score, what) for what in SCORES}
    return row


def _one(name: str, wanted: int, score: Score) -> dict[str, object]:
    """A measure that has no second unit."""
    by_line = {f"{what}_lines": getattr(score, what) for what in SCORES}
    return {"measure": name, "wanted": wanted, **by_line}


def disagreements(gold: pd.DataFrame, found: pd.DataFrame, joins: set[Pair]) -> pd.DataFrame:
    """Every line that is labelled otherwise: what, file, line, gold, found, characters.

    Within ``what`` (role, article, place, join) the longest lines first. An article is wrong on
    a line if most of the found article lies in another gold one, or the reverse. A join has the
    next line as its label, 0 where there is none.
    """
    both = beside(gold, found)
    said = both[both["role"] != "furniture"]
    parts = [
        _differing("role", both, both["role"], both["found_role"], both["role"]),
        _differing("article", said, said["article"], said["found_article"], _settled(said)),
        _differing("place", said, said["place"], said["found_place"], said["place"]),
        _differing_joins(gold, joins),
    ]
    return pd.concat(parts, ignore_index=True)


def _settled(said: pd.DataFrame) -> pd.Series:
    """The found article where the line lies with most of its article, both ways; else -1."""
    groups = pd.DataFrame(
        {"gold": articles(said, "article"), "found": articles(said, "found_article")}
    )
    shares = groups.assign(n=said["characters"]).groupby(["gold", "found"])["n"].sum().reset_index()
    main = shares.sort_values("n", kind="stable")
    best = main.drop_duplicates("gold", keep="last").merge(
        main.drop_duplicates("found", keep="last")
    )
    agreed = set(zip(best["gold"], best["found"], strict=True))
    pairs = zip(groups["gold"], groups["found"], strict=True)
    settled = pd.Series([pair in agreed for pair in pairs], index=said.index, dtype=bool)
    return said["found_article"].where(settled, -1)


def _differing(
    what: str, table: pd.DataFrame, gold: pd.Series, found: pd.Series, right: pd.Series
) -> pd.DataFrame:
    columns = {"gold": gold.astype(str), "found": found.astype(str)}
    rows = table[["file", "line", "characters"]].assign(what=what, **columns)
    wrong = rows[(found != right).to_numpy()]
    by_length = wrong.sort_values(["characters", "file", "line"], ascending=[False, True, True])
    return by_length[["what", "file", "line", "gold", "found", "characters"]]


def _differing_joins(gold: pd.DataFrame, joins: set[Pair]) -> pd.DataFrame:
    wanted, joins = gold_joins(gold), outside_furniture(joins, gold)
    rows = [("join", file, line, str(to), "0", 0) for file, line, to in sorted(wanted - joins)]
    rows += [("join", file, line, "0", str(to), 0) for file, line, to in sorted(joins - wanted)]
    columns = ["what", "file", "line", "gold", "found", "characters"]
    return pd.DataFrame(rows, columns=pd.Index(columns))
