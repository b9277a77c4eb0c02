"""textlab: read, count, compare and model Chinese policy texts.

``import textlab as tl`` gives all the verbs; each takes a table and returns a new one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

# Where each public name lives. They are imported when first asked for (PEP 562), since pandas,
# gensim and matplotlib together take seconds.
_PUBLIC = {
    "run": "textlab.pipeline.api",
    "read_documents": "textlab.reading.documents",
    "select_documents": "textlab.reading.selection",
    "clean": "textlab.cleaning.paragraphs",
    "list_seams": "textlab.cleaning.seam_list",
    "ledger": "textlab.cleaning.ledger",
    "find_duplicates": "textlab.cleaning.duplicates",
    "mark_duplicates": "textlab.cleaning.duplicates",
    "without_copies": "textlab.cleaning.duplicates",
    "gazetteer": "textlab.places.gazetteer",
    "infer_place": "textlab.places.inference",
    "attribute_places": "textlab.places.attribution",
    "read_lexicon": "textlab.language.lexicon",
    "combine_lexicons": "textlab.language.lexicon",
    "check_lexicon": "textlab.language.lexicon",
    "stopwords": "textlab.language.stopwords",
    "stopword_groups": "textlab.language.stopwords",
    "tokenize": "textlab.tokens.segmentation",
    "find_terms": "textlab.tokens.segmentation",
    "locate": "textlab.tokens.occurrences",
    "discover_phrases": "textlab.tokens.phrases",
    "tag_tokens": "textlab.tokens.tags",
    "has_tag": "textlab.tokens.tags",
    "keep_tags": "textlab.tokens.tags",
    "sentence_numbers": "textlab.tokens.sentences",
    "filter_terms": "textlab.tokens.filters",
    "count": "textlab.tokens.counting",
    "count_terms": "textlab.tokens.streaming",
    "places_of": "textlab.tokens.counting",
    "column_of": "textlab.tokens.groups",
    "parts_of": "textlab.tokens.counting",
    "document_term_matrix": "textlab.tokens.counting",
    "stoplist": "textlab.tokens.counting",
    "keyword_frequencies": "textlab.analysis.keywords",
    "keyness": "textlab.analysis.keyness",
    "compare_places": "textlab.analysis.similarity",
    "compare_documents": "textlab.analysis.similarity",
    "category_frequencies": "textlab.analysis.categories",
    "keyword_change": "textlab.analysis.change",
    "dispersion": "textlab.analysis.dispersion",
    "collocations": "textlab.analysis.collocations",
    "collocation_contrast": "textlab.analysis.collocation_contrast",
    "concordance": "textlab.analysis.concordance",
    "network": "textlab.analysis.network",
    "correspondence": "textlab.analysis.correspondence",
    "clusters": "textlab.analysis.clusters",
    "similarity_map": "textlab.analysis.maps",
    "style": "textlab.analysis.style",
    "join_indicators": "textlab.analysis.indicators",
    "fit_topics": "textlab.topics.model",
    "TopicModel": "textlab.topics.model",
    "pool_paragraphs": "textlab.topics.pooling",
    "select_topics": "textlab.topics.select",
    "selection_reason": "textlab.topics.select_rule",
    "topic_quality": "textlab.topics.quality",
    "topic_words": "textlab.topics.words",
    "topic_passages": "textlab.topics.passages",
    "topic_map": "textlab.topics.map",
    "document_shares": "textlab.topics.by_document",
    "group_shares": "textlab.topics.by_place",
    "place_shares": "textlab.topics.by_place",
    "period_shares": "textlab.topics.by_period",
    "estimate_effects": "textlab.topics.effects",
    "topic_wording": "textlab.topics.wording",
    "fit_periods": "textlab.topics.history",
    "topic_history": "textlab.topics.history",
    "match_topics": "textlab.topics.matching",
    "keep_numbers": "textlab.topics.kept",
    "read_topic_labels": "textlab.pipeline.topic_labels",
    "word_intrusion": "textlab.topics.intrusion",
    "topic_intrusion": "textlab.topics.intrusion",
    "score_sheets": "textlab.topics.scoring",
    "krippendorff_alpha": "textlab.topics.agreement",
    "write_csv": "textlab.output.tables",
    "read_csv": "textlab.output.tables",
    "explain": "textlab.output.explain",
    "results_readme": "textlab.output.readme",
    "write_graphml": "textlab.output.graphml",
    "read_study": "textlab.config",
    "TextlabError": "textlab.errors",
}

# Modules that are public as a whole.
_MODULES = {"figures": "textlab.output.figures", "measures": "textlab.statistics.measures"}

__all__ = ["__version__", *_MODULES, *_PUBLIC]

if TYPE_CHECKING:
    from textlab.analysis.categories import category_frequencies as category_frequencies
    from textlab.analysis.change import keyword_change as keyword_change
    from textlab.analysis.clusters import clusters as clusters
    from textlab.analysis.collocation_contrast import collocation_contrast as collocation_contrast
    from textlab.analysis.collocations import collocations as collocations
    from textlab.analysis.concordance import concordance as concordance
    from textlab.analysis.correspondence import correspondence as correspondence
    from textlab.analysis.dispersion import dispersion as dispersion
    from textlab.analysis.indicators import join_indicators as join_indicators
    from textlab.analysis.keyness import keyness as keyness
    from textlab.analysis.keywords import keyword_frequencies as keyword_frequencies
    from textlab.analysis.maps import similarity_map as similarity_map
    from textlab.analysis.network import network as network
    from textlab.analysis.similarity import compare_documents as compare_documents
    from textlab.analysis.similarity import compare_places as compare_places
    from textlab.analysis.style import style as style
    from textlab.cleaning.duplicates import find_duplicates as find_duplicates
    from textlab.cleaning.duplicates import mark_duplicates as mark_duplicates
    from textlab.cleaning.duplicates import without_copies as without_copies
    from textlab.cleaning.ledger import ledger as ledger
    from textlab.cleaning.paragraphs import clean as clean
    from textlab.cleaning.seam_list import list_seams as list_seams
    from textlab.config import read_study as read_study
    from textlab.errors import TextlabError as TextlabError
    from textlab.language.lexicon import check_lexicon as check_lexicon
    from textlab.language.lexicon import combine_lexicons as combine_lexicons
    from textlab.language.lexicon import read_lexicon as read_lexicon
    from textlab.language.stopwords import stopword_groups as stopword_groups
    from textlab.language.stopwords import stopwords as stopwords
    from textlab.output import figures as figures
    from textlab.output.explain import explain as explain
    from textlab.output.graphml import write_graphml as write_graphml
    from textlab.output.readme import results_readme as results_readme
    from textlab.output.tables import read_csv as read_csv
    from textlab.output.tables import write_csv as write_csv
    from textlab.pipeline.api import run as run
    from textlab.pipeline.topic_labels import read_topic_labels as read_topic_labels
    from textlab.places.attribution import attribute_places as attribute_places
    from textlab.places.gazetteer import gazetteer as gazetteer
    from textlab.places.inference import infer_place as infer_place
    from textlab.reading.documents import read_documents as read_documents
    from textlab.reading.selection import select_documents as select_documents
    from textlab.statistics import measures as measures
    from textlab.tokens.counting import count as count
    from textlab.tokens.counting import document_term_matrix as document_term_matrix
    from textlab.tokens.counting import parts_of as parts_of
    from textlab.tokens.counting import places_of as places_of
    from textlab.tokens.counting import stoplist as stoplist
    from textlab.tokens.filters import filter_terms as filter_terms
    from textlab.tokens.groups import column_of as column_of
    from textlab.tokens.occurrences import locate as locate
    from textlab.tokens.phrases import discover_phrases as discover_phrases
    from textlab.tokens.segmentation import find_terms as find_terms
    from textlab.tokens.segmentation import tokenize as tokenize
    from textlab.tokens.sentences import sentence_numbers as sentence_numbers
    from textlab.tokens.streaming import count_terms as count_terms
    from textlab.tokens.tags import has_tag as has_tag
    from textlab.tokens.tags import keep_tags as keep_tags
    from textlab.tokens.tags import tag_tokens as tag_tokens
    from textlab.topics.agreement import krippendorff_alpha as krippendorff_alpha
    from textlab.topics.by_document import document_shares as document_shares
    from textlab.topics.by_period import period_shares as period_shares
    from textlab.topics.by_place import group_shares as group_shares
    from textlab.topics.by_place import place_shares as place_shares
    from textlab.topics.effects import estimate_effects as estimate_effects
    from textlab.topics.history import fit_periods as fit_periods
    from textlab.topics.history import topic_history as topic_history
    from textlab.topics.intrusion import topic_intrusion as topic_intrusion
    from textlab.topics.intrusion import word_intrusion as word_intrusion
    from textlab.topics.kept import keep_numbers as keep_numbers
    from textlab.topics.map import topic_map as topic_map
    from textlab.topics.matching import match_topics as match_topics
    from textlab.topics.model import TopicModel as TopicModel
    from textlab.topics.model import fit_topics as fit_topics
    from textlab.topics.passages import topic_passages as topic_passages
    from textlab.topics.pooling import pool_paragraphs as pool_paragraphs
    from textlab.topics.quality import topic_quality as topic_quality
    from textlab.topics.scoring import score_sheets as score_sheets
    from textlab.topics.select import select_topics as select_topics
    from textlab.topics.select_rule import selection_reason as selection_reason
    from textlab.topics.wording import topic_wording as topic_wording
    from textlab.topics.words import topic_words as topic_words
else:

    def __getattr__(name: str) -> object:
        if name in _MODULES:
            return import_module(_MODULES[name])
        if name in _PUBLIC:
            return getattr(import_module(_PUBLIC[name]), name)
        raise AttributeError(f"module 'textlab' has no attribute '{name}'")

    def __dir__() -> list[str]:
        return sorted(__all__)
