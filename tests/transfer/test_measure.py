"""Features that tell the classes at one depth only."""

import numpy as np
import torch
from torch import nn

from trainwell.training import Batch
from trainwell.transfer import measure_transfer


def measured(seen):
    """Measure a network whose first layer sees the class, and the second may not."""
    targets = np.arange(60) % 2
    noise = torch.randn(60, 4, generator=torch.Generator().manual_seed(0))
    images = torch.cat([torch.tensor(targets)[:, None] * 4.0, noise], 1)
    net = nn.Sequential(nn.Linear(5, 5), nn.Linear(5, 5), nn.Linear(5, 2))
    with torch.no_grad():
        for layer in net[:2]:
            layer.weight.copy_(torch.eye(5))
            layer.bias.zero_()
        if not seen:
            net[1].weight[:, 0] = 0.0  # the class is lost
    fetched = []

    def fetch(indices):
        fetched.extend(indices)
        return Batch(images[indices], torch.tensor(targets[indices]), indices)

    return measure_transfer(net, targets, fetch), fetched


def test_the_deepest_features_that_tell_the_classes_are_best():
    advice, fetched = measured(seen=True)
    assert advice.case == "linear on top"
    assert [probe.accuracy for probe in advice.probes] == [1.0, 1.0]
    assert advice.per_class == 30
    assert set(fetched) == set(range(60))


def test_where_the_top_has_lost_the_classes_it_is_cut():
    advice, _ = measured(seen=False)
    assert advice.case == "linear on earlier"
    assert (advice.best, advice.cut) == (0, 0.5)
    assert advice.probes[1].accuracy < 0.8


def elsewhere(shift):
    """Probe images whose first value is the class, and validate on shifted ones."""
    targets = np.arange(200) % 2
    noise = torch.randn(200, 4, generator=torch.Generator().manual_seed(0))
    images = torch.cat([torch.tensor(targets)[:, None] * 4.0, noise], 1)
    net = nn.Sequential(nn.Linear(5, 5), nn.Linear(5, 2))
    net.requires_grad_(False)[0].weight.copy_(torch.eye(5))
    net[0].bias.zero_()

    def fetch(indices):
        return Batch(images[indices], torch.tensor(targets[indices]), indices)

    def fetch_val(indices):
        batch = fetch(indices)
        return Batch(batch.images + shift, batch.targets, indices)

    return measure_transfer(net, targets, fetch, validation=(targets, fetch_val))


def test_the_best_classifier_is_judged_by_validation():
    advice = elsewhere(0.0)
    assert advice.validation == 1.0
    assert "elsewhere" not in advice.text


def test_validation_from_elsewhere_is_said():
    advice = elsewhere(4.0)
    assert advice.validation == 0.5
    assert (
        "says 1.000, validation 0.500: validation comes from elsewhere" in advice.text
    )


def test_burst_photographs_do_not_inflate():
    draw = torch.Generator().manual_seed(0)
    coarse = torch.rand(40, 3, 6, 6, generator=draw)
    images = nn.functional.interpolate(coarse, (32, 32)).repeat_interleave(5, 0)
    images += 0.02 * torch.randn(images.shape, generator=draw)
    targets = np.repeat(np.random.default_rng(3).integers(0, 2, 40), 5)
    net = nn.Sequential(
        nn.AvgPool2d(4), nn.Flatten(), nn.Linear(192, 192), nn.Linear(192, 2)
    )

    def fetch(indices):
        return Batch(images[indices], torch.tensor(targets[indices]), indices)

    found = [p.accuracy for p in measure_transfer(net, targets, fetch).probes]
    assert max(found) < 0.75, "as photographs: 1.0"
