"""Extra training images, through whole runs."""

import numpy as np
import pytest
import yaml

from trainwell.core.errors import DataError
from trainwell.runs import Quiet, evaluate, train

TINY = (
    "train.epochs=2",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
    "data.image_size=12",
)
SOURCE, EXTRA = (
    "synthetic:digits,count=150,size=12",
    "synthetic:digits,count=90,size=12,seed=5",
)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    out = tmp_path_factory.mktemp("runs")
    plain = train(SOURCE, *TINY, out=out / "plain", reporter=Quiet())
    more = train(
        SOURCE, *TINY, f"data.extra={EXTRA}", out=out / "more", reporter=Quiet()
    )
    return plain, more


def test_training_has_them_and_validation_and_test_do_not(runs):
    plain, more = (run.summary for run in runs)
    assert more["num_train"] == plain["num_train"] + 90
    assert more["num_val"] == plain["num_val"]
    assert more["num_test"] == plain["num_test"]
    plain, more = (run.path / "predictions" for run in runs)
    for split in ("val.npz", "test.npz"):
        with np.load(plain / split) as a, np.load(more / split) as b:
            np.testing.assert_array_equal(a["names"], b["names"])


def test_the_recipe_keeps_their_source(runs):
    tree = yaml.safe_load((runs[1].path / "recipe.yaml").read_text())
    assert tree["data"]["extra"] == EXTRA


def test_evaluating_the_run_on_its_own_data_leaves_them_out(runs):
    scores = evaluate(runs[1].path, SOURCE)
    assert scores.accuracy == pytest.approx(runs[1].summary["test_accuracy"])


def test_a_class_that_the_data_lack_ends_the_run_before_it_begins(tmp_path):
    with pytest.raises(DataError, match="has a class that is not among the 10 classes"):
        train(
            SOURCE,
            *TINY,
            "data.extra=synthetic:shapes,count=12",
            out=tmp_path / "a",
            reporter=Quiet(),
        )
