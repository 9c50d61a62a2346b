"""A head of heat maps: written out, in both modes, and away from the mean shape."""

import copy

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from trainwell.layers.heatmaps import gaussian_peaks, heatmap_targets, soft_argmax
from trainwell.layers.norm import fold_batch_norm
from trainwell.models import create, read_heatmap, read_soft_argmax

READ = {"soft_argmax": read_soft_argmax, "heatmap": read_heatmap}


class Small(nn.Module):
    """Three convolutions of two resolutions, and a head of two points."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.low = nn.Conv2d(3, 4, 3, 2, 1)
        self.same = nn.Conv2d(4, 5, 3, 1, 1)
        self.high = nn.Conv2d(5, 6, 3, 2, 1)
        self.head = nn.Linear(6, 4)

    def forward(self, x):
        x = self.high(self.same(self.low(x).relu()).relu())
        return self.head(x.mean((2, 3)))


@pytest.fixture(params=READ)
def kind(request):
    return request.param


@pytest.fixture
def x():
    return torch.randn(2, 3, 16, 24, generator=torch.Generator().manual_seed(0))


@pytest.fixture
def model(kind, x):
    model = Small()
    READ[kind](model, x, blocks=["low", "same", "high"])
    return model.eval()


def maps_of(model, x):
    """The maps by the definition: of the last block of each resolution."""
    head = model.head
    fine = model.same(model.low(x).relu())
    coarse = model.high(fine.relu())
    parts = [F.conv2d(fine, head.lateral[0].weight)]
    raised = F.conv2d(coarse, head.lateral[1].weight)
    parts.append(F.interpolate(raised, size=fine.shape[2:], mode="bilinear"))
    return head.maps(parts[0] + parts[1])


def test_points_are_those_of_the_maps_in_deviations(model, kind, x):
    mean, scale = torch.tensor([0.2, 0.4, 0.6, 0.9]), 0.25
    model.head.set_shape(mean, scale)
    place = {"soft_argmax": soft_argmax, "heatmap": gaussian_peaks}[kind]
    points = place(maps_of(model, x)).flatten(1)
    torch.testing.assert_close(model(x), (points - mean) / scale)


def test_only_heatmap_returns_maps_while_it_trains(model, kind, x):
    shapes = {"soft_argmax": (2, 4), "heatmap": (2, 2 * 8 * 12)}
    assert model.train()(x).shape == shapes[kind]
    assert model.eval()(x).shape == (2, 4)


def test_every_weight_has_a_gradient(model, x):
    model.train()(x).square().sum().backward()
    without = [n for n, p in model.named_parameters() if p.grad is None]
    assert without == []
    assert model.low.weight.grad.abs().sum() > 0


def test_a_copy_reads_its_own_blocks(model, x):
    before, other = model(x), copy.deepcopy(model)
    with torch.no_grad():
        other.same.weight.zero_()
    assert not torch.equal(other(x), before)
    assert torch.equal(model(x), before)


def test_norms_fold_into_it(kind):
    made = create("cifar_resnet20", num_classes=4, image_size=32).model
    x = torch.rand(2, 3, 32, 32)
    READ[kind](made, x, blocks=["blocks.2", "blocks.8"])
    folded = fold_batch_norm(made.eval())
    left = [m for m in folded.modules() if isinstance(m, nn.BatchNorm2d)]
    assert len(left) == 1  # follows a sum
    torch.testing.assert_close(folded(x), made(x), rtol=1e-4, atol=1e-4)


def test_it_learns_where_something_is(kind):
    """A bright cell, after 60 steps closer than a fifth of the spread of its places."""
    g = torch.Generator().manual_seed(0)
    places = torch.randint(2, 14, (64, 2), generator=g)
    images = torch.zeros(64, 3, 16, 16)
    for image, (row, column) in zip(images, places.tolist(), strict=True):
        image[:, row, column] = 3.0
    points = ((places + 0.5) / 16).flip(1)[:, None].repeat(1, 2, 1)
    model = Small()
    READ[kind](model, images[:2], blocks=["low", "same", "high"])
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
    for _ in range(60):
        said = model.train()(images)
        maps = heatmap_targets(points, 8).flatten(1)
        wanted = maps if kind == "heatmap" else points.flatten(1) - 0.5
        optimizer.zero_grad()
        (said - wanted).square().mean().backward()
        optimizer.step()
    away = model.eval()(images) - (points.flatten(1) - 0.5)
    assert away.square().mean().sqrt() < points.std() / 5
