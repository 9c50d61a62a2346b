"""Batch normalisation in NumPy against torch, and its gradients against differences."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from trainwell.layers.passes import batch_norm_backward, batch_norm_forward

DRAW = np.random.default_rng(0)
X, GAMMA, BETA = DRAW.normal(3, 2, (7, 4)), DRAW.normal(size=4), DRAW.normal(size=4)
DY = DRAW.normal(size=(7, 4))


def test_outputs_and_gradients_are_torchs():
    y, cache = batch_norm_forward(X, GAMMA, BETA)
    found = batch_norm_backward(DY, cache)
    given = [torch.tensor(v, requires_grad=True) for v in (X, GAMMA, BETA)]
    expected = F.batch_norm(given[0], None, None, given[1], given[2], training=True)
    np.testing.assert_allclose(y, expected.detach(), rtol=1e-10)
    expected.backward(torch.tensor(DY))
    for ours, theirs in zip(found, given, strict=True):
        np.testing.assert_allclose(ours, theirs.grad, rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("which", range(3))
def test_gradients_are_those_of_small_differences(which):
    given = [X.copy(), GAMMA.copy(), BETA.copy()]
    _, cache = batch_norm_forward(*given)
    exact = batch_norm_backward(DY, cache)[which]
    for place in np.ndindex(*given[which].shape):
        losses = []
        for change in (1e-6, -1e-6):
            moved = [v.copy() for v in given]
            moved[which][place] += change
            losses.append((batch_norm_forward(*moved)[0] * DY).sum())
        assert (losses[0] - losses[1]) / 2e-6 == pytest.approx(exact[place], abs=1e-6)
