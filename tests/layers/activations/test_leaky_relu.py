"""The leaky rectifier between its limits, relu and the identity."""

import pytest
import torch

from trainwell.layers.activations._leaky_relu import leaky_relu_layer as leaky_relu

X = torch.tensor([-2.0, -0.5, 0.0, 3.0])


def test_by_hand():
    torch.testing.assert_close(leaky_relu()(X), torch.tensor([-0.02, -0.005, 0.0, 3.0]))


def test_written_out_definition():
    expected = [max(0.1 * x, x) for x in X.tolist()]
    torch.testing.assert_close(leaky_relu(slope=0.1)(X), torch.tensor(expected))


def test_limits():
    assert torch.equal(leaky_relu(slope=0)(X), X.relu())
    assert torch.equal(leaky_relu(slope=1)(X), X)


@pytest.mark.parametrize("slope", [-0.1, 1.5])
def test_slope_out_of_range(slope):
    with pytest.raises(ValueError, match=r"`slope` must be in \[0, 1\], got"):
        leaky_relu(slope=slope)
