"""Networks learn from one part, are judged by another, and members stay apart."""

import math

import numpy as np
import pytest
import torch

from trainwell.augment.policies import SubPolicies
from trainwell.recipes import Scope, read_recipe
from trainwell.runs import Quiet, RunFolder
from trainwell.runs._clock import Clock
from trainwell.runs.augment_search._population import _Trainer
from trainwell.runs.augment_search._setups import loss_under, network_setup
from trainwell.runs.augment_search._timing import estimate_timing
from trainwell.runs.augment_search._types import PolicySearch
from trainwell.runs.folder._population_files import snapshot
from trainwell.runs.session._open_session import open_data
from trainwell.runs.training._evaluation import evaluate_val
from trainwell.runs.training._fit import new_state
from trainwell.training import StopOnSignal
from trainwell.tuning import Member, PopulationAugment, initial_policy

LEARN, JUDGE = np.arange(40, 120), np.array([3, 7, 11, 20])


@pytest.fixture(scope="module")
def session(small):
    recipe = read_recipe(None, small.FAST)
    opened = open_data(small.SOURCE, recipe, Scope("test"), Quiet())
    return opened.training_session(np.arange(len(opened.splits.train)))


@pytest.fixture(scope="module")
def setup(session):
    return network_setup(session, LEARN, JUDGE, number=0)


def test_each_part_shows_its_own_images(session, setup):
    for store, rows in ((setup.stores.train, LEARN), (setup.stores.val, JUDGE)):
        assert len(store) == len(rows)
        pack, places = store.fetch(np.array([2, 0]))
        for place, row in zip(places, rows[[2, 0]], strict=True):
            np.testing.assert_array_equal(
                pack.image(place), session.splits.train.sample(int(row))[0]
            )
    assert setup.splits.test is None


def test_the_held_out_images_judge(session, setup):
    for x in setup.model.parameters():  # softmax begins with zeros
        torch.nn.init.normal_(x, generator=torch.Generator().manual_seed(0))
    answers = evaluate_val(setup, setup.model)
    np.testing.assert_array_equal(answers.targets, session.splits.train.targets[JUDGE])
    idle = SubPolicies(((("invert", 0.0, 0.0),),))
    assert loss_under(setup, idle, 0) == pytest.approx(answers.loss, rel=1e-6)
    inverted = SubPolicies(((("invert", 1.0, 0.0),),))
    assert loss_under(setup, inverted, 0) != pytest.approx(answers.loss, rel=1e-3)


def test_a_member_trains_from_its_own_state_in_its_own_order(session, setup, tmp_path):
    _, timing = estimate_timing(session)
    search = PolicySearch(
        session, Clock(math.inf), StopOnSignal(), tmp_path, timing,
        RunFolder(tmp_path), tmp_path,
    )  # fmt: skip
    trainer = _Trainer(search, setup, PopulationAugment(members=2))
    start = snapshot(new_state(setup, 1))
    policy = initial_policy()

    def weights(number, hyper=policy):
        tensors, numbers = trainer.train(Member(number, start, hyper), 1.0)
        assert numbers["step"] == 5
        return torch.cat(
            [v.flatten() for k, v in sorted(tensors.items()) if k.startswith("model.")]
        )

    first = weights(0)
    other = weights(1)
    assert not torch.equal(first, other)
    assert torch.equal(weights(0), first)
    assert not torch.equal(weights(0, (10, 9) * (len(policy) // 2)), first)
