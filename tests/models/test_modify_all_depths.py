"""A head that reads every block: by hand, on our networks, and where it cannot be."""

import copy
import threading

import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.layers.norm import fold_batch_norm
from trainwell.models import AllDepths, Modification, build, create
from trainwell.models._modify_all_depths import Standardized, read_all_depths
from trainwell.models._pooled import of_parts


class Small(nn.Module):
    """Two convolutions and a head."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.low = nn.Conv2d(3, 2, 3)
        self.high = nn.Conv2d(2, 5, 3)
        self.head = nn.Linear(5, 3)

    def forward(self, x):
        return self.head(self.high(self.low(x).relu()).mean((2, 3)))


def images(count=4, size=32):
    generator = torch.Generator().manual_seed(0)
    return torch.randn(count, 3, size, size, generator=generator)


def test_numbers_by_hand():
    """Means of both blocks, and maxima of the upper one."""
    model, x = Small(), images(size=8)
    low = model.low(x)
    high = model.high(low.relu())
    numbers = torch.cat([low.mean((2, 3)), high.mean((2, 3)), high.amax((2, 3))], 1)
    lines = read_all_depths(model, x, blocks=["low", "high"])
    assert lines == ("head: reads 2 blocks, 12 numbers.",)
    head = model.head
    head.standardized.mean.copy_(torch.arange(12.0) / 10)
    head.standardized.std.fill_(0.05)
    scaled = ((numbers - torch.arange(12.0) / 10) / 0.05).clamp(-5, 5)
    assert scaled.abs().max() == 5  # some are clipped
    expected = scaled @ head.linear.weight.T + head.linear.bias
    torch.testing.assert_close(model(x), expected)


def test_gradients_reach_every_block():
    model, x = Small(), images(size=8)
    read_all_depths(model, x, blocks=["low", "high"])
    model(x).square().sum().backward()
    assert all(p.grad is not None and p.grad.any() for p in model.parameters())


@pytest.mark.parametrize(
    ("name", "blocks"),
    [
        ("efficientnet_lite0", ["blocks.3", "blocks.10", "head"]),
        ("resnet18", ["layer1", "layer4"]),
        ("alexnet", None),
    ],
)
def test_copies_builds_and_folds_answer_alike(name, blocks):
    created = create(name, num_classes=3, image_size=64)
    if blocks is None:  # two kinds of outputs: maps and plain numbers
        layers = (nn.Conv2d, nn.Linear)
        named = created.model.named_modules()
        blocks = [n for n, m in named if isinstance(m, layers)][:-1]
    edit = Modification("head", "all_depths", {"blocks": blocks})
    created = create(name, num_classes=3, image_size=64, edits=(edit,))
    model, x = created.model.eval(), images(2, 64)
    with torch.no_grad():
        expected = model(x)
        torch.testing.assert_close(copy.deepcopy(model)(x), expected)
        again = build(created.spec).eval()
        again.load_state_dict(model.state_dict())
        torch.testing.assert_close(again(x), expected)
        torch.testing.assert_close(fold_batch_norm(model)(x), expected)


def test_a_copy_has_its_own_memory():
    model, x = Small(), images(size=8)
    read_all_depths(model, x, blocks=["low", "high"])
    other = copy.deepcopy(model)
    other.low.weight.data.zero_()
    before = model(x)
    other(x)
    torch.testing.assert_close(model(x), before)


def test_threads_do_not_mix():
    model = Small()
    read_all_depths(model, images(size=8), blocks=["low", "high"])
    inputs = [images(size=8) * (i + 1) for i in range(4)]
    expected = [model(x) for x in inputs]
    found = [None] * 4

    def run(i):
        for _ in range(50):
            found[i] = model(inputs[i])
            assert torch.equal(found[i], expected[i])

    threads = [threading.Thread(target=run, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(torch.equal(a, b) for a, b in zip(found, expected, strict=True))


@pytest.mark.parametrize("blocks", [[], ["nowhere"]])
def test_no_such_block(blocks):
    with pytest.raises(ModelError, match="no such blocks"):
        read_all_depths(Small(), images(size=8), blocks=blocks)


def test_a_network_that_does_more_after_its_head():
    class Scaled(Small):
        def forward(self, x):
            return 2 * super().forward(x)

    with pytest.raises(ModelError, match="does not end in `head`"):
        read_all_depths(Scaled(), images(size=8), blocks=["low"])


def test_standardized_keeps_what_is_near():
    layer = Standardized(2)
    layer.mean.fill_(1.0)
    layer.std.fill_(2.0)
    x = torch.tensor([[1.0, 5.0], [100.0, -100.0]])
    assert layer(x).tolist() == [[0.0, 2.0], [5.0, -5.0]]


def test_the_head_is_found():
    model = Small()
    read_all_depths(model, images(size=8), blocks=["low"])
    assert isinstance(model.head, AllDepths)


def test_parts_by_hand():
    """An image has the logits of its parts together, by log sum exp."""
    model, x = Small(), images(size=8)
    low = model.low(x)
    numbers = torch.cat([of_parts(low), of_parts(model.high(low.relu()))], 2)
    lines = read_all_depths(model, x, blocks=["low", "high"], parts=True)
    assert lines == ("head: reads 2 blocks, 7 numbers.",)
    head = model.head
    head.standardized.std.fill_(0.1)
    each = (numbers / 0.1).clamp(-5, 5) @ head.linear.weight.T + head.linear.bias
    torch.testing.assert_close(model(x), each.exp().sum(1).log())


def test_cells_or_parts():
    with pytest.raises(ModelError, match="exclude each other"):
        read_all_depths(Small(), images(size=8), blocks=["low"], cells=True, parts=True)
