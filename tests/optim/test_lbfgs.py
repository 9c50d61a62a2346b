"""L-BFGS: torch's own moves, scipy's minimum, and a state that fits a checkpoint."""

import numpy as np
import pytest
import scipy.optimize
import torch
from torch import Tensor, nn

from trainwell.optim import LBFGS


def rosenbrock(x):
    return ((1 - x[:-1]) ** 2 + 100 * (x[1:] - x[:-1] ** 2) ** 2).sum()


def descend(build, steps, start=(-1.2, 1.0, 0.5, -2.0)):
    x = nn.Parameter(torch.tensor(start, dtype=torch.float64))
    optimizer = build([x])

    def closure():
        optimizer.zero_grad()
        loss = rosenbrock(x)
        loss.backward()
        return loss

    for _ in range(steps):
        optimizer.step(closure)
    return x.detach(), optimizer


def test_moves_are_torch_s():
    ours, _ = descend(lambda p: LBFGS(p, history=3, iterations=4), 3)
    theirs, _ = descend(
        lambda p: torch.optim.LBFGS(
            p, max_iter=4, history_size=3, line_search_fn="strong_wolfe"
        ),
        3,
    )
    torch.testing.assert_close(ours, theirs, rtol=1e-9, atol=0)


def test_finds_the_minimum_that_scipy_finds():
    x, _ = descend(LBFGS, 8, start=(-1.2, 1.0))
    result = scipy.optimize.minimize(
        scipy.optimize.rosen, [-1.2, 1.0], jac=scipy.optimize.rosen_der, method="BFGS"
    )
    np.testing.assert_allclose(x.numpy(), result.x, atol=1e-4)
    np.testing.assert_allclose(x.numpy(), 1, atol=1e-5)  # torch stops at 1e-9 in f


def test_slots_are_tensors_and_numbers_at_every_step():
    for steps in range(1, 4):
        x, optimizer = descend(lambda p: LBFGS(p, history=3, iterations=6), steps)
        slots = optimizer.slots
        assert all(isinstance(v, Tensor | int | float) for v in slots.values())
        assert slots["old_dirs"].shape[1] == len(x)


def test_a_start_at_the_minimum_stays():
    x, optimizer = descend(LBFGS, 2, start=(1.0, 1.0))
    assert x.tolist() == [1, 1]


@pytest.mark.parametrize("name", ["history", "iterations"])
def test_out_of_range(name):
    with pytest.raises(ValueError, match=f"`{name}` must be positive"):
        LBFGS([torch.ones(1)], **{name: 0})
