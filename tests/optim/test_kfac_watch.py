"""What is summed: the Fisher matrix's factors, from training passes only."""

import copy

import pytest
import torch
from torch import nn

from trainwell.optim._kfac_watch import Sampler, Watch, score


def watched(model, likelihood="categorical"):
    watches = [Watch(m) for m in model.modules() if isinstance(m, nn.Linear)]
    Sampler(model, watches, likelihood)
    return watches


def test_scores_have_the_mean_and_the_covariance_of_the_fisher_matrix():
    torch.manual_seed(0)
    logits = torch.tensor([[0.3, -1.0, 0.9]], dtype=torch.float64)
    scores = score(logits.expand(20_000, 3), "categorical")
    p = logits.softmax(1)[0]
    fisher = torch.diag(p) - torch.outer(p, p)
    # 5 standard errors of a mean of 20,000 values below 1
    torch.testing.assert_close(scores.mean(0), 0 * p, rtol=0, atol=0.02)
    torch.testing.assert_close(scores.T @ scores / 20_000, fisher, rtol=0, atol=0.02)


def test_the_factors_of_one_layer_are_its_inputs_and_the_scores():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 2)).double()
    (watch,) = watched(model, "gaussian")
    x = torch.randn(6, 3).double()
    torch.manual_seed(1)
    model(x)
    torch.manual_seed(1)
    drawn = score(torch.zeros(6, 2).double(), "gaussian")
    a, g = watch.take()
    rows = torch.cat([x, torch.ones(6, 1)], 1)
    torch.testing.assert_close(a, rows.T @ rows / 6)
    torch.testing.assert_close(g, drawn.T @ drawn / 6)
    assert watch.take() is None


def test_the_factors_of_a_convolution_written_out():
    torch.manual_seed(0)
    layer, x, g = nn.Conv2d(2, 3, 3), torch.randn(5, 2, 6, 6), torch.randn(5, 3, 4, 4)
    watch = Watch(layer)
    watch.add(x, g)
    inputs, outputs = torch.zeros(19, 19), torch.zeros(3, 3)
    for n in range(5):
        for i in range(4):
            for j in range(4):
                patch = x[n, :, i : i + 3, j : j + 3].flatten()
                row = torch.cat([patch, torch.ones(1)])
                inputs += torch.outer(row, row) / 5
                outputs += torch.outer(g[n, :, i, j], g[n, :, i, j]) / (5 * 16)
    ours = watch.take()
    torch.testing.assert_close(ours[0], inputs)
    torch.testing.assert_close(ours[1], outputs)


def test_parts_add_up_to_the_whole():
    torch.manual_seed(0)
    layer, x, g = nn.Conv2d(2, 3, 3), torch.randn(5, 2, 6, 6), torch.randn(5, 3, 4, 4)
    whole, parts = Watch(layer), Watch(layer)
    whole.add(x, g)
    for rows in (slice(0, 2), slice(2, 5)):
        parts.add(x[rows], g[rows])
    for first, second in zip(whole.take(), parts.take(), strict=True):
        torch.testing.assert_close(first, second)


def test_an_activation_in_place_changes_nothing():
    factors = []
    for inplace in (False, True):
        torch.manual_seed(0)
        model = nn.Sequential(
            nn.Linear(3, 4), nn.ReLU(inplace=inplace), nn.Linear(4, 2)
        )
        watches = watched(model)
        loss = model(torch.randn(8, 3)).square().sum()
        loss.backward()
        factors.append([f for watch in watches for f in watch.take()])
    for first, second in zip(*factors, strict=True):
        assert torch.equal(first, second)


@pytest.mark.parametrize("how", ["evaluation", "no_grad", "copy", "copied layer"])
def test_passes_that_do_not_train_leave_no_trace(how):
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
    watches = watched(model)
    x = torch.randn(8, 3)
    if how == "evaluation":
        model.eval()(x).sum().backward()
    elif how == "no_grad":
        with torch.no_grad():
            model(x)
    elif how == "copied layer":
        copy.deepcopy(model[0])(x).sum().backward()
    else:
        twin = copy.deepcopy(model)
        twin(x).sum().backward()
        assert twin[0].weight.grad is not None
    assert all(watch.take() is None and not watch.seen for watch in watches)


def test_the_gradient_as_a_matrix_and_back():
    layer = nn.Conv2d(2, 3, 2)
    watch = Watch(layer)
    assert watch.gradient() is None
    layer(torch.randn(1, 2, 4, 4)).square().sum().backward()
    matrix = watch.gradient()
    assert torch.equal(matrix[:, :-1], layer.weight.grad.flatten(1))
    assert torch.equal(matrix[:, -1], layer.bias.grad)
    watch.set_gradient(2 * matrix)
    assert torch.equal(watch.gradient(), 2 * matrix)
