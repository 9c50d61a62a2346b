"""A mark planted in a class is found; clean sets give no alarm."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from trainwell.data.synthetic import shapes
from trainwell.diagnose import check_shortcut
from trainwell.explain import occlusion

CLASSES = ("disc", "square", "cross")
MARKS = {  # row and column of a mark of 4 px, in words, and the classes that have it
    "bottom right": (27, 27),
    "top left": (1, 1),
    "top": (1, 14),
}


def drawn(count, seed, mark=None, share=1.0):
    data = shapes(count, size=32, seed=seed, classes=CLASSES)
    images = np.stack([data.sample(i)[0] for i in range(count)]).copy()
    targets = torch.from_numpy(data.targets)
    if mark is not None:
        row, column = MARKS[mark]
        own = np.flatnonzero(data.targets == 1)
        own = own[: round(share * len(own))]
        images[own, row : row + 4, column : column + 4] = (255, 240, 0)
    x = torch.from_numpy(images).permute(0, 3, 1, 2).float() / 127.5 - 1
    return x, targets


def trained(x, y, steps=60):
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Conv2d(3, 16, 3, 2, 1), nn.BatchNorm2d(16), nn.ReLU(),
        nn.Conv2d(16, 32, 3, 2, 1), nn.BatchNorm2d(32), nn.ReLU(),
        nn.AdaptiveMaxPool2d(4), nn.Flatten(), nn.Linear(512, 3),
    )  # fmt: skip
    optimizer = torch.optim.AdamW(network.parameters(), lr=3e-3)
    for step in range(steps):
        part = slice(30 * step % len(x), 30 * step % len(x) + 30)
        optimizer.zero_grad()
        F.cross_entropy(network(x[part]), y[part]).backward()
        optimizer.step()
    return network


def findings(mark, share=1.0, network=None):
    network = network or trained(*drawn(300, 0, mark, share))
    x, y = drawn(60, 1, mark, share)
    return check_shortcut(network, x, y, occlusion(network, x, y).relu(), CLASSES)


@pytest.mark.parametrize("mark", MARKS)
def test_a_planted_mark_is_found_where_it_is(mark):
    (found,) = findings(mark)
    assert (found.level, found.name) == ("warn", "shortcut")
    assert found.what.startswith(
        f"square: what the answer rests on lies at the {mark} "
    )
    assert found.numbers["moved"] > 0.8
    assert found.numbers["other"] < 0.2


def test_a_mark_on_most_images_of_a_class():
    (found,) = findings("bottom right", share=0.8)
    assert found.what.startswith("square: ")


def test_clean_images_give_no_alarm():
    (found,) = findings(None)
    assert found.level == "pass"


def test_a_mark_that_the_network_does_not_use_gives_no_alarm():
    clean = trained(*drawn(300, 0))
    x, y = drawn(60, 1, "bottom right")
    # a map that points at the mark is not enough: the answer must follow it
    maps = torch.zeros(60, 32, 32)
    maps[:, 26:31, 26:31] = 1
    (found,) = check_shortcut(clean, x, y, maps, CLASSES)
    assert found.level == "pass"


def test_the_network_stays_as_it_was():
    network = trained(*drawn(60, 0), steps=2).train()
    before = {k: v.clone() for k, v in network.state_dict().items()}
    findings(None, network=network)
    assert network.training
    assert all(torch.equal(v, before[k]) for k, v in network.state_dict().items())


def test_too_few_images():
    x, y = drawn(3, 0)
    (found,) = check_shortcut(nn.Flatten(), x, y, x[:, 0], CLASSES)
    assert found.level == "untested"


def test_shapes():
    x, y = drawn(6, 0)
    with pytest.raises(ValueError, match=r"`maps` must be \(6, 32, 32\)"):
        check_shortcut(nn.Flatten(), x, y, x, CLASSES)
