"""Small sets: drawn by the seed, standardised by the training images."""

import torch

from trainwell.experiments import small_set


def test_shapes_and_statistics():
    found = small_set("digits", 0, num_train=300, num_test=100, size=4)
    assert found.x.shape == (300, 1, 4, 4)
    assert found.x_test.shape == (100, 1, 4, 4)
    torch.testing.assert_close(found.x.mean(), torch.tensor(0.0), atol=1e-5, rtol=0)
    torch.testing.assert_close(found.x.std(), torch.tensor(1.0), atol=1e-5, rtol=0)
    assert found.x_test.mean().abs() > 1e-5, "not by its own statistics"
    assert found.num_classes == 10
    assert found.flat().x.shape == (300, 16)


def test_the_seed_decides():
    a, b, c = (small_set("digits", s, num_train=50, num_test=9) for s in (0, 0, 1))
    assert torch.equal(a.x, b.x)
    assert torch.equal(a.y_test, b.y_test)
    assert not torch.equal(a.y, c.y)
