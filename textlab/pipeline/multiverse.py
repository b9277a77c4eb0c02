"""``textlab multiverse``: which of a study's findings hold under other choices of method."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textlab.config import Study
from textlab.errors import StudyError
from textlab.pipeline.run import Report
from textlab.pipeline.texts import study_texts
from textlab.pipeline.universes import COUNTED, Rerun, Universe, lexicons_of, reruns
from textlab.workers import Workers

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "multiverse"
# So many of the findings that hold least are named.
FRAGILE = 5


class Multiverse(NamedTuple):
    """The tables ``multiverse`` and ``universes``, the folder that they are in, and warnings."""

    study: Study
    findings: pd.DataFrame
    universes: pd.DataFrame
    folder: Path
    warnings: list[str]


def multiverse_of_study(
    study: Study, *, workers: int = 1, report: Report | None = None
) -> Multiverse:
    """Rerun the keyword and keyness tables of ``study`` in every universe, and compare them.

    The choices: jieba's ``hmm`` on or off; the ``lexicon`` built-in, or the study's own (with the
    built-in one, unless the study does without), or that and the new phrases that
    :func:`~textlab.tokens.phrases.discover_phrases` finds in the texts; ``accidents`` left out or
    counted; ``stopwords`` left out of keyness or counted; ``duplicates`` left out or counted.
    Universe 1 has the study's own settings, so its findings are those of ``tables/``. All else
    (places' names, least counts, resamples, seed) is as the study says, in all of them.

    Writes ``multiverse.csv`` and ``universes.csv`` into the folder ``multiverse`` of the results,
    where no run withdraws them; the same bytes for any ``workers``. Raises :class:`StudyError`
    where there are not two places to compare, and what a run raises.
    """
    import pandas as pd

    from textlab.analysis.multiverse import Comparison
    from textlab.output.tables import write_csv
    from textlab.schema import check

    with Workers(workers) as pool:
        texts = study_texts(study, pool, report=report)
        _check_places(texts.paragraphs)
        lexicons, warnings = lexicons_of(study, texts.paragraphs)
        comparison = Comparison()
        rows: list[dict[str, object]] = []
        for rerun in reruns(study, texts.paragraphs, lexicons, pool, report):
            if not rows:
                warnings += _untestable(rerun.by_place)
            comparison.add(rerun.findings)
            rows.append(_described(rerun, len(rows) + 1))
    universes = check(pd.DataFrame(rows).join(comparison.tallies()), "universes")
    findings, folder = comparison.survival(), study.results_folder / FOLDER
    write_csv(findings, folder / "multiverse.csv")
    write_csv(universes, folder / "universes.csv")
    return Multiverse(study, findings, universes, folder, [*texts.warnings, *warnings])


def _described(rerun: Rerun, number: int) -> dict[str, object]:
    """The first columns of a row of ``universes``."""
    column = "count" if rerun.universe.duplicates == COUNTED else "count_unique"
    sums = rerun.by_place.groupby("keyword")[column].sum()
    return {
        "universe": number,
        **rerun.universe._asdict(),
        "study": int(number == 1),
        "terms": int((sums > 0).sum()),
        "occurrences": int(sums.sum()),
    }


def _check_places(paragraphs: pd.DataFrame) -> None:
    from textlab.tokens.counting import places_of
    from textlab.tokens.segmentation import counted

    there = sorted(set(places_of(counted(paragraphs))) - {""})
    if len(there) < 2:
        found = f"here is only {there[0]}" if there else "no text here has one"
        raise StudyError(
            f"a multiverse compares two places or more, and {found}; "
            "give places in the column 'place' of documents.csv"
        )


def _untestable(by_place: pd.DataFrame) -> list[str]:
    """What cannot be tested with the study's own settings."""
    places = sorted(set(by_place.loc[by_place["ci_low"].isna(), "place"]))
    if not places:
        return []
    return [
        f"no keyword is tested of places with too little text for an interval: {', '.join(places)}"
    ]


def summary(made: Multiverse) -> list[str]:
    """What holds, what does not, and which choice it hangs on."""
    own = made.findings[made.findings["study_significant"] == 1]
    return [
        f"counted the study in {len(made.universes)} ways, every combination of "
        f"{_combined(made.universes)}",
        f"its own way (universe 1) gives {_by_table(own)} significant findings: a place uses a "
        "term more, or less, than all others together",
        *(_holding(own, len(made.universes)) if len(own) else []),
        *_hanging_on(made.universes, len(own)),
        f"wrote multiverse.csv (every finding) and universes.csv (every way) to {made.folder}",
    ]


def _combined(universes: pd.DataFrame) -> str:
    return ", ".join(f"{name} {'/'.join(universes[name].unique())}" for name in Universe._fields)


def _by_table(findings: pd.DataFrame) -> str:
    """``"12 (8 keyword, 4 keyness)"``."""
    keyword = int((findings["table"] == "keyword").sum())
    return f"{len(findings)} ({keyword} keyword, {len(findings) - keyword} keyness)"


def _holding(own: pd.DataFrame, universes: int) -> list[str]:
    """How many of the study's findings hold in how many universes, and the least of them."""
    unsure = own[own["survive"] < universes]
    half = own[2 * own["survive"] < universes]
    lines = [
        f"of these, {_by_table(own[own['survive'] == universes])} hold in all {universes}, "
        f"{_by_table(half)} in fewer than half"
    ]
    if len(unsure):
        first = unsure.sort_values(["survive", "table", "group", "term"]).head(FRAGILE)
        columns = (first[name] for name in ("group", "study_sign", "term", "table", "survive"))
        named = [
            f"{group}, {sign} {term} ({table}, {survive} of {universes})"
            for group, sign, term, table, survive in zip(*columns, strict=True)
        ]
        lines.append(f"those that hold in the fewest: {'; '.join(named)}")
    return lines


def _hanging_on(universes: pd.DataFrame, own: int) -> list[str]:
    """What each choice costs alone, and which loses and adds most."""
    from textlab.analysis.multiverse import effects

    table = effects(universes)
    columns = (table[name] for name in ("choice", "value", "lost", "new"))
    alone = [
        f"{choice} {value} loses {lost} and adds {new}"
        for choice, value, lost, new in zip(*columns, strict=True)
    ]
    lines = [f"one choice changed alone, of the {own}: {'; '.join(alone)}"]
    for what, done in (("lost", "lost"), ("new", "added")):
        average = f"{what}_on_average"
        most = table.sort_values(average, ascending=False, kind="stable").iloc[0]
        if most[average] > 0:
            choice = most["choice"]
            lines.append(
                f"most are {done} with {choice} {most['value']}: {most[average]:.1f} more than "
                f"with {choice} {universes.loc[0, choice]}, on average over the other choices"
            )
    return lines
