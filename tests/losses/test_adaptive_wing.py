"""Adaptive wing by hand, written out in NumPy with its weight map, and its joint."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from scipy.ndimage import grey_dilation

from trainwell import losses

awing = partial(losses.adaptive_wing_loss, reduction="none")


@pytest.fixture
def maps():
    g = torch.Generator().manual_seed(0)
    outputs = torch.rand(3, 4, 6, 5, generator=g, dtype=torch.float64)
    targets = torch.rand(3, 4, 6, 5, generator=g, dtype=torch.float64) ** 6
    return 1.6 * outputs - 0.3, targets


def definition(x, y, w, e, t, a):
    """Equations 4 of the paper with their constants, for one cell."""
    d = abs(y - x)
    if d < t:
        return w * math.log(1 + (d / e) ** (a - y))
    slope = w * (1 / (1 + (t / e) ** (a - y))) * (a - y) * (t / e) ** (a - y - 1) / e
    c = t * slope - w * math.log(1 + (t / e) ** (a - y))
    return slope * d - c


def test_by_hand():
    # a target of 0: 14 ln(1 + 0.3^2.1); of 1: 14 ln(1 + 0.3^1.1)
    outputs, targets = torch.tensor([[0.3], [0.7]]), torch.tensor([[0.0], [1.0]])
    expected = [14 * math.log(1 + 0.3**2.1), 14 * math.log(1 + 0.3**1.1)]
    assert awing(outputs, targets).tolist() == pytest.approx(expected)


@pytest.mark.parametrize("weight", [0.0, 10.0, 3.5])
@pytest.mark.parametrize(
    "numbers", [(14.0, 1.0, 0.5, 2.1), (5.0, 0.7, 0.4, 2.6)], ids=["paper", "others"]
)
def test_written_out_definition(maps, numbers, weight):
    x, y = maps
    visible = torch.rand(3, 4, generator=torch.Generator().manual_seed(1)) < 0.6
    names = ("width", "curvature", "threshold", "alpha")
    options = dict(zip(names, numbers, strict=True)) | {"foreground_weight": weight}
    found = awing(x, y, visible=visible, **options)
    for i in range(3):
        values = []
        for k in np.flatnonzero(visible[i]):
            dilated = grey_dilation(y[i, k].numpy(), (3, 3))
            for at in np.ndindex(6, 5):
                value = definition(x[i, k][at].item(), y[i, k][at].item(), *numbers)
                values.append(value * (1 + weight * (dilated[at] >= 0.2)))
        assert found[i].item() == pytest.approx(np.mean(values))


def test_a_cell_that_just_counts_as_foreground():
    x, y = torch.full((1, 1, 5, 5), 0.3), torch.zeros(1, 1, 5, 5)
    y[0, 0, 2, 2] = 0.2
    plain, weighted = (awing(x, y, foreground_weight=w) for w in (0.0, 10.0))
    cells = [14 * math.log(1 + 0.3**2.1)] * 8 + [14 * math.log(1 + 0.1**1.9)]
    assert (weighted - plain).item() == pytest.approx(10 * sum(cells) / 25, rel=1e-5)


@pytest.mark.parametrize("target", [0.0, 0.35, 1.0])
def test_the_pieces_meet_with_one_slope(target):
    y = torch.full((2, 1), target, dtype=torch.float64)
    x = y + torch.tensor([[0.5 - 1e-9], [0.5 + 1e-9]], dtype=torch.float64)
    x.requires_grad_()
    low, high = awing(x, y)
    assert (high - low).item() == pytest.approx(0, abs=1e-7)
    (slopes,) = torch.autograd.grad((low + high), x)
    assert slopes[0].item() == pytest.approx(slopes[1].item(), rel=1e-6)


def test_targets_outside_bend_it_as_the_ends_do():
    x = torch.tensor([[0.3], [0.8]])
    y = torch.tensor([[-0.5], [1.7]])
    ends = awing(x - y + y.clamp(0, 1), y.clamp(0, 1))
    torch.testing.assert_close(awing(x, y), ends)


def test_gradient(maps):
    x, y = maps
    x.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: awing(x, y, foreground_weight=10.0), x)


def test_gradient_is_zero_at_the_target():
    y = torch.tensor([[0.0, 0.5, 1.0]])
    x = y.clone().requires_grad_()
    awing(x, y).sum().backward()
    assert x.grad.tolist() == [[0.0, 0.0, 0.0]]


@pytest.mark.parametrize("name", ["width", "curvature", "threshold"])
def test_out_of_range(maps, name):
    with pytest.raises(ValueError, match=f"`{name}` must be positive"):
        awing(*maps, **{name: 0.0})


def test_what_else_is_refused(maps):
    with pytest.raises(ValueError, match="`alpha` must be above 2, got 2.0"):
        awing(*maps, alpha=2.0)
    with pytest.raises(ValueError, match="`foreground_weight` must be in"):
        awing(*maps, foreground_weight=-1.0)
    with pytest.raises(ValueError, match="needs heat maps of the shape"):
        awing(torch.zeros(2, 5, 2), torch.zeros(2, 5, 2), foreground_weight=1.0)
