"""Probes of features with known worth."""

import numpy as np
import pytest
import torch

from trainwell.transfer import probe
from trainwell.transfer._probe import held_out_accuracy


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


def test_copies_of_what_was_learnt_do_not_count():
    rng = np.random.default_rng(2)
    scene = np.repeat(np.arange(40), 5)
    features = torch.from_numpy(rng.normal(0, 1, (40, 200))[scene])
    features += 0.05 * torch.randn(features.shape, dtype=features.dtype)
    targets = rng.integers(0, 2, 40)[scene]
    assert probe("x", features, targets).accuracy > 0.9, "seen before"
    assert abs(probe("x", features, targets, groups=scene).accuracy - 0.5) < 0.2


def test_a_class_of_one_group_is_cut_by_images():
    scene = np.array([0] * 10 + list(range(1, 11)))
    targets = np.array([0] * 10 + [1] * 10)
    features = torch.from_numpy(np.eye(2)[targets])
    assert probe("x", features, targets, groups=scene).accuracy == 1


def test_held_out_accuracy_is_of_other_images():
    x, y = torch.from_numpy(np.eye(2)[np.arange(40) % 2]), np.arange(40) % 2
    assert held_out_accuracy((x, y), (x[:4], y[:4])) == 1
    assert held_out_accuracy((x, y), (x[:4], np.array([0, 1, 0, 0]))) == 0.75
