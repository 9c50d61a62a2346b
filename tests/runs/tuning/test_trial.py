"""A trial is the recipe at a point."""

import math

import pytest

from trainwell.runs._clock import Clock
from trainwell.runs.session._search_session import SearchSession
from trainwell.runs.tuning._trial import repeat_seed, train_trial, trial_recipe
from trainwell.training import StopOnSignal
from trainwell.tuning import FAILED, TrialSpec


@pytest.fixture(scope="module")
def search(opened, tmp_path_factory):
    place = tmp_path_factory.mktemp("trials")
    return SearchSession(opened(), Clock(math.inf), StopOnSignal(), place)


def test_seeds_of_repeats(search):
    assert repeat_seed(search.recipe, 0) == search.recipe.seed
    assert len({repeat_seed(search.recipe, i) for i in range(5)}) == 5


def test_the_point_the_length_and_the_schedule(search):
    spec = TrialSpec("coarse", "random", {"optimizer.lr": 0.3}, 2.0)
    recipe = trial_recipe(search, spec)
    assert (recipe.optimizer.lr, recipe.train.epochs) == (0.3, 2.0)
    assert recipe.schedule == search.recipe.schedule
    spec = TrialSpec("refine 1", "random", {}, 2.0, decays=False)
    assert trial_recipe(search, spec).schedule.name == "constant"


def test_the_same_trial_twice(search):
    spec = TrialSpec("coarse", "default", {"optimizer.lr": 0.05}, 1.0)
    one, other = (train_trial(search, 3, spec, [], "none") for _ in range(2))
    assert one == other
    assert (one.number, one.state) == (3, "complete")
    assert one.score == one.curve[-1]["val_accuracy"]


def test_a_loss_that_explodes_is_a_failed_trial(search):
    spec = TrialSpec("coarse", "random", {"optimizer.lr": 1e30}, 1.0)
    trial = train_trial(search, 0, spec, [], "none")
    assert (trial.state, trial.score) == ("failed", FAILED)
