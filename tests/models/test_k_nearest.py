"""k nearest neighbours against scikit-learn's, and its leave-one-out in training."""

import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import LeaveOneOut, cross_val_predict
from sklearn.neighbors import KNeighborsClassifier

from trainwell.models import k_nearest, num_parameters


def digits():
    """Made unlike by a little noise, so that no two distances are equal."""
    data = load_digits()
    g = torch.Generator().manual_seed(0)
    x = torch.from_numpy(data.images).float()[:, None] / 16
    return x + 0.01 * torch.randn(x.shape, generator=g), torch.from_numpy(data.target)


def shares(model, x, k):
    """Undo the logarithm and the vote that is spread evenly."""
    outputs = model(x).detach().double().exp()
    return ((outputs * (k + 1) - 1 / outputs.shape[1]) / k).numpy()


def test_by_hand():
    model = k_nearest(3, in_channels=1, image_size=1, neighbours=3, kept=4).eval()
    stored = torch.tensor([0.0, 1.0, 2.0, 9.0]).view(4, 1, 1, 1)
    model.init_from_data(stored, torch.tensor([0, 1, 1, 2]))
    votes = torch.tensor([[1.0, 2, 0], [0, 2, 1]])  # of 0, 1, 2 and of 1, 2, 9
    outputs = model(torch.tensor([0.4, 8.0]).view(2, 1, 1, 1))
    torch.testing.assert_close(outputs, ((votes + 1 / 3) / 4).log())


@pytest.mark.parametrize("k", [1, 5, 30])
def test_as_scikit_learn(k):
    x, y = digits()
    model = k_nearest(10, in_channels=1, image_size=8, neighbours=k, kept=2000).eval()
    model.init_from_data(x[:1200], y[:1200])  # two chunks, the last not full
    theirs = KNeighborsClassifier(k).fit(x[:1200].flatten(1), y[:1200])
    expected = theirs.predict_proba(x[1200:].flatten(1))
    np.testing.assert_allclose(shares(model, x[1200:], k), expected, atol=1e-6)


def test_in_training_an_image_does_not_vote_for_itself():
    x, y = digits()
    x, y = x[:300], y[:300]
    model = k_nearest(10, in_channels=1, image_size=8, kept=300).train()
    model.init_from_data(x, y)
    expected = cross_val_predict(
        KNeighborsClassifier(5),
        x.flatten(1).numpy(),
        y.numpy(),
        cv=LeaveOneOut(),
        method="predict_proba",
    )
    np.testing.assert_allclose(shares(model, x, 5), expected, atol=1e-6)


def test_in_evaluation_it_does():
    x, _ = digits()
    labels = torch.randint(10, (300,), generator=torch.Generator().manual_seed(0))
    model = k_nearest(10, in_channels=1, image_size=8, neighbours=1, kept=300)
    model.init_from_data(x[:300], labels)
    assert torch.equal(model.eval()(x[:300]).argmax(1), labels)
    assert (model.train()(x[:300]).argmax(1) == labels).float().mean() < 0.3


def test_of_many_images_it_keeps_some_evenly_spread():
    x, y = digits()
    model = k_nearest(10, in_channels=1, image_size=8, neighbours=1, kept=3)
    model.init_from_data(x, y)
    chosen = [0, 898, 1796]
    torch.testing.assert_close(model.images, x[chosen].flatten(1))
    assert model.targets.argmax(1).tolist() == y[chosen].tolist()


def test_distributions_as_targets():
    model = k_nearest(2, in_channels=1, image_size=1, neighbours=2, kept=5).eval()
    model.init_from_data(torch.zeros(2, 1, 1, 1), torch.tensor([[0.3, 0.7], [1, 0]]))
    votes = torch.tensor([[1.3, 0.7]])
    torch.testing.assert_close(model(torch.ones(1, 1, 1, 1)), ((votes + 0.5) / 3).log())


def test_large_images_are_averaged_down():
    model = k_nearest(2, image_size=100, neighbours=1, kept=2)
    assert model.images.shape == (2, 3 * 25 * 25)  # 4 x 4 pixels in one
    x = torch.randn(2, 3, 100, 100)
    model.init_from_data(x, torch.tensor([0, 1]))
    torch.testing.assert_close(
        model.images[0].view(3, 25, 25)[1, 2, 3], x[0, 1, 8:12, 12:16].mean()
    )


def test_the_sharpness_is_all_that_trains():
    model = k_nearest(10, in_channels=1, image_size=8)
    assert num_parameters(model) == 1
    model.sharpness.data.fill_(2.0)
    x, y = digits()
    model.init_from_data(x, y)
    model.eval()
    sharp = model(x[:4])
    model.sharpness.data.fill_(1.0)
    torch.testing.assert_close(sharp, 2 * model(x[:4]))


def test_before_it_has_seen_anything_all_classes_are_alike():
    model = k_nearest(4, in_channels=1, image_size=8)
    outputs = model(torch.randn(3, 1, 8, 8))
    torch.testing.assert_close(outputs.exp(), torch.full((3, 4), 0.25))


def test_it_exports(exported):
    x, y = digits()
    model = k_nearest(10, in_channels=1, image_size=8, kept=1300).eval()
    model.init_from_data(x[:1200], y[:1200])
    found = exported(model, x[:2])(x[1300:])
    torch.testing.assert_close(found, model(x[1300:]), atol=1e-5, rtol=1e-5)


def test_errors():
    with pytest.raises(ValueError, match="`kept` must be positive, got 0"):
        k_nearest(kept=0)
    with pytest.raises(ValueError, match=r"`neighbours` must be in \[1, 4\], got 5"):
        k_nearest(kept=4)
    with pytest.raises(ValueError, match="`targets` must be given"):
        k_nearest(image_size=4).init_from_data(torch.zeros(1, 3, 4, 4))
