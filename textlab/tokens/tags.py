"""Parts of speech as a table beside the tokens, which never change for it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

import pandas as pd

from textlab import schema
from textlab.errors import TableError
from textlab.language.tagging import tags_of
from textlab.language.tagset import tags_named


def tag_tokens(tokens: pd.DataFrame, paragraphs: pd.DataFrame) -> pd.DataFrame:
    """The part of speech of each token: para_id, position, tag, rule, in the order of tokens.

    ``tag`` is one of jieba's (``textlab.language.tagset.TAGS``), found from the paragraph's text
    with the dictionary and the model of ``jieba.posseg``; ``rule`` says how it came to a token,
    since posseg cuts other words than jieba's segmenter does (jieba, issue 974):

    - ``posseg``: a word or lexicon term that posseg cuts at the same two places has its tag;
    - ``dictionary``: else it has the tag that jieba's dictionary gives it;
    - ``head``: else that of its last part, as posseg cuts it alone: 营商环境 is what 环境 is;
    - ``name``: but a lexicon term is a name (nz) where that part is neither noun nor verb nor
      any word of content: 专精特新 ends in an adverb;
    - ``kind``: numbers are m, Latin is eng, units are q, signs are x.

    Cost: eight to twelve times what plain segmentation by the fast engine takes, about what it
    takes jieba, a fifth of what it takes posseg; and a second, once, to load the model.

    Validity: jieba gives a word of its dictionary the same tag everywhere (发展 is vn where it is
    a verb too, 深化 is j, since some abbreviation was written so); only unknown words are judged
    by what stands beside them. It tells classes of words in a whole corpus, not in a sentence.

    Raises :class:`TableError` for tokens of other paragraphs.
    """
    rows = schema.arrange(tokens, "tokens")
    known = schema.check(paragraphs, "paragraphs")
    texts = dict(zip(known["para_id"], known["text"], strict=True))
    names = ("para_id", "token", "start", "end", "kind")
    found: list[tuple[str, str]] = []
    cells = zip(*(rows[name].tolist() for name in names), strict=True)
    for para_id, group in groupby(cells, itemgetter(0)):
        found += _tags(para_id, [row[1:] for row in group], texts.get(para_id))
    tag, rule = zip(*found, strict=True) if found else ((), ())
    added = {"tag": pd.Series(tag, dtype="str"), "rule": pd.Series(rule, dtype="str")}
    return rows[["para_id", "position"]].assign(**added)


def _tags(
    para_id: str, tokens: list[tuple[str, int, int, str]], text: str | None
) -> list[tuple[str, str]]:
    if text is None:
        raise TableError(f"the tokens have a paragraph {para_id!r} that is not in paragraphs")
    for token, start, end, _ in tokens:
        if text[start:end] != token:
            raise TableError(
                f"paragraph {para_id!r} has {text[start:end]!r} where the tokens have {token!r}: "
                "they were made from other paragraphs"
            )
    return tags_of(text, [token[1:] for token in tokens])


def has_tag(tags: pd.Series, wanted: Iterable[str]) -> pd.Series:
    """Whether each of ``tags`` is among the ``wanted``: ``["n", "v"]`` nouns and verbs.

    A wanted tag means all that begin with it: ``n`` nr, ns, nt, nz ... but not ``vn``, which
    ``v`` means; ``-nr`` takes names of people out of ``n``. Raises :class:`UnknownNameError`.
    """
    return tags.isin(sorted(tags_named(wanted)))


def keep_tags(tokens: pd.DataFrame, tags: pd.DataFrame, wanted: Iterable[str]) -> pd.DataFrame:
    """The tokens whose tag is ``wanted`` (see :func:`has_tag`), and all lexicon terms.

    ``tags``: what :func:`tag_tokens` gave for them. A lexicon term is promised to be counted and
    a term of the policy language whatever its head is: 专精特新 ends in an adverb.
    """
    key = ["para_id", "position"]
    beside = tokens[key].merge(tags[[*key, "tag"]], on=key, how="left", validate="one_to_one")
    beside.index = tokens.index
    lacking = beside["tag"].isna()
    if lacking.any():
        row = int(lacking.to_numpy().argmax())
        raise TableError(
            f"tags lack token {beside['position'].iloc[row]} of paragraph "
            f"{beside['para_id'].iloc[row]!r}; make them with tag_tokens from these tokens"
        )
    return tokens[has_tag(beside["tag"], wanted) | (tokens["kind"] == "lexicon")]
