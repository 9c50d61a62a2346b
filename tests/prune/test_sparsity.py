import pytest
import torch

from trainwell.prune import Sparsity, sparsity


def test_by_hand():
    w = {"a": torch.tensor([0.0, 1.0, 0.0, 2.0]), "b": torch.tensor([1.0])}
    assert sparsity(w) == Sparsity(2 / 5, {"a": 0.5, "b": 0.0})


def test_messages():
    with pytest.raises(ValueError, match="at least one"):
        sparsity({})
