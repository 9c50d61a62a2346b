import pytest
import torch
from torch import nn

from trainwell.init._fans import fan


def test_by_hand():
    weight = nn.Conv2d(3, 8, 5).weight
    assert (fan(weight), fan(weight, of="out"), fan(weight, of="average")) == (
        75,
        200,
        137.5,
    )
    assert fan(nn.Linear(7, 2).weight) == 7


def test_a_group_reads_its_own_inputs_only():
    assert fan(nn.Conv2d(8, 8, 3, groups=8).weight) == 9


@pytest.mark.parametrize("shape", [(4, 3), (6, 2, 3, 3), (2, 3, 5)])
def test_agrees_with_torch(shape):
    weight = torch.empty(shape)
    expected = nn.init._calculate_fan_in_and_fan_out(weight)
    assert (fan(weight), fan(weight, of="out")) == expected


def test_messages():
    with pytest.raises(ValueError, match=r"at least two axes, got shape \(3,\)"):
        fan(torch.empty(3))
