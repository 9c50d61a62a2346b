"""The curvature of layers, written out in float64, and what stays as it was."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from trainwell.training._curvature import add_curvature, layers_of, logit_factors


def weights_of(model):
    return {n: p for n, p in model.named_parameters() if p.ndim > 1}


def whole(model, images):
    """Return H of every layer's weight, summed from what is added."""
    layers = layers_of(model, weights_of(model))
    found = {}

    def add(name, a, g):
        each = torch.einsum("cnto,nti->cnoi", g, a).flatten(2).flatten(0, 1)
        found[name] = found.get(name, 0) + each.T @ each / len(images)

    add_curvature(model, images, layers, add)
    return found


def test_factors_sum_to_the_second_derivative_of_cross_entropy():
    z = torch.randn(3, 5, dtype=torch.float64)
    factors = logit_factors(z)
    for n in range(3):
        expected = torch.autograd.functional.hessian(
            lambda row: F.cross_entropy(row[None], torch.tensor([2])), z[n]
        )
        torch.testing.assert_close(factors[:, n].T @ factors[:, n], expected)


def test_drawn_classes_are_right_on_average():
    torch.manual_seed(0)
    z = torch.randn(1, 14, dtype=torch.float64).expand(4000, 14)
    factors = logit_factors(z)
    assert factors.shape == (10, 4000, 14)
    p = z[0].softmax(0)
    found = torch.einsum("cni,cnj->ij", factors, factors) / 4000
    expected = torch.diag(p) - torch.outer(p, p)
    # 40,000 draws: four standard errors of a share of one half are 0.01
    torch.testing.assert_close(found, expected, atol=0.01, rtol=0)


def test_of_a_linear_model_it_is_the_hessian():
    torch.manual_seed(0)
    model = nn.Linear(4, 3).double()
    x, y = torch.randn(11, 4, dtype=torch.float64), torch.arange(11) % 3

    def loss(weight):
        return F.cross_entropy(x @ weight.view(3, 4).T + model.bias, y)

    expected = torch.autograd.functional.hessian(loss, model.weight.detach().flatten())
    torch.testing.assert_close(
        whole(model, x)["weight"], expected, atol=1e-5, rtol=1e-4
    )


def test_of_convolutions_it_is_the_definition():
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Conv2d(2, 3, 3, stride=2, padding=1),
        nn.BatchNorm2d(3),
        nn.ReLU(inplace=True),
        nn.Dropout(0.5),
        nn.Flatten(),
        nn.Linear(27, 4),
    ).double()
    images = torch.randn(9, 2, 6, 6, dtype=torch.float64)
    model.eval()
    weights = weights_of(model)
    sums = {n: np.zeros((w.numel(), w.numel())) for n, w in weights.items()}
    for image in images:
        z = model(image[None])[0]
        p = z.detach().softmax(0).numpy()
        rows = {n: [] for n in weights}
        for k in range(4):
            found = torch.autograd.grad(z[k], list(weights.values()), retain_graph=True)
            for name, g in zip(weights, found, strict=True):
                rows[name].append(g.flatten().numpy())
        middle = np.diag(p) - np.outer(p, p)
        for name in weights:
            j = np.stack(rows[name])
            sums[name] += j.T @ middle @ j / 9
    for name, found in whole(model, images).items():
        np.testing.assert_allclose(found.numpy(), sums[name], atol=1e-5)


def test_the_model_stays_as_it_was():
    model = nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(4, 3)).train()
    before = torch.random.get_rng_state()
    whole(model, torch.randn(5, 1, 2, 2, generator=torch.Generator().manual_seed(0)))
    assert torch.equal(torch.random.get_rng_state(), before)
    assert model.training
    assert model[2].weight.grad is None
    assert not model[2]._forward_hooks


@pytest.mark.parametrize(
    ("layer", "known"),
    [(nn.Conv2d(4, 4, 3), True), (nn.Conv2d(4, 4, 3, groups=2), False)],
)
def test_layers_with_groups_are_left_out(layer, known):
    assert ("weight" in layers_of(layer, weights_of(layer))) is known
