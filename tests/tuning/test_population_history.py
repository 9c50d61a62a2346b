"""Lineages and stored histories, by hand."""

import json

from trainwell.tuning import (
    Evolution,
    Member,
    Turn,
    history_as_lists,
    lineage,
    restore_population,
)

HISTORY = (
    (Turn(0, 1, 0.1), Turn(1, 2, 0.2), Turn(2, 3, 0.3)),
    (Turn(2, 4, 0.6), Turn(1, 2, 0.4), Turn(2, 3, 0.5)),
    (Turn(0, 4, 0.7), Turn(0, 5, 0.9), Turn(2, 3, 0.6)),
)
EVOLUTION = Evolution(
    tuple(Member(i, f"s{i}", t.hyper, t.score) for i, t in enumerate(HISTORY[-1])),
    HISTORY,
)


def test_the_lineage_follows_the_parents_of_the_best():
    turns = lineage(EVOLUTION)
    assert [(t.parent, t.hyper) for t in turns] == [(2, 3), (2, 4), (0, 5)]


def test_json_brings_the_population_back():
    stored = json.loads(json.dumps(history_as_lists(EVOLUTION)))
    assert restore_population(["s0", "s1", "s2"], stored, int) == EVOLUTION
    floats = restore_population(["s0", "s1", "s2"], stored, float)
    assert isinstance(floats.best.hyper, float)
