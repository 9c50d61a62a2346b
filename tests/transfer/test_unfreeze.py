"""One block after the other wakes, also when a run is gone on with."""

import pytest
import torch

from trainwell.training import TrainState
from trainwell.transfer import UnfreezeGradually, blocks


def learning(found):
    return [all(p.requires_grad for p in block.parameters()) for block in found]


@pytest.fixture
def state(net):
    optimizer = torch.optim.SGD(net.parameters(), 0.1)
    return TrainState(model=net, optimizer=optimizer, total_steps=100)


def test_from_the_head_downwards(net, images, state):
    found = blocks(net, images)
    hook = UnfreezeGradually(found, 2)
    net.train()
    hook.on_start(state)
    seen = [learning(found)]
    for state.step in range(1, 7):
        hook.after_step(state, None, None)
        seen.append(learning(found))
    asleep, half, awake = [False, False, True], [False, True, True], [True] * 3
    assert seen == [asleep, asleep, half, half, awake, awake, awake]
    net(images)
    assert all(m.training for m in net.modules()), "norms follow the mode again"


def test_frozen_norms_keep_their_statistics_until_then(net, images, state):
    hook = UnfreezeGradually(blocks(net, images), 3)
    hook.on_start(state)
    net.train()
    before = net[0].norm.running_mean.clone()
    net(images + 2)
    assert torch.equal(net[0].norm.running_mean, before)
    state.step = 3
    hook.after_step(state, None, None)
    net(images + 2)
    assert not torch.equal(net[0].norm.running_mean, before)


@pytest.mark.parametrize(("step", "expected"), [(0, 1), (1, 1), (2, 2), (5, 3)])
def test_a_resumed_run_begins_where_it_was(net, images, state, step, expected):
    found = blocks(net, images)
    state.step = step
    UnfreezeGradually(found, 2).on_start(state)
    assert sum(learning(found)) == expected
