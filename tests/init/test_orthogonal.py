import pytest
import torch
from torch import nn

from trainwell.init import init_weights_, orthogonal_


@pytest.mark.parametrize("shape", [(4, 9), (9, 4), (5, 5), (6, 2, 3, 3)])
def test_rows_or_columns_are_orthonormal_times_the_gain(shape):
    weight = orthogonal_(torch.empty(shape, dtype=torch.float64), gain=1.5)
    matrix = weight.flatten(1)
    short = matrix @ matrix.T if len(matrix) <= matrix.shape[1] else matrix.T @ matrix
    expected = 2.25 * torch.eye(len(short)).double()
    torch.testing.assert_close(short, expected, atol=1e-5, rtol=0)  # drawn in float32


def test_thirty_linear_layers_keep_every_length(plain, digits):
    model = plain(act=nn.Identity, outputs=64)
    init_weights_(model, lambda w: orthogonal_(w, gain=1.0))
    x = digits[0].flatten(1)
    torch.testing.assert_close(model(x).norm(dim=1), x.norm(dim=1), rtol=1e-4, atol=0)


def test_bfloat16_is_drawn_as_well():
    weight = orthogonal_(torch.empty(4, 4, dtype=torch.bfloat16), gain=1.0)
    product = (weight @ weight.T).float()
    assert (product - torch.eye(4)).abs().max() < 0.02  # 8 bits


def test_messages():
    with pytest.raises(ValueError, match="`gain` must be positive"):
        orthogonal_(torch.empty(2, 2), gain=0)
