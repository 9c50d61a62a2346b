"""A measured model is left as it was."""

import torch
from torch import nn

from trainwell.diagnose._untouched import untouched


def test_modes_buffers_and_generators_are_restored():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Dropout(0.5))
    model[2].eval()
    buffers = {name: value.clone() for name, value in model.named_buffers()}
    generator = torch.get_rng_state()
    x = torch.randn(16, 3)
    generator = torch.get_rng_state()
    with untouched(model, torch.device("cpu")), torch.no_grad():
        y = model(x)
        torch.rand(3)
    assert torch.allclose(y.mean(0), torch.zeros(4), atol=1e-6), "of the batch"
    assert (y != 0).all(), "no dropout"
    assert [m.training for m in model] == [True, True, False]
    assert torch.equal(torch.get_rng_state(), generator)
    for name, value in model.named_buffers():
        assert torch.equal(value, buffers[name]), name
