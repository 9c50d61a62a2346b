"""Folding: the same outputs from fewer layers, and hands off where it is not exact."""

import jaxtyping
import pytest
import torch
from torch import nn

from trainwell.layers.norm import (
    BatchInstanceNorm2d,
    BatchRenorm2d,
    DecorrelatedBatchNorm2d,
    SyncBatchNorm,
    fold_batch_norm,
    freeze,
)
from trainwell.layers.norm._types import RunningNorm

NORMS = (nn.modules.batchnorm._BatchNorm, RunningNorm)


@pytest.fixture(autouse=True)
def _no_type_hook(monkeypatch):
    """The hook checks arguments, and a traced argument is not a tensor."""
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)


def scrambled(model):
    """Give every norm statistics and parameters that are far from the identity."""
    g = torch.Generator().manual_seed(1)
    for layer in model.modules():
        if isinstance(layer, NORMS):
            for name, tensor in layer.state_dict().items():
                if name in ("weight", "running_var"):
                    tensor.copy_(torch.rand(tensor.shape, generator=g) + 0.5)
                elif name in ("bias", "running_mean"):
                    tensor.copy_(torch.randn(tensor.shape, generator=g) / 4)
    return model.eval()


def num_norms(model):
    return sum(isinstance(m, NORMS) for m in model.modules())


IMAGES = torch.randn(2, 4, 9, 9, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize(
    "conv",
    [
        nn.Conv2d(4, 6, 3),
        nn.Conv2d(4, 6, 3, bias=False, stride=2, padding=1),
        nn.Conv2d(4, 6, 3, groups=2),
        nn.Conv2d(4, 4, 3, groups=4, bias=False),
        nn.Conv2d(4, 6, 3, padding=1, padding_mode="reflect"),
        nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1, output_padding=1),
        nn.ConvTranspose2d(4, 6, 3, groups=2, bias=False),
    ],
)
@pytest.mark.parametrize("options", [{}, {"affine": False}, {"bias": False}])
def test_convolutions(conv, options):
    model = scrambled(nn.Sequential(conv, nn.BatchNorm2d(conv.out_channels, **options)))
    folded = fold_batch_norm(model)
    assert num_norms(folded) == 0
    torch.testing.assert_close(folded(IMAGES), model(IMAGES), atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize(
    "layer",
    [
        nn.Conv2d(4, 6, 3),
        nn.Conv2d(4, 6, 3, groups=2, bias=False, stride=2),
        nn.Conv2d(4, 8, 3, groups=4, padding="valid"),
        nn.Conv2d(4, 6, 3, padding=1, padding_mode="reflect"),
        nn.Conv2d(4, 6, 3, padding=1, padding_mode="circular", bias=False),
        nn.Conv2d(4, 6, 3, padding="same", padding_mode="replicate"),
    ],
)
@pytest.mark.parametrize("options", [{}, {"affine": False}, {"bias": False}])
def test_a_norm_before_a_convolution(layer, options):
    model = scrambled(nn.Sequential(nn.BatchNorm2d(4, **options), layer))
    folded = fold_batch_norm(model)
    assert num_norms(folded) == 0
    torch.testing.assert_close(folded(IMAGES), model(IMAGES), atol=1e-5, rtol=1e-5)


def test_zero_padding_is_exact_only_without_a_shift():
    model = nn.Sequential(nn.BatchNorm2d(4), nn.Conv2d(4, 6, 3, padding=1)).eval()
    model[0].running_var.fill_(3)
    folded = fold_batch_norm(model)
    assert num_norms(folded) == 0
    torch.testing.assert_close(folded(IMAGES), model(IMAGES), atol=1e-6, rtol=1e-5)
    model[0].bias.data[2] = 0.1
    assert num_norms(fold_batch_norm(model)) == 1


@pytest.mark.parametrize("build", [nn.BatchNorm1d, SyncBatchNorm, BatchRenorm2d])
def test_a_norm_before_a_linear_map(build):
    model = scrambled(nn.Sequential(build(9), nn.Linear(9, 5)))
    x = IMAGES[0, 0]
    folded = fold_batch_norm(model)
    assert isinstance(folded[0], nn.Identity)
    torch.testing.assert_close(folded(x), model(x), atol=1e-5, rtol=1e-5)


def test_a_map_between_two_norms_takes_both():
    model = scrambled(
        nn.Sequential(nn.BatchNorm2d(4), nn.Conv2d(4, 4, 3), nn.BatchNorm2d(4))
    )
    folded = fold_batch_norm(model)
    assert num_norms(folded) == 0
    torch.testing.assert_close(folded(IMAGES), model(IMAGES), atol=1e-5, rtol=1e-5)


def test_a_norm_between_two_maps_goes_to_the_first():
    model = scrambled(
        nn.Sequential(nn.Conv2d(4, 4, 1), nn.BatchNorm2d(4), nn.Conv2d(4, 4, 3))
    )
    folded = fold_batch_norm(model)
    assert torch.equal(folded[2].weight, model[2].weight)
    torch.testing.assert_close(folded(IMAGES), model(IMAGES), atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("build", [SyncBatchNorm, BatchRenorm2d])
def test_norms_that_evaluate_like_batch_norm(build):
    model = scrambled(nn.Sequential(nn.Conv2d(4, 6, 3), build(6)))
    folded = fold_batch_norm(model)
    assert isinstance(folded[1], nn.Identity)
    torch.testing.assert_close(folded(IMAGES), model(IMAGES), atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("build", [BatchInstanceNorm2d, DecorrelatedBatchNorm2d])
def test_norms_that_do_not_are_left(build):
    model = nn.Sequential(nn.Conv2d(4, 6, 3), build(6)).eval()
    assert type(fold_batch_norm(model)[1]) is type(model[1])


def test_a_frozen_norm_is_folded():
    model = scrambled(nn.Sequential(nn.Conv2d(4, 6, 3), nn.BatchNorm2d(6)))
    freeze(model)
    folded = fold_batch_norm(model)
    assert num_norms(folded) == 0
    torch.testing.assert_close(folded(IMAGES), model(IMAGES), atol=1e-5, rtol=1e-5)


def test_linear():
    model = scrambled(nn.Sequential(nn.Linear(9, 5), nn.BatchNorm1d(5), nn.ReLU()))
    x = IMAGES[0, 0]
    folded = fold_batch_norm(model)
    assert num_norms(folded) == 0
    torch.testing.assert_close(folded(x), model(x), atol=1e-5, rtol=1e-5)


def test_the_model_itself_is_untouched():
    model = scrambled(nn.Sequential(nn.Conv2d(4, 6, 3), nn.BatchNorm2d(6))).train()
    before = {k: v.clone() for k, v in model.state_dict().items()}
    folded = fold_batch_norm(model)
    assert model.training
    assert not folded.training
    assert num_norms(model) == 1
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())


class Twice(nn.Module):
    """The convolution's output goes to the norm and around it."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 1)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        y = self.conv(x)
        return y + self.norm(y)


class Shared(Twice):
    """One convolution serves twice, once without the norm."""

    def forward(self, x):
        return self.conv(self.norm(self.conv(x)))


class Branching(Twice):
    """Control flow that depends on values."""

    def forward(self, x):
        return self.norm(self.conv(x)) if x.sum() > 0 else x


class Misordered(nn.Module):
    """Defined in another order than used."""

    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(4, 4, 1), nn.Conv2d(4, 4, 1)
        self.norm2, self.norm1 = nn.BatchNorm2d(4), nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm2(self.conv2(self.norm1(self.conv1(x)).relu()))


def weight_normed():
    conv = torch.nn.utils.parametrizations.weight_norm(nn.Conv2d(4, 4, 1))
    return nn.Sequential(conv, nn.BatchNorm2d(4))


def hooked():
    model = nn.Sequential(nn.Conv2d(4, 4, 1), nn.BatchNorm2d(4))
    model[0].register_forward_hook(_double)
    return model


def hooked_norm():
    model = nn.Sequential(nn.Conv2d(4, 4, 1), nn.BatchNorm2d(4))
    freeze(model)
    model[1].register_forward_pre_hook(lambda _, inputs: 2 * inputs[0])
    return model


def _double(module, inputs, output):
    return 2 * output


@pytest.mark.parametrize(
    ("build", "left"),
    [
        (Twice, 1),
        (Shared, 1),
        (Branching, 1),
        (Misordered, 0),
        (weight_normed, 1),
        (hooked, 1),
        (hooked_norm, 1),
        (lambda: nn.Sequential(nn.Conv2d(4, 4, 1), nn.ReLU(), nn.BatchNorm2d(4)), 1),
        (lambda: nn.Sequential(nn.BatchNorm2d(4), nn.Conv2d(4, 4, 3, padding=1)), 1),
        (
            lambda: nn.Sequential(
                nn.Conv2d(4, 4, 1), nn.BatchNorm2d(4, track_running_stats=False)
            ),
            1,
        ),
    ],
)
def test_only_what_is_exact_is_folded(build, left):
    torch.manual_seed(0)
    model = scrambled(build())
    folded = fold_batch_norm(model)
    assert num_norms(folded) == left
    x = IMAGES.abs()
    torch.testing.assert_close(folded(x), model(x), atol=1e-5, rtol=1e-5)
