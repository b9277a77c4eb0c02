# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A first look
#
# The demo study, verb by verb: each takes a table and returns a new one, so every step can be
# looked at. `textlab run study.toml` does the same in one command, and writes the same numbers.

# %%
from pathlib import Path

import textlab as tl

root = Path.cwd().parent if Path.cwd().name == "notebooks" else Path.cwd()
SEED = 2024

# %% [markdown]
# ## Read and repair
#
# Six of the 24 documents are messy on purpose: wrapped columns, letter-spaced lines, a saved web
# page. `clean` repairs them; `ledger` lists what it set aside, so that nothing is lost in silence.

# %%
documents = tl.read_documents(root / "corpus" / "demo")
documents[["doc_id", "title", "place", "date", "genre"]].head()

# %%
paragraphs = tl.clean(documents)
paragraphs[["para_id", "article", "role", "text"]].head()

# %%
tl.ledger(documents, paragraphs).groupby(["what", "reason"])["characters"].sum()

# %% [markdown]
# One newspaper page reprints half of a decision. Copies are found and marked, so that places are
# compared without them; and each paragraph is given the place that it speaks for.

# %%
duplicates = tl.find_duplicates(paragraphs, documents)
paragraphs = tl.attribute_places(tl.mark_duplicates(paragraphs, duplicates), documents)
paragraphs.groupby(["place", "place_basis"])["para_id"].count()

# %% [markdown]
# ## Count keywords
#
# jieba's dictionary does not hold 新质生产力. The lexicon's terms are therefore found on their own
# and laid over jieba's words: none is lost.

# %%
lexicon = tl.read_lexicon()
tokens = tl.tokenize(paragraphs, lexicon)
occurrences = tl.find_terms(paragraphs, lexicon)
occurrences["keyword"].value_counts().head(10)

# %%
by_document = tl.keyword_frequencies(
    occurrences, tokens, paragraphs, lexicon=lexicon, by="doc_id", seed=SEED
)
by_place = tl.keyword_frequencies(
    occurrences, tokens, paragraphs, lexicon=lexicon, by="place", seed=SEED
)
by_place[by_place["keyword"] == "新质生产力"]

# %%
tl.figures.keyword_heatmap(by_place, top=20)

# %%
tl.figures.keyword_bars(by_place, top=6)

# %% [markdown]
# Where does a number come from? `locate` gives file, line and column of every occurrence.

# %%
located = tl.locate(occurrences, paragraphs, documents)
located.loc[located["keyword"] == "新质生产力", ["file", "line", "column"]].head()

# %% [markdown]
# ## Compare places
#
# Which words does each city use more than the others? Words that tell nothing of a subject, and the
# cities' own names, are left out. Intervals and `p_document` come from how documents differ: words
# are no independent draws, as `g2` takes them to be.

# %%
stop = tl.stoplist(tokens, places=documents["place"])
counts = tl.count(tokens, by="para_id")
keyness = tl.keyness(counts, paragraphs=paragraphs, exclude=stop, min_length=2, seed=SEED)
keyness.groupby("group").head(3)

# %%
tl.figures.keyness_plot(keyness)

# %% [markdown]
# What does a row say, in plain words?

# %%
print(tl.explain(keyness.iloc[0]))

# %% [markdown]
# How alike are the cities? Intervals resample their documents.

# %%
content = {"kinds": ("word", "lexicon"), "exclude": stop, "min_length": 2}
paragraph_counts = tl.count(tokens, by="para_id", **content)
document_counts = tl.count(tokens, by="doc_id", **content)
place_similarity = tl.compare_places(
    paragraph_counts, reference=document_counts, paragraphs=paragraphs, seed=SEED
)
document_similarity = tl.compare_documents(
    paragraph_counts, reference=document_counts, paragraphs=paragraphs, seed=SEED
)
tl.figures.similarity_clustermap(place_similarity)

# %% [markdown]
# ## Words in company
#
# What stands near a term more often than chance would have it, and every line that it stands in.

# %%
original = tokens[tokens["para_id"].isin(tl.without_copies(paragraphs)["para_id"])]
company = tl.collocations(original, ["新质生产力"], exclude=stop, min_length=2)
company.loc[company["span"] == "window", ["collocate", "n", "documents", "npmi", "log_dice"]].head()

# %%
lines = tl.concordance(
    tokens, "新质生产力", paragraphs=paragraphs, documents=documents, sort="right"
)
lines[["file", "line", "left", "match", "right"]].head()

# %% [markdown]
# How do the texts change from one year to the next?

# %%
change = tl.keyword_change(
    occurrences, tokens, paragraphs, tl.column_of(paragraphs, documents, "year"), lexicon=lexicon
)
change[change["place"] == ""].nsmallest(3, "p_document")

# %% [markdown]
# ## Topics
#
# LDA on paragraphs, started from an NMF, so that another seed does not give other topics. A text
# that two papers print is read once.

# %%
own = tokens[tokens["para_id"].isin(tl.without_copies(paragraphs)["para_id"])]
units = tl.count(own, by="para_id", **content)
fit = {"seed": SEED, "max_share": 0.5, "keep": lexicon["term"]}
model = tl.fit_topics(units, k=7, **fit)

# %% [markdown]
# Which of them can be trusted: `replication` is the share of fits to resampled documents in which
# the topic is there again. Below a half, do not build on it; figures grey it.

# %%
by_paragraph = paragraphs.set_index("para_id")
quality = tl.topic_quality(
    model,
    units,
    documents=by_paragraph["doc_id"],
    places=by_paragraph["place"],
    tokens=own,
    **fit,
)
quality[["topic", "label", "npmi", "prevalence", "replication", "documents", "places"]].round(2)

# %%
tl.figures.topic_terms(model.topics, quality=quality)

# %% [markdown]
# Where each topic is purest, as file and line. `textlab trace results/demo --topic 1` prints them.

# %%
counts_by_paragraph = tl.count(tokens, by="para_id", **content)
tl.topic_passages(model, counts_by_paragraph, paragraphs, documents).query("rank == 1")[
    ["topic", "file", "line", "share", "tokens"]
]

# %% [markdown]
# Shares of documents and of places, with their intervals.

# %%
topic_by_document = tl.document_shares(model, counts_by_paragraph, by_paragraph["doc_id"])
topic_by_document.pivot(index="doc_id", columns="topic", values="share").round(2).head()

# %%
topic_by_place = tl.place_shares(model, counts_by_paragraph, paragraphs)
tl.figures.topic_shares(topic_by_place, model.topics, quality=quality)

# %% [markdown]
# Do cities differ, the year being equal? In points of share; the intervals of all pairs of cities
# hold together.

# %%
effects = tl.estimate_effects("place + year", model, units, documents, seed=SEED)
effects[effects["kind"] == "contrast"].nsmallest(4, "p")[
    ["label", "term", "estimate", "low_simultaneous", "high_simultaneous", "q"]
].round(3)

# %% [markdown]
# ## Keep the tables
#
# As CSVs that Excel and R open as they are, byte for byte those of `textlab run`.

# %%
out = root / "results" / "01_first_look"
for name, table in {
    "keyword_by_document": by_document,
    "keyword_by_place": by_place,
    "keyness": keyness,
    "place_similarity": place_similarity,
    "document_similarity": document_similarity,
    "topics": model.topics,
    "topic_quality": quality,
    "topic_by_document": topic_by_document,
    "topic_by_place": topic_by_place,
}.items():
    tl.write_csv(table, out / f"{name}.csv")
sorted(path.name for path in out.iterdir())
