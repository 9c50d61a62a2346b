"""A run of another length: by epochs or by time."""

from types import SimpleNamespace

import pytest

from trainwell.core.errors import RunError
from trainwell.recipes import read_recipe
from trainwell.runs import RunFolder
from trainwell.runs.training._longer import of_another_length, plan_again


def state(**changes):
    memory = {"replanned_step": 3, "replanned_progress": 0.5, "best_score": 0.9}
    values = {"step": 50, "seconds": 10.0, "total_steps": 50, "stop": "patience"}
    return SimpleNamespace(memory=memory, **{**values, **changes})


@pytest.mark.parametrize(
    ("key", "steps"), [("train.epochs=20", 200), ("train.time=30s", 150)]
)
def test_the_plan_has_the_new_length(tmp_path, key, steps):
    said, planned = [], state()
    plan_again(planned, read_recipe(None, [key]), 10, RunFolder(tmp_path), said.append)
    assert (planned.total_steps, planned.stop) == (steps, "")
    assert planned.memory == {"best_score": 0.9}
    assert "The run is now" in said[0]


@pytest.mark.parametrize(
    "key", ["train.epochs=5", "train.epochs=2", "train.time=10s", "train.time=1s"]
)
def test_not_shorter_than_it_is(tmp_path, key):
    with pytest.raises(RunError, match="was trained for 5 epochs in 10 s already"):
        plan_again(state(), read_recipe(None, [key]), 10, RunFolder(tmp_path), print)


def test_epochs_take_the_place_of_time():
    saved = read_recipe(None, ["train.time=30s", "seed=3"])
    longer = of_another_length(saved, read_recipe(None, ["train.epochs=9"]))
    assert (longer.train.epochs, longer.train.time, longer.seed) == (9, None, 3)
    assert of_another_length(saved, read_recipe(None, [])) == saved
