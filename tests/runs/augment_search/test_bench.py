"""Networks learn from one part, are judged by another, and members stay apart."""

import math

import numpy as np
import pytest
import torch

from trainwell import data
from trainwell.augment.policies import SubPolicies
from trainwell.recipes import read_recipe
from trainwell.runs import Quiet, RunFolder
from trainwell.runs._clock import Clock
from trainwell.runs._population_files import fresh, snapshot
from trainwell.runs.augment_search._bench import open_bench
from trainwell.runs.augment_search._population import _Trainer
from trainwell.runs.augment_search._scores import judged, loss_under
from trainwell.runs.augment_search._timing import measure
from trainwell.runs.augment_search._types import Search
from trainwell.training import StopOnSignal
from trainwell.tuning import Member, PopulationAugment, initial_policy

LEARN, JUDGE = np.arange(40, 120), np.array([3, 7, 11, 20])


@pytest.fixture(scope="module")
def bench(small):
    recipe = read_recipe(None, small.FAST)
    return open_bench(data.load(small.SOURCE), recipe, 10**6, Quiet())


@pytest.fixture(scope="module")
def ready(bench):
    return bench.prepare(LEARN, JUDGE, number=0)


def test_each_part_shows_its_own_images(bench, ready):
    for store, rows in ((ready.stores.train, LEARN), (ready.stores.val, JUDGE)):
        assert len(store) == len(rows)
        pack, places = store.fetch(np.array([2, 0]))
        for place, row in zip(places, rows[[2, 0]], strict=True):
            np.testing.assert_array_equal(
                pack.image(place), bench.splits.train.sample(int(row))[0]
            )
    assert ready.splits.test is None


def test_the_held_out_images_judge(bench, ready):
    for x in ready.model.parameters():  # softmax begins with zeros
        torch.nn.init.normal_(x, generator=torch.Generator().manual_seed(0))
    answers = judged(ready)
    np.testing.assert_array_equal(answers.targets, bench.splits.train.targets[JUDGE])
    idle = SubPolicies(((("invert", 0.0, 0.0),),))
    assert loss_under(ready, idle, 0) == pytest.approx(answers.loss, rel=1e-6)
    inverted = SubPolicies(((("invert", 1.0, 0.0),),))
    assert loss_under(ready, inverted, 0) != pytest.approx(answers.loss, rel=1e-3)


def test_a_member_trains_from_its_own_state_in_its_own_order(bench, ready, tmp_path):
    _, pace = measure(bench)
    search = Search(
        bench, pace, Clock(math.inf), RunFolder(tmp_path), tmp_path, Quiet(),
        StopOnSignal(),
    )  # fmt: skip
    trainer = _Trainer(search, ready, PopulationAugment(members=2))
    start = snapshot(fresh(ready, 1))
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
