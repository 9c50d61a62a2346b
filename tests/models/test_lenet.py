import pytest
import torch

from trainwell.models import lenet, num_parameters


def test_parameters_of_the_usual_count():
    assert num_parameters(lenet(in_channels=1, image_size=28)) == 61_706


@pytest.mark.parametrize("size", [4, 8, 11, 12, 13, 28, 32, 65])
def test_any_size(size):
    model = lenet(5, in_channels=1, image_size=size)
    assert model(torch.zeros(2, 1, size, size)).shape == (2, 5)


def test_too_small():
    with pytest.raises(ValueError, match="`image_size` must be 4 or more"):
        lenet(image_size=3)
