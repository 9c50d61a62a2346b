"""Parameter counts of the paper; blocks against their definition."""

import pytest
import torch
import torch.nn.functional as F

from trainwell.models import num_parameters, shake_shake26
from trainwell.models._shake_shake import ShakeShakeNet


@pytest.mark.parametrize(("width", "millions"), [(32, 2.9), (64, 11.7), (96, 26.2)])
def test_parameters_as_in_the_paper(width, millions):
    """Table 1 of the paper for 32 and 64, its text for 96."""
    with torch.device("meta"):
        count = num_parameters(shake_shake26(width=width))
    assert round(count / 1e6, 1) == millions


def branch(x, layers, stride):
    """A branch in evaluation, written out."""
    conv1, bn1, conv2, bn2 = layers[1], layers[2], layers[4], layers[5]
    y = bn1(F.conv2d(F.relu(x), conv1.weight, stride=stride, padding=1))
    return bn2(F.conv2d(F.relu(y), conv2.weight, padding=1))


def trained(seed=0):
    torch.manual_seed(seed)
    model = ShakeShakeNet(8, 8, 10, 3)
    model.train()(torch.randn(8, 3, 12, 12))  # running statistics of its own
    return model.eval()


@pytest.mark.parametrize("size", [6, 7])
def test_a_block_that_changes_the_shape(size):
    block = trained().blocks[1]
    x = torch.randn(2, 8, size, size)
    y = (branch(x, block.branch1, 2) + branch(x, block.branch2, 2)) / 2
    even = F.relu(x)[:, :, ::2, ::2]
    odd = torch.zeros_like(even)  # nothing lies above and left of the first
    odd[:, :, 1:, 1:] = F.relu(x)[:, :, 1:-1:2, 1:-1:2]
    paths = [
        F.conv2d(even, block.shortcut.conv1.weight),
        F.conv2d(odd, block.shortcut.conv2.weight),
    ]
    expected = y + block.shortcut.bn(torch.cat(paths, 1))
    torch.testing.assert_close(block(x), expected)


def test_a_block_that_keeps_the_shape_adds_its_input():
    model = ShakeShakeNet(14, 8, 10, 3).eval()
    block = model.blocks[1]
    x = torch.randn(2, 8, 6, 6)
    y = (branch(x, block.branch1, 1) + branch(x, block.branch2, 1)) / 2
    torch.testing.assert_close(block(x), x + y)


def test_training_mixes_each_image_by_itself():
    model = ShakeShakeNet(14, 8, 10, 3).train()
    block = model.blocks[1]
    x = torch.randn(1, 8, 6, 6).expand(5, -1, -1, -1)
    first, second = (b(x) for b in (block.branch1, block.branch2))
    shares = (block(x) - x - second) / (first - second)
    a = shares.flatten(1).median(1).values
    torch.testing.assert_close(block.mix.eval()(first, second), (first + second) / 2)
    assert ((a > 0) & (a < 1)).all()
    assert a.std() > 0.05


def test_the_image_is_halved_twice():
    model = shake_shake26(width=8).eval()
    assert model.blocks(torch.zeros(1, 16, 32, 32)).shape == (1, 32, 8, 8)
    assert len(model.blocks) == 12


@pytest.mark.parametrize(
    ("depth", "width", "message"),
    [
        (27, 32, r"`depth` must be 6n \+ 2, got 27"),
        (26, 0, "`width` must be positive, got 0"),
        (26, 7, "`width` must be even, got 7"),
    ],
)
def test_errors(depth, width, message):
    with pytest.raises(ValueError, match=message):
        ShakeShakeNet(depth, width, 10, 3)
