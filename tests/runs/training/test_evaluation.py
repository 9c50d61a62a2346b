"""Evaluations of a setup's network."""

import numpy as np
import pytest

from trainwell.runs import Quiet
from trainwell.runs.setup._setup import build_setup
from trainwell.runs.training._evaluation import (
    evaluate_now,
    evaluate_splits,
    evaluate_val,
    model_to_evaluate,
)
from trainwell.runs.training._fit import new_state


@pytest.fixture(scope="module")
def setup(opened):
    return build_setup(opened("train.average=0.9"))


def test_every_split_that_there_is(setup):
    found = evaluate_splits(setup, Quiet())
    assert [split.name for split in found] == ["val", "test"]
    assert [len(s.evaluation.targets) for s in found] == [
        len(setup.splits.val),
        len(setup.splits.test),
    ]
    assert evaluate_splits(setup, Quiet(), ("train",))[0].dataset is setup.splits.train


def test_validation_and_as_many_training_images(setup):
    val, train = evaluate_now(setup, setup.model)
    np.testing.assert_array_equal(val.targets, setup.splits.val.targets)
    assert len(train.targets) == len(setup.splits.val)
    again = evaluate_val(setup, setup.model)
    np.testing.assert_array_equal(val.probabilities, again.probabilities)


def test_the_average_is_evaluated_where_there_is_one(setup):
    state = new_state(setup, 2)
    assert model_to_evaluate(setup, state) is state.average
    state.average = None
    assert model_to_evaluate(setup, state) is setup.model


def test_validation_is_in_float32_whatever_the_training(opened):
    """The curve, the choice of the best weights, and the summary are one number."""
    setup = build_setup(opened("train.precision=bfloat16", "model=cifar_resnet20"))
    val, _ = evaluate_now(setup, setup.model)
    (last, *_) = evaluate_splits(setup, Quiet(), ("val",))
    np.testing.assert_array_equal(val.probabilities, last.evaluation.probabilities)
