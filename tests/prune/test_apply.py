import pytest
import torch

from trainwell.prune import apply_masks_


def test_sets_to_zero_in_place():
    weight = torch.nn.Parameter(torch.tensor([1.0, -2.0, 3.0]))
    apply_masks_({"w": weight, "free": weight}, {"w": torch.tensor([1, 0, 1]).bool()})
    assert weight.tolist() == [1.0, 0.0, 3.0]
    assert weight.grad_fn is None


def test_a_mask_without_weight():
    with pytest.raises(KeyError):
        apply_masks_({}, {"w": torch.ones(1).bool()})
