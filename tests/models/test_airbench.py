"""AirbenchNet: its shapes, its beginnings, and its forward written out."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from trainwell.models import airbench, num_parameters
from trainwell.models._airbench import AirbenchNet


def widths(model):
    return [block.conv1.out_channels for block in model.blocks]


@pytest.mark.parametrize(
    ("size", "patch", "stride", "expected"),
    [
        (6, 2, 1, [32]),
        (8, 2, 1, [32]),
        (13, 2, 1, [32, 128]),
        (24, 2, 1, [32, 128]),
        (25, 2, 1, [32, 128, 128]),
        (32, 2, 1, [32, 128, 128]),
        (72, 2, 1, [32, 128, 128, 256]),
        (73, 4, 4, [64, 128]),
        (128, 4, 4, [64, 128, 256]),
        (224, 4, 4, [64, 128, 256, 256]),
        (512, 4, 4, [64, 128, 256, 256, 384]),
    ],
)
def test_the_network_follows_the_image_size(size, patch, stride, expected):
    model = airbench(image_size=size)
    assert widths(model) == expected
    assert model.whiten.kernel_size == (patch, patch)
    assert model.whiten.stride == (stride, stride)


@pytest.mark.parametrize("size", [6, 7, 8, 9, 12, 13, 31, 72, 73, 75, 96, 300])
@pytest.mark.parametrize("channels", [1, 3])
def test_any_size(size, channels):
    model = airbench(5, in_channels=channels, image_size=size)
    assert model(torch.randn(2, channels, size, size)).shape == (2, 5)


def test_parameters_written_out():
    model = airbench(10, image_size=32)
    convolutions = 9 * (24 * 32 + 32 * 32 + 32 * 128 + 128 * 128 + 2 * 128 * 128)
    norms = 2 * 2 * (32 + 128 + 128)
    whitening = 24 * 3 * 2 * 2 + 24
    assert num_parameters(model) == convolutions + norms + whitening + 128 * 10


def test_forward_written_out():
    torch.manual_seed(0)
    model = AirbenchNet(4, 3, (8, 16)).double().eval()
    with torch.no_grad():
        for name, buffer in model.named_buffers():
            if "running" in name:
                buffer.uniform_(0.5, 2)
        for name, parameter in model.named_parameters():
            if "norm" in name and "bias" in name:
                parameter.normal_()
        model.whiten.bias.normal_()
    x = torch.randn(3, 3, 14, 14, dtype=torch.float64)
    w = model.state_dict()

    def norm(x, name):
        shape = (1, -1, 1, 1)
        mean, var = w[f"{name}.running_mean"], w[f"{name}.running_var"]
        y = (x - mean.view(shape)) / (var.view(shape) + 1e-12).sqrt()
        return y + w[f"{name}.bias"].view(shape)

    y = F.gelu(F.conv2d(x, w["whiten.weight"], w["whiten.bias"]))
    for i in range(2):
        block = f"blocks.{i}"
        y = F.max_pool2d(F.conv2d(y, w[f"{block}.conv1.weight"], padding=1), 2)
        y = F.gelu(norm(y, f"{block}.norm1"))
        y = F.conv2d(y, w[f"{block}.conv2.weight"], padding=1)
        y = F.gelu(norm(y, f"{block}.norm2"))
    assert y.shape == (3, 16, 3, 3)
    expected = y.amax((2, 3)) @ w["head.weight"].T / 20
    torch.testing.assert_close(model(x), expected)


def test_filters_start_as_identities():
    model = airbench(image_size=32)
    conv = model.blocks[1].conv1  # 32 to 128 channels
    x = torch.randn(1, 32, 5, 5)
    torch.testing.assert_close(conv(x)[:, :32], x)
    assert not torch.allclose(conv(x)[:, 32:64], x)


def test_running_averages_keep_six_tenths():
    norm = airbench().blocks[0].norm1
    norm.train()(torch.full((4, 32, 3, 3), 10.0))
    torch.testing.assert_close(norm.running_mean, torch.full((32,), 0.4 * 10.0))


def test_what_is_frozen():
    frozen = [n for n, p in airbench().named_parameters() if not p.requires_grad]
    assert frozen == ["whiten.weight"] + [
        f"blocks.{i}.norm{k}.weight" for i in range(3) for k in (1, 2)
    ]


def test_the_first_layer_whitens_the_images_it_is_shown():
    torch.manual_seed(0)
    base = F.interpolate(torch.randn(200, 3, 4, 4), size=12, mode="bilinear")
    images = base + 0.3 * torch.randn(200, 3, 12, 12)
    model = airbench(image_size=12)
    before = model.whiten.weight.clone()
    model.init_from_data(images)
    assert not torch.equal(model.whiten.weight, before)
    outputs = model.whiten(images)[:, :12].movedim(1, -1).reshape(-1, 12).double()
    moment = outputs.T @ outputs / len(outputs)
    error = moment / moment.diagonal().mean() - torch.eye(12)
    assert error.abs().max() < 0.15
    torch.testing.assert_close(model.whiten.weight[12:], -model.whiten.weight[:12])
    assert not model.whiten.weight.requires_grad


def test_widths_of_ones_own():
    model = airbench(3, image_size=32, widths=[4, 8])
    assert widths(model) == [4, 8]
    assert isinstance(model.head, nn.Linear)
    assert model.head.in_features == 8


def test_too_many_blocks():
    airbench(image_size=33, widths=[4] * 5)
    with pytest.raises(ValueError, match=r"6 blocks.* 33 pixels allow 5\."):
        airbench(image_size=33, widths=[4] * 6)


@pytest.mark.parametrize("size", [5, 1025])
def test_size_out_of_range(size):
    with pytest.raises(ValueError, match=r"`image_size` must be in \[6, 1024\]"):
        airbench(image_size=size)


def test_the_first_norm_of_a_block_sees_pooled_values():
    """The order that evaluation cannot tell, for a maximum and a norm commute."""
    torch.manual_seed(0)
    block = AirbenchNet(4, 3, (8,)).blocks[0]
    x = torch.randn(16, 24, 8, 8)
    pooled = F.max_pool2d(block.conv1(x), 2)
    block.train()(x)
    torch.testing.assert_close(block.norm1.running_mean, 0.4 * pooled.mean((0, 2, 3)))
