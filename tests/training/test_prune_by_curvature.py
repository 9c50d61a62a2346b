"""Pruning by curvature on digits: against magnitude, its definitions, and resumed."""

from functools import partial

import pytest
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn

from trainwell import prune
from trainwell.schedules import constant
from trainwell.training import (
    Hook,
    brain_damage,
    brain_surgeon,
    load_checkpoint,
    save_checkpoint,
)
from trainwell.training import _prune_by_curvature as subject
from trainwell.training._prune_by_curvature import damage_masks, surgeon_masks


def matrices(model):
    return {n: p for n, p in model.named_parameters() if p.ndim > 1}


@pytest.fixture(scope="module")
def trained():
    """A network of two layers, trained on digits, and its images."""
    digits = load_digits()
    x = torch.from_numpy(digits.data).float() / 8 - 1
    y = torch.from_numpy(digits.target)
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(64, 40), nn.ReLU(), nn.Linear(40, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for step in range(300):
        rows = torch.arange(step * 64, step * 64 + 64) % 1200
        optimizer.zero_grad()
        F.cross_entropy(model(x[rows]), y[rows]).backward()
        optimizer.step()
    optimizer.zero_grad()
    return model, x, y


def pruned(trained, method, share):
    """Return loss and accuracy on unseen images after one removal, not trained after."""
    model, x, y = trained
    copy = nn.Sequential(nn.Linear(64, 40), nn.ReLU(), nn.Linear(40, 10))
    copy.load_state_dict(model.state_dict())
    masks = method(copy, x[:256], matrices(copy), share, "global")
    prune.apply_masks_({n: p.data for n, p in matrices(copy).items()}, masks)
    assert prune.sparsity(matrices(copy)).share == pytest.approx(share, abs=1e-3)
    with torch.no_grad():
        z = copy(x[1200:])
    right = (z.argmax(1) == y[1200:]).double().mean().item()
    return F.cross_entropy(z, y[1200:]).item(), right


def by_magnitude(model, images, weights, share, scope):
    return prune.magnitude_masks(weights, share=share, scope=scope)


@pytest.mark.parametrize("share", [0.7, 0.85, 0.92])
def test_without_training_after_it_nothing_is_worse_than_magnitude(trained, share):
    plain = pruned(trained, by_magnitude, share)
    damaged = pruned(trained, damage_masks, share)
    operated = pruned(trained, surgeon_masks, share)
    assert damaged[1] >= plain[1]
    assert operated[1] >= damaged[1]
    assert operated[0] < damaged[0]
    if share > 0.8:
        assert damaged[0] < plain[0]


def test_damage_is_half_the_curvature_times_the_square(trained):
    model, x, _ = trained
    last = model[2]
    hidden = model[:2](x[:64]).detach().double()
    p = (hidden @ last.weight.double().T + last.bias.double()).softmax(1).detach()
    h = torch.zeros(10, 40, dtype=torch.float64)
    for n in range(64):
        for o in range(10):
            h[o] += p[n, o] * (1 - p[n, o]) * hidden[n] ** 2 / 64
    scores = h * last.weight.detach().double() ** 2 / 2
    found = damage_masks(model, x[:64], {"w": last.weight}, 0.5, "global")["w"]
    expected = prune.score_masks({"w": scores}, share=0.5)["w"]
    assert (found != expected).sum() <= 2  # float32 may swap neighbours at the border


def test_small_layers_have_their_whole_curvature_and_large_ones_factors(
    trained, monkeypatch
):
    model, x, _ = trained
    weight = model[2].weight
    hidden = model[:2](x[:64]).detach()
    for exact, width in ((400, 400), (399, 40)):
        monkeypatch.setattr(subject, "_EXACT", exact)
        surgery = subject._Surgery(weight)
        subject.add_curvature(
            model, x[:64], {"w": model[2]}, lambda _, a, g, s=surgery: s.add(a, g)
        )
        ((columns, hessian),) = surgery._hessians()
        assert hessian.shape == (width, width)
        assert columns == slice(0, width)
    a = hidden.T @ hidden / 64
    damped = a + 1e-3 * a.diagonal().mean() * torch.eye(40)
    torch.testing.assert_close(hessian, damped, rtol=1e-4, atol=1e-5)
    p = (hidden @ weight.T + model[2].bias).softmax(1).detach()
    g = (p * (1 - p)).mean(0)
    expected = prune.surgeon_scores(weight.detach(), damped) * g[:, None]
    torch.testing.assert_close(surgery.scores(), expected, rtol=1e-2, atol=1e-6)


def test_wide_layers_are_cut_into_blocks_of_inputs(trained, monkeypatch):
    model, x, _ = trained
    monkeypatch.setattr(subject, "_EXACT", 1)
    monkeypatch.setattr(subject, "_WIDE", 24)
    surgery = subject._Surgery(model[0].weight)
    assert [c.stop - c.start for c in surgery.columns] == [24, 24, 16]
    loss, right = pruned(trained, surgeon_masks, 0.7)
    assert right >= pruned(trained, by_magnitude, 0.7)[1]


@pytest.mark.parametrize("make", [brain_damage, brain_surgeon])
def test_while_training_zeros_only_grow_and_reach_the_share(setup, make):
    class Watch(Hook):
        def __init__(self):
            self.zeros = []

        def after_step(self, state, batch, loss):
            self.zeros.append({n: p == 0 for n, p in matrices(state.model).items()})

    state, watch = setup.state(total_steps=20, average=True), Watch()
    hook = make(matrices, share=0.75, start=0.25, end=0.75)
    setup.fit(state, [hook, watch], schedule=constant())
    for before, after in zip(watch.zeros, watch.zeros[1:], strict=False):
        assert all((after[n] | ~before[n]).all() for n in before)
    assert prune.sparsity(matrices(state.model)).share == pytest.approx(0.75, abs=0.02)
    assert prune.sparsity(matrices(state.average)).share == pytest.approx(
        0.75, abs=0.02
    )


@pytest.mark.parametrize("make", [brain_damage, brain_surgeon])
def test_a_resumed_run_is_the_same(setup, tmp_path, make):
    hook = partial(make, matrices, share=0.8, start=0.1, end=0.9)
    whole = setup.fit(setup.state(total_steps=12), [hook()])

    class Stop(Hook):
        def after_step(self, state, batch, loss):
            state.stop = "signal" if state.step == 7 else ""

    first = setup.fit(setup.state(total_steps=12), [hook(), Stop()])
    save_checkpoint(tmp_path / "state.safetensors", first)
    second = setup.state(total_steps=12)
    load_checkpoint(tmp_path / "state.safetensors", second)
    second.stop = ""
    setup.fit(second, [hook()])
    for one, other in zip(
        whole.model.parameters(), second.model.parameters(), strict=True
    ):
        assert torch.equal(one, other)


def test_weights_whose_curvature_is_not_known_stay(setup):
    model = nn.Sequential(nn.Conv2d(4, 4, 3, groups=2), nn.Flatten(), nn.Linear(4, 3))
    hook = brain_damage(matrices, share=1.0)
    assert list(hook.weights(model)) == ["2.weight"]
