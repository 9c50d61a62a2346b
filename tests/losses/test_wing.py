"""Wing loss by hand, written out with a mask, and its joint at the width."""

import math
from functools import partial

import pytest
import torch

from trainwell import losses as per_batch

wing = partial(per_batch.wing_loss, reduction="none")


@pytest.fixture
def points():
    return 8 * torch.randn(
        2, 4, 5, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64
    )


def test_by_hand():
    # an error of 2: 10 ln 2; of 15: 15 - 10 + 10 ln 6
    loss = wing(torch.tensor([[2.0], [-15.0]]), torch.zeros(2, 1))
    expected = torch.tensor([10 * math.log(2), 5 + 10 * math.log(6)])
    torch.testing.assert_close(loss, expected)


def test_written_out_definition(points):
    x, t = points
    visible = torch.rand(4, 5, generator=torch.Generator().manual_seed(1)) < 0.6
    losses = wing(x, t, width=6.0, curvature=1.5, visible=visible)
    c = 6 - 6 * math.log(1 + 6 / 1.5)
    for i in range(4):
        errors = (x[i] - t[i])[visible[i]].flatten().abs().tolist()
        values = [6 * math.log(1 + d / 1.5) if d < 6 else d - c for d in errors]
        assert losses[i].item() == pytest.approx(sum(values) / len(values))


def test_the_pieces_meet_at_the_width():
    below, above = torch.tensor([[10 - 1e-9], [10 + 1e-9]], dtype=torch.float64)
    zero = torch.zeros(1, 1, dtype=torch.float64)
    low, high = wing(below[None], zero), wing(above[None], zero)
    assert (high - low).item() == pytest.approx(0, abs=1e-8)


def test_gradient(points):
    x, t = points
    x.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: wing(x, t), x)


@pytest.mark.parametrize("name", ["width", "curvature"])
def test_out_of_range(points, name):
    with pytest.raises(ValueError, match=f"`{name}` must be positive"):
        wing(*points, **{name: 0.0})
