"""Halving a batch that does not fit: same gradient, clear end."""

import pytest
import torch
from torch import nn

from trainwell.core.errors import UserError
from trainwell.training import Batch, TrainState
from trainwell.training._gradient_accumulation import accumulate_gradients


def state():
    torch.manual_seed(0)
    model = nn.Linear(4, 3, dtype=torch.float64)
    return TrainState(
        model=model, optimizer=torch.optim.SGD(model.parameters(), 0.1), total_steps=1
    )


def batch(n=11):
    g = torch.Generator().manual_seed(1)
    images = torch.randn(n, 4, generator=g, dtype=torch.float64)
    return Batch(images, torch.arange(n) % 3, torch.arange(n))


OUT_OF_MEMORY = torch.OutOfMemoryError("CUDA out of memory")


def forward(model, limit, error=OUT_OF_MEMORY):
    sizes = []

    def run(images, targets):
        sizes.append(len(images))
        if len(images) > limit:
            raise error
        return nn.functional.cross_entropy(model(images), targets, reduction="none")

    return run, sizes


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory"),
        RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate"),
    ],
)
def test_halves_until_it_fits_and_keeps_the_gradient(error):
    whole, parts = state(), state()
    loss = accumulate_gradients(whole, batch(), forward(whole.model, 11)[0])
    run, sizes = forward(parts.model, 3, error)
    halved = accumulate_gradients(parts, batch(), run)
    assert parts.parts == 4
    assert sizes == [11, 6, 3, 3, 3, 2]
    torch.testing.assert_close(loss, halved, check_dtype=False)
    torch.testing.assert_close(whole.model.weight.grad, parts.model.weight.grad)


def test_it_stays_halved():
    s = state()
    accumulate_gradients(s, batch(), forward(s.model, 6)[0])
    run, sizes = forward(s.model, 6)
    accumulate_gradients(s, batch(), run)
    assert sizes == [6, 5]


def test_one_image_that_does_not_fit():
    s = state()
    with pytest.raises(UserError, match="one image does not fit into memory"):
        accumulate_gradients(s, batch(), forward(s.model, 0)[0])


def test_other_errors_pass_through():
    s = state()
    with pytest.raises(RuntimeError, match="mat1 and mat2"):
        accumulate_gradients(
            s, batch(), forward(s.model, 0, RuntimeError("mat1 and mat2"))[0]
        )
    assert s.parts == 1
