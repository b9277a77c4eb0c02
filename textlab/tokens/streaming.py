"""The verb ``count_terms``: paragraphs -> counts, without a table of tokens in between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textlab import schema
from textlab.errors import UnknownNameError
from textlab.language.lexicon import Source
from textlab.language.segmenter import Engine
from textlab.tokens.counting import units_of
from textlab.tokens.kinds import COUNTED_KINDS, KINDS
from textlab.tokens.parts import count_part, count_task
from textlab.tokens.segmentation import batches, make_rules
from textlab.workers import Workers


def count_terms(
    paragraphs: pd.DataFrame,
    lexicon: Source = None,
    *,
    by: str | pd.Series = "doc_id",
    kinds: Iterable[str] = COUNTED_KINDS,
    exclude: Collection[str] = (),
    min_length: int = 1,
    engine: Engine = "fast",
    workers: int = 1,
) -> pd.DataFrame:
    """How often each token stands in each unit: unit, term, n.

    The same as ``count(tokenize(paragraphs, lexicon), by, ...)``, whose options these are, in
    less time and without a table of all tokens: memory is that of the result and of one batch of
    documents for each of ``workers`` processes. ``by``: a column of ``paragraphs``, or a Series
    indexed by para_id.
    """
    checked = schema.check(paragraphs, "paragraphs")
    rules = make_rules(lexicon, engine=engine)
    wanted = _known(kinds)
    codes, units = units_of(checked, by)
    unit = dict(zip(checked["para_id"].tolist(), codes.tolist(), strict=True))
    tasks = (
        count_task(rules, batch, [unit[para_id] for para_id, _, _ in batch], wanted)
        for batch in batches(checked)
    )
    with Workers(workers) as pool:
        counts = _sums(list(pool.map(count_part, tasks)))
    if min_length > 1:
        counts = counts.filter(pc.greater_equal(pc.utf8_length(counts["term"]), min_length))
    if exclude:
        listed = pa.array(sorted(exclude), pa.large_string())
        counts = counts.filter(pc.invert(pc.is_in(counts["term"], listed)))
    named = counts.to_pandas()
    named["unit"] = units.take(named["unit"].to_numpy())
    return schema.arrange(named, "counts")


def _known(kinds: Iterable[str]) -> list[str]:
    chosen = sorted(set(kinds))
    for kind in chosen:
        if kind not in KINDS:
            raise UnknownNameError(f"no kind of token {kind!r}; there are: {', '.join(KINDS)}")
    return chosen


def _sums(tables: Sequence[pa.Table]) -> pa.Table:
    """One table of all counts; units that stand in several batches are added up."""
    empty = {"unit": pa.int64(), "term": pa.large_string(), "n": pa.int64()}
    whole = pa.concat_tables([pa.schema(empty).empty_table(), *tables])
    met = [unit for table in tables for unit in pc.unique(table["unit"]).to_pylist()]
    if len(met) == len(set(met)):
        return whole
    sums = whole.group_by(["unit", "term"]).aggregate([("n", "sum")])
    return sums.rename_columns({"n_sum": "n"}).select(["unit", "term", "n"])
