"""What rows say of how people judged topics: intrusion sheets, their answers and their key."""

from __future__ import annotations

import math

from textlab.output.explain_topics import shares, topic_of
from textlab.output.explain_words import Row, interval, many, missing, number, reasons, share, whole

_SHEETS = {"word_intrusion": "word intrusion", "topic_intrusion": "topic intrusion"}


def intrusion_scores(row: Row) -> list[str]:
    """Of a topic as people judged it, or of all topics of a sheet."""
    of = topic_of(row) if row["topic"] else "all topics together"
    asked = (
        f"in {_sheet(row)}, for {of}, {many(row['coders'], 'coder')} gave "
        f"{many(row['answers'], 'answer')} to {many(row['items'], 'item')}"
    )
    left = int(row["unanswered"])
    asked += f"; {many(left, 'answer')} {'is' if left == 1 else 'are'} missing" if left else ""
    if missing(row["precision"]):
        return [asked, "so there is no precision", reasons(row)]
    return [
        asked,
        f"{whole(row['correct'])} of them found the intruder: {share(row['precision'])}"
        f"{shares(row)}",
        _guess(row),
        _log_odds(row),
        _alpha(row),
        reasons(row),
    ]


def _sheet(row: Row) -> str:
    sheet = str(row["sheet"])
    return _SHEETS.get(sheet, f"the sheet {sheet}")


def _guess(row: Row) -> str:
    return "" if missing(row["guess"]) else f"guessing would find {share(row['guess'])}"


def _log_odds(row: Row) -> str:
    if missing(row["log_odds"]):
        return ""
    guess = row["log_odds_guess"]
    beside = "" if missing(guess) else f", and {number(guess)} by guessing"
    return f"the mean topic log odds are {number(row['log_odds'])}: 0 at best{beside}"


def _alpha(row: Row) -> str:
    if missing(row["alpha"]):
        return ""
    low, high = row["alpha_low"], row["alpha_high"]
    bare = missing(low) or missing(high)
    bounds = "without an interval" if bare else f"95 % interval {interval(low, high)}"
    return (
        f"the coders' agreement (Krippendorff's alpha) is {number(row['alpha'])}, {bounds}: 1 is "
        "full agreement, 0 that of chance"
    )


def intrusion_answers(row: Row) -> list[str]:
    """Of a coder's answer to an item."""
    right = "is the intruder" if row["correct"] else "is not the intruder"
    odds = row["log_odds"]
    return [
        f"in {_sheet(row)}, in item {whole(row['item'])} of {topic_of(row)}, {row['coder']} took "
        f"choice {whole(row['choice'])}, {row['shown']}: it {right}",
        "" if missing(odds) else f"the topic log odds are {number(odds)}: 0 at best",
    ]


def intrusion_key(row: Row) -> list[str]:
    """Of a choice of an item."""
    right = "is the intruder" if row["intruder"] else "is not the intruder"
    return [
        f"choice {whole(row['choice'])} of item {whole(row['item'])} of the sheet {row['sheet']} "
        f"shows {row['shown']}: it {right}",
        _stands_for(row),
    ]


def _stands_for(row: Row) -> str:
    if not row["about"]:
        return f"the item is of {topic_of(row)}"
    stands = f"it stands for {topic_of(row)}; the passage is {row['about']}"
    if missing(row["log_share"]):
        return stands
    # A share is 1 at most.
    return f"{stands}, of which the topic has {share(math.exp(min(row['log_share'], 0.0)))}"
