"""ArcFace by hand, written out, near its ends in bfloat16, and with soft targets."""

import math
from functools import partial

import pytest
import torch
import torch.nn.functional as F

from trainwell import losses as per_batch

arcface = partial(per_batch.arcface_loss, reduction="none")
cross_entropy = partial(per_batch.cross_entropy, reduction="none")


@pytest.fixture
def batch():
    g = torch.Generator().manual_seed(0)
    cosines = 1.9 * torch.rand(6, 4, generator=g, dtype=torch.float64) - 0.95
    return cosines, torch.tensor([0, 3, 1, 2, 2, 0])


def slowly(cosines, y, margin, scale):
    theta = math.acos(cosines[y])
    if theta + margin <= math.pi:
        phi = math.cos(theta + margin)
    else:
        phi = cosines[y] - margin * math.sin(math.pi - margin)
    moved = [scale * (phi if j == y else c) for j, c in enumerate(cosines)]
    top = max(moved)
    return top + math.log(sum(math.exp(z - top) for z in moved)) - moved[y]


def test_by_hand():
    # 60 degrees and a margin of 30: the right logit falls from 2 cos 60 to 2 cos 90
    loss = arcface(
        torch.tensor([[0.5, 0.0]]), torch.tensor([0]), margin=math.pi / 6, scale=2.0
    )
    assert loss.item() == pytest.approx(math.log(2), abs=1e-6)


@pytest.mark.parametrize("scale", [1.0, 30.0, 64.0])
def test_written_out_definition(batch, scale):
    cosines, labels = batch
    cosines[0, 0] = -0.93  # theta + margin > pi
    cosines[1, 3] = -0.87  # just not
    losses = arcface(cosines, labels, scale=scale)
    for c, y, loss in zip(cosines.tolist(), labels.tolist(), losses, strict=True):
        assert loss.item() == pytest.approx(slowly(c, y, 0.5, scale), rel=1e-10)


def test_a_worse_angle_never_costs_less():
    cosines = torch.linspace(1, -1, 401, dtype=torch.float64)
    outputs = torch.stack([cosines, torch.zeros_like(cosines)], 1)
    losses = arcface(outputs, torch.zeros(401).long(), scale=4.0)
    assert (losses.diff() > 0).all()


def test_no_margin_is_cross_entropy_on_scaled_cosines(batch):
    cosines, labels = batch
    torch.testing.assert_close(
        arcface(cosines, labels, margin=0.0, scale=10.0),
        cross_entropy(10 * cosines, labels),
    )


def test_a_mixed_target_is_the_mix_of_the_losses(batch):
    cosines, labels = batch
    other = (labels + 1) % 4
    soft = 0.3 * F.one_hot(labels, 4).double() + 0.7 * F.one_hot(other, 4).double()
    expected = 0.3 * arcface(cosines, labels) + 0.7 * arcface(cosines, other)
    torch.testing.assert_close(arcface(cosines, soft), expected)


@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32])
def test_finite_near_the_ends(dtype, soft):
    one = torch.ones((), dtype=dtype)
    eps = torch.finfo(dtype).eps
    ends = [one, one - eps / 2, one + eps, -one, -one + eps / 2, -one - eps, 0 * one]
    values = torch.stack(ends)
    outputs = torch.cartesian_prod(values, values).requires_grad_()
    targets = torch.zeros(len(outputs)).long()
    if soft:
        targets = F.one_hot(targets, 2).to(dtype) * 0.5 + 0.25
    losses = arcface(outputs, targets, scale=64.0)
    assert losses.dtype == torch.float32
    losses.sum().backward()
    assert losses.isfinite().all()
    assert outputs.grad.isfinite().all()
    assert (outputs.grad[:, 0] <= 0).all() or soft


def test_pulled_together_even_from_the_opposite_end():
    outputs = torch.tensor([[-1.0, 0.3]], requires_grad=True)
    arcface(outputs, torch.tensor([0])).sum().backward()
    assert outputs.grad.tolist() == [pytest.approx([-30, 30])]


def test_gradient(batch):
    cosines, labels = batch
    soft = F.one_hot(labels, 4) * 0.6 + 0.1
    cosines.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: arcface(x, labels, scale=5.0), cosines)
    assert torch.autograd.gradcheck(lambda x: arcface(x, soft, scale=5.0), cosines)


@pytest.mark.parametrize(
    ("options", "message"),
    [({"margin": 2.0}, "`margin` must be in"), ({"scale": 0.0}, "`scale` must be")],
)
def test_errors(batch, options, message):
    with pytest.raises(ValueError, match=message):
        arcface(*batch, **options)
