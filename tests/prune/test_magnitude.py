import numpy as np
import pytest
import torch
from torch.nn.utils import prune as torch_prune

from trainwell.prune import magnitude_masks


def weights():
    g = torch.Generator().manual_seed(0)
    return {"a": torch.randn(4, 5, generator=g), "b": 3 * torch.randn(10, generator=g)}


def test_by_hand():
    w = {"w": torch.tensor([[0.5, -0.1], [2.0, 0.3]])}
    masks = magnitude_masks(w, share=0.5)
    assert masks["w"].tolist() == [[True, False], [True, False]]


@pytest.mark.parametrize("share", [0.1, 0.37, 0.9])
def test_definition_over_all_tensors(share):
    w = weights()
    sizes = np.concatenate([v.double().abs().numpy().ravel() for v in w.values()])
    removed = round(share * len(sizes))
    threshold = np.sort(sizes)[removed]
    masks = magnitude_masks(w, share=share)
    for name, mask in masks.items():
        assert np.array_equal(mask.numpy(), w[name].double().abs().numpy() >= threshold)


def test_by_layer_removes_the_share_of_each():
    masks = magnitude_masks(weights(), share=0.3, scope="layer")
    assert {k: int((~m).sum()) for k, m in masks.items()} == {"a": 6, "b": 3}


def test_limits():
    assert all(m.all() for m in magnitude_masks(weights(), share=0).values())
    assert not any(m.any() for m in magnitude_masks(weights(), share=1).values())


def test_what_is_zero_goes_first():
    w = {"w": torch.tensor([0.0, 5.0, 0.0, 1.0])}
    assert magnitude_masks(w, share=0.5)["w"].tolist() == [False, True, False, True]


def test_agrees_with_torch():
    layer = torch.nn.Linear(5, 4)
    masks = magnitude_masks({"weight": layer.weight}, share=0.4, scope="layer")
    torch_prune.l1_unstructured(layer, "weight", amount=0.4)
    assert torch.equal(masks["weight"], layer.weight_mask.bool())


def test_messages():
    with pytest.raises(ValueError, match=r"`share` must be in \[0, 1\], got 1.5"):
        magnitude_masks(weights(), share=1.5)
