"""Scoring answered intrusion sheets: precision, topic log odds, agreement of coders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from textlab.errors import TableError
from textlab.schema import arrange, contract
from textlab.topics.agreement import Agreement, agreement
from textlab.topics.answered_sheets import Sheet, kind_of, read_sheet, refuse_twins, solutions_of
from textlab.topics.intrusion_sheets import TOPIC


class Scored(NamedTuple):
    """The tables of :func:`score_sheets`, and the unanswered items as sentences.

    ``scores``: by sheet (word_intrusion or topic_intrusion) and topic, topic 0 being all;
    ``answers``: a row an answer: sheet, item, topic, coder, choice, shown, correct, log_odds.
    """

    scores: pd.DataFrame
    answers: pd.DataFrame
    unanswered: list[str]


def score_sheets(
    sheets: Mapping[str, pd.DataFrame], key: pd.DataFrame, *, resamples: int = 1000, seed: int = 0
) -> Scored:
    """Score answered sheets of :func:`word_intrusion` and :func:`topic_intrusion`.

    ``sheets`` are by coder (or by file: the column coder, where it is filled, says who it is);
    ``key`` is that of the sheets, or several keys one below the other. An answer is the number
    of a choice or what it shows; an empty one is unanswered and counts for nothing but
    ``unanswered``.

    ``precision`` is the share of answers that found the intruder, beside ``guess``, that of
    guessing. Its 95 % interval is Wilson's, with as many answers as would vary as much if they
    were independent: answers to one item are not. The more varied items are, the fewer that is;
    where no two items differ it is the number of items. It is for other items of the same kind;
    of one item it is for other coders. ``log_odds`` (topic intrusion) is the mean of log(share of
    the intruder / share of the topic chosen), 0 at best, beside that of guessing. ``alpha`` is
    Krippendorff's, of which choice was taken, for all topics together. A topic of topic
    intrusion is that which leads the passage.

    Raises :class:`TableError`, which names the sheet and its line, for a sheet that the key is
    not of, an item that is not in it or there twice, an answer that is no choice, a sheet
    without any answer, and two sheets of one coder.

    Sources: Chang et al. (2009), Reading Tea Leaves; Korn and Graubard (1998) for the interval.
    """
    solutions = solutions_of(key)
    read = [read_sheet(name, table, solutions) for name, table in sorted(sheets.items())]
    if not read:
        raise TableError("no sheets to score")
    refuse_twins(read)
    kinds = sorted({sheet.sheet for sheet in read}, reverse=True)
    answers = pd.concat([_answers(read, name, solutions[name]) for name in kinds])
    scores = [
        row
        for name in kinds
        for row in _scores(name, read, answers, solutions[name], resamples=resamples, seed=seed)
    ]
    names = list(contract("intrusion_scores").columns)
    return Scored(
        arrange(pd.DataFrame(scores, columns=pd.Index(names)), "intrusion_scores"),
        arrange(answers.assign(sheet=answers["sheet"].map(kind_of)), "intrusion_answers"),
        list(_unanswered(read, solutions)),
    )


def _answers(read: list[Sheet], sheet: str, solution: pd.DataFrame) -> pd.DataFrame:
    """The answers to one sheet, each with what the key says of it."""
    rows = [
        (sheet, item, one.coder, choice)
        for one in read
        if one.sheet == sheet
        for item, choice in one.choices.items()
    ]
    given = pd.DataFrame(rows, columns=pd.Index(["sheet", "item", "coder", "choice"]))
    about = _topics(solution)
    told = given.merge(solution.drop(columns=["topic", "label"]), on=["sheet", "item", "choice"])
    told["topic"] = told["item"].map(about["topic"])
    told["log_odds"] = told["item"].map(about["log_share"]) - told["log_share"]
    told = told.rename(columns={"intruder": "correct"}).sort_values(["item", "coder"])
    columns = ["sheet", "item", "topic", "coder", "choice", "shown", "correct", "log_odds"]
    return told[columns]


def _topics(solution: pd.DataFrame) -> pd.DataFrame:
    """Of each item: the topic that it is about, its label, and the log share of its intruder."""
    intruder = solution[solution["intruder"] == 1].set_index("item")
    leading = intruder
    if kind_of(solution["sheet"].iloc[0]) == TOPIC:
        falling = solution.sort_values("log_share", ascending=False, kind="stable")
        leading = falling.drop_duplicates("item").set_index("item")
    return leading[["topic", "label"]].assign(log_share=intruder["log_share"])


def _scores(
    sheet: str,
    read: list[Sheet],
    answers: pd.DataFrame,
    solution: pd.DataFrame,
    *,
    resamples: int,
    seed: int,
) -> Iterator[tuple[object, ...]]:
    """A row for each topic, and before them one for all."""
    given, about = answers[answers["sheet"] == sheet], _topics(solution)
    wide = given.pivot(index="coder", columns="item", values="choice")
    agreed = agreement(wide, resamples=resamples, seed=seed)
    coders = sum(one.sheet == sheet for one in read)
    yield _row(sheet, 0, "", about, given, solution, coders=coders, agreed=agreed)
    for topic, own in about.groupby("topic"):
        label, here = own["label"].iloc[0], given[given["topic"] == topic]
        yield _row(sheet, topic, label, own, here, solution, coders=coders)


def _row(
    sheet: str,
    topic: object,
    label: str,
    about: pd.DataFrame,
    given: pd.DataFrame,
    solution: pd.DataFrame,
    *,
    coders: int,
    agreed: Agreement | None = None,
) -> tuple[object, ...]:
    asked = solution[solution["item"].isin(about.index)]
    by_item = given.groupby("item")["correct"].agg(["sum", "size"])
    right, n = int(by_item["sum"].sum()), int(by_item["size"].sum())
    low, high, reason = precision_interval(by_item["sum"].to_numpy(), by_item["size"].to_numpy())
    sizes = asked.groupby("item").size()
    apart = asked["item"].map(about["log_share"]) - asked["log_share"]
    alpha = agreed or Agreement(np.nan, np.nan, np.nan, 0, 0, "")
    reasons = [reason, f"alpha: {alpha.reason}" if alpha.reason else ""]
    return (
        *(kind_of(sheet), topic, label, len(about), coders, n, coders * len(about) - n, right),
        *(right / n if n else np.nan, low, high, float((1 / sizes).mean())),
        *(given["log_odds"].mean(), apart.groupby(asked["item"]).mean().mean()),
        *(alpha.alpha, alpha.low, alpha.high, "; ".join(filter(None, reasons))),
    )


def precision_interval(correct: np.ndarray, answers: np.ndarray) -> tuple[float, float, str]:
    """The 95 % interval of the share of correct answers, and what is to be said of it.

    ``correct`` and ``answers`` are those of each item that was answered; see
    :func:`score_sheets`.
    """
    items, n = len(answers), int(answers.sum())
    if not n:
        return np.nan, np.nan, "no answer"
    share, effective = correct.sum() / n, float(n)
    if items > 1:
        variance = items / (items - 1) * float(((correct - share * answers) ** 2).sum()) / n**2
        effective = min(n, share * (1 - share) / variance) if variance > 0 else float(items)
    low, high = proportion_confint(share * effective, effective, method="wilson")
    noun = "answer" if n == 1 else "answers"
    one = f"1 item: interval over its {n} {noun}" if items == 1 else ""
    return float(low), float(high), one


def _unanswered(read: list[Sheet], solutions: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    for sheet in read:
        items = solutions[sheet.sheet]["item"].nunique()
        left = items - len(sheet.choices)
        if left:
            yield f"{sheet.name}: {left} of {items} items unanswered"
