"""The stages collocations and style: the company that terms keep, and how texts are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textlab.pipeline.words import chosen_tokens, groups_by, left_out, paragraphs_of

if TYPE_CHECKING:
    import pandas as pd

    from textlab.pipeline.stages import Job, Tables

# So many of the lexicon's most frequent terms are nodes where the study names none.
NODES = 5


def collocations(job: Job) -> Tables:
    """Stage ``collocations``: collocates of the study's nodes, their lines, and the network."""
    from textlab.analysis.collocation_contrast import collocation_contrast
    from textlab.analysis.collocations import collocations
    from textlab.analysis.concordance import concordance
    from textlab.analysis.network import network
    from textlab.output.graphml import write_graphml

    asked, statistics = job.study.collocations, job.study.statistics
    paragraphs, lexicon = paragraphs_of(job), job.table("lexicon")
    tokens = _originals(job, paragraphs, lexicon)
    nodes, missing = _nodes(job, tokens)
    if missing:
        job.warnings.append(
            f"[collocations] nodes that stand nowhere in the texts: {', '.join(missing)}"
        )
    words: dict[str, Any] = {
        "exclude": left_out(job),
        "min_length": job.study.tokens.min_length,
    }
    linked = network(
        job.table("occurrences"),
        paragraphs,
        lexicon=lexicon,
        terms=job.study.network.terms,
        min_count=job.study.network.min_count,
        seed=job.study.study.seed,
    )
    tables = {
        "collocations": collocations(
            tokens, nodes, window=asked.window, min_count=asked.min_count, **words
        ),
        "collocation_contrast": collocation_contrast(
            tokens,
            paragraphs,
            nodes,
            by=groups_by(job, statistics.keyness_by),
            reference=statistics.reference or None,
            min_count=statistics.min_count,
            **words,
        ),
        "network_terms": linked.terms,
        "network_links": linked.links,
    }
    write_graphml(linked.terms, linked.links, job.folder / "tables" / "network.graphml")
    if asked.concordance:
        tables["concordance"] = concordance(
            job.table("tokens"),
            nodes,
            paragraphs=job.table("paragraphs"),
            documents=job.table("documents"),
            occurrences=job.table("occurrences"),
            lexicon=lexicon,
        )
    return tables


def _originals(job: Job, paragraphs: pd.DataFrame, lexicon: pd.DataFrame) -> pd.DataFrame:
    """The tokens that are no copies, variants of a term under its head."""
    from textlab.cleaning.duplicates import without_copies
    from textlab.language.lexicon import heads

    tokens = chosen_tokens(job)
    own = tokens[tokens["para_id"].isin(without_copies(paragraphs)["para_id"])]
    head = own["token"].map(heads(lexicon)).where(own["kind"] == "lexicon")
    return own.assign(token=head.fillna(own["token"]))


def _nodes(job: Job, tokens: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The nodes that stand in the texts, and those that were asked for and do not."""
    asked = job.study.collocations.nodes
    if not asked:
        terms = tokens.loc[tokens["kind"] == "lexicon", "token"].value_counts()
        ranked = sorted(terms.items(), key=lambda pair: (-pair[1], str(pair[0])))
        return [str(term) for term, _ in ranked[:NODES]], []
    there = set(tokens["token"].unique())
    return [n for n in asked if n in there], [n for n in asked if n not in there]


def style(job: Job) -> Tables:
    """Stage ``style``: lexical diversity, sentences, slogans and numbers, by document and place."""
    import pandas as pd

    from textlab.analysis.style import style
    from textlab.schema import arrange

    tokens, paragraphs = job.table("tokens"), paragraphs_of(job)
    columns = ["doc_id", "place", *job.study.statistics.group_by]
    parts = [style(tokens, paragraphs, by=groups_by(job, column)) for column in columns]
    return {"style": arrange(pd.concat(parts, ignore_index=True), "style")}
