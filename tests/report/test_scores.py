import math

import numpy as np
import pytest

from trainwell.report._scores import ClassScore, lowest, mean_score, score_classes

TARGETS = np.array([0, 0, 0, 0, 1, 1, 2])
ANSWERS = np.array([0, 0, 1, 2, 1, 0, 2])


def test_by_hand():
    cat, dog, owl = score_classes(TARGETS, ANSWERS, ["cat", "dog", "owl"])
    assert cat == ClassScore("cat", 2 / 3, 2 / 4, pytest.approx(4 / 7), 4)
    assert dog == ClassScore("dog", 1 / 2, 1 / 2, 1 / 2, 2)
    assert owl == ClassScore("owl", 1 / 2, 1.0, pytest.approx(2 / 3), 1)


def test_what_cannot_be_measured_is_nan():
    scores = score_classes(TARGETS, ANSWERS.clip(0, 1), ["cat", "dog", "owl", "emu"])
    owl, emu = scores[2:]
    assert math.isnan(owl.precision)
    assert (owl.recall, owl.f1, owl.count) == (0.0, 0.0, 1)
    assert math.isnan(emu.precision)
    assert math.isnan(emu.recall)
    assert emu.count == 0


def test_the_mean_counts_classes_alike_and_leaves_nan_out():
    scores = [
        ClassScore("cat", 0.5, 0.25, 0.4, 90),
        ClassScore("dog", math.nan, 0.75, 0.0, 10),
    ]
    assert mean_score(scores) == ClassScore("mean of classes", 0.5, 0.5, 0.2, 100)
    nothing = [ClassScore("emu", math.nan, math.nan, math.nan, 0)]
    assert math.isnan(mean_score(nothing).precision)


def test_the_lowest_come_first_and_have_images():
    scores = score_classes(TARGETS, ANSWERS, ["cat", "dog", "owl", "emu"])
    assert [s.name for s in lowest(scores, 2)] == ["dog", "cat"]
    assert [s.name for s in lowest(scores, 9)] == ["dog", "cat", "owl"]
