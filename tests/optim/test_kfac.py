"""K-FAC: one step by whole Kronecker products, the clip, and fewer steps than SGD."""

import itertools
import math

import jaxtyping
import pytest
import torch
from sklearn.datasets import load_digits
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.optim import KFAC
from trainwell.optim._nesterov import nesterov


def small():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2)).double()


def backward(model):
    x = torch.linspace(-1, 1, 18).view(6, 3).double()
    nn.functional.cross_entropy(model(x), torch.tensor([0, 1, 1, 0, 1, 0])).backward()


def test_one_step_is_the_inverse_of_the_kronecker_product():
    model = small()
    before = [p.detach().clone() for p in model.parameters()]
    optimizer = KFAC(model, 0.1, damping=0.04, kl_clip=1e9, weight_decay=0.5)
    backward(model)
    gradients = [w.gradient() for w in optimizer.watches]
    optimizer.step()
    for i, layer in enumerate((model[0], model[2])):
        slots = optimizer.state[layer.weight]
        a, g, rows = slots["a"], slots["g"], len(slots["g"])
        pi = ((a.trace() / len(a)) / (g.trace() / rows)).sqrt()
        damped = torch.kron(
            g + 0.2 / pi * torch.eye(rows), a + 0.2 * pi * torch.eye(len(a))
        )
        step = torch.linalg.solve(damped, gradients[i].flatten()).view(rows, -1)
        weight, bias = before[2 * i : 2 * i + 2]
        expected = weight - 0.1 * (step[:, :-1] + 0.5 * weight)
        torch.testing.assert_close(layer.weight.detach(), expected)
        torch.testing.assert_close(layer.bias.detach(), bias - 0.1 * step[:, -1])


def test_the_clip_bounds_the_change_and_keeps_the_direction():
    steps = []
    for clip in (1e9, 1e-5):
        model = small()
        start = [p.detach().clone() for p in model.parameters()]
        optimizer = KFAC(model, 0.5, kl_clip=clip)
        torch.manual_seed(1)
        backward(model)
        gradient = torch.cat([p.grad.flatten() for p in model.parameters()])
        optimizer.step()
        moved = zip(start, model.parameters(), strict=True)
        steps.append(torch.cat([(a - b.detach()).flatten() for a, b in moved]))
    free, clipped = steps
    torch.testing.assert_close(clipped / clipped.norm(), free / free.norm())
    share = clipped.norm() / free.norm()  # lr^2 <share U, F share U>, and F U = g
    assert (0.5 * share * clipped @ gradient).item() == pytest.approx(1e-5)


def test_running_factors_and_when_they_are_inverted():
    model = small()
    optimizer = KFAC(model, 0.1, inverse_every=2)
    slots, seen = optimizer.state[model[0].weight], []
    for _ in range(3):
        optimizer.zero_grad()
        backward(model)
        batch = optimizer.watches[0].g / optimizer.watches[0].rows
        before = slots.get("g", batch).clone()
        optimizer.step()
        torch.testing.assert_close(slots["g"], 0.95 * before + 0.05 * batch)
        seen.append(slots["g_inverse"].clone())
    assert torch.equal(seen[0], seen[1])
    assert not torch.equal(seen[1], seen[2])


def test_other_parameters_take_plain_momentum():
    model = nn.Sequential(nn.Linear(3, 4), nn.LayerNorm(4), nn.Linear(4, 2))
    optimizer = KFAC(model, 0.1, momentum=0.5)
    norm = model[1].weight
    x = v = norm.detach().clone()
    v = torch.zeros_like(v)
    for _ in range(3):
        optimizer.zero_grad()
        model(torch.randn(5, 3)).square().mean().backward()
        v = 0.5 * v + norm.grad
        x = x - 0.1 * v
        optimizer.step()
        torch.testing.assert_close(norm.detach(), x)


def test_zero_grad_forgets_the_factors_of_a_pass_that_was_given_up():
    model = small()
    optimizer = KFAC(model)
    backward(model)
    optimizer.zero_grad()
    assert all(watch.take() is None for watch in optimizer.watches)


def test_shared_weights_are_watched_once():
    model = nn.Sequential(nn.Linear(3, 3), nn.Tanh(), nn.Linear(3, 3))
    model[2].weight = model[0].weight
    assert len(KFAC(model).watches) == 1


def digits():
    data = load_digits()
    images = torch.tensor(data.images, dtype=torch.float32)[:, None] / 16
    return (images - images.mean()) / images.std(), torch.tensor(data.target)


def mlp():
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(64, 64),
        nn.ReLU(),
        nn.Linear(64, 32),
        nn.ReLU(),
        nn.Linear(32, 10),
    )


def conv():
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(8, 16, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(256, 10),
    )


def steps_to(target, make, build, limit):
    """Steps until the loss over the training set is below target, looked at every 5."""
    images, labels = digits()
    torch.manual_seed(2)
    model, draws = make(), torch.Generator().manual_seed(2)
    optimizer = build(model)
    for step in range(1, limit + 1):
        rows = torch.randint(len(images), (512,), generator=draws)
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(images[rows]), labels[rows]).backward()
        optimizer.step()
        if step % 5 == 0:
            with torch.no_grad():
                loss = nn.functional.cross_entropy(model(images), labels).item()
            if loss < target:
                return step
    return math.inf


@pytest.mark.parametrize("make", [mlp, conv])
def test_fewer_steps_than_tuned_nesterov(make):
    ours = steps_to(0.003, make, KFAC, 100)
    assert ours < math.inf
    limit = int(ours * 1.15)
    for lr, momentum in itertools.product((0.1, 0.15, 0.2, 0.3), (0.9, 0.95)):
        build = lambda m: nesterov(m.parameters(), lr, momentum=momentum)  # noqa: B023, E731
        assert steps_to(0.003, make, build, limit) == math.inf, (lr, momentum)


def test_a_model_without_such_layers():
    with pytest.raises(ModelError, match="`kfac` found no linear layer or convolution"):
        KFAC(nn.BatchNorm1d(3))


@pytest.mark.parametrize("name", ["damping", "kl_clip", "inverse_every"])
def test_out_of_range(name):
    with pytest.raises(ValueError, match=f"`{name}` must be positive"):
        KFAC(nn.Linear(2, 2), **{name: 0})


def test_unknown_likelihood(monkeypatch):
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)
    with pytest.raises(ValueError, match="`likelihood` must be one of"):
        KFAC(nn.Linear(2, 2), likelihood="poisson")
