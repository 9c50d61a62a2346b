import pytest
import torch
from torch import nn

from trainwell import models
from trainwell.core.errors import ModelError
from trainwell.init import fixup_, fixup_layers, init_weights_, kaiming_normal_
from trainwell.init._fixup import ScalarBias, ScalarFactor
from trainwell.layers.norm import swap_norm


def build(name="cifar_resnet20", **options):
    torch.manual_seed(0)
    return models.create(name, num_classes=10, in_channels=1, **options).model


def test_layers():
    model = build()
    fixup_layers(model)
    kinds = [type(m) for m in model.modules()]
    assert nn.BatchNorm2d not in kinds
    assert kinds.count(ScalarFactor) == 9  # one per branch
    assert kinds.count(ScalarBias) == 19 + 20  # norms; convolutions and the head
    last = model.get_submodule("blocks.0.conv2")
    assert [type(m) for m in last] == [ScalarBias, nn.Conv2d, ScalarFactor]


def test_weights_by_the_rule():
    model = build()
    fixup_layers(model)
    fixup_(model)
    first = model.get_submodule("blocks.3.conv1.1").weight
    expected = (2 / (9 * first.shape[1])) ** 0.5 * 9 ** (-1 / 2)  # L = 9, m = 2
    assert first.std().item() == pytest.approx(expected, rel=0.06)
    assert not model.get_submodule("blocks.3.conv2.1").weight.any()
    assert not model.fc[1].weight.any()
    stem = model.conv1[1].weight
    assert stem.std().item() == pytest.approx((2 / 9) ** 0.5, rel=0.2)


def test_the_first_output_is_zero_so_the_loss_is_log_k(digits):
    model = build()
    fixup_layers(model)
    fixup_(model)
    assert not model(digits[0][:4]).any()


def losses(model, digits, steps=16):
    images, labels = (x[:32] for x in digits)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    values = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        values.append(loss.item())
    return torch.tensor(values)


def test_110_layers_train_without_normalisation(digits):
    model = build("cifar_resnet110")
    fixup_layers(model)
    fixup_(model)
    curve = losses(model, digits)
    assert curve[0].item() == pytest.approx(2.3026, abs=1e-3)
    assert curve[-1] < 0.9 * curve[0]


def test_110_layers_with_the_usual_start_do_not(digits):
    model = build("cifar_resnet110")
    swap_norm(model, "none")
    init_weights_(model, kaiming_normal_)
    curve = losses(model, digits, steps=3)
    assert not curve[-1] < 0.9 * curve[0] or curve[0] > 100


def test_messages():
    with pytest.raises(
        ModelError, match=r"`bn1` is a norm.* call `fixup_layers` first"
    ):
        fixup_(build())
    with pytest.raises(ModelError, match="no residual branch"):
        fixup_layers(nn.Sequential(nn.Linear(2, 2)))
