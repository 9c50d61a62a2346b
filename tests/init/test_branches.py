import pytest
import torch
from torch import nn

from trainwell import models
from trainwell.core.errors import ModelError
from trainwell.init._branches import residual_branches, weights_of


class Functional(nn.Module):
    def __init__(self):
        super().__init__()
        self.long = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 4))
        self.short = nn.Linear(4, 4)

    def forward(self, x):
        return torch.add(self.short(x), self.long(x)).relu()


def test_the_longer_side_is_the_branch():
    model = Functional()
    assert residual_branches(model) == [("long.0", "long.1", "long.2")]
    assert weights_of(model, ("long.0", "long.1", "long.2")) == ["long.0", "long.2"]


@pytest.mark.parametrize(
    ("name", "count", "layers"),
    [
        ("cifar_resnet20", 9, 2),
        ("resnet18", 8, 2),
        ("resnet50", 16, 3),
        ("wide_resnet16_4", 6, 2),
        ("mobilenet_v2", 10, 3),
    ],
)
def test_our_networks(name, count, layers):
    model = models.create(name, num_classes=10).model
    branches = residual_branches(model)
    assert len(branches) == count
    assert {len(weights_of(model, b)) for b in branches} == {layers}
    assert not any("downsample" in n or "shortcut" in n for b in branches for n in b)


def test_messages():
    class Branching(nn.Module):
        def forward(self, x):
            return x if x.sum() > 0 else -x

    with pytest.raises(ModelError, match="no residual branch"):
        residual_branches(nn.Sequential(nn.Linear(2, 2)))
    with pytest.raises(ModelError, match="cannot be traced"):
        residual_branches(Branching())
