"""A head behind an earlier block: by hand, on our networks, and where it cannot be."""

import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.models import Modification, build, create
from trainwell.models._modify_early import Cells, num_cells, read_early


def images(channels=3, size=32):
    generator = torch.Generator().manual_seed(0)
    return torch.randn(4, channels, size, size, generator=generator)


class Small(nn.Module):
    """Two convolutions, of which the second can be left out, and a head."""

    def __init__(self, *, rectified=False, shared=False):
        super().__init__()
        torch.manual_seed(0)
        self.act = nn.ReLU()
        self.low = nn.Conv2d(3, 2, 3)
        self.again = self.act if shared else nn.ReLU()
        self.high = nn.Conv2d(2, 5, 3)
        self.drop = nn.Dropout(0.5)
        self.head = nn.Linear(5, 3)
        self.rectified = rectified

    def forward(self, x):
        x = self.high(self.again(self.low(self.act(x))))
        x = torch.relu(x) if self.rectified else x
        return self.head(self.drop(x.mean((2, 3))))


@pytest.mark.parametrize(
    ("shape", "cells"),
    [((1, 64, 9, 9), 4), ((1, 96, 9, 9), 3), ((1, 2000, 9, 9), 1), ((1, 8, 2, 3), 2)],
)
def test_cells(shape, cells):
    assert num_cells(torch.Size(shape)) == cells


def test_cells_by_hand():
    """Two channels of 2x2 pixels: every pixel is a cell, standardised by its norm."""
    cells = Cells(torch.Size((1, 2, 2, 2))).eval()
    cells.norm.running_mean.fill_(1.0)
    cells.norm.running_var.fill_(4.0)
    maps = torch.arange(8.0).view(1, 2, 2, 2)
    expected = (torch.arange(8.0) - 1) / 2
    torch.testing.assert_close(cells(maps).flatten(), expected, rtol=1e-4, atol=1e-4)
    assert cells(maps).shape == (1, 8, 1, 1)


def test_what_the_head_reads_and_what_is_left_out():
    model, x = Small(), images()
    low = model.low
    lines = read_early(model, x, after="low")
    assert lines == ("head: reads low in 4x4 cells, 32 numbers; nothing follows.",)
    model.eval()
    linear = model.head[1]
    assert (linear.in_features, linear.out_features) == (32, 3)
    maps = low(torch.relu(x)).double()
    parts = nn.functional.adaptive_avg_pool2d(maps, 4).flatten(1)
    parts = parts / (1 + 1e-5) ** 0.5  # fresh statistics: mean 0, variance 1
    expected = parts @ linear.weight.double().T + linear.bias.double()
    torch.testing.assert_close(model(x).double(), expected, rtol=1e-5, atol=1e-6)
    kinds = [type(getattr(model, n)) for n in ("again", "high", "drop")]
    assert kinds == [Cells, nn.Identity, nn.Identity]


def test_a_module_that_serves_before_as_well_stays():
    model = Small(shared=True)
    read_early(model, images(), after="low")
    assert isinstance(model.act, nn.ReLU)
    assert model.again is model.act
    assert isinstance(model.high, Cells)


def test_statistics_are_learnt_from_batches():
    model, x = Small(), 3 + images()
    read_early(model, x, after="low")
    assert model.again.norm.running_mean.abs().max() == 0, "the trial left no trace"
    model.train()
    for _ in range(100):
        model(x)
    parts = nn.functional.adaptive_avg_pool2d(model.low(torch.relu(x)), 4).flatten(1)
    torch.testing.assert_close(
        model.again.norm.running_mean, parts.mean(0), rtol=1e-3, atol=1e-3
    )


@pytest.mark.parametrize(
    ("model", "after", "message"),
    [
        (Small(), "nothing", "has no module `nothing`"),
        (nn.Conv2d(3, 3, 1), "", "no linear last layer"),
        (Small(), "head", "must put out maps"),
        (Small(rectified=True), "low", "does more after it"),
    ],
)
def test_where_it_cannot_be(model, after, message):
    with pytest.raises(ModelError, match=message):
        read_early(model, images(), after=after)


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("mobilenet_v2", "features.12"),
        ("resnet18", "layer2.1"),
        ("cifar_resnet20", "blocks.4"),
        ("vgg16", "features.16"),
        ("wide_resnet16_4", "blocks.3"),
    ],
)
def test_networks_of_ours_learn_and_are_built_again(name, after):
    edits = (Modification("head", "early", {"after": after}),)
    whole = create(name, num_classes=7, image_size=32)
    created = create(name, num_classes=7, image_size=32, edits=edits)
    counts = [
        sum(p.numel() for p in m.parameters()) for m in (whole.model, created.model)
    ]
    assert counts[1] < 0.6 * counts[0]
    logits = created.model.train()(images())
    assert logits.shape == (4, 7)
    logits.sum().backward()
    assert all(p.grad is not None for p in created.model.parameters())
    again = build(created.spec)
    again.load_state_dict(created.model.state_dict())
    x = images()
    assert torch.equal(again.eval()(x), created.model.eval()(x))
