"""The hidden Markov model with which jieba tags words that its dictionary lacks."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from itertools import groupby
from pathlib import Path
from types import ModuleType

from textlab.language.dictionary import private_copy

Piece = tuple[str, str]
# The number of a state: a character's place in its word (begin, middle, end, single) and the
# word's tag.
State = int
Steps = dict[State, tuple[float, State]]
# A state, the probability of a character in it, and those of coming to it from others.
Way = tuple[State, float, dict[State, float]]

# The logarithm of a probability of nought, as jieba writes it.
NEVER = -3.14e100


class TagModel:
    """jieba's tables, searched for the same path in a fifth of the time.

    jieba goes through all pairs of states, this only through those that can follow one another.
    """

    def __init__(self) -> None:
        name = "textlab_jieba.posseg"
        # An empty package in the place of jieba.posseg, whose own __init__ imports the user's
        # jieba and reads whatever dictionary the user gave to it.
        package = sys.modules[name] = ModuleType(name)
        package.__path__ = [str(Path(str(private_copy("jieba").__file__)).with_name("posseg"))]
        start = import_module("textlab_jieba.posseg.prob_start").P
        emissions = import_module("textlab_jieba.posseg.prob_emit").P
        transitions = import_module("textlab_jieba.posseg.prob_trans").P
        known = import_module("textlab_jieba.posseg.char_state_tab").P
        # In the order of their names, so that ties between numbers fall as they do in jieba.
        self._names: list[tuple[str, str]] = sorted(start)
        numbers = {state: number for number, state in enumerate(self._names)}
        self._start: list[float] = [start[state] for state in self._names]
        self._emissions: list[dict[str, float]] = [emissions[state] for state in self._names]
        self._arrivals: list[dict[State, float]] = [{} for _ in self._names]
        for state, following in transitions.items():
            for to, probability in following.items():
                self._arrivals[numbers[to]][numbers[state]] = probability
        self._numbers = numbers
        self._states: dict[str, tuple[tuple[str, str], ...]] = known
        self._known: dict[str, list[Way]] = {}

    @property
    def tags(self) -> frozenset[str]:
        """The tags that it may give."""
        return frozenset(tag for _, tag in self._names)

    def has_seen(self, character: str) -> bool:
        """Whether the model was made from texts with this character."""
        return character in self._states

    def pieces(self, han: str) -> list[Piece]:
        """Words and tags of Han characters; those that the model has never seen have no tag.

        Validity: jieba gives an unseen character to the model too, which then holds every state
        for equally impossible and takes the one whose name is last in the alphabet.
        """
        found: list[Piece] = []
        for seen, characters in groupby(han, self.has_seen):
            part = "".join(characters)
            found += self._words(part) if seen else [(character, "") for character in part]
        return found

    def _words(self, han: str) -> list[Piece]:
        path = [self._names[state] for state in self._best_path(han)]
        words = []
        begin = 0
        for at, (place, tag) in enumerate(path):
            if place in "ES":
                words.append((han[begin : at + 1], tag))
                begin = at + 1
        if begin < len(han):
            words.append((han[begin:], path[begin][1]))
        return words

    def _best_path(self, han: str) -> list[State]:
        values = {
            state: self._start[state] + emission for state, emission, _ in self._ways_into(han[0])
        }
        behind: list[Steps] = []
        for character in han[1:]:
            steps = _steps(values, self._ways_into(character))
            # No state that the character is known in can follow: any that can.
            steps = steps or _steps(values, self._ways(character, range(len(self._names))))
            values = {state: value for state, (value, _) in steps.items()}
            behind.append(steps)
        path = [max((value, state) for state, value in values.items())[1]]
        path.extend(step[path[-1]][1] for step in reversed(behind))
        return path[::-1]

    def _ways_into(self, character: str) -> list[Way]:
        """The ways into the states that the character is known in."""
        if character not in self._known:
            states = [self._numbers[state] for state in self._states[character]]
            self._known[character] = self._ways(character, states)
        return self._known[character]

    def _ways(self, character: str, states: Iterable[State]) -> list[Way]:
        return [
            (state, self._emissions[state].get(character, NEVER), self._arrivals[state])
            for state in states
        ]


def _steps(values: dict[State, float], ways: Iterable[Way]) -> Steps:
    """For each state that can be reached, its value and the best state before it."""
    steps: Steps = {}
    there = values.keys()
    for state, emission, arrivals in ways:
        # The sum in jieba's order, so that what is equal there is equal here.
        sums = [
            (values[before] + arrivals[before] + emission, before)
            for before in arrivals.keys() & there
        ]
        if sums:
            steps[state] = max(sums)
    return steps


tag_model = cache(TagModel)
