"""Dropout in NumPy: its mean, its test, its gradient."""

import numpy as np
import pytest

from trainwell.layers.passes import dropout_backward, dropout_forward


def random():
    return np.random.default_rng(0)


@pytest.mark.parametrize("p", [0.0, 0.1, 0.5, 0.9])
def test_p_is_the_share_that_is_dropped_and_the_mean_stays(p):
    x = np.full(100_000, 3.0)
    y, factors = dropout_forward(x, p, random())
    assert (y == 0).mean() == pytest.approx(p, abs=0.01)
    assert set(np.unique(factors)) <= {0.0, 1 / (1 - p)}
    assert y.mean() == pytest.approx(3.0, rel=0.03)


def test_nothing_happens_in_a_test():
    x = np.arange(6.0)
    y, _ = dropout_forward(x, 0.7, random(), train=False)
    np.testing.assert_array_equal(y, x)


def test_everything_may_be_dropped():
    assert dropout_forward(np.ones(5), 1.0, random())[0].tolist() == [0] * 5
    with pytest.raises(ValueError, match=r"`p` must be in \[0, 1\]"):
        dropout_forward(np.ones(5), 1.1, random())


def test_the_gradient_is_that_of_small_differences():
    x, dy = random().normal(size=8), random().normal(size=8)
    _, factors = dropout_forward(x, 0.4, random())
    for i, exact in enumerate(dropout_backward(dy, factors)):
        moved = x.copy()
        moved[i] += 1e-6
        change = (dropout_forward(moved, 0.4, random())[0] * dy).sum()
        change -= (dropout_forward(x, 0.4, random())[0] * dy).sum()
        assert change / 1e-6 == pytest.approx(exact, abs=1e-6)
