"""Balanced weights: a case by hand, mean 1 over samples, absent classes."""

import pytest
import torch
from sklearn.utils.class_weight import compute_class_weight

from trainwell.losses import balanced_weights


def test_by_hand():
    # n = 8, K = 2: 8 / (2 * 6), 8 / (2 * 2)
    weights = balanced_weights(torch.tensor([6, 2]))
    torch.testing.assert_close(weights, torch.tensor([2 / 3, 2.0]))


def test_square_roots_by_hand():
    # 1 : 2 for 16 and 4 samples; 20 / (16 * 1 + 4 * 2)
    weights = balanced_weights(torch.tensor([16, 4]), power=0.5)
    torch.testing.assert_close(weights, torch.tensor([5 / 6, 5 / 3]))
    none = balanced_weights(torch.tensor([16, 4]), power=0.0)
    torch.testing.assert_close(none, torch.ones(2))


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0])
def test_mean_over_samples_is_one_and_an_absent_class_has_weight_zero(power):
    counts = torch.tensor([5, 0, 1, 10])
    weights = balanced_weights(counts, power)
    assert weights[1] == 0
    mean = (weights * counts).sum() / counts.sum()
    torch.testing.assert_close(mean, torch.tensor(1.0))


def test_agrees_with_scikit_learn():
    labels = torch.tensor([0] * 3 + [1] * 5 + [2] * 11)
    expected = compute_class_weight(
        "balanced", classes=labels.unique().numpy(), y=labels.numpy()
    )
    weights = balanced_weights(torch.bincount(labels))
    torch.testing.assert_close(weights, torch.from_numpy(expected).float())


@pytest.mark.parametrize("counts", [[0, 0], [3, -1]])
def test_impossible_counts(counts):
    with pytest.raises(ValueError, match="`counts` must not be negative"):
        balanced_weights(torch.tensor(counts))
