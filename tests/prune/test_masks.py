"""Masks from scores: the lowest go, over all tensors or each alone."""

import pytest
import torch
from torch.nn.utils import prune as of_torch

from trainwell.prune import score_masks

SCORES = {"a": torch.tensor([[3.0, 0.5], [2.0, 9.0]]), "b": torch.tensor([1.0, 4.0])}


def test_by_hand():
    found = score_masks(SCORES, share=0.5)
    assert found["a"].tolist() == [[True, False], [False, True]]
    assert found["b"].tolist() == [False, True]
    found = score_masks(SCORES, share=0.5, scope="layer")
    assert found["a"].tolist() == [[True, False], [False, True]]
    assert found["b"].tolist() == [False, True]
    found = score_masks(SCORES, share=0.25, scope="layer")
    assert [int(m.sum()) for m in found.values()] == [3, 2]


def test_the_ends_keep_and_remove_all():
    assert all(m.all() for m in score_masks(SCORES, share=0.0).values())
    assert not any(m.any() for m in score_masks(SCORES, share=1.0).values())


def test_agrees_with_torch():
    module = torch.nn.Linear(4, 3)
    scores = torch.rand(3, 4)
    of_torch.l1_unstructured(module, "weight", 5, importance_scores=scores)
    found = score_masks({"w": scores}, share=5 / 12)["w"]
    assert torch.equal(found, module.weight_mask.bool())


def test_errors():
    with pytest.raises(ValueError, match="`share` must be"):
        score_masks(SCORES, share=1.5)
    with pytest.raises(ValueError, match="`scope` must be one of"):
        score_masks(SCORES, share=0.5, scope="all")
