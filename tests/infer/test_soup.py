"""Greedy soup against its recipe, step by step."""

import pytest
import torch

from trainwell.infer import greedy_soup, mean_weights


def weights(x, count=0):
    return {"w": torch.tensor([float(x)]), "n": torch.tensor(count)}


def closeness(target):
    """Accuracy that is highest where w is the target."""
    return lambda member: -abs(float(member["w"]) - target)


def test_means():
    mean = mean_weights([weights(1, 5), weights(2, 7), weights(6, 9)])
    assert mean["w"].item() == 3
    assert mean["w"].dtype == torch.float32
    assert mean["n"].item() == 5, "counters are the first member's"


def test_a_member_is_added_only_if_it_helps():
    # Alone: 4 (distance 1), 7 (2), 0 (5). 4 and 7: 5.5, distance 0.5, kept.
    # With 0: 11 / 3, distance 1.33, not kept.
    soup, taken = greedy_soup([weights(0), weights(4), weights(7)], closeness(5))
    assert taken == [1, 2]
    assert soup["w"].item() == 5.5


def test_equal_accuracy_is_kept_and_order_breaks_ties():
    soup, taken = greedy_soup([weights(4), weights(6), weights(5)], lambda _: 1.0)
    assert taken == [0, 1, 2]
    assert soup["w"].item() == 5


def test_alone_where_nothing_helps():
    soup, taken = greedy_soup([weights(-9), weights(5), weights(20)], closeness(5))
    assert (taken, soup["w"].item()) == ([1], 5)


def test_other_architectures_are_refused():
    with pytest.raises(ValueError, match="same tensors"):
        mean_weights([weights(1), {"w": torch.zeros(2), "n": torch.tensor(0)}])
    with pytest.raises(ValueError, match="one or more"):
        mean_weights([])
