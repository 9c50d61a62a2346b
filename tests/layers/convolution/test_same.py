"""TensorFlow's padding, against windows that are cut out by hand."""

import math

import pytest
import torch
import torch.nn.functional as F

from trainwell.layers.convolution import SameConv2d
from trainwell.layers.norm import fold_batch_norm


def by_hand(layer, x):
    """Sum window by window in float64; a window counts from its own first pixel."""
    _, channels, *sides = x.shape
    (k, _), (s, _) = layer.kernel_size, layer.stride
    outputs = [math.ceil(side / s) for side in sides]
    first = [
        max((n - 1) * s + k - side, 0) // 2
        for n, side in zip(outputs, sides, strict=True)
    ]
    wide = torch.zeros(len(x), channels, *(side + 2 * k for side in sides)).double()
    wide[:, :, k : k + sides[0], k : k + sides[1]] = x
    y = torch.zeros(len(x), layer.out_channels, *outputs).double()
    each = layer.out_channels // layer.groups
    for o in range(layer.out_channels):
        begin = o // each * (channels // layer.groups)
        group = slice(begin, begin + channels // layer.groups)
        for i in range(outputs[0]):
            for j in range(outputs[1]):
                top, left = k + i * s - first[0], k + j * s - first[1]
                window = wide[:, group, top : top + k, left : left + k]
                y[:, o, i, j] = (window * layer.weight[o]).sum((1, 2, 3))
        y[:, o] += layer.bias[o]
    return y


@pytest.mark.parametrize("groups", [1, 2, 4])
@pytest.mark.parametrize("kernel", [1, 2, 3, 5])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("size", [(6, 8), (7, 9), (6, 7)])
def test_windows_by_hand(groups, kernel, stride, size):
    torch.manual_seed(0)
    layer = SameConv2d(4, 8, kernel, stride, groups=groups).double()
    x = torch.randn(2, 4, *size).double()
    torch.testing.assert_close(layer(x), by_hand(layer, x))


@pytest.mark.parametrize("kernel", [3, 5])
def test_larger_filters_are_the_same_as_a_larger_image(kernel):
    torch.manual_seed(0)
    layer = SameConv2d(6, 6, kernel, 2, groups=6)
    x = torch.randn(2, 6, 12, 16)
    before, after = (kernel - 2) // 2, kernel // 2
    padded = F.pad(x, (before, after, before, after))
    expected = F.conv2d(padded, layer.weight, layer.bias, 2, groups=6)
    torch.testing.assert_close(layer(x), expected)
    (slow,) = torch.autograd.grad(expected.square().sum(), layer.weight)
    (quick,) = torch.autograd.grad(layer(x).square().sum(), layer.weight)
    torch.testing.assert_close(quick, slow, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("groups", [1, 4])
def test_gradcheck(groups):
    layer = SameConv2d(4, 4, 3, 2, groups=groups).double()
    x = torch.randn(1, 4, 6, 6, dtype=torch.double, requires_grad=True)
    assert torch.autograd.gradcheck(layer, x)


@pytest.mark.parametrize("groups", [1, 4])
def test_norms_fold_into_it(groups):
    torch.manual_seed(0)
    conv = SameConv2d(4, 4, 3, 2, groups=groups, bias=False)
    model = torch.nn.Sequential(conv, torch.nn.BatchNorm2d(4))
    x = torch.randn(8, 4, 6, 6)
    for _ in range(20):
        model(x)
    folded = fold_batch_norm(model)
    assert type(folded[1]) is torch.nn.Identity
    torch.testing.assert_close(folded(x), model.eval()(x))
