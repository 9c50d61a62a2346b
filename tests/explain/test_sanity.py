"""Maps say something of a trained network: three sanity checks.

They change when weights are randomised from the last layer down (Adebayo et al.,
"Sanity Checks for Saliency Maps", 2018); pixels in their order change the answer sooner
than in random order (Petsiuk et al., "RISE", 2018, deletion and insertion); they point
at the object (Zhang et al., "Top-down Neural Attention", 2016, the pointing game).
"""

import copy

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from trainwell import explain
from trainwell.data.synthetic import shapes

CLASSES = ("disc", "square", "triangle")
LAYER = "10"  # maps of 8 x 8


def drawn(count, seed):
    data = shapes(count, size=32, seed=seed, classes=CLASSES)
    samples = [data.labelled(i) for i in range(count)]
    x = torch.from_numpy(np.stack([s.image for s in samples]))
    masks = torch.from_numpy(np.stack([s.mask > 0 for s in samples]))
    x = x.permute(0, 3, 1, 2).float() / 127.5 - 1
    return x, torch.tensor([s.target for s in samples]), masks


def block(inputs, outputs):
    conv = nn.Conv2d(inputs, outputs, 3, 1, 1, bias=False)
    return [conv, nn.BatchNorm2d(outputs), nn.ReLU()]


@pytest.fixture(scope="module")
def network():
    """A small network that tells shapes apart, trained for a quarter of a minute."""
    x, y, _ = drawn(1500, 0)
    torch.manual_seed(0)
    made = nn.Sequential(
        *block(3, 16), nn.AvgPool2d(2), *block(16, 32), *block(32, 32),
        nn.AvgPool2d(2), *block(32, 64), nn.AdaptiveMaxPool2d(1), nn.Flatten(),
        nn.Linear(64, 3),
    )  # fmt: skip
    steps = 700
    optimizer = torch.optim.AdamW(made.parameters(), lr=5e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 5e-3, steps + 1)
    random = torch.Generator().manual_seed(0)
    for step in range(steps):
        rows = torch.randint(len(x), (48,), generator=random)
        images = x[rows].flip(-1) if step % 2 else x[rows]
        images = images.flip(-2) if step % 4 > 1 else images
        optimizer.zero_grad()
        F.cross_entropy(made(images), y[rows], label_smoothing=0.1).backward()
        optimizer.step()
        schedule.step()
    return made.eval()


@pytest.fixture(scope="module")
def held_out():
    return drawn(120, 1)


def test_the_network_has_learned(network, held_out):
    x, y, _ = held_out
    assert (network(x).argmax(1) == y).float().mean() > 0.95


def alike(a, b):
    """Return the mean rank correlation of the maps of each image."""
    ranks = [m.abs().flatten(1).argsort(1).argsort(1).double() for m in (a, b)]
    centred = [r - r.mean(1, keepdim=True) for r in ranks]
    return F.cosine_similarity(*centred, dim=1).mean().item()


@pytest.mark.parametrize(
    "method", ["saliency", "smooth_grad", "integrated_gradients", "grad_cam"]
)
def test_maps_change_when_layers_are_randomised_from_the_last(network, method):
    x, y, _ = drawn(24, 2)
    options = {"layer": LAYER} if method == "grad_cam" else {}
    function = getattr(explain, method)
    before = function(network, x, y, **options)
    changed = copy.deepcopy(network)
    likeness = []
    torch.manual_seed(1)
    for layer in reversed([m for m in changed if hasattr(m, "reset_parameters")]):
        layer.reset_parameters()
        likeness.append(alike(before, function(changed, x, y, **options)))
    assert likeness[0] < 0.9  # of the last layer alone
    # with every layer random, what is left is the image: a gradient is multiplied by
    # it in integrated gradients, so their maps keep some of it
    assert likeness[-1] < 0.6
    assert max(likeness[len(likeness) // 2 :]) < 0.7


def curve(network, x, y, order, *, insert):
    """Return the mean probability of y while pixels are taken away, or put in."""
    blank = torch.zeros_like(x)
    start, end = (blank, x) if insert else (x, blank)
    found = []
    for count in range(0, 1025, 64):
        mask = torch.zeros(len(x), 1024, dtype=torch.bool)
        mask.scatter_(1, order[:, :count], value=True)
        mixed = torch.where(mask.reshape(-1, 1, 32, 32), end, start)
        with torch.no_grad():
            found.append(network(mixed).softmax(1).gather(1, y[:, None]).mean())
    return torch.stack(found).mean().item()


@pytest.mark.parametrize("method", ["integrated_gradients", "occlusion"])
def test_deletion_and_insertion_beat_a_random_order(network, held_out, method):
    x, _, _ = held_out
    y = network(x).argmax(1)
    maps = getattr(explain, method)(network, x, y)
    order = maps.flatten(1).argsort(1, descending=True)
    random = torch.Generator().manual_seed(0)
    chance = torch.rand(order.shape, generator=random).argsort(1)
    deleted, inserted = (
        [curve(network, x, y, o, insert=insert) for o in (order, chance)]
        for insert in (False, True)
    )
    assert deleted[0] < deleted[1] - 0.03
    assert inserted[0] > inserted[1] + 0.03


def pointed(maps, masks, tolerance):
    """Return the share of maps whose highest pixel is in the mask, or so near."""
    near = F.max_pool2d(masks[:, None].float(), 2 * tolerance + 1, 1, tolerance)
    highest = maps.flatten(1).argmax(1)[:, None]
    return near.flatten(1).gather(1, highest).mean().item()


@pytest.mark.parametrize(
    ("method", "options", "tolerance", "least"),
    [
        ("hires_cam", {"layer": "9"}, 1, 0.9),  # cells of 2 px
        ("integrated_gradients", {}, 1, 0.9),
        ("occlusion", {"size": 6, "stride": 2}, 2, 0.9),
        # Grad-CAM averages slopes over places: its peak may lie beside a corner
        ("grad_cam", {}, 2, 0.75),  # cells of 4 px
    ],
)
def test_the_pointing_game(network, held_out, method, options, tolerance, least):
    x, y, masks = held_out
    maps = getattr(explain, method)(network, x, y, **options)
    right = pointed(maps, masks, tolerance)
    elsewhere = pointed(maps, masks.roll(1, 0), tolerance)  # another image's mask
    assert right >= least
    assert right > elsewhere + 0.25
