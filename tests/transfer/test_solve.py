"""The solved head is the minimum that its definition names."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression

from trainwell.transfer import LinearHead, solve_head, solve_label_head


@pytest.fixture
def problem():
    generator = torch.Generator().manual_seed(0)
    targets = torch.arange(120) % 3
    centres = torch.randn(3, 6, generator=generator)
    noise = torch.randn(120, 6, generator=generator)
    return 3 + 2 * (centres[targets] + noise).double(), targets


def test_it_is_the_minimum_of_its_definition(problem):
    """scikit-learn minimises the same sum, with C = 1 / (2 n penalty)."""
    features, targets = problem
    penalty = 0.01
    head = solve_head(
        features, targets, 3, penalty=penalty, label_smoothing=0, steps=500
    )
    mean, std = features.mean(0), features.std(0, correction=0) + 1e-3
    torch.testing.assert_close(head.mean, mean)
    torch.testing.assert_close(head.std, std)
    z = ((features - mean) / std).clamp(-5, 5).numpy()
    peer = LogisticRegression(C=1 / (2 * len(z) * penalty), tol=1e-10, max_iter=5000)
    peer.fit(z, targets.numpy())
    np.testing.assert_allclose(head.weight, peer.coef_, atol=2e-4)
    expected = peer.predict_proba(z)
    np.testing.assert_allclose(head.logits(features).softmax(1), expected, atol=2e-4)


def test_the_gradient_is_zero(problem):
    features, targets = problem
    head = solve_head(features, targets, 3, steps=500)
    weight = head.weight.clone().requires_grad_()
    z = ((features - head.mean) / head.std).clamp(-5, 5)
    logits = z @ weight.T + head.bias
    wanted = 0.9 * torch.nn.functional.one_hot(targets, 3) + 0.1 / 3
    loss = -(wanted * logits.log_softmax(1)).sum(1).mean()
    (loss + 0.2 / 3 * weight.square().sum()).backward()
    assert weight.grad.abs().max() < 1e-5


def test_far_values_are_clipped():
    head = LinearHead(torch.zeros(1), torch.ones(1), torch.ones(1, 1), torch.zeros(1))
    assert head.logits(torch.tensor([[1e6]])).item() == 5


def test_a_class_without_images_is_never_the_answer(problem):
    features, targets = problem
    head = solve_head(features, targets, 4)
    assert head.weight.shape == (4, 6)
    assert (head.logits(features).argmax(1) != 3).all()


def test_a_constant_feature_does_no_harm(problem):
    features, targets = problem
    features[:, 2] = 7.0
    head = solve_head(features, targets, 3)
    assert torch.isfinite(head.logits(features)).all()
    assert head.weight[:, 2].abs().max() < 1e-6


def test_twice_is_the_same(problem):
    features, targets = problem
    first, second = (solve_head(features.float(), targets, 3) for _ in range(2))
    assert torch.equal(first.weight, second.weight)


@pytest.mark.parametrize(
    "wrong", [{"penalty": 0.0}, {"steps": 0}, {"label_smoothing": 1.5}]
)
def test_bad_numbers(problem, wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        solve_head(*problem, 3, **wrong)


def test_labels_are_solved_each_for_itself(problem):
    """scikit-learn minimises the same sum for each label."""
    features, classes = problem
    noise = torch.rand(120, generator=torch.Generator().manual_seed(2))
    targets = torch.stack([classes == 0, (classes != 1) ^ (noise < 0.2)], 1).float()
    penalty = 0.01
    head = solve_label_head(features, targets, penalty=penalty, steps=500)
    z = ((features - head.mean) / head.std).clamp(-5, 5).numpy()
    for i, column in enumerate(targets.T.numpy()):
        peer = LogisticRegression(
            C=1 / (2 * len(z) * penalty), tol=1e-10, max_iter=5000
        ).fit(z, column)
        np.testing.assert_allclose(head.weight[i], peer.coef_[0], atol=2e-4)
        expected = peer.predict_proba(z)[:, 1]
        found = head.logits(features)[:, i].sigmoid()
        np.testing.assert_allclose(found, expected, atol=2e-4)


def test_a_label_without_images_is_unlikely(problem):
    features, _ = problem
    head = solve_label_head(features, torch.zeros(120, 1))
    assert (head.logits(features) < -2).all()


@pytest.mark.parametrize("wrong", [{"penalty": 0.0}, {"steps": 0}])
def test_bad_numbers_of_labels(problem, wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        solve_label_head(problem[0], torch.zeros(120, 1), **wrong)


def test_parts_find_what_one_of_them_shows():
    """A label is there if any part shows it; the mean over the parts hides it."""
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(300, 9, 6, generator=generator, dtype=torch.float64)
    shown = torch.rand(300, 9, 2, generator=generator) < 0.05
    x[..., :2] += 4 * shown
    y = shown.any(1).double()
    train, test = slice(0, 200), slice(200, 300)
    of_parts = solve_label_head(x[train], y[train]).logits(x[test])
    of_means = solve_label_head(x[train].mean(1), y[train]).logits(x[test].mean(1))
    right = [((z > 0) == y[test].bool()).double().mean() for z in (of_parts, of_means)]
    assert right[0] > 0.93
    assert right[0] > right[1] + 0.08


def test_the_solution_of_parts_is_a_minimum():
    """The gradient of the loss, written out, vanishes."""
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(80, 4, 3, generator=generator, dtype=torch.float64)
    y = (torch.rand(80, 2, generator=generator) < 0.4).double()
    head = solve_label_head(x, y, penalty=0.3, steps=300)
    z = ((x - x.mean((0, 1))) / (x.flatten(0, 1).std(0, correction=0) + 1e-3)).clamp(
        -5, 5
    )
    weight, bias = head.weight.requires_grad_(), head.bias.requires_grad_()
    p = (z @ weight.T + bias).exp().sum(1)
    log_likelihood = y * (p / (1 + p)).log() + (1 - y) * (1 / (1 + p)).log()
    loss = -log_likelihood.sum(1).mean() + 0.3 * weight.square().sum()
    for gradient in torch.autograd.grad(loss, (weight, bias)):
        assert gradient.abs().max() < 1e-4
