import pytest
import torch
from sklearn.datasets import load_digits
from torch.nn.functional import cross_entropy

from trainwell.models import hog_linear, num_parameters
from trainwell.models._hog import colour_histogram, hog


def images(size, channels=3, count=6):
    g = torch.Generator().manual_seed(0)
    return torch.randn(count, channels, size, size, generator=g)


@pytest.mark.parametrize(
    ("size", "channels", "features"),
    [  # blocks * 4 * 9 + channels * 8
        (8, 1, 9 * 36 + 8),
        (28, 1, 9 * 36 + 8),
        (32, 3, 9 * 36 + 24),
        (45, 3, 16 * 36 + 24),
        (224, 3, 27 * 27 * 36 + 24),
    ],
)
def test_sizes(size, channels, features):
    model = hog_linear(5, in_channels=channels, image_size=size)
    model.init_from_data(images(size, channels))
    assert model(images(size, channels)).shape == (6, 5)
    assert num_parameters(model) == 5 * features + 5


def test_features_are_standardised_by_the_data():
    x = images(32, count=300)
    model = hog_linear(image_size=32)
    model.init_from_data(x)
    low, high = x.amin((0, 2, 3)), x.amax((0, 2, 3))
    features = torch.cat(
        [hog(x, cell=8), colour_histogram(x, low, high, bins=8)], 1
    ).double()
    std, mean = torch.std_mean(features, 0, correction=0)
    expected = model.fc(((features - mean) / std.clamp_min(1e-3)).float())
    torch.testing.assert_close(model(x), expected, atol=1e-4, rtol=1e-4)


def test_a_constant_channel_does_not_divide_by_zero():
    x = images(16)
    x[:, 1] = 0.5
    model = hog_linear(image_size=16)
    model.init_from_data(x)
    assert model(x).isfinite().all()


def test_better_than_pixels_where_shapes_shift():
    """Digits moved by up to two pixels, learned from 60 of each class."""
    data = load_digits()
    x = torch.from_numpy(data.images).float()[:, None] / 16
    y = torch.from_numpy(data.target)
    x = torch.nn.functional.interpolate(x, size=20, mode="bilinear")
    g = torch.Generator().manual_seed(0)
    shifts = torch.randint(-2, 3, (len(x), 2), generator=g).tolist()
    x = torch.stack([i.roll(s, (1, 2)) for i, s in zip(x, shifts, strict=True)])
    model = hog_linear(10, in_channels=1, image_size=20)
    model.init_from_data(x[:600])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9)
    for _ in range(60):
        optimizer.zero_grad()
        cross_entropy(model(x[:600]), y[:600]).backward()
        optimizer.step()
    assert (model(x[600:]).argmax(1) == y[600:]).float().mean() > 0.85


@pytest.mark.parametrize("channels", [1, 3])
def test_it_exports(channels, exported):
    model = hog_linear(4, in_channels=channels, image_size=21).eval()
    model.init_from_data(images(21, channels))
    x = images(21, channels, count=3)
    found = exported(model, images(21, channels))(x)
    torch.testing.assert_close(found, model(x), atol=1e-4, rtol=1e-4)


def test_too_small():
    with pytest.raises(ValueError, match="`image_size` must be 8 or more"):
        hog_linear(image_size=7)
