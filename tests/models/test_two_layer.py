import pytest
import torch

from trainwell.models import two_layer


def test_written_out():
    torch.manual_seed(0)
    model = two_layer(4, in_channels=2, image_size=3, width=7)
    x = torch.randn(5, 2, 3, 3)
    (w1, b1), (w2, b2) = ((m.weight, m.bias) for m in (model[1], model[3]))
    expected = (x.flatten(1) @ w1.T + b1).clamp(min=0) @ w2.T + b2
    assert w1.shape == (7, 18)
    torch.testing.assert_close(model(x), expected)


def test_errors():
    with pytest.raises(ValueError, match="must be positive, got 0"):
        two_layer(width=0)
