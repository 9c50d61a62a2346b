"""The fall of the score under a patch."""

import pytest
import torch
from numpy.testing import assert_allclose

from trainwell.explain import occlusion


def test_it_is_the_definition_in_loops(make, images):
    network = make("conv").double().eval()
    x = images[:2, :, :, :7].double()
    found = occlusion(network, x, 1, size=3, stride=2, fill=0.5)
    for image, shown in zip(x, found, strict=True):
        falls = {}
        for top in (0, 2, 4, 5):
            for left in (0, 2, 4):
                covered = image.clone()
                covered[:, top : top + 3, left : left + 3] = 0.5
                with torch.no_grad():
                    both = network(torch.stack([image, covered]))[:, 1]
                falls[top, left] = both[0] - both[1]
        for i in range(8):
            for j in range(7):
                over = [
                    fall
                    for (top, left), fall in falls.items()
                    if top <= i < top + 3 and left <= j < left + 3
                ]
                assert_allclose(shown[i, j], sum(over) / len(over), atol=1e-12)


def test_a_patch_over_all_is_one_number(make, images):
    network = make("attention").eval()
    maps = occlusion(network, images, 0, size=20)
    with torch.no_grad():
        fall = network(images)[:, 0] - network(torch.zeros(1, 3, 8, 8))[0, 0]
    assert_allclose(maps, fall[:, None, None].expand_as(maps), atol=1e-6)


@pytest.mark.parametrize(("size", "stride"), [(0, None), (2, 3), (2, 0)])
def test_errors(make, images, size, stride):
    with pytest.raises(ValueError, match="must be"):
        occlusion(make("conv"), images, size=size, stride=stride)
