"""The universes of a study: its tables again under every combination of choices of method."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, product
from typing import TYPE_CHECKING, NamedTuple

from textlab.config import Study
from textlab.pipeline.run import Report
from textlab.pipeline.stoplists import excluded, study_stopwords
from textlab.workers import Workers

if TYPE_CHECKING:
    import pandas as pd

    from textlab.tokens.segmentation import Segmentation

    Lexicons = Mapping[str, pd.DataFrame]

ON, OFF = "on", "off"
BUILTIN, OWN, DISCOVERED = "built-in", "own", "discovered"
LEFT_OUT, COUNTED = "left out", "counted"
# The settings of discovery, those of `textlab phrases` too.
LEAST, MOST_PHRASES = 5, 200


class Universe(NamedTuple):
    """One combination of choices, each by the name that it has in the table ``universes``."""

    hmm: str
    lexicon: str
    accidents: str
    stopwords: str
    duplicates: str


class Rerun(NamedTuple):
    """What one universe gives: its keywords by place, and the findings of both tables."""

    universe: Universe
    by_place: pd.DataFrame
    findings: pd.DataFrame


def universes_of(study: Study, lexicons: Sequence[str]) -> list[Universe]:
    """All combinations, the study's own first; ``lexicons`` begin with its own."""
    asked = study.segmentation
    choices = (
        (ON, OFF) if asked.hmm else (OFF, ON),
        lexicons,
        (LEFT_OUT, COUNTED) if asked.accidents == LEFT_OUT else (COUNTED, LEFT_OUT),
        (LEFT_OUT, COUNTED) if study_stopwords(study) else (COUNTED, LEFT_OUT),
        (LEFT_OUT, COUNTED),
    )
    return [Universe(*values) for values in product(*choices)]


def lexicons_of(study: Study, paragraphs: pd.DataFrame) -> tuple[Lexicons, list[str]]:
    """The lexicons by name, the study's first, and what is to be said of them."""
    from textlab.language.lexicon import combine_lexicons, read_lexicon
    from textlab.pipeline.phrases import draft_lexicon
    from textlab.pipeline.term_stages import study_lexicon, study_rules
    from textlab.tokens.phrases import discover_phrases

    own, warnings = study_lexicon(study)
    # A verdict on what is no term is the same mistake here as in a run.
    study_rules(study, own)
    lexicons = {OWN if study.lexicon.files else BUILTIN: own}
    if study.lexicon.files:
        lexicons[BUILTIN] = read_lexicon()
    phrases = discover_phrases(paragraphs, lexicon=own, min_count=LEAST, top=MOST_PHRASES)
    drafted = draft_lexicon(phrases)
    if len(drafted):
        lexicons[DISCOVERED] = combine_lexicons([own, read_lexicon(drafted)])
    else:
        warnings.append(
            f"no new phrase stands {LEAST} times in the texts: no universe has a lexicon of them"
        )
    return lexicons, warnings


def reruns(
    study: Study,
    paragraphs: pd.DataFrame,
    lexicons: Lexicons,
    pool: Workers,
    report: Report | None,
) -> Iterator[Rerun]:
    """Every universe; texts are segmented once for those that differ in what is counted only."""
    universes = universes_of(study, list(lexicons))
    for number, (first, group) in enumerate(groupby(universes, key=lambda one: one[:3]), 1):
        begun = time.perf_counter()
        hmm, name, accidents = first
        found = _segmented(study, paragraphs, lexicons[name], hmm, accidents, pool)
        yield from _counted_in(study, paragraphs, lexicons[name], found, list(group))
        if report:
            report(f"rerun {number}", "ran", time.perf_counter() - begun)


def _segmented(
    study: Study,
    paragraphs: pd.DataFrame,
    lexicon: pd.DataFrame,
    hmm: str,
    accidents: str,
    pool: Workers,
) -> Segmentation:
    from textlab.tokens.parts import segment_part, segment_task
    from textlab.tokens.segmentation import batches, gathered, make_rules

    terms = set(lexicon["term"])
    verdicts = {term: told for term, told in study.lexicon.crossings.items() if term in terms}
    rules = make_rules(
        lexicon,
        verdicts=verdicts,
        engine=study.segmentation.engine,
        hmm=hmm == ON,
        accidents="counted" if accidents == COUNTED else "left out",
    )
    tasks = (segment_task(rules, batch) for batch in batches(paragraphs))
    return gathered(list(pool.map(segment_part, tasks)))


def _counted_in(
    study: Study,
    paragraphs: pd.DataFrame,
    lexicon: pd.DataFrame,
    found: Segmentation,
    universes: Sequence[Universe],
) -> Iterator[Rerun]:
    """What the same segmentation gives in each of ``universes``."""
    import pandas as pd

    from textlab.analysis.keyness import keyness
    from textlab.analysis.multiverse import keyness_findings, keyword_findings
    from textlab.tokens.counting import count, places_of

    stopped = {LEFT_OUT: _stopwords(study), COUNTED: frozenset[str]()}
    exclude = {
        name: excluded(study, found.tokens, paragraphs, lexicon, stopwords=words)
        for name, words in stopped.items()
    }
    counts, by_place, keyword = {}, {}, {}
    for name in dict.fromkeys(universe.duplicates for universe in universes):
        copies = name == COUNTED
        counts[name] = count(found.tokens, by=places_of(paragraphs, copies=copies))
        by_place[name] = _keywords(study, paragraphs, lexicon, found, copies=copies)
        keyword[name] = keyword_findings(by_place[name], copies=copies)
    for universe in universes:
        keys = keyness(
            counts[universe.duplicates],
            min_count=study.statistics.min_count,
            exclude=exclude[universe.stopwords],
            min_length=study.tokens.min_length,
        )
        both = [keyword[universe.duplicates], keyness_findings(keys)]
        findings = pd.concat(both, ignore_index=True)
        yield Rerun(universe, by_place[universe.duplicates], findings)


def _keywords(
    study: Study,
    paragraphs: pd.DataFrame,
    lexicon: pd.DataFrame,
    found: Segmentation,
    *,
    copies: bool,
) -> pd.DataFrame:
    from textlab.analysis.keywords import keyword_frequencies

    return keyword_frequencies(
        found.occurrences,
        found.sizes,
        paragraphs,
        lexicon=lexicon,
        by="place",
        unique=not copies,
        interval=study.statistics.interval,
        resamples=study.statistics.resamples,
        seed=study.study.seed,
    )


def _stopwords(study: Study) -> frozenset[str]:
    """The words that keyness leaves out: the study's, or the built-in ones if it has none."""
    from textlab.language.stopwords import stopwords

    return study_stopwords(study) or stopwords()
