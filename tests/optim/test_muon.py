"""Muon against its algorithm written out in NumPy, and what orthogonalising means."""

import numpy as np
import pytest
import torch

from trainwell.optim._muon import MuonMatrices, orthogonalise


def newton_schulz(m, steps):
    x = m / (np.linalg.norm(m) + 1e-7)
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x
    for _ in range(steps):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return x.T if tall else x


def reference(x, grads, *, lr, rho, nesterov, decay, normalize, steps):
    m = np.zeros_like(x)
    for g in grads:
        m = rho * m + g
        u = newton_schulz(g + rho * m if nesterov else m, steps)
        if normalize:
            x = x * np.sqrt(len(x)) / np.linalg.norm(x) - lr * u
        else:
            x = x * (1 - lr * decay) - lr * u * np.sqrt(max(1, x.shape[0] / x.shape[1]))
    return x


@pytest.mark.parametrize("shape", [(4, 3), (3, 5)])
@pytest.mark.parametrize(
    ("nesterov", "normalize"), [(True, False), (False, False), (True, True)]
)
def test_three_steps_match_the_algorithm(shape, nesterov, normalize):
    rng = np.random.default_rng(0)
    x, grads = rng.normal(size=shape), rng.normal(size=(3, *shape))
    decay = 0.0 if normalize else 0.3
    p = torch.nn.Parameter(torch.from_numpy(x.copy()))
    opt = MuonMatrices(
        [p],
        0.1,
        momentum=0.8,
        nesterov=nesterov,
        weight_decay=decay,
        normalize=normalize,
        steps=3,
    )
    for g in grads:
        p.grad = torch.from_numpy(g)
        opt.step()
    expected = reference(
        x,
        grads,
        lr=0.1,
        rho=0.8,
        nesterov=nesterov,
        decay=decay,
        normalize=normalize,
        steps=3,
    )
    np.testing.assert_allclose(p.detach().numpy(), expected, rtol=1e-9)


def test_a_filter_is_its_flattened_matrix():
    torch.manual_seed(0)
    filters, g = torch.randn(4, 2, 3, 3), torch.randn(4, 2, 3, 3)
    a, b = torch.nn.Parameter(filters), torch.nn.Parameter(filters.flatten(1))
    a.grad, b.grad = g, g.flatten(1)
    for p in (a, b):
        MuonMatrices([p], 0.1).step()
    torch.testing.assert_close(a.flatten(1), b)


@pytest.mark.parametrize("shape", [(8, 8), (20, 5), (5, 20)])
def test_singular_values_are_pushed_towards_one(shape):
    torch.manual_seed(0)
    values = torch.linalg.svdvals(orthogonalise(torch.randn(*shape), steps=5))
    assert values.min() > 0.6
    assert values.max() < 1.3


def test_the_directions_are_those_of_the_svd():
    torch.manual_seed(0)
    m = torch.randn(6, 4, dtype=torch.float64)
    u, _, vt = torch.linalg.svd(m, full_matrices=False)
    along = u.T @ orthogonalise(m) @ vt.T
    off = along - torch.diag(along.diagonal())
    assert off.abs().max() < 1e-9


def test_vectors_are_refused():
    with pytest.raises(ValueError, match="two axes or more"):
        MuonMatrices([torch.nn.Parameter(torch.ones(3))])
