"""Formulas of effects, such as ``prevalence ~ place * year``: parsed, never evaluated."""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

from textlab.errors import StudyError, nearest

RESPONSE = "prevalence"
_WANTED = "wanted column names joined by +, : and *, C(name) for a column read as groups"
# A name, one in backquotes (which may hold anything), or a sign.
_TOKENS = re.compile(
    r"\s*(?:(?P<name>[^\W\d]\w*)|`(?P<quoted>[^`]+)`|(?P<sign>[~+:*()])|(?P<no>\S))"
)
# Far more than a design has, and few enough to be parsed in little depth.
_LONGEST = 100


class Factor(NamedTuple):
    """A column; with ``grouped`` its numbers are read as groups too."""

    name: str
    grouped: bool = False


# Factors that are multiplied: one for a main effect.
Term = tuple[Factor, ...]


def parse(formula: str) -> list[Term]:
    """The terms of ``formula``, each once, in its order.

    ``place + year``, with or without ``prevalence ~`` before it; ``a:b`` is an interaction,
    ``a * b`` is ``a + b + a:b``; parentheses group. A name that is no word (with spaces or signs)
    stands in backquotes. Nothing is evaluated. :class:`StudyError` says what cannot be read.
    """
    return _Parser(formula).terms()


class _Parser:
    """Recursive descent; ``:`` binds closer than ``*``, and ``*`` closer than ``+``."""

    def __init__(self, formula: str) -> None:
        self.formula, self.at = formula, 0
        self.tokens = [
            (str(match.lastgroup), match[str(match.lastgroup)])
            for match in _TOKENS.finditer(formula)
        ]
        for kind, text in self.tokens:
            if kind == "no":
                raise self.error(f"found '{text}'")
        if len(self.tokens) > _LONGEST:
            raise StudyError(f"a formula of {len(self.tokens)} names and signs; {_LONGEST} at most")

    def error(self, found: str) -> StudyError:
        return StudyError(f"formula '{self.formula}': {_WANTED}; {found}")

    def terms(self) -> list[Term]:
        if self.tokens[1:2] == [("sign", "~")]:
            response = self.tokens[0][1]
            if response != RESPONSE:
                near = nearest(response, [RESPONSE])
                raise self.error(f"left of ~ stands '{response}', not {RESPONSE}{near}")
            self.at = 2
        found = self.sum()
        if self.at < len(self.tokens):
            raise self.error(f"found '{self.tokens[self.at][1]}' after the end")
        return found

    def takes(self, sign: str) -> bool:
        there = self.tokens[self.at : self.at + 1] == [("sign", sign)]
        self.at += there
        return there

    def sum(self) -> list[Term]:
        found = self.crossed()
        while self.takes("+"):
            found = _each_once([*found, *self.crossed()])
        return found

    def crossed(self) -> list[Term]:
        found = self.interaction()
        while self.takes("*"):
            more = self.interaction()
            found = _each_once([*found, *more, *_multiplied(found, more)])
        return found

    def interaction(self) -> list[Term]:
        found = self.atom()
        while self.takes(":"):
            found = _multiplied(found, self.atom())
        return found

    def atom(self) -> list[Term]:
        if self.takes("("):
            inside = self.sum()
            self.close()
            return inside
        name = self.name()
        if name == "C" and self.takes("("):
            name = self.name()
            self.close()
            return [(Factor(name, grouped=True),)]
        return [(Factor(name),)]

    def name(self) -> str:
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("end", "the end")
        if kind not in ("name", "quoted"):
            raise self.error(f"found {text} for a name" if kind == "end" else f"found '{text}'")
        self.at += 1
        return text

    def close(self) -> None:
        if not self.takes(")"):
            raise self.error("a parenthesis is not closed after a name")


def _multiplied(some: list[Term], others: list[Term]) -> list[Term]:
    return _each_once([tuple(dict.fromkeys([*a, *b])) for a, b in product(some, others)])


def _each_once(terms: list[Term]) -> list[Term]:
    """Without terms that are there already, in whatever order of factors."""
    found: dict[frozenset[Factor], Term] = {}
    for term in terms:
        found.setdefault(frozenset(term), term)
    return list(found.values())
