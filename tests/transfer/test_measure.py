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
