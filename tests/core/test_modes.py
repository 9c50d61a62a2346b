"""Modes and buffers are put back, also after an error."""

import pytest
import torch
from torch import nn

from trainwell.core.modes import batch_statistics, evaluating, modes_kept


@pytest.fixture
def model():
    """In training, but for its norm."""
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Dropout(0.5))
    net.train()
    net[1].eval()
    return net


def modes(model):
    return [module.training for module in model.modules()]


@pytest.mark.parametrize("within", [modes_kept, batch_statistics])
def test_modes_are_put_back_also_after_an_error(model, within):
    with within(model):
        model.eval()
    assert modes(model) == [True, True, False, True]
    with pytest.raises(IndexError), within(model):
        model.eval()[9]
    assert modes(model) == [True, True, False, True]


def test_norms_use_the_batch_and_their_buffers_stay(model):
    with batch_statistics(model):
        assert modes(model) == [False, False, True, False]
        outputs = model(3 + torch.randn(8, 1, 6, 6))
    assert outputs.mean((0, 2, 3)).abs().max() < 1e-5
    assert torch.equal(model[1].running_mean, torch.zeros(2))
    assert model[1].num_batches_tracked == 0


def raise_after(outputs):
    raise KeyError(outputs.requires_grad)


def test_hooks_are_removed_also_after_an_error(model):
    seen = []
    hook = model[0].register_forward_hook(lambda *_: seen.append(model.training))
    with pytest.raises(KeyError, match="False"), evaluating(model, [hook]):
        raise_after(model(torch.randn(2, 1, 6, 6)))
    model(torch.randn(2, 1, 6, 6))
    assert seen == [False]
    assert modes(model) == [True, True, False, True]
