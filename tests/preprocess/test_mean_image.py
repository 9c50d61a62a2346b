import numpy as np
import torch

from trainwell.preprocess import MeanImage


def test_by_hand():
    stage = MeanImage((1, 1, 2))
    images = torch.tensor(
        [[[[0.0, 1.0]]], [[[1.0, 0.0]]], [[[1.0, 0.5]]], [[[0, 0.5]]]]
    )
    stage.fit(images)
    assert stage(images[:1]).tolist() == [[[[-0.5, 0.5]]]]


def test_definition(digits):
    x = digits.numpy()
    mean = np.zeros_like(x[0])
    for image in x:
        mean += image / len(x)
    stage = MeanImage((1, 8, 8)).double()
    stage.fit(digits)
    assert np.allclose(stage(digits[:5]).numpy(), x[:5] - mean, atol=1e-12)


def test_the_mean_is_zero_afterwards_and_the_scale_as_before(digits):
    stage = MeanImage((1, 8, 8)).double()
    stage.fit(digits)
    y = stage(digits)
    assert y.mean(0).abs().max() < 1e-12
    torch.testing.assert_close(y.std(0), digits.std(0))
