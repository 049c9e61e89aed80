"""Names that must not matter: pairs exchanged in training (as pieces) and in the fairness check (as words)."""

from __future__ import annotations

import random

import numpy as np

from .text import Tokenizer

POLITICS = [
    ("trump", "clinton"),
    ("donald", "hillary"),
    ("obama", "bush"),
    ("barack", "george"),
    ("biden", "pence"),
    ("sanders", "cruz"),
    ("bernie", "ted"),
    ("romney", "kerry"),
    ("pelosi", "ryan"),
    ("republicans", "democrats"),
    ("conservatives", "liberals"),
    ("conservative", "liberal"),
]
"""Exchanged both ways."""

PARTY = {"republican": "democratic", "democratic": "republican", "democrat": "republican"}

FIRST_NAMES = [
    ("john", "mary"),
    ("james", "linda"),
    ("robert", "susan"),
    ("michael", "jennifer"),
    ("david", "sarah"),
    ("william", "elizabeth"),
    ("paul", "anna"),
    ("mark", "laura"),
    ("peter", "emily"),
    ("thomas", "karen"),
    ("steve", "nancy"),
    ("kevin", "rachel"),
    ("mike", "lisa"),
    ("tom", "jane"),
    ("he", "she"),
]

PRONOUNS = {"his": "her", "him": "her", "her": "his"}


def mapping(pairs: list[tuple[str, str]], one_way: dict[str, str]) -> dict[str, str]:
    """A word and what stands in its place."""
    table = dict(one_way)
    for a, b in pairs:
        table[a], table[b] = b, a
    return table


class Swapper:
    """Exchanges names in piece ids, for the words that are one piece."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tables = []
        for table in (mapping(POLITICS, PARTY), mapping(FIRST_NAMES, PRONOUNS)):
            ids = np.arange(len(tokenizer.pieces))
            for a, b in table.items():
                if a in tokenizer.ids and b in tokenizer.ids:
                    ids[tokenizer.ids[a]] = tokenizer.ids[b]
            self.tables.append(ids)

    def __call__(self, ids: np.ndarray, rng: random.Random, share: float) -> np.ndarray:
        for table in self.tables:
            if rng.random() < share:
                ids = table[ids]
        return ids
