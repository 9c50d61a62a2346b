"""Newton: one step on a quadratic, steps written out, saddles, networks, messages."""

import numpy as np
import pytest
import torch
from torch import nn

from trainwell.optim import Newton
from trainwell.optim._newton import hessian


def descend(f, start, steps, **options):
    x = nn.Parameter(torch.tensor(start, dtype=torch.float64))
    optimizer = Newton([x], **options)

    def closure():
        optimizer.zero_grad()
        loss = f(x)
        loss.backward()
        return loss

    for _ in range(steps):
        optimizer.step(closure)
    return x.detach(), optimizer


def test_one_step_solves_a_quadratic():
    rng = np.random.default_rng(0)
    root = rng.normal(size=(4, 4))
    a = torch.from_numpy(root @ root.T + np.eye(4))
    b = torch.from_numpy(rng.normal(size=4))
    x, _ = descend(lambda x: x @ a @ x / 2 - b @ x, [3.0, -1, 2, 5], 1, damping=0.0)
    torch.testing.assert_close(x, torch.linalg.solve(a, b))


@pytest.mark.parametrize("lr", [1.0, 0.5])
def test_three_damped_steps_written_out(lr):
    # f = cosh(x) + cosh(2 y) - y: convex, so the least damping suffices
    x, y = 1.5, -0.7
    for _ in range(3):
        gx, gy = np.sinh(x), 2 * np.sinh(2 * y) - 1
        hx, hy = np.cosh(x), 4 * np.cosh(2 * y)
        x, y = x - lr * gx / (hx + 0.1), y - lr * gy / (hy + 0.1)
    ours, _ = descend(
        lambda x: x[0].cosh() + (2 * x[1]).cosh() - x[1],
        [1.5, -0.7],
        3,
        lr=lr,
        damping=0.1,
    )
    np.testing.assert_allclose(ours.numpy(), [x, y], rtol=1e-10)


def test_the_hessian_against_finite_differences():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2)).double()
    x, y = torch.randn(7, 3).double(), torch.tensor([0, 1, 1, 0, 1, 0, 0])
    weights = list(model.parameters())

    def loss():
        return nn.functional.cross_entropy(model(x), y)

    def gradient():
        return torch.cat([g.flatten() for g in torch.autograd.grad(loss(), weights)])

    ours = hessian(loss(), weights)
    columns = []
    for w in weights:
        for i in range(w.numel()):
            with torch.no_grad():
                w.view(-1)[i] += 1e-5
                above = w.view(-1)[i].item()
            up = gradient()
            with torch.no_grad():
                w.view(-1)[i] = above - 2e-5
            down = gradient()
            with torch.no_grad():
                w.view(-1)[i] = above - 1e-5
            columns.append((up - down) / 2e-5)
    torch.testing.assert_close(ours, torch.stack(columns), rtol=1e-5, atol=1e-8)


def test_leaves_a_saddle_and_falls_at_every_step():
    # plain Newton would go to the saddle at (0, 0)
    f = lambda x: x[0] ** 2 - x[1] ** 2 + x[1] ** 4 / 4  # noqa: E731
    x, _ = descend(f, [1.0, 0.1], 25)
    np.testing.assert_allclose(x.numpy(), [0, 2**0.5], atol=1e-6)


def test_a_linear_objective_has_no_curvature():
    x, _ = descend(lambda x: 2 * x.sum(), [1.0, 2.0], 1, damping=0.5)
    assert x.tolist() == pytest.approx([-3, -2])


def test_fits_a_network_with_an_ordinary_closure():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 5), nn.Tanh(), nn.Linear(5, 2))
    optimizer = Newton(model.parameters())
    x = torch.randn(30, 2)
    y = (x[:, 0] * x[:, 1] > 0).long()

    def closure():
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        return loss

    losses = [optimizer.step(closure) for _ in range(15)]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.3 * losses[0]


@pytest.mark.parametrize("detach", [True, False])
def test_a_closure_without_a_graph(detach):
    x = nn.Parameter(torch.ones(2))
    optimizer = Newton([x])

    def closure():
        loss = x.square().sum()
        torch.autograd.backward(loss)
        return loss.detach() if detach else loss

    with pytest.raises(ValueError, match="must return the loss tensor with its graph"):
        optimizer.step(closure)


def test_negative_damping():
    with pytest.raises(ValueError, match="`damping` must be in"):
        Newton([torch.ones(1)], damping=-1.0)
