"""Swapping norms in any model: everywhere, keeping what agrees, and saying so."""

import contextlib

import jaxtyping
import pytest
import torch
from torch import nn

from trainwell import models
from trainwell.core.errors import ModelError
from trainwell.layers.norm import fold_batch_norm, freeze, swap_norm
from trainwell.layers.norm._freeze import is_frozen

KINDS = [
    "batch_norm",
    "sync_batch_norm",
    "layer_norm",
    "instance_norm",
    "group_norm",
    "batch_renorm",
    "batch_instance_norm",
    "decorrelated_batch_norm",
    "none",
    "weight_norm",
]


@pytest.fixture(autouse=True)
def _no_type_hook(monkeypatch):
    """The hook checks arguments, and a traced argument is not a tensor."""
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)


def network():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, bias=False),
        nn.BatchNorm2d(8, eps=1e-3, momentum=0.3),
        nn.ReLU(),
        nn.Conv2d(8, 8, 3),
        nn.GroupNorm(2, 8),
        nn.Flatten(),
        nn.Linear(32, 4),
        nn.BatchNorm1d(4),
    )


IMAGES = torch.randn(4, 3, 6, 6, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_runs_and_reports_every_norm(kind):
    model = network()
    report = swap_norm(model, kind)
    assert {line.split(":")[0] for line in report} >= {"1", "4", "7"}
    model(IMAGES).sum().backward()
    assert model.eval()(IMAGES).shape == (4, 4)
    assert type(model[1]) is not nn.BatchNorm2d or kind == "batch_norm"


@pytest.mark.parametrize("kind", ["sync_batch_norm", "batch_renorm"])
def test_kinds_that_evaluate_alike_keep_the_outputs(kind):
    model = network()
    for _ in range(3):
        model(IMAGES)
    model[4] = nn.Identity()
    expected = model.eval()(IMAGES)
    report = swap_norm(model, kind)
    torch.testing.assert_close(model(IMAGES), expected)
    assert report[0].endswith(
        "; kept weight, bias, running_mean, running_var, num_batches_tracked"
    )
    assert (model[1].eps, model[1].momentum) == (1e-3, 0.3)
    assert not model[1].training
    swap_norm(model, "batch_norm")
    torch.testing.assert_close(model(IMAGES), expected)
    assert (type(model[1]), type(model[7])) == (nn.BatchNorm2d, nn.BatchNorm1d)


def test_what_is_lost_is_said():
    report = swap_norm(network(), "group_norm", groups=4)
    assert report[0] == (
        "1: BatchNorm2d(8) -> GroupNorm(4, 8); kept weight, bias; "
        "lost running_mean, running_var, num_batches_tracked"
    )
    assert report[2] == "7: BatchNorm1d(4) left as it is: group_norm needs positions"


def test_none_moves_beta_into_a_new_bias():
    model = network()
    model[1].bias.data = torch.arange(8.0)
    old = model[3].bias
    report = swap_norm(model, "none")
    assert all(isinstance(model[i], nn.Identity) for i in (1, 4, 7))
    assert model[0].bias.tolist() == list(range(8))
    assert model[3].bias is old
    assert report[-1] == "0: bias added"


def test_weight_norm_takes_their_place():
    model = network()
    assert swap_norm(model, "weight_norm")[-1] == "6: weight normalised"
    assert "parametrizations.weight.original0" in model[3].state_dict()


def test_frozen_dtype_and_sharing_are_kept():
    model = network().double()
    model.again = model[1]
    freeze(model[1])
    swap_norm(model, "batch_instance_norm")
    assert is_frozen(model[1])
    assert model[1].rho.dtype == torch.float64
    assert not model[1].rho.requires_grad
    assert model.again is model[1]


class Volume(nn.Sequential):
    """Norms that have no counterpart, and a subclass that may do more."""

    class Louder(nn.BatchNorm2d):
        """Not only a norm."""

    def __init__(self):
        super().__init__(nn.BatchNorm3d(3), nn.LayerNorm(4), self.Louder(3))


def test_others_stay_and_are_named():
    with pytest.raises(ModelError, match="no norm that can be replaced"):
        swap_norm(Volume(), "group_norm")
    model = nn.Sequential(nn.BatchNorm2d(3), Volume())
    report = swap_norm(model, "group_norm")
    assert [line.endswith("left as it is") for line in report] == [False] + [True] * 3


@pytest.mark.parametrize(
    ("name", "count"), [("resnet18", 20), ("wide_resnet16_4", 13), ("plain20", 19)]
)
def test_whole_networks(name, count):
    model = models.create(name, num_classes=3, image_size=32).model
    assert len(swap_norm(model, "group_norm")) == count
    assert not any(isinstance(m, nn.BatchNorm2d) for m in model.modules())
    assert model(torch.randn(2, 3, 32, 32)).shape == (2, 3)


def test_weight_norm_needs_no_norm():
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
    assert swap_norm(model, "weight_norm") == (
        "0: weight normalised",
        "2: weight normalised",
    )


def test_activations_inside_of_norms_stay():
    with contextlib.suppress(RuntimeError):  # another test has defined them
        library = torch.library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            library.define(f"{name}(Tensor boxes, Tensor scores, float t) -> Tensor")
    layers = pytest.importorskip("timm.layers")
    model = nn.Sequential(nn.Conv2d(3, 8, 1), layers.BatchNormAct2d(8))
    report = swap_norm(model, "group_norm")
    assert report[0].startswith("1: BatchNormAct2d(8) -> GroupNorm(8, 8); kept weight")
    assert (model(IMAGES) >= 0).all()
    model = nn.Sequential(nn.Conv2d(3, 8, 1), layers.BatchNormAct2d(8))
    swap_norm(model, "none")
    torch.testing.assert_close(model(IMAGES), model[0](IMAGES).relu())
    model = nn.Sequential(nn.Conv2d(3, 8, 1, bias=False), layers.BatchNormAct2d(8))
    model(IMAGES)
    folded = fold_batch_norm(model)
    assert not any(isinstance(m, nn.BatchNorm2d) for m in folded.modules())
    torch.testing.assert_close(folded(IMAGES), model.eval()(IMAGES))
    assert swap_norm(model, "none")[-1] == "0: bias added"


def test_messages():
    with pytest.raises(ValueError, match="Did you mean `group_norm`"):
        swap_norm(network(), "groupnorm")
    with pytest.raises(ValueError, match="`none` takes no arguments, got eps"):
        swap_norm(network(), "none", eps=1.0)
