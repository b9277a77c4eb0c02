from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import time_limit
from textlab.errors import WorkerError
from textlab.workers import Task, Workers


def length(words: Sequence[str]) -> int:
    """What a worker does; it dies of one word, and breaks at another."""
    if "poison" in words:
        os._exit(1)
    if "wrong" in words:
        raise ValueError("a wrong word")
    return sum(map(len, words))


def task(*words: str) -> Task:
    return Task((words,), lambda: {word: ((word,),) for word in words})


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=5), max_size=9))
def test_one_process_gives_the_results_in_order(words: list[str]) -> None:
    with Workers(1) as workers:
        found = list(workers.map(length, [task(word) for word in words]))
    assert found == [len(word) for word in words]


def test_several_processes_give_the_results_in_order() -> None:
    words = ["a" * number for number in range(40)]
    with time_limit(60), Workers(2) as workers:
        assert list(workers.map(length, [task(word) for word in words])) == list(range(40))
        # The same processes again.
        assert list(workers.map(length, [task("ab", "c")])) == [3]
        assert list(workers.map(length, [])) == []


def test_a_worker_that_dies_is_an_error_that_names_the_document() -> None:
    tasks = [task("a", "b"), task("c", "poison", "d"), task("e")]
    with (
        time_limit(60),
        Workers(2) as workers,
        pytest.raises(WorkerError, match=r"dies at document poison \(out of memory\?\)"),
    ):
        list(workers.map(length, tasks))


def test_a_death_that_does_not_come_again_is_said_too(tmp_path: object) -> None:
    flag = f"{tmp_path}/flag"
    with (
        time_limit(60),
        Workers(2) as workers,
        pytest.raises(WorkerError, match="one of the documents a to b, though each alone"),
    ):
        tasks = [Task((flag,), partial(dict, {name: (flag,)})) for name in "ab"]
        list(workers.map(die_once, tasks))


def die_once(flag: str) -> None:
    file = Path(flag)
    if not file.exists():
        file.touch()
        os._exit(1)


def test_an_error_in_a_worker_is_that_error() -> None:
    with (
        time_limit(60),
        Workers(2) as workers,
        pytest.raises(ValueError, match="a wrong word"),
    ):
        list(workers.map(length, [task("a"), task("wrong"), task("b")]))


def test_tasks_are_taken_only_as_fast_as_they_are_done() -> None:
    taken = []

    def tasks() -> object:
        for number in range(50):
            taken.append(number)
            yield task("a")

    with time_limit(60), Workers(2) as workers:
        results = workers.map(length, tasks())  # type: ignore[arg-type]
        next(results)
        assert len(taken) <= 4
        assert sum(results) == 49
