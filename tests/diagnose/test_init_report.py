"""Reports on tiny networks with known numbers, and that nothing is changed."""

import copy
import math

import numpy as np
import pytest
import torch
from torch import nn

from trainwell import init
from trainwell.diagnose import init_report, six_layers


def by_name(report):
    return {row.name: row for row in report.layers}


@pytest.fixture
def two_layers():
    """4 -> 3 -> 2, of which one hidden unit is dead and one is always alive."""
    model = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))
    with torch.no_grad():
        model[0].weight.copy_(
            torch.tensor([[1.0, 0, 0, 0], [0, 1, 0, 0], [0, 0, -2, 0]])
        )
        model[0].bias.copy_(torch.tensor([0.0, 5.0, -1.0]))
        model[2].weight.copy_(torch.tensor([[1.0, 2, 3], [0, 1, 0]]))
        model[2].bias.zero_()
    return model


IMAGES = torch.tensor([[1.0, 1, 1, 9], [-1, 0, 2, 9], [2, -1, 0, 9], [0, 0, 1, 9]])
TARGETS = torch.tensor([0, 1, 1, 0])


def by_hand(model, images, targets):
    """Outputs, loss and gradients of two layers in float64 loops."""
    w, b = (p.detach().double().numpy() for p in (model[0].weight, model[0].bias))
    v, c = (p.detach().double().numpy() for p in (model[2].weight, model[2].bias))
    dw, dv, loss, hidden = np.zeros_like(w), np.zeros_like(v), 0.0, []
    for x, t in zip(images.double().numpy(), targets.tolist(), strict=True):
        z = w @ x + b
        h = np.maximum(z, 0)
        logits = v @ h + c
        p = np.exp(logits - logits.max())
        p /= p.sum()
        loss -= math.log(p[t]) / len(images)
        d = p.copy()
        d[t] -= 1
        d /= len(images)
        dv += np.outer(d, h)
        dw += np.outer((v.T @ d) * (z > 0), x)
        hidden.append((z, h))
    z, h = (np.array(part) for part in zip(*hidden, strict=True))
    ratios = [np.linalg.norm(g) / np.linalg.norm(m) for g, m in ((dw, w), (dv, v))]
    return z, h, loss, ratios


def test_by_hand(two_layers):
    report = init_report(two_layers, IMAGES, TARGETS)
    z, h, loss, ratios = by_hand(two_layers, IMAGES, TARGETS)
    first, relu, last = report.layers
    assert [row.name for row in report.layers] == ["0", "1", "2"]
    assert [row.kind for row in report.layers] == ["Linear", "ReLU", "Linear"]
    assert [row.role for row in report.layers] == ["weight", "activation", "weight"]
    assert [row.depth for row in report.layers] == [1, 1, 2]
    assert (first.shape, relu.shape, last.shape) == ((3,), (3,), (2,))
    assert first.mean == pytest.approx(z.mean())
    assert first.std == pytest.approx(z.std())
    assert relu.mean == pytest.approx(h.mean())
    assert relu.std == pytest.approx(h.std())
    assert relu.dead == pytest.approx(1 / 3)
    assert (first.dead, first.saturated, relu.saturated) == (None, None, None)
    assert report.loss == pytest.approx(loss)
    assert first.gradient_norm == pytest.approx(ratios[0], rel=1e-5)
    assert last.gradient_norm == pytest.approx(ratios[1], rel=1e-5)
    assert relu.gradient_norm is None
    assert sum(relu.counts) == 12
    assert (report.num_images, report.num_classes) == (4, 2)


def test_a_dead_unit_has_exactly_no_gradient(two_layers):
    init_report(two_layers, IMAGES, TARGETS)
    nn.functional.cross_entropy(two_layers(IMAGES), TARGETS).backward()
    assert (two_layers[0].weight.grad[2] == 0).all()
    assert (two_layers[0].weight.grad[:2] != 0).any(1).all()


def test_saturation_by_hand():
    model = nn.Sequential(nn.Linear(1, 1, bias=False), nn.Tanh(), nn.Linear(1, 2))
    nn.init.ones_(model[0].weight)
    edge = math.atanh(0.98)
    images = torch.tensor([[-9.0], [edge * 0.99], [edge * 1.01], [0.0], [0.1]])
    assert by_name(init_report(model, images))["1"].saturated == pytest.approx(2 / 5)


def test_real_labels_give_other_gradients_than_random_ones(two_layers):
    given = init_report(two_layers, IMAGES, torch.ones(4, dtype=torch.long))
    drawn = init_report(two_layers, IMAGES)
    assert drawn == init_report(two_layers, IMAGES), "always the same"
    assert drawn.loss != given.loss
    assert [r.std for r in drawn.layers] == [r.std for r in given.layers]


class Reusing(nn.Module):
    """Uses one activation twice, changes in place, and freezes its first layer."""

    def __init__(self):
        super().__init__()
        self.one = nn.Linear(4, 4)
        self.two = nn.Linear(4, 2)
        self.act = nn.ReLU(inplace=True)
        self.never = nn.Linear(4, 4)
        self.one.requires_grad_(requires_grad=False)

    def forward(self, x):
        return self.act(self.two(self.act(self.one(x))))


def test_every_call_is_a_row():
    torch.manual_seed(0)  # with other weights `two` may be dead
    report = init_report(Reusing(), torch.randn(8, 4))
    rows = by_name(report)
    assert list(rows) == ["one", "act", "two", "act (2)"]
    assert rows["one"].edges[0] < 0, "seen before it is changed in place"
    assert rows["one"].gradient_norm is None
    assert rows["two"].gradient_norm > 0
    assert rows["act (2)"].depth == 2


def test_a_weight_of_zeros_has_an_infinite_ratio(two_layers):
    nn.init.zeros_(two_layers[2].weight)
    rows = by_name(init_report(two_layers, IMAGES, TARGETS))
    assert rows["2"].gradient_norm == math.inf
    assert rows["0"].gradient_norm == 0


def test_weight_norm_counts_as_one_vector():
    plain = nn.Linear(4, 2, bias=False)
    normed = nn.utils.parametrizations.weight_norm(copy.deepcopy(plain))
    row = init_report(nn.Sequential(normed), IMAGES, TARGETS).layers[0]
    parts = list(normed.parameters())
    nn.functional.cross_entropy(normed(IMAGES), TARGETS).backward()
    gradient = math.hypot(*(p.grad.norm().item() for p in parts))
    weight = math.hypot(*(p.detach().norm().item() for p in parts))
    assert row.gradient_norm == pytest.approx(gradient / weight)


def test_channels_of_tokens_are_the_last_axis():
    model = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(9, 2))
    with torch.no_grad():
        model[0].bias.copy_(torch.tensor([-100.0, 100, 100]))
    rows = by_name(init_report(model, torch.randn(5, 3, 4)))
    assert rows["1"].dead == pytest.approx(1 / 3)


@pytest.fixture
def restless():
    """A network whose every forward would change something."""
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Flatten(),
        nn.Linear(4 * 64, 3),
    )
    model.train()
    model[1].eval()
    model[0].weight.grad = torch.ones_like(model[0].weight)
    return model


def test_nothing_is_changed(restless, capfd):
    before = copy.deepcopy(restless)
    state, generator = restless.state_dict(), torch.get_rng_state()
    addresses = {name: t.data_ptr() for name, t in state.items()}
    modes = [m.training for m in restless.modules()]
    with torch.no_grad():
        init_report(restless, torch.randn(8, 1, 8, 8, generator=torch.Generator()))
    assert torch.equal(torch.get_rng_state(), generator)
    assert [m.training for m in restless.modules()] == modes
    for name, tensor in restless.state_dict().items():
        assert torch.equal(tensor, before.state_dict()[name]), name
        assert tensor.data_ptr() == addresses[name], name
    assert torch.equal(restless[0].weight.grad, torch.ones(4, 1, 3, 3))
    assert restless[5].weight.grad is None
    assert not any(m._forward_hooks for m in restless.modules())
    assert capfd.readouterr() == ("", "")


def test_all_is_put_back_after_an_error(restless):
    modes = [m.training for m in restless.modules()]
    running = restless[1].running_mean.clone()
    with pytest.raises(RuntimeError):
        init_report(restless, torch.randn(8, 1, 9, 9))
    assert [m.training for m in restless.modules()] == modes
    assert torch.equal(restless[1].running_mean, running)
    assert not any(m._forward_hooks for m in restless.modules())


def test_norms_use_the_batch_and_noise_is_off(restless):
    restless.eval()
    restless[1].running_mean += 100
    images = torch.randn(16, 1, 8, 8)
    report = init_report(restless, images)
    assert by_name(report)["2"].dead == 0
    assert report == init_report(restless, images)


def test_useless_biases(restless):
    assert init_report(restless, torch.randn(8, 1, 8, 8)).useless_biases == ("0",)


def test_progress_runs_to_its_end(two_layers):
    from contextlib import contextmanager

    seen = []

    @contextmanager
    def progress(description, total):
        seen.append([description, total, 0])

        def advance(amount):
            seen[-1][2] += amount

        yield advance

    init_report(two_layers, IMAGES, progress=progress)
    assert seen == [["measuring", 6, 6]]


def test_messages(two_layers):
    with pytest.raises(ValueError, match="`images` must hold two or more, got 1"):
        init_report(two_layers, IMAGES[:1])
    with pytest.raises(ValueError, match="`model` must have a convolution"):
        init_report(nn.Flatten(), IMAGES)


# The lectures' claims, as properties, on the same network in small: 6 x 256 units.


def started(activation, rule, **arguments):
    torch.manual_seed(0)
    model = six_layers(image_size=16, activation=activation, width=256)
    init.init_weights_(model, lambda weight: rule(weight, **arguments))
    images = torch.randn(64, 1, 16, 16)
    report = init_report(model, images)
    return report, [row.std for row in report.layers if row.role == "activation"]


def test_small_weights_collapse_under_tanh():
    """N(0, 0.01^2) for 4096 inputs is N(0, 0.04^2) for 256."""
    report, stds = started("tanh", init.small_normal_, std=0.04)
    assert all(
        after < 0.7 * before for before, after in zip(stds, stds[1:], strict=False)
    )
    assert stds[-1] < 0.06
    assert report.verdict.kind == "vanishing"
    assert "init=xavier_normal" in report.verdict.text


def test_large_weights_saturate_tanh():
    report, _ = started("tanh", init.small_normal_, std=0.2)
    saturated = [r.saturated for r in report.layers if r.saturated is not None]
    assert min(saturated) > 0.35
    assert report.verdict.kind == "saturated"


def test_xavier_keeps_tanh_within_bounds():
    report, stds = started("tanh", init.xavier_normal_)
    assert min(stds) > 0.25
    assert max(stds) < 0.7
    assert report.verdict.kind == "starts well"


def test_xavier_shrinks_under_relu():
    report, stds = started("relu", init.xavier_normal_)
    ratios = [after / before for before, after in zip(stds, stds[1:], strict=False)]
    assert np.mean(ratios) == pytest.approx(2**-0.5, abs=0.05)
    assert report.verdict.kind == "vanishing"
    assert "init=kaiming_normal" in report.verdict.text


def test_kaiming_keeps_relu():
    report, stds = started("relu", init.kaiming_normal_)
    assert max(stds) / min(stds) < 1.3
    assert report.verdict.kind == "starts well"


def test_lecun_keeps_selu_at_one():
    _, stds = started("selu", init.lecun_normal_)
    assert stds == pytest.approx([1.0] * 6, abs=0.1)


def test_gradients_vanish_through_sigmoids():
    report, _ = started("sigmoid", init.xavier_normal_)
    norms = [r.gradient_norm for r in report.layers if r.role == "weight"]
    assert all(a < 0.5 * b for a, b in zip(norms, norms[1:], strict=False))
    assert report.verdict.kind == "vanishing"
    assert "on the way back" in report.verdict.text
