"""Networks of the first three steps: one update at a time."""

import math

import pytest

from trainwell.runs._clock import Clock
from trainwell.runs.session._search_session import SearchSession
from trainwell.runs.tuning._trainer import (
    NetworkTrainer,
    first_loss,
    with_few,
    without_regularization,
)
from trainwell.training import StopOnSignal


@pytest.fixture(scope="module")
def search(opened, tmp_path_factory):
    place = tmp_path_factory.mktemp("trainer")
    return SearchSession(opened(), Clock(math.inf), StopOnSignal(), place)


def test_steps_lower_the_loss(search):
    few = with_few(search, 24)
    recipe = without_regularization(search.recipe, 8)
    trainer = NetworkTrainer(few, few.setup(recipe))
    losses = [trainer.step(0.01) for _ in range(30)]
    assert losses[-1] < losses[0]
    assert 0 <= trainer.quality() <= 1
    assert trainer.state.step == 30


def test_a_rate_that_is_much_too_high_gives_no_number(search):
    trainer = NetworkTrainer(search, search.setup(search.recipe))
    found = [trainer.step(1e30) for _ in range(4)]
    assert any(math.isnan(loss) for loss in found)


def test_nothing_that_hinders_learning(search):
    recipe = without_regularization(search.recipe, 4)
    assert recipe.train.batch_size == 4
    assert recipe.augment.crop == "none"
    assert recipe.penalty.name is recipe.noise.name is recipe.loss.label_smoothing
    assert recipe.optimizer.weight_decay == 0


def test_decay_adds_to_the_first_loss(search):
    assert first_loss(search, True) > first_loss(search, False) > 0


def test_few_images_of_every_class(search):
    few = with_few(search, 24)
    assert len(few.session.splits.train) == 24
    classes = len(search.session.splits.classes)
    assert len(set(few.session.splits.train.targets.tolist())) == classes
