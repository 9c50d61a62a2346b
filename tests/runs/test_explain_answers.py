"""Which answers are explained."""

import numpy as np
import pytest
import torch

from trainwell.core.errors import ArgumentError
from trainwell.runs._explain_answers import asked

from .explained import TASKS

P = np.array([[0.2, 0.7, 0.1], [0.5, 0.1, 0.4]])


@pytest.mark.parametrize("task", ["classification", "multilabel", "ordinal"])
def test_the_best_of_each_image_by_rank(task):
    first, second = asked(TASKS[task], P, None, 2)
    labels = TASKS[task].labels
    assert first.names == (labels[1], labels[0])
    assert first.values == ("0.7000", "0.5000")
    assert first.target.tolist() == [1, 0]
    assert second.names == (labels[0], labels[2])
    assert len(asked(TASKS[task], P, None, 9)) == 3


def test_the_one_that_is_named():
    (one,) = asked(TASKS["classification"], P, "fox", 3)
    assert (one.names, one.values) == (("fox", "fox"), ("0.1000", "0.4000"))
    assert one.target.tolist() == [2, 2]


def test_numbers_in_their_order():
    values = np.array([[41.234, 3.0]])
    age, size = asked(TASKS["regression"], values, None, 5)
    assert (age.names, age.values, age.target, age.signed) == (
        ("age (years)",), ("41.23",), 0, True,
    )  # fmt: skip
    assert size.target == 1
    (named,) = asked(TASKS["regression"], values, "size", 1)
    assert named.names == ("size",)


def test_points_by_how_far_they_are_from_the_mean_shape():
    outputs = torch.tensor([[1.0, 2.0, 3.0, 4.0]])
    (every,) = asked(TASKS["keypoints"], outputs.numpy(), None, 2)
    assert every.names == ("all 2 points",)
    assert every.target(outputs).tolist() == [15.0]
    (one,) = asked(TASKS["keypoints"], outputs.numpy(), "right", 2)
    assert one.values == ("(3.0, 4.0)",)
    assert one.target(outputs).tolist() == [12.5]


def test_a_name_that_is_not_there():
    with pytest.raises(ArgumentError, match="one of cat, dog, fox; got 'foxx'. Did"):
        asked(TASKS["classification"], P, "foxx", 1)
