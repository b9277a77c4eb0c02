"""The files that stages read besides the tables of others, by their hashes."""

from __future__ import annotations

from textlab.config import Study
from textlab.errors import LexiconError, StudyError
from textlab.pipeline.fingerprint import file_hash


def corpus_files(study: Study) -> dict[str, str]:
    """The hash of every file of the corpus, and of its manifest."""
    from textlab.reading.folder import MANIFEST, list_files
    from textlab.reading.limits import refusal

    root = study.corpus_folder
    names = list_files(root, tables=study.corpus.text_column is not None)
    # What must not be opened (a pipe, a link out of the folder) is known by the reason why.
    hashes = {name: refusal(root, name) or file_hash(root / name) for name in names}
    manifest = study.manifest_file or root / MANIFEST
    return hashes | ({"manifest": file_hash(manifest)} if manifest.is_file() else {})


def lexicon_files(study: Study) -> dict[str, str]:
    """The hash of every lexicon of the study, in its order: a later one overrules."""
    hashes = {}
    for number, file in enumerate(study.lexicon_files, 1):
        if not file.is_file():
            raise LexiconError(
                f"{file}: no such lexicon file; [lexicon] files or --lexicon names it"
            )
        hashes[f"lexicon {number}"] = file_hash(file)
    return hashes


def stopword_files(study: Study) -> dict[str, str]:
    """The hash of the study's stopword file, if it names one."""
    named = study.tokens.stopwords
    if not isinstance(named, str):
        return {}
    file = study.locate(named)
    if not file.is_file():
        raise LexiconError(
            f"{file}: no such stopword file; [tokens] stopwords is a file or a list of words"
        )
    return {"stopwords": file_hash(file)}


def topic_files(study: Study) -> dict[str, str]:
    """The hashes of the study's stopword file and of its file of topics that keep their labels."""
    named = study.topics.labels
    if named is None:
        return stopword_files(study)
    file = study.locate(named)
    if not file.is_file():
        raise StudyError(
            f"{file}: no such file of topic labels; [topics] labels names it, and "
            "textlab topics labels drafts it"
        )
    return stopword_files(study) | {"topic labels": file_hash(file)}
