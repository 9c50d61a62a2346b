"""Parameter counts of the paper; blocks against their definition."""

import pytest
import torch
import torch.nn.functional as F

from trainwell.layers.stochastic import ShakeDrop
from trainwell.models import num_parameters, pyramidnet110, pyramidnet272
from trainwell.models._pyramidnet import PyramidNet


@pytest.mark.parametrize(
    ("factory", "options", "millions"),
    [  # table 4 of the paper: 1.7, 3.8, 28.3 and 26.0 million
        (pyramidnet110, {}, 1.7),
        (pyramidnet110, {"alpha": 84}, 3.8),
        (pyramidnet110, {"alpha": 270}, 28.3),
        (pyramidnet272, {}, 26.0),
    ],
)
def test_parameters_as_in_table_4(factory, options, millions):
    with torch.device("meta"):
        count = num_parameters(factory(**options))
    assert count / 1e6 == pytest.approx(millions, rel=0.025)


def test_exact_counts():
    with torch.device("meta"):
        assert num_parameters(pyramidnet110()) == 1_739_730
        assert num_parameters(pyramidnet272()) == 26_049_562


def test_widths_of_equation_2():
    model = PyramidNet(2, 20, 10, 3, bottleneck=False)  # 20 / 6 more per block
    widths = [block.branch[4].out_channels for block in model.blocks]
    assert widths == [19, 22, 26, 29, 32, 36]
    model = PyramidNet(2, 20, 10, 3, bottleneck=True)
    assert [block.branch[7].out_channels for block in model.blocks][-1] == 4 * 36
    assert model.fc.in_features == 4 * 36


@pytest.mark.parametrize("size", [6, 7])
def test_a_basic_block_that_halves_the_image(size):
    torch.manual_seed(0)
    model = PyramidNet(1, 12, 10, 3, bottleneck=False)
    model.train()(torch.randn(8, 3, 12, 12))
    block = model.eval().blocks[1]
    bn1, conv1, bn2, _, conv2, bn3 = block.branch
    x = torch.randn(2, 20, size, size)
    y = F.conv2d(bn1(x), conv1.weight, stride=2, padding=1)
    y = bn3(F.conv2d(F.relu(bn2(y)), conv2.weight, padding=1))
    for i in range(y.shape[2]):
        for j in range(y.shape[3]):
            square = x[:, :, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
            y[:, :20, i, j] += square.mean((2, 3))
    torch.testing.assert_close(block(x), y)


def test_a_bottleneck_that_keeps_the_size():
    torch.manual_seed(0)
    block = PyramidNet(1, 12, 10, 3, bottleneck=True).eval().blocks[0]
    bn1, conv1, bn2, _, conv2, bn3, _, conv3, bn4 = block.branch
    x = torch.randn(2, 16, 5, 5)
    y = F.relu(bn2(F.conv2d(bn1(x), conv1.weight)))
    y = F.relu(bn3(F.conv2d(y, conv2.weight, padding=1)))
    y = bn4(F.conv2d(y, conv3.weight))
    y[:, :16] += x
    torch.testing.assert_close(block(x), y)


def test_shake_drop_goes_into_the_branch():
    block = PyramidNet(1, 12, 10, 3, bottleneck=False).blocks[0].eval()
    x = torch.randn(2, 16, 5, 5)
    shortcut = F.pad(x, (0, 0, 0, 0, 0, 4))
    whole = block(x) - shortcut
    block.branch_noise = ShakeDrop(p=0.25).eval()
    torch.testing.assert_close(block(x), shortcut + 0.75 * whole)


def test_errors():
    with pytest.raises(ValueError, match="`alpha` must be positive, got 0"):
        pyramidnet110(alpha=0)
