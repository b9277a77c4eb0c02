"""The columns, types, keys and row order that every table promises."""

from __future__ import annotations

from textlab.contract import CONTRAST, Table, columns
from textlab.contracts_topics import TOPICS

# Counts, the rate with its interval, and the dispersion over the units that were resampled.
_RATED = (
    "count:int count_unique:int {more}tokens:int tokens_unique:int per_10k:float ci_low:float "
    "ci_high:float units:int units_with:int dp_norm:float reason"
)
_FREQUENCY = "keyword category " + _RATED.format(more="nested:int overlapped:int ")

_ALIKE = (
    "cosine:float cosine_low:float cosine_high:float jensen_shannon:float "
    "jensen_shannon_low:float jensen_shannon_high:float delta:float delta_low:float "
    "delta_high:float reason"
)

TABLES: dict[str, Table] = {
    # ``layout``: of a PDF, a line for each line of ``text``: page, x0, top, x1, bottom (points).
    "documents": Table(
        columns("doc_id file title place date genre source sha256 text layout guessed set_aside"),
        key=("file",),
        order=("doc_id", "file"),
        open=True,
    ),
    # What is published of documents: without their text.
    "documents_read": Table(
        columns("doc_id file title place date genre source sha256 guessed characters:int"),
        key=("doc_id",),
        open=True,
    ),
    "paragraphs": Table(
        columns(
            "para_id doc_id article:int position:int role text origin "
            "raw_start:int raw_end:int place place_basis duplicate_of"
        ),
        key=("para_id",),
        order=("doc_id", "position"),
        open=True,
    ),
    # What is published of paragraphs: without their text.
    "paragraph_list": Table(
        columns(
            "para_id doc_id article:int role place place_basis duplicate_of "
            "raw_start:int raw_end:int characters:int"
        ),
        key=("para_id",),
    ),
    # Where a sentence was found to stop in its middle: what it was joined to, or why not.
    "seams": Table(
        columns(
            "doc_id para_id verdict line:int column:int next_line:int next_column:int "
            "raw_end:int next_start:int"
        ),
        key=("doc_id", "raw_end"),
    ),
    "duplicates": Table(columns("para_id duplicate_of similarity:float how"), key=("para_id",)),
    "tokens": Table(
        columns("para_id doc_id position:int token kind start:int end:int"),
        key=("para_id", "position"),
        order=("doc_id", "para_id", "position"),
    ),
    # Of each paragraph, how many of its tokens count: words, terms, numbers and the like.
    "sizes": Table(
        columns("para_id doc_id tokens:int"), key=("para_id",), order=("doc_id", "para_id")
    ),
    "tags": Table(columns("para_id position:int tag rule"), key=("para_id", "position")),
    "occurrences": Table(
        columns("para_id doc_id keyword surface start:int end:int relation"),
        key=("para_id", "start", "keyword"),
        order=("doc_id", "para_id", "start", "keyword"),
    ),
    # Matches that cut a word of plain jieba, accidents or not.
    "crossings_found": Table(
        columns("para_id doc_id term surface start:int end:int word verdict rule"),
        key=("para_id", "start", "term"),
        order=("doc_id", "para_id", "start", "term"),
    ),
    "crossings": Table(
        columns("term doc_id line:int column:int word verdict rule"),
        key=("doc_id", "line", "column", "term"),
    ),
    # Strings that stand in the texts like terms; line and column are 0 without documents.
    "phrases": Table(
        columns(
            "phrase count:int documents:int cohesion:float freedom:float score:float known kind "
            "places:int first_date doc_id line:int column:int"
        ),
        key=("phrase",),
        order=("-score", "phrase"),
    ),
    "lexicon": Table(
        columns("term category label_en variant_of note"), key=("term",), order=("term",)
    ),
    "counts": Table(columns("unit term n:int"), key=("unit", "term")),
    "ledger": Table(
        columns("stage doc_id file what reason characters:int"),
        key=("stage", "doc_id", "file", "what", "reason"),
    ),
    "segmentation_audit": Table(
        columns(
            "term category string:int counted:int nested:int overlapped:int "
            "accidents:int plain_jieba:int"
        ),
        key=("term",),
        order=("-string", "term"),
    ),
    "keyword_by_document": Table(columns(f"doc_id place {_FREQUENCY}"), key=("doc_id", "keyword")),
    "keyword_by_place": Table(
        columns(f"place {_FREQUENCY} documents:int"), key=("place", "keyword")
    ),
    "keyword_occurrences": Table(
        columns(
            "doc_id place keyword surface relation file line:int column:int "
            "end_line:int end_column:int raw_start:int raw_end:int page:int box"
        ),
        key=("doc_id", "raw_start", "keyword"),
    ),
    # By any other column of the manifest: year, genre...
    "keyword_by_group": Table(
        columns(f"by group {_FREQUENCY} documents:int"), key=("by", "group", "keyword")
    ),
    "category_by_group": Table(
        columns(f"by group category {_RATED.format(more='')} documents:int"),
        key=("by", "group", "category"),
    ),
    # ``place`` is empty for all places together.
    "keyword_change": Table(
        columns(
            "keyword category place period_from period_to n_from:int n_to:int per_10k_from:float "
            f"per_10k_to:float {CONTRAST} documents_from:int documents_to:int"
        ),
        key=("keyword", "place", "period_from", "period_to"),
        order=("place", "keyword", "period_from", "period_to"),
    ),
    "keyness": Table(
        columns(
            "group term n_target:int n_reference:int per_10k_target:float per_10k_reference:float "
            "g2:float log_ratio:float log_ratio_low:float log_ratio_high:float log_odds_z:float "
            "q_g2:float q_log_odds:float p_document:float q_document:float dp_target:float reason"
        ),
        key=("group", "term"),
        order=("group", "-log_odds_z", "term"),
    ),
    "dispersion": Table(
        columns(
            "term category n:int documents:int per_10k:float dp:float dp_norm:float "
            "juilland_d:float rosengren_s:float kl_dispersion:float reason"
        ),
        key=("term",),
        order=("-n", "term"),
    ),
    # ``span``: window or sentence.
    "collocations": Table(
        columns(
            "node span collocate n:int n_node:int n_collocate:int size:int total:int "
            "expected:float documents:int npmi:float log_dice:float g2:float q_g2:float "
            "delta_p_collocate:float delta_p_node:float t_score:float reason"
        ),
        key=("node", "span", "collocate"),
        order=("node", "span", "-log_dice", "collocate"),
    ),
    # How often the sentences of a node that a group has hold a collocate, against the others'.
    "collocation_contrast": Table(
        columns(
            "node group collocate n_target:int n_reference:int sentences_target:int "
            f"sentences_reference:int g2:float q_g2:float {CONTRAST}"
        ),
        key=("node", "group", "collocate"),
        order=("node", "group", "-g2", "collocate"),
    ),
    "concordance": Table(
        columns("term doc_id place file line:int column:int para_id start:int left match right"),
        key=("doc_id", "line", "column", "para_id", "start", "term"),
        order=("term", "doc_id", "line", "column", "para_id", "start"),
    ),
    "network_terms": Table(
        columns(
            "term category n:int documents:int degree:int strength:float community:int "
            "x:float y:float"
        ),
        key=("term",),
        order=("community", "-strength", "term"),
    ),
    "network_links": Table(
        columns("term_a term_b n:int documents:int expected:float npmi:float log_dice:float"),
        key=("term_a", "term_b"),
    ),
    # ``kind``: term or place; coordinates are principal ones, shares sum to 1 within a kind.
    "correspondence": Table(
        columns(
            "kind name n:int mass:float inertia_share:float dim_1:float dim_2:float "
            "contribution_1:float contribution_2:float quality:float"
        ),
        key=("kind", "name"),
    ),
    "correspondence_inertia": Table(
        columns("dimension:int inertia:float share:float cumulative:float"), key=("dimension",)
    ),
    "place_similarity": Table(columns(f"place_a place_b {_ALIKE}"), key=("place_a", "place_b")),
    "document_similarity": Table(columns(f"doc_a doc_b {_ALIKE}"), key=("doc_a", "doc_b")),
    # A tree of places or documents: each join of two branches. ``of``: place or doc_id. Left and
    # right are a name, or # and the number of an earlier cluster; members, in the order of leaves,
    # have " | " between them.
    "clusters": Table(
        columns("of cluster:int left right size:int height:float support:float members reason"),
        key=("of", "cluster"),
    ),
    # Places or documents in two dimensions; ``stress`` is the map's.
    "similarity_map": Table(columns("of name x:float y:float stress:float"), key=("of", "name")),
    "style": Table(
        columns("by group measure value:float low:float high:float tokens:int units:int reason"),
        key=("by", "group", "measure"),
    ),
    # What :func:`textlab.join_indicators` gives; it is not published.
    "indicator_correlations": Table(
        columns("measure indicator n:int rho:float low:float high:float p:float q:float reason"),
        key=("measure", "indicator"),
    ),
    **TOPICS,
    # Of a study's findings, in how many universes (combinations of choices) they hold.
    "multiverse": Table(
        columns(
            "table group term universes:int positive:int negative:int significant:int "
            "study_sign study_significant:int survive:int share:float"
        ),
        key=("table", "group", "term"),
        order=("-table", "group", "-study_significant", "survive", "term"),
    ),
    "universes": Table(
        columns(
            "universe:int hmm lexicon accidents stopwords duplicates study:int terms:int "
            "occurrences:int tested:int findings:int kept:int lost:int absent:int new:int"
        ),
        key=("universe",),
    ),
}
