from functools import partial

import numpy as np
import torch
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from torch.nn.functional import cross_entropy

from trainwell import losses as per_batch
from trainwell.models import num_parameters, softmax

hinge = partial(per_batch.hinge_loss, reduction="none")


def digits():
    data = load_digits()
    x = torch.from_numpy(data.images).float()[:, None] / 16
    return x, torch.from_numpy(data.target)


def test_templates():
    model = softmax(3, in_channels=2, image_size=4)
    assert num_parameters(model) == 3 * 32 + 3
    x = torch.randn(5, 2, 4, 4)
    assert not model(x).any()
    with torch.no_grad():
        model[1].weight.normal_()
        model[1].bias.normal_()
    templates = model[1].weight.view(3, 2, 4, 4)
    expected = torch.einsum("nchw,kchw->nk", x, templates) + model[1].bias
    torch.testing.assert_close(model(x), expected)


def test_it_is_logistic_regression():
    """The same penalised problem, which is convex, has one solution."""
    x, y = (part[:300] for part in digits())
    decay = 0.01  # 1 / (2 C n) of scikit-learn
    model = softmax(10, in_channels=1, image_size=8).double()
    optimizer = torch.optim.LBFGS(model.parameters(), max_iter=500)

    def closure():
        optimizer.zero_grad()
        penalty = decay * model[1].weight.square().sum()
        loss = cross_entropy(model(x.double()), y) + penalty
        loss.backward()
        return loss

    optimizer.step(closure)
    theirs = LogisticRegression(C=1 / (2 * decay * 300), max_iter=1000, tol=1e-8)
    pixels = x.double().flatten(1).numpy()
    theirs.fit(pixels, y.numpy())
    ours = model(x.double()).softmax(1).detach().numpy()
    np.testing.assert_allclose(ours, theirs.predict_proba(pixels), atol=1e-4)


def test_with_the_hinge_loss_it_is_a_linear_svm():
    x, y = digits()
    model = softmax(10, in_channels=1, image_size=8)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(300):
        optimizer.zero_grad()
        hinge(model(x[:1500]), y[:1500]).mean().backward()
        optimizer.step()
    accuracy = (model(x[1500:]).argmax(1) == y[1500:]).float().mean()
    assert accuracy > 0.88
