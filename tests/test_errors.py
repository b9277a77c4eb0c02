from __future__ import annotations

import inspect
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlab import errors
from textlab.errors import TextlabError, near_miss, nearest
from textlab.language.encoding import UndecodableError

BUILTINS: dict[type[TextlabError], type[Exception]] = {
    errors.StudyError: ValueError,
    errors.ManifestError: ValueError,
    errors.CorpusError: OSError,
    errors.LexiconError: ValueError,
    errors.TableError: ValueError,
    errors.UnknownNameError: KeyError,
    errors.ModelError: ValueError,
    errors.ResultsError: OSError,
    errors.AuditError: RuntimeError,
    errors.WorkerError: RuntimeError,
}
SENTENCE = "texts/岚江.txt, line 3: wanted a term, found 'x'\tand no more"

kinds = pytest.mark.parametrize("kind", BUILTINS, ids=lambda kind: kind.__name__)


def test_every_error_stands_in_this_list() -> None:
    there = {
        value
        for _, value in inspect.getmembers(errors, inspect.isclass)
        if issubclass(value, TextlabError) and value is not TextlabError
    }
    assert there == set(BUILTINS)


@kinds
def test_an_error_is_also_the_builtin_that_one_would_expect(kind: type[TextlabError]) -> None:
    with pytest.raises(BUILTINS[kind]):
        raise kind(SENTENCE)
    with pytest.raises(TextlabError):
        raise kind(SENTENCE)


@kinds
def test_an_error_prints_as_its_sentence(kind: type[TextlabError]) -> None:
    # KeyError alone would print a repr: quotation marks, and \t for the tab.
    assert str(kind(SENTENCE)) == SENTENCE


@kinds
def test_an_error_crosses_to_another_process(kind: type[TextlabError]) -> None:
    back = pickle.loads(pickle.dumps(kind(SENTENCE)))
    assert type(back) is kind
    assert str(back) == SENTENCE


def test_undecodable_error_crosses_to_another_process() -> None:
    back = pickle.loads(pickle.dumps(UndecodableError(SENTENCE)))
    assert (type(back), str(back)) == (UndecodableError, SENTENCE)


def test_an_error_without_a_sentence_prints_its_name() -> None:
    assert str(errors.StudyError()) == "StudyError"


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("titel", "; did you mean 'title'?"),
        ("Place", "; did you mean 'place'?"),
        ("genres", "; did you mean 'genre'?"),
        ("colour", ""),
        ("", ""),
    ],
)
def test_nearest_suggests_what_is_close(name: str, suggestion: str) -> None:
    assert nearest(name, ["title", "place", "genre"]) == suggestion


def test_nearest_of_nothing_is_nothing() -> None:
    assert nearest("title", []) == ""


@given(st.lists(st.text("abcde", min_size=1, max_size=6), min_size=1, unique=True), st.data())
def test_nearest_finds_the_name_itself_in_any_order(names: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    shuffled = data.draw(st.permutations(names))
    assert nearest(name, shuffled) == f"; did you mean '{name}'?"


@given(st.text("abcd", max_size=6), st.lists(st.text("abcd", max_size=6)))
def test_nearest_does_not_depend_on_order(name: str, names: list[str]) -> None:
    assert nearest(name, names) == nearest(name, reversed(names)) == nearest(name, sorted(names))


def test_the_nearest_name_is_found_whatever_its_case() -> None:
    assert nearest("report.txt", ["REPORT_1.TXT", "other.md"]) == "; did you mean 'REPORT_1.TXT'?"


def test_a_near_miss_is_stricter_than_the_nearest() -> None:
    assert near_miss("titel", ["title", "date"]) == "title"
    assert near_miss("label", ["label_en", "term"]) == "label_en"
    assert near_miss("title", ["title"]) is None
    assert near_miss("subtitle", ["title"]) is None and near_miss("label_zh", ["label_en"]) is None
