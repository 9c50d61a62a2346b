"""Labels that follow from images, that do not, and that are partly wrong."""

import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits

from trainwell.diagnose import label_signal
from trainwell.diagnose._label_signal import _suspects, cheap_features


def bursts(scenes, shots):
    """Random scenes, of each a few photographs that differ in brightness and noise."""
    draw = torch.Generator().manual_seed(0)
    coarse = torch.rand(scenes, 3, 6, 6, generator=draw)
    large = torch.nn.functional.interpolate(coarse, (32, 32), mode="bilinear")
    images = large.repeat_interleave(shots, 0)
    noise = 0.02 * torch.randn(images.shape, generator=draw)
    return images + noise, np.repeat(np.arange(scenes), shots)


@pytest.fixture(scope="module")
def digits():
    source = load_digits()
    images = torch.tensor(source.images, dtype=torch.float32)[:600, None]
    return images, torch.tensor(source.target)[:600]


def test_suspects_by_hand():
    """Thresholds: class 0 mean(.8, .2, .8) = .6; class 1 mean(.9, .5) = .7."""
    probabilities = np.array(
        [[0.8, 0.2], [0.2, 0.8], [0.8, 0.2], [0.1, 0.9], [0.5, 0.5]]
    )
    labels = np.array([0, 0, 0, 1, 1])
    assert _suspects(probabilities, labels).tolist() == [1]
    swapped = np.array([[0.8, 0.2], [0.3, 0.7], [0.8, 0.2], [0.1, 0.9], [0.3, 0.7]])
    assert _suspects(swapped, labels).tolist() == [], ".7 is below .8 = mean(.9, .7)"


def test_wrong_labels_are_found(digits):
    images, targets = digits
    wrong = targets.clone()
    wrong[::10] = (wrong[::10] + 3) % 10
    signal = label_signal(images, wrong)
    planted = set(range(0, 600, 10))
    found = set(signal.suspects)
    assert len(found & planted) > 0.6 * len(planted), "a linear classifier finds 42"
    assert len(found - planted) < 0.05 * 600
    assert set(signal.suspects[:20]) <= planted


def test_clean_labels_have_signal(digits):
    signal = label_signal(*digits)
    assert signal.found
    assert signal.accuracy > 0.9
    assert signal.num_images == 600
    counts = np.bincount(digits[1])
    assert signal.chance == pytest.approx(counts.max() / 600)
    assert signal.standard_error == pytest.approx(
        np.sqrt(signal.chance * (1 - signal.chance) / 600)
    )


def test_shuffled_labels_have_none(digits):
    images, targets = digits
    order = torch.randperm(600, generator=torch.Generator().manual_seed(0))
    assert not label_signal(images, targets[order]).found


def test_features_are_cells_of_deviation_one(digits):
    x = torch.rand(50, 2, 16, 24)
    features = cheap_features(x)
    assert features.shape == (50, 128)
    np.testing.assert_allclose(features.std(0), 1, rtol=1e-4)
    cell = x[:, 1, 2:4, 3:6].mean((1, 2))
    expected = (cell - cell.mean()) / cell.std(correction=0)
    np.testing.assert_allclose(features[:, 64 + 8 + 1], expected, rtol=1e-3, atol=1e-4)
    assert (cheap_features(torch.ones(4, 1, 3, 3)) == 0).all()


def test_rare_classes_are_left_out(digits):
    images, targets = digits
    rare = targets.clone()
    rare[:2] = 11
    signal = label_signal(images, rare)
    assert signal.num_images == 598
    assert all(i >= 2 for i in signal.suspects)


def test_messages(digits):
    with pytest.raises(ValueError, match="two classes of three images"):
        label_signal(digits[0][:5], torch.tensor([0, 0, 0, 1, 1]))


def test_burst_photographs_tell_nothing_of_labels_drawn_by_chance():
    """A classifier that has seen one shot of a scene knows the label of the next."""
    images, scene = bursts(40, 5)
    labels = torch.from_numpy(np.random.default_rng(3).integers(0, 2, 40)[scene])
    assert not label_signal(images, labels).found
    assert abs(label_signal(images, labels).accuracy - 0.5) < 0.2


def test_a_class_of_one_burst_is_left_out():
    images, scene = bursts(12, 3)
    labels = torch.from_numpy(np.where(scene == 0, 2, scene % 2))
    assert label_signal(images, labels).num_images == 33
