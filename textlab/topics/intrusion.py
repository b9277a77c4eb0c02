"""Do people see what a topic model sees? Word intrusion and topic intrusion."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from textlab.errors import ModelError, TableError, UnknownNameError
from textlab.schema import check
from textlab.seeds import derive_seed
from textlab.tokens.occurrences import locate
from textlab.topics.intrusion_sheets import TOPIC, WORD, Choice, Intrusion, Item, make_sheet
from textlab.topics.labels import TOP, top_terms
from textlab.topics.model import Posterior, TopicModel
from textlab.topics.variational import Floats

# A passage carries a topic of this share or more, and one of that share or less is not in it.
CARRIED, ABSENT = 0.05, 0.01
TOPIC_WORDS = 8
MIN_TOKENS = 20
SHOWN = ("words", "labels")


def word_intrusion(
    model: TopicModel, *, words: int = 5, items: int = 1, seed: int = 0
) -> Intrusion:
    """A sheet of word intrusion: which of six words does not belong with the others?

    Sheet: item, choice_1 … choice_6, answer, coder, note (these three empty), sheet. Each topic
    has ``items`` items. Its ``words`` times ``items`` most probable words (20 at most) are dealt
    out to them, so that none is shown twice for one topic; one item shows the five most
    probable. The intruder is among the 20 most probable words of another topic, and in this one
    among the less probable half of the vocabulary. It is a word that no other item shows, as
    long as there are any, since a word seen twice would give itself away. Items and choices are
    in an order drawn from the seed, which says nothing of topics.

    Give it to two coders or more who do not confer. One item a topic tells of the model; of
    single topics it takes three or more. Source: Chang et al. (2009), Reading Tea Leaves.

    Raises :class:`ModelError` for fewer than two topics, and for more words than there are.
    """
    _check_words(model, words, items)
    rng = np.random.default_rng(derive_seed(seed, WORD))
    tops = top_terms(model.topic_term, model.vocabulary)
    shown = [[int(term) for term in rng.permutation(top[: words * items])] for top in tops]
    used = {term for row in shown for term in row}
    made = []
    for row, terms in enumerate(shown):
        for start in range(0, words * items, words):
            intruder = _intruding_word(model.topic_term[row], _others(tops, row), used, rng)
            used.add(intruder)
            asked = [*terms[start : start + words], intruder]
            choices = [
                Choice(
                    model.vocabulary[term],
                    model.numbers[row],
                    model.labels[row],
                    int(term == intruder),
                )
                for term in asked
            ]
            made.append(Item(_shuffled(choices, rng)))
    return make_sheet(WORD, made, rng)


def _check_words(model: TopicModel, words: int, items: int) -> None:
    if model.k < 2:
        raise ModelError("word intrusion takes the intruder from another topic; the model has one")
    if words < 2 or items < 1:
        raise ModelError(
            f"word intrusion wants 2 words or more and 1 item or more, found {words} and {items}"
        )
    most = min(TOP, len(model.vocabulary) // 2)
    if words * items > most:
        raise ModelError(
            f"items times words wants {most} or less, as many as a topic has top words; "
            f"found {items} times {words}"
        )


def _others(tops: Sequence[Sequence[int]], row: int) -> list[int]:
    """The top terms of all topics but one."""
    return sorted({term for at, top in enumerate(tops) if at != row for term in top})


def _intruding_word(
    probability: Floats, of_others: list[int], used: set[int], rng: np.random.Generator
) -> int:
    """One of the top terms of other topics that is improbable in this one."""
    ranked = np.argsort(np.argsort(-probability, kind="stable"))
    pool = [term for term in of_others if ranked[term] >= len(ranked) / 2]
    # Where topics share their words, the one that is least this topic's.
    pool = pool or [max(of_others, key=lambda term: int(ranked[term]))]
    return int(rng.choice([term for term in pool if term not in used] or pool))


def _shuffled(choices: list[Choice], rng: np.random.Generator) -> list[Choice]:
    return [choices[at] for at in rng.permutation(len(choices))]


def topic_intrusion(
    model: TopicModel,
    counts: pd.DataFrame,
    paragraphs: pd.DataFrame,
    *,
    documents: pd.DataFrame | None = None,
    passages: int = 20,
    leading: int = 3,
    min_tokens: int = MIN_TOKENS,
    show: str = "words",
    seed: int = 0,
) -> Intrusion:
    """A sheet of topic intrusion: which of four topics is the passage not about?

    Sheet: item, text, choice_1 … choice_4, answer, coder, note (these three empty), where, sheet.
    ``counts`` are by para_id. A passage is a paragraph, no copy, of ``min_tokens`` words of the
    model's vocabulary or more, which carries ``leading`` topics: each has a share of .05 or more.
    The choices are its leading topics and an intruder, drawn from the topics whose share is .01
    or less and in the lower half. ``show``: a topic is shown by its eight most probable "words",
    or by its "labels". ``where`` is file:line, or without ``documents`` the doc_id.

    Of such passages ``passages`` are drawn so that each topic leads as many of them as any other,
    as far as there are any; what is found is true of passages with so many topics, and of topics
    taken alike, not of all text. Paragraphs that speak of one thing carry one topic: there only
    ``leading = 1`` is possible, and guessing finds one intruder in two.

    The sheet holds the text of the passages. Source: Chang et al. (2009), Reading Tea Leaves.

    Raises :class:`ModelError` where no passage carries so many topics,
    :class:`UnknownNameError` for another ``show``, :class:`TableError` for paragraphs that
    ``counts`` are not of.
    """
    _check_passages(model, passages, leading, show)
    known = check(paragraphs, "paragraphs").set_index("para_id", drop=False)
    usable = carrying(model, counts, known, leading=leading, min_tokens=min_tokens)
    if not usable.units:
        raise ModelError(
            f"no paragraph of {min_tokens} words or more carries {leading} topics (a share of "
            f"{CARRIED} or more) and lacks another ({ABSENT} or less); ask for fewer leading "
            "topics, or for shorter paragraphs"
        )
    rng = np.random.default_rng(derive_seed(seed, TOPIC))
    chosen = _drawn(usable.shares.argmax(axis=1), passages, rng)
    where = _where(known.loc[[usable.units[at] for at in chosen]], documents)
    shown = _topics_shown(model, show)
    made = []
    for at in chosen:
        para_id = usable.units[at]
        choices = _topic_choices(model, usable.shares[at], shown, leading, rng)
        made.append(Item(choices, para_id, str(known.at[para_id, "text"]), where[para_id]))
    return make_sheet(TOPIC, made, rng)


def _check_passages(model: TopicModel, passages: int, leading: int, show: str) -> None:
    if show not in SHOWN:
        raise UnknownNameError(f"topics are shown by {' or '.join(SHOWN)}, not by '{show}'")
    if passages < 1 or leading < 1:
        raise ModelError(
            f"topic intrusion wants 1 passage or more and 1 leading topic or more, "
            f"found {passages} and {leading}"
        )
    if model.k <= leading:
        raise ModelError(
            f"{leading} leading topics and an intruder want a model of {leading + 1} topics or "
            f"more, found {model.k}"
        )


def carrying(
    model: TopicModel,
    counts: pd.DataFrame,
    paragraphs: pd.DataFrame,
    *,
    leading: int,
    min_tokens: int = MIN_TOKENS,
) -> Posterior:
    """The posterior of the passages that :func:`topic_intrusion` may show, by para_id.

    ``paragraphs`` are indexed by para_id.
    """
    found = model.posterior(counts)
    unknown = sorted(set(found.units) - set(paragraphs.index))
    if unknown:
        raise TableError(
            f"counts have the unit '{unknown[0]}', which is no para_id in paragraphs; "
            'make them with count(tokens, by="para_id")'
        )
    ranked = np.sort(found.shares, axis=1)[:, ::-1]
    original = (paragraphs.loc[found.units, "duplicate_of"] == "").to_numpy()
    fit = original & (found.tokens >= min_tokens)
    fit &= (ranked[:, leading - 1] >= CARRIED) & (ranked[:, -1] <= ABSENT)
    units = [found.units[at] for at in np.flatnonzero(fit)]
    return Posterior(units, found.gamma[fit], found.tokens[fit])


def _drawn(leads: np.ndarray, wanted: int, rng: np.random.Generator) -> list[int]:
    """Positions of ``wanted`` passages, or all: from each topic that leads some in turn."""
    queues = [list(rng.permutation(np.flatnonzero(leads == topic))) for topic in np.unique(leads)]
    queues = [queues[at] for at in rng.permutation(len(queues))]
    rounds = max(map(len, queues))
    in_turn = [int(queue[at]) for at in range(rounds) for queue in queues if at < len(queue)]
    return in_turn[:wanted]


def _topics_shown(model: TopicModel, show: str) -> list[str]:
    if show == "labels":
        return list(model.labels)
    tops = top_terms(model.topic_term, model.vocabulary, TOPIC_WORDS)
    return ["、".join(model.vocabulary[term] for term in top) for top in tops]


def _topic_choices(
    model: TopicModel,
    shares: Floats,
    shown: Sequence[str],
    leading: int,
    rng: np.random.Generator,
) -> list[Choice]:
    """The leading topics of a passage and an intruder, in an order drawn."""
    falling = np.argsort(-shares, kind="stable")
    low = [row for row in falling[max(leading, len(falling) // 2) :] if shares[row] <= ABSENT]
    rows = [*falling[:leading], rng.choice(low)]
    choices = [
        Choice(shown[row], model.numbers[row], model.labels[row], int(odd), float(share))
        for row, odd, share in zip(rows, [0] * leading + [1], np.log(shares[rows]), strict=True)
    ]
    return _shuffled(choices, rng)


def _where(passages: pd.DataFrame, documents: pd.DataFrame | None) -> dict[str, str]:
    """Where each passage begins, by para_id."""
    if documents is None:
        return dict(zip(passages["para_id"], passages["doc_id"], strict=True))
    spans = passages[["para_id", "doc_id"]].reset_index(drop=True).assign(start=0, end=1)
    found = locate(spans, passages.reset_index(drop=True), documents)
    lines = zip(found["file"], found["line"], strict=True)
    return dict(zip(found["para_id"], (f"{file}:{line}" for file, line in lines), strict=True))
