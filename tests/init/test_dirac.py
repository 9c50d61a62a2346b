import torch
from torch import nn

from trainwell.init import dirac_


def test_the_first_filters_pass_the_image_on():
    conv = nn.Conv2d(3, 5, 3, padding=1, bias=False)
    dirac_(conv.weight.data)
    x = torch.randn(2, 3, 6, 6)
    assert torch.equal(conv(x)[:, :3], x)


def test_filters_with_nothing_to_copy_are_drawn():
    weight = dirac_(torch.zeros(200, 4, 3, 3))
    rest = weight[4:]
    assert abs(rest.var() * 36 / 2 - 1) < 4 * (2 / rest.numel()) ** 0.5


def test_linear_maps_are_left_as_they_are():
    weight = torch.randn(3, 3)
    assert torch.equal(dirac_(weight.clone()), weight)
