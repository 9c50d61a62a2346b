"""Predictions of a finished run from Python."""

import numpy as np
import pytest

from trainwell.core.errors import RunError
from trainwell.runs import predict


def test_as_the_loaded_model_predicts(finished, digits_folder):
    from trainwell.infer import load_predictor

    paths = sorted((digits_folder / "test").rglob("*.png"))[:3]
    found = predict(finished.path, paths)
    for one, other in zip(
        found, load_predictor(finished.path).predict(paths), strict=True
    ):
        np.testing.assert_array_equal(one.probabilities, other.probabilities)
    flipped = predict(finished.path, paths[0], views="flip")
    assert flipped.probability != found[0].probability


def test_a_folder_that_is_no_run(tmp_path):
    with pytest.raises(RunError):
        predict(tmp_path, np.zeros((8, 8), np.uint8))
