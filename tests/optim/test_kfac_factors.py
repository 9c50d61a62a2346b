"""The factors against loops over samples and positions, and their damped inverses."""

import numpy as np
import pytest
import torch
from torch import nn

from trainwell.core.layer_rows import has_rows, input_rows, output_rows
from trainwell.optim._kfac_factors import damped_inverses


def test_rows_of_a_linear_layer():
    layer = nn.Linear(2, 3)
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    assert input_rows(layer, x, bias=True).tolist() == [[1, 2, 1], [3, 4, 1]]
    assert torch.equal(input_rows(layer, x, bias=False), x)
    assert torch.equal(output_rows(layer, x), x)


def test_rows_of_a_convolution_written_out():
    layer = nn.Conv2d(2, 3, (3, 2), stride=2, padding=1, dilation=(1, 2))
    x = torch.randn(2, 2, 5, 6)
    with torch.no_grad():
        y = layer(x)
    padded = np.pad(x.numpy(), ((0, 0), (0, 0), (1, 1), (1, 1)))
    rows = []
    for n in range(2):
        for i in range(y.shape[2]):
            for j in range(y.shape[3]):
                patch = padded[n, :, 2 * i : 2 * i + 3, 2 * j : 2 * j + 3 : 2]
                rows.append([*patch.flatten(), 1.0])
    ours = input_rows(layer, x, bias=True)
    np.testing.assert_allclose(ours.numpy(), rows)
    matrix = torch.cat([layer.weight.flatten(1), layer.bias[:, None]], 1)
    torch.testing.assert_close(ours @ matrix.T, output_rows(layer, y))


def test_inverses_written_out():
    rng = np.random.default_rng(0)
    a, g = (r @ r.T for r in (rng.normal(size=(4, 4)), rng.normal(size=(3, 3))))
    pi = np.sqrt((np.trace(a) / 4) / (np.trace(g) / 3))
    ours = damped_inverses(torch.from_numpy(a), torch.from_numpy(g), damping=0.25)
    np.testing.assert_allclose(ours[0].numpy(), np.linalg.inv(a + 0.5 * pi * np.eye(4)))
    np.testing.assert_allclose(ours[1].numpy(), np.linalg.inv(g + 0.5 / pi * np.eye(3)))


def test_inverses_have_one_layout():
    root = torch.randn(40, 40)
    for inverse in damped_inverses(root @ root.T, root.T @ root, damping=0.1):
        assert inverse.is_contiguous()  # products round alike after a checkpoint


def test_factors_that_are_zero_have_inverses():
    inverses = damped_inverses(torch.zeros(3, 3), torch.zeros(2, 2), damping=0.1)
    assert all(m.isfinite().all() for m in inverses)


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        (nn.Linear(2, 2), True),
        (nn.Conv2d(2, 2, 3), True),
        (nn.Conv2d(2, 2, 3, groups=2), False),
        (nn.Conv2d(2, 2, 3, padding="same"), False),
        (nn.Conv2d(2, 2, 3, padding=1, padding_mode="reflect"), False),
        (nn.BatchNorm2d(2), False),
    ],
)
def test_which_layers_have_them(layer, expected):
    assert has_rows(layer) is expected
