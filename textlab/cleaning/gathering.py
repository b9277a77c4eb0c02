"""Paragraphs gathered document by document, each different one once, to look for copies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlab.cleaning.containers import containers_within
from textlab.cleaning.copies import Rows
from textlab.cleaning.letters import letters_of
from textlab.cleaning.passages import TORN, WITHIN, Passage
from textlab.cleaning.resemblance import perhaps_near
from textlab.cleaning.shingles import Numbers
from textlab.errors import TableError

# Documents are compared with themselves so many characters at once, which bounds memory.
BATCH = 2**18

READ = ("para_id", "doc_id", "position", "role", "text")


class Texts(NamedTuple):
    """Role and text of each paragraph of a document, in order."""

    roles: Sequence[str]
    texts: Sequence[str]

    def digest(self) -> bytes:
        """The same for documents of the same paragraphs, and for no others."""
        sizes = ",".join(f"{len(text)}" for text in self.texts)
        whole = "\0".join(["\0".join(self.roles), sizes, *self.texts])
        return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Document:
    """What is known of a document by itself; documents of the same paragraphs share one.

    ``speaking``: which of its paragraphs have letters; the rest is of these: ``text`` the number
    of each one's letters, ``torn`` whether it may break off, ``contained`` those that stand in
    another one, and in which, ``near`` those that may be near copies of another one.
    """

    def __init__(self) -> None:
        self.speaking = self.text = np.empty(0, dtype=np.int64)
        self.torn = np.empty(0, dtype=np.bool_)
        self.contained: dict[int, int] = {}
        self.near: list[int] = []

    def fill(
        self, given: Texts, letters: Mapping[str, str], numbers: dict[str, int]
    ) -> dict[int, tuple[str, bool]]:
        """Take its paragraphs; letters that have no number yet get the next one.

        Returned are those that are long enough to be copies, of equal ones the first: the
        number of each with its text and whether it may break off.
        """
        speaking: list[int] = []
        found: list[int] = []
        torn: list[bool] = []
        first: dict[int, tuple[str, bool]] = {}
        seen = set()
        for at, (role, text) in enumerate(zip(given.roles, given.texts, strict=True)):
            own = letters[text]
            if not own:
                continue
            size = len(own)
            breaks_off = size >= TORN and role == "body" and text.rstrip()[-1].isalnum()
            if (size >= WITHIN or breaks_off) and own not in seen:
                seen.add(own)
                first[len(found)] = text, breaks_off
            speaking.append(at)
            found.append(numbers.setdefault(own, len(numbers)))
            torn.append(breaks_off)
        self.speaking = np.array(speaking, dtype=np.int64)
        self.text = np.array(found, dtype=np.int64)
        self.torn = np.array(torn, dtype=np.bool_)
        return first


class Gathering:
    """The paragraphs of a corpus, as far as they are needed to find its copies.

    Held are the letters of each different paragraph once, the ids and a few bytes for each
    paragraph.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._known: dict[bytes, Document] = {}
        # Of each document the digest, and the number of its first paragraph among all.
        self._documents: dict[str, tuple[bytes, int]] = {}
        self._names: list[pd.Series] = []
        self._size = 0

    def add(self, paragraphs: pd.DataFrame) -> None:
        """Take the paragraphs of some documents: all that these have, in any order.

        ``paragraphs`` is a table ``paragraphs``; read are para_id, doc_id, position, role and
        text. The order in which documents come makes no difference either. Raises TableError
        for a document that was there before.
        """
        rows = paragraphs.loc[paragraphs["role"] != "furniture", list(READ)]
        rows = rows.sort_values(["doc_id", "position", "para_id"], ignore_index=True)
        columns = (
            rows[name].to_numpy(dtype=object).tolist() for name in ("doc_id", "role", "text")
        )
        doc_ids, roles, texts = columns
        new: list[tuple[Document, Texts]] = []
        start = 0
        while start < len(rows):
            doc_id, end = doc_ids[start], bisect_right(doc_ids, doc_ids[start], start)
            if doc_id in self._documents:
                raise TableError(f"paragraphs of {doc_id!r} were gathered before")
            given = Texts(roles[start:end], texts[start:end])
            key = given.digest()
            if key not in self._known:
                self._known[key] = Document()
                new.append((self._known[key], given))
            self._documents[doc_id] = key, self._size + start
            start = end
        self._size += len(rows)
        self._names.append(rows["para_id"])
        for batch in _batches(new):
            self._look_within(batch)

    def merge(self, other: Gathering) -> None:
        """Take what was gathered elsewhere, such as in a worker process, from other documents.

        ``other`` is not to be used any more. Raises TableError for a document that was there
        before.
        """
        twice = self._documents.keys() & other._documents.keys()
        if twice:
            raise TableError(f"paragraphs of {min(twice)!r} were gathered before")
        own = [self._numbers.setdefault(letters, len(self._numbers)) for letters in other._numbers]
        numbers = np.array(own, dtype=np.int64)
        for key, document in other._known.items():
            if key not in self._known:
                document.text = numbers[document.text]
                self._known[key] = document
        for doc_id, (key, start) in other._documents.items():
            self._documents[doc_id] = key, self._size + start
        self._names += other._names
        self._size += other._size

    def rows(self, dates: Mapping[str, str]) -> tuple[Rows, pd.Series]:
        """The paragraphs with letters in the order of originals, and the para_id of each.

        ``dates``: by doc_id, an ISO date, month or year, or "".
        """
        in_order = sorted(self._documents, key=lambda doc_id: (_end(dates.get(doc_id, "")), doc_id))
        every = (self._documents[doc_id] for doc_id in in_order)
        filled = [(self._known[key], at) for key, at in every if len(self._known[key].text)]
        sizes = [len(document.text) for document, _ in filled]
        starts = np.cumsum([0, *sizes])[:-1].tolist()
        documents = [document for document, _ in filled]
        rows = Rows(
            list(self._numbers),
            _joined([document.text for document in documents]),
            np.repeat(np.arange(len(sizes)), sizes),
            _joined([document.torn.astype(np.int64) for document in documents]).astype(np.bool_),
            {
                start + i: start + j
                for document, start in zip(documents, starts, strict=True)
                for i, j in document.contained.items()
            },
            _joined(
                [
                    start + np.asarray(document.near, dtype=np.int64)
                    for document, start in zip(documents, starts, strict=True)
                ]
            ),
        )
        at = _joined([start + document.speaking for document, start in filled])
        names = pd.concat(self._names) if self._names else pd.Series([], dtype="str")
        return rows, names.iloc[at]

    def _look_within(self, batch: Sequence[tuple[Document, Texts]]) -> None:
        """Compare the paragraphs of each of these documents with each other."""
        different = list(dict.fromkeys(text for _, given in batch for text in given.texts))
        known = dict(zip(different, letters_of(different), strict=True))
        passages: list[Passage] = []
        rows: list[int] = []
        for number, (document, given) in enumerate(batch):
            first = document.fill(given, known, self._numbers)
            rows += first
            passages += [Passage(text, number, torn, known[text]) for text, torn in first.values()]
        documents = [passage.document for passage in passages]
        for i, j in containers_within(passages).items():
            batch[documents[i]][0].contained[rows[i]] = rows[j]
        texts_of = [passage.letters for passage in passages]
        for i in perhaps_near(texts_of, WITHIN, documents):
            batch[documents[i]][0].near.append(rows[i])


def _joined(arrays: Sequence[Numbers]) -> Numbers:
    return np.concatenate([np.empty(0, dtype=np.int64), *arrays])


def _batches(
    documents: Sequence[tuple[Document, Texts]],
) -> Iterator[Sequence[tuple[Document, Texts]]]:
    start = size = 0
    for number, (_, given) in enumerate(documents):
        size += sum(map(len, given.texts))
        if size >= BATCH:
            yield documents[start : number + 1]
            start, size = number + 1, 0
    if start < len(documents):
        yield documents[start:]


def _end(date: str) -> str:
    """What sorts ``date`` behind all days it may be: known to the day is known by then."""
    return f"{date}-99-99" if date else "~"
