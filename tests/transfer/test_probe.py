"""Probes of features with known worth, and the four cases."""

import numpy as np
import pytest
import torch

from trainwell.transfer import Probe, advise, blocks, features, probe


def test_telling_features_score_high_and_noise_scores_chance():
    rng = np.random.default_rng(0)
    targets = np.arange(200) % 4
    telling = torch.from_numpy(np.eye(4)[targets] + rng.normal(0, 0.1, (200, 4)))
    noise = torch.from_numpy(rng.normal(0, 1, (200, 4)))
    good, bad = probe("a", telling, targets), probe("b", noise, targets)
    assert good.block == "a"
    assert good.accuracy == 1
    assert abs(bad.accuracy - 0.25) < 0.12
    assert 0 < bad.error < 0.1


def test_it_is_cross_validation_and_not_training_accuracy():
    rng = np.random.default_rng(1)
    many = torch.from_numpy(rng.normal(0, 1, (40, 400)))
    assert probe("x", many, np.arange(40) % 2).accuracy < 0.8


def test_classes_with_few_images():
    targets = np.array([0, 0, 0, 0, 1, 1])
    assert probe("x", torch.randn(6, 3), targets).accuracy <= 1
    with pytest.raises(ValueError, match="two images"):
        probe("x", torch.randn(3, 3), np.array([0, 0, 1]))


def test_features_are_means_over_cells(net, images):
    found = blocks(net, images)
    seen = features(net, found, images)
    assert [tuple(x.shape) for x in seen] == [(8, 4 * 16), (8, 6 * 16)]
    net.eval()
    first = net[0].body[1](net[0].body[0](images))
    expected = torch.nn.functional.adaptive_avg_pool2d(first, 4).flatten(1)
    torch.testing.assert_close(seen[0], expected)
    assert not any(m._forward_hooks for m in net.modules())


CASES = [
    (30, (0.5, 0.7, 0.9), "linear on top", 1.0),
    (30, (0.5, 0.9, 0.7), "linear on earlier", 2 / 3),
    (300, (0.5, 0.7, 0.9), "tune a few", 0.7),
    (300, (0.5, 0.9, 0.7), "tune many", 0.0),
    (30, (0.5, 0.9, 0.89), "linear on top", 1.0),
]


@pytest.mark.parametrize(("per_class", "accuracy", "case", "freeze"), CASES)
def test_the_four_cases(per_class, accuracy, case, freeze):
    probes = [Probe(f"b{i}", a, 0.02) for i, a in enumerate(accuracy)]
    advice = advise(probes, per_class)
    assert advice.case == case
    assert advice.freeze == pytest.approx(freeze)
    assert f"{per_class} images per class" in advice.text
