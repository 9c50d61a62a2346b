"""CTAugment learns what the network recognises, and a checkpoint remembers it."""

import numpy as np
import pytest
import torch
from torch import nn

from trainwell.augment.ops._specs import OP_CODES
from trainwell.augment.policies import Compose, CTAugment, Plain, SamplingContext
from trainwell.augment.policies._space import CTAUGMENT
from trainwell.core.errors import RunError
from trainwell.data import open_store
from trainwell.data._array_dataset import ArrayDataset
from trainwell.preprocess import Standardize
from trainwell.training import AdaptPolicy, KeyedBatches, RenderSettings, TrainState

ORDER = list(CTAUGMENT)


class Brightest(nn.Module):
    """Class 1 if the image is bright, with certainty; knows nothing of turned ones."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(()))

    def forward(self, x):
        level = x.mean((1, 2, 3)) * 1000 * self.scale
        return torch.stack([-level, level], 1)


@pytest.fixture
def parts():
    levels = np.array([40, 215] * 20, np.uint8)
    images = np.broadcast_to(levels[:, None, None, None], (40, 8, 8, 1)).copy()
    dataset = ArrayDataset(
        images,
        [f"image {i}" for i in range(40)],
        np.arange(40) % 2,
        ("dark", "bright"),
        np.arange(40, dtype=np.uint64),
    )
    policy = CTAugment(num_ops=1, decay=0.9)
    batches = KeyedBatches(
        dataset=dataset,
        store=open_store(dataset, short_side=None, memory_limit=10**9, threads=1),
        policy=Compose(Plain(), (policy,)),
        settings=RenderSettings(
            size=8,
            fit="pad",
            border="mean",
            standardize=Standardize((0.5,), (0.25,)),
            device=torch.device("cpu"),
        ),
        batch_size=8,
        seed=3,
    )
    model = Brightest()
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    return policy, batches, TrainState(model=model, optimizer=optimizer, total_steps=9)


def after(hook, state, batches, steps):
    hook.on_start(state)
    for _ in range(steps):
        state.step += 1
        hook.after_step(state, next(batches.stream(0, 1)), torch.zeros(()))


def test_what_is_not_recognised_loses_weight(parts):
    policy, batches, state = parts
    assert batches.learning is policy
    after(AdaptPolicy(policy, batches), state, batches, 300)
    weights = dict(zip(ORDER, policy.weights, strict=True))
    assert weights["invert"][-4:].max() < 0.3, "an inverted image is of the other class"
    assert weights["invert"][0] > 0.99, "at this level hardly anything is blended in"
    assert weights["autocontrast"].min() > 0.99
    assert weights["solarize"][0] < weights["solarize"][16]
    sides = np.full(400, 8, np.int32)
    context = SamplingContext(0, 0, np.arange(400, dtype=np.uint64), sides, sides)
    seen = policy(context).op_codes
    assert (seen == OP_CODES["autocontrast"]).any()


def test_probing_changes_nothing_of_the_network(parts):
    policy, batches, state = parts
    state.model.train()
    before, generator = state.model.scale.clone(), torch.get_rng_state()
    after(AdaptPolicy(policy, batches), state, batches, 3)
    assert state.model.training
    assert torch.equal(state.model.scale, before)
    assert torch.equal(torch.get_rng_state(), generator)


def test_a_checkpoint_remembers(parts):
    policy, batches, state = parts
    after(AdaptPolicy(policy, batches), state, batches, 5)
    learned = policy.weights.copy()
    policy.weights[:] = 1
    AdaptPolicy(policy, batches).on_start(state)
    np.testing.assert_array_equal(policy.weights, learned)


def test_a_checkpoint_of_other_operations_is_refused(parts):
    policy, batches, state = parts
    state.arrays["ctaugment"] = torch.ones(15, 17, dtype=torch.float64)
    with pytest.raises(RunError, match="is of an earlier version; begin a new run"):
        AdaptPolicy(policy, batches).on_start(state)
