"""What rows say that compare: keyness, dispersion, collocations, correlations, universes."""

from __future__ import annotations

from textlab.output.explain_words import (
    Row,
    chance,
    interval,
    many,
    missing,
    number,
    ratio,
    reasons,
    share,
    test_over_documents,
    whole,
)


def keyness(row: Row) -> list[str]:
    """Of a word of one group against the others."""
    more = 0.0 if missing(row["log_ratio"]) else float(row["log_ratio"])
    side = "more than" if more > 0 else "less than" if more < 0 else "as often as"
    rates = [_rate(row[f"per_10k_{name}"]) for name in ("target", "reference")]
    return [
        f"{row['group']} uses {row['term']} {side} what it is compared with: "
        f"{many(row['n_target'], 'time')}{rates[0]} against "
        f"{many(row['n_reference'], 'time')}{rates[1]}",
        ratio(row, "there"),
        _weight(row),
        test_over_documents(row),
        _uneven(row),
        reasons(row),
    ]


def _rate(value: object) -> str:
    return "" if missing(value) else f" ({number(value)} per 10,000 words)"


def _weight(row: Row) -> str:
    """G² and z, which take words as independent."""
    said = []
    if not missing(row["log_odds_z"]):
        q = row["q_log_odds"]
        beside = "" if missing(q) else f" ({chance('q', q)})"
        said.append(f"the log-odds z is {number(row['log_odds_z'])}{beside}")
    if not missing(row["g2"]):
        beside = "" if missing(row["q_g2"]) else f" ({chance('q', row['q_g2'])})"
        said.append(f"G² is {number(row['g2'])}{beside}")
    if not said:
        return ""
    return f"{' and '.join(said)}; both take words as independent, and overstate"


def _uneven(row: Row) -> str:
    if missing(row["dp_target"]):
        return ""
    said = f"within the group its unevenness (DP) is {number(row['dp_target'])}, where 0 is even"
    return f"{said} and near 1 one text repeats it"


def dispersion(row: Row) -> list[str]:
    """Of a term: how evenly documents use it."""
    spread = (
        ("dp", "DP"),
        ("dp_norm", "DPnorm"),
        ("juilland_d", "Juilland's D"),
        ("rosengren_s", "Rosengren's S"),
        ("kl_dispersion", "KL divergence"),
    )
    values = [f"{name} {number(row[key])}" for key, name in spread if not missing(row[key])]
    return [
        f"{row['term']} stands {many(row['n'], 'time')} in {many(row['documents'], 'document')}"
        f"{_rate(row['per_10k'])}",
        f"how it is spread over the documents: {', '.join(values)}" if values else "",
        "DP, DPnorm and KL are 0 where it is spread evenly, D and S are 1" if values else "",
        reasons(row),
    ]


def collocations(row: Row) -> list[str]:
    """Of a term and one that stands with it."""
    window = row["span"] == "window"
    near = f"in the windows around {row['node']}" if window else f"in sentences with {row['node']}"
    alone = [
        f"stands {many(row[name], 'time')}" if window else f"is in {many(row[name], 'sentence')}"
        for name in ("n_node", "n_collocate")
    ]
    scores = (("npmi", "NPMI"), ("log_dice", "log-dice"), ("t_score", "t-score"))
    values = [f"{name} {number(row[key])}" for key, name in scores if not missing(row[key])]
    return [
        f"{row['collocate']} stands {many(row['n'], 'time')} {near}, where chance would have it "
        f"{number(row['expected'])} times; in all, the node {alone[0]} and {row['collocate']} "
        f"{alone[1]}",
        f"both are together in {many(row['documents'], 'document')}",
        ", ".join(values),
        _near(row),
        "" if missing(row["g2"]) else _g2(row, "words" if window else "sentences"),
        reasons(row),
    ]


def _near(row: Row) -> str:
    if missing(row["delta_p_collocate"]) or missing(row["delta_p_node"]):
        return ""
    return (
        f"near the node it is more probable by {number(row['delta_p_collocate'])}, near it the "
        f"node by {number(row['delta_p_node'])}"
    )


def _g2(row: Row, what: str) -> str:
    beside = "" if missing(row["q_g2"]) else f" ({chance('q', row['q_g2'])})"
    return f"G² is {number(row['g2'])}{beside}, which takes {what} as independent, and overstates"


def collocation_contrast(row: Row) -> list[str]:
    """Of a collocate in one group against the others."""
    sides = [
        f"{whole(row[f'n_{name}'])} of the {many(row[f'sentences_{name}'], 'sentence')} with it"
        for name in ("target", "reference")
    ]
    return [
        f"where {row['group']} uses {row['node']}, {row['collocate']} stands in {sides[0]}; "
        f"elsewhere in {sides[1]}",
        ratio(row, "in the group's sentences"),
        "" if missing(row["g2"]) else _g2(row, "sentences"),
        test_over_documents(row),
        reasons(row),
    ]


def network_links(row: Row) -> list[str]:
    """Of two terms that share paragraphs."""
    return [
        f"{row['term_a']} and {row['term_b']} share {many(row['n'], 'paragraph')} of "
        f"{many(row['documents'], 'document')}, where chance would have {number(row['expected'])}",
        f"NPMI {number(row['npmi'])}, log-dice {number(row['log_dice'])}",
    ]


def indicator_correlations(row: Row) -> list[str]:
    """Of a measure and an indicator."""
    places = many(row["n"], "place")
    if missing(row["rho"]):
        start = f"of {row['measure']} and {row['indicator']} there is no rank correlation"
        return [f"{start} ({places})", reasons(row)]
    bounds = "without an interval"
    if not missing(row["low"]):
        bounds = f"95 % interval {interval(row['low'], row['high'])}"
    found = [
        f"over {places} the rank correlation of {row['measure']} with {row['indicator']} is "
        f"{number(row['rho'])}, {bounds}"
    ]
    if not missing(row["p"]):
        q = "" if missing(row["q"]) else f"; of all pairs of the table {chance('q', row['q'])}"
        found.append(f"for no correlation at all {chance('p', row['p'])}{q}")
    return [*found, reasons(row)]


def multiverse(row: Row) -> list[str]:
    """Of a finding under other choices."""
    found = f"in {whole(row['universes'])} combinations of choices of method it could be made"
    sign = str(row["study_sign"])
    own = "the study's own choices cannot make it"
    if sign:
        significant = "significantly" if row["study_significant"] else "not significantly"
        own = f"by the study's own choices it is {sign} than elsewhere, {significant}"
        own = own.replace("equal than", "as often as")
    lines = [
        f"the finding: {row['group']} uses {row['term']} more, or less, than the others "
        f"({row['table']})",
        f"{found}: more in {whole(row['positive'])}, less in {whole(row['negative'])}, "
        f"significantly in {whole(row['significant'])}",
        own,
    ]
    if not missing(row["share"]):
        held = f"{whole(row['survive'])} of {whole(row['universes'])}"
        lines.append(f"sign and significance are the same in {held} ({share(row['share'])})")
    return lines
