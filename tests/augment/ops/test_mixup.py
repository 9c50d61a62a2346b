"""Mixup: the two sums by hand, and every loss that takes distributions."""

import inspect

import pytest
import torch

from trainwell import losses
from trainwell.augment.ops import mixup

LOSSES = [
    f
    for f in vars(losses).values()
    if inspect.isfunction(f)
    and list(inspect.signature(f).parameters)[:2] == ["outputs", "targets"]
    and "visible" not in inspect.signature(f).parameters
]


def test_by_hand():
    images = torch.tensor([0.0, 1.0, 4.0]).view(3, 1, 1, 1).expand(3, 2, 2, 2)
    mixed, targets = mixup(
        images,
        torch.tensor([0, 1, 3]),
        partner=torch.tensor([1, 2, 0]),
        lam=torch.tensor([0.25, 0.5, 1.0]),
        num_classes=4,
    )
    assert mixed[:, 0, 0, 0].tolist() == [0.75, 2.5, 4.0]
    expected = [[0.25, 0.75, 0, 0], [0, 0.5, 0, 0.5], [0, 0, 0, 1]]
    assert targets.tolist() == expected


def test_limits_and_distributions():
    generator = torch.Generator().manual_seed(0)
    images = torch.randn(4, 3, 5, 5, generator=generator)
    soft = torch.rand(4, 6, generator=generator).softmax(1)
    partner = torch.tensor([3, 0, 0, 1])
    for share, rows in ((1.0, slice(None)), (0.0, partner)):
        options = {"partner": partner, "lam": share, "num_classes": 6}
        mixed, targets = mixup(images, soft, **options)
        torch.testing.assert_close(mixed, images[rows])
        torch.testing.assert_close(targets, soft[rows])


@pytest.mark.parametrize("loss", LOSSES, ids=lambda f: f.__name__)
def test_every_loss_takes_the_targets(loss):
    labels = torch.tensor([0, 1, 2, 2])
    options = {"partner": torch.tensor([1, 2, 3, 0]), "lam": 0.3, "num_classes": 3}
    _, targets = mixup(torch.zeros(4, 1, 2, 2), labels, **options)
    torch.testing.assert_close(targets.sum(1), torch.ones(4))
    outputs = (torch.rand(4, 3) * 1.8 - 0.9).requires_grad_()
    values = loss(outputs, targets, reduction="none")
    values.sum().backward()
    assert values.shape == (4,)
    assert outputs.grad.isfinite().all()


def test_half_precision_images_keep_exact_targets():
    images = torch.ones(2, 1, 1, 1, dtype=torch.bfloat16)
    options = {"partner": torch.tensor([1, 0]), "lam": 0.3, "num_classes": 2}
    mixed, targets = mixup(images, torch.tensor([0, 1]), **options)
    assert mixed.dtype == torch.bfloat16
    torch.testing.assert_close(targets, torch.tensor([[0.3, 0.7], [0.7, 0.3]]))


def test_messages():
    options = {"partner": torch.tensor([0]), "lam": 0.5, "num_classes": 2}
    with pytest.raises(ValueError, match="`images` must be floating-point"):
        mixup(torch.zeros(1, 1, 1, 1, dtype=torch.uint8), torch.tensor([0]), **options)
