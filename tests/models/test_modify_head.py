"""A head of cosines: by hand, and only where a model ends in a linear map."""

import math

import numpy as np
import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.models import lenet
from trainwell.models._modify_head import CosineHead, use_cosine_head


def test_by_hand():
    linear = nn.Linear(2, 3)
    with torch.no_grad():
        linear.weight.copy_(torch.tensor([[2.0, 0], [0, -3], [1, 1]]))
        linear.bias.fill_(100.0)
    logits = CosineHead(linear, 5.0)(torch.tensor([[3.0, 4], [-7, 0]]))
    half = math.sqrt(0.5)
    expected = [[5 * 0.6, -5 * 0.8, 5 * 1.4 * half], [-5.0, 0, -5 * half]]
    torch.testing.assert_close(logits, torch.tensor(expected))


def test_the_definition():
    torch.manual_seed(0)
    linear, x = nn.Linear(6, 4).double(), torch.randn(5, 6, dtype=torch.float64)
    found = CosineHead(linear, 30.0)(x).detach().numpy()
    expected = np.zeros((5, 4))
    for n, row in enumerate(x.numpy()):
        for k, direction in enumerate(linear.weight.detach().numpy()):
            lengths = np.sqrt((row**2).sum()) * np.sqrt((direction**2).sum())
            expected[n, k] = 30 * (row * direction).sum() / lengths
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_lengths_do_not_matter():
    torch.manual_seed(0)
    linear, x = nn.Linear(6, 4), torch.randn(5, 6)
    before = CosineHead(linear, 8.0)(x)
    with torch.no_grad():
        linear.weight *= torch.tensor([[0.1], [1.0], [7.0], [100.0]])
    torch.testing.assert_close(CosineHead(linear, 8.0)(3 * x), before)
    assert before.abs().max() <= 8


def test_features_of_zeros_are_undecided():
    linear = nn.Linear(3, 2)
    assert torch.equal(CosineHead(linear, 8.0)(torch.zeros(1, 3)), torch.zeros(1, 2))


def test_the_last_linear_map_is_replaced_and_its_weight_kept():
    torch.manual_seed(0)
    model = lenet(5, in_channels=1, image_size=12).train()
    weight = model[-1].weight
    images = torch.randn(3, 1, 12, 12)
    lines = use_cosine_head(model, images, scale=2.5)
    assert lines == ("11: cosines times 2.5, for a margin between the classes.",)
    assert model[-1].directions.weight is weight
    assert model[-1].directions.bias is None
    assert all(module.training for module in model.modules())
    features = model[:-1](images)
    cosines = nn.functional.cosine_similarity(features[:, None], weight[None], dim=2)
    torch.testing.assert_close(model(images), 2.5 * cosines)


class Scaled(nn.Module):
    """Does not end in its last linear map, which blank images do not show."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3, bias=False)

    def forward(self, x):
        return 2 * self.fc(x.flatten(1))


def test_messages():
    images = torch.zeros(2, 1, 2, 2)
    with pytest.raises(ModelError, match="does not end in `fc`, its last linear"):
        use_cosine_head(Scaled(), images)
    with pytest.raises(ModelError, match="no linear last layer to put cosines in"):
        use_cosine_head(nn.Sequential(nn.Flatten()), images)
    with pytest.raises(ValueError, match="`scale` must be positive, got 0"):
        use_cosine_head(nn.Sequential(nn.Linear(2, 2)), images, scale=0)
