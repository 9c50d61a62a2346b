"""The features against their definitions, written slowly."""

import math

import numpy as np
import pytest
import torch
from PIL import Image

from trainwell.models._hog import colour_histogram, hog


def slow_hog(image, cell):
    """One image (channels, height, width) in float64, pixel by pixel."""
    channels, height, width = image.shape
    rows, columns = height // cell, width // cell
    top, left = height % cell // 2, width % cell // 2
    cells = np.zeros((rows, columns, 9))
    for i in range(rows * cell):
        for j in range(columns * cell):
            y, x = i + top, j + left
            down, across = np.zeros(channels), np.zeros(channels)
            if 0 < y < height - 1:
                down = image[:, y + 1, x] - image[:, y - 1, x]
            if 0 < x < width - 1:
                across = image[:, y, x + 1] - image[:, y, x - 1]
            c = np.argmax(down**2 + across**2)
            length = math.hypot(down[c], across[c])
            degrees = math.degrees(math.atan2(down[c], across[c])) % 180
            low = math.floor(degrees / 20)
            share = degrees / 20 - low
            votes = cells[i // cell, j // cell]
            votes[low % 9] += length * (1 - share) / cell**2
            votes[(low + 1) % 9] += length * share / cell**2
    features = []
    for i in range(rows - 1):
        for j in range(columns - 1):
            block = cells[i : i + 2, j : j + 2].flatten()
            block = block / np.sqrt((block**2).sum() + 1e-4)
            block = np.minimum(block, 0.2)
            features.append(block / np.sqrt((block**2).sum() + 1e-4))
    return np.concatenate(features)


@pytest.fixture(scope="module")
def photographs(shared_data):
    paths = sorted((shared_data / "cifar10_mini" / "train" / "cat").iterdir())[:3]
    pixels = np.stack([np.asarray(Image.open(p).convert("RGB")) for p in paths])
    return torch.from_numpy((pixels - 120.0) / 60.0).permute(0, 3, 1, 2)


@pytest.mark.parametrize(
    ("size", "cell"), [((32, 32), 8), ((32, 32), 4), ((30, 19), 7), ((8, 8), 2)]
)
def test_the_definition(photographs, size, cell):
    images = photographs[:, :, : size[0], : size[1]]
    expected = np.stack([slow_hog(image, cell) for image in images.numpy()])
    found = hog(images, cell=cell).numpy()
    # gradients below 1e-7 are lifted to it, so that saliency maps stay finite
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_grey_images(photographs):
    grey = photographs.mean(1, keepdim=True)
    expected = np.stack([slow_hog(image, 8) for image in grey.numpy()])
    np.testing.assert_allclose(hog(grey, cell=8).numpy(), expected, atol=1e-5)
    torch.testing.assert_close(
        hog(grey.expand(-1, 3, -1, -1), cell=8), hog(grey, cell=8)
    )


def test_the_direction_of_an_edge():
    """Stripes along x have gradients along y: 90 degrees, between bins 4 and 5."""
    wave = torch.arange(16.0).mul(0.7).sin()
    stripes = wave.view(1, 1, 16, 1).expand(1, 1, 16, 16)
    block = hog(stripes, cell=8).view(4, 9)
    assert block[:, 4:6].min() > 0.3
    torch.testing.assert_close(block[:, 4], block[:, 5])
    others = [0, 1, 2, 3, 6, 7, 8]
    assert block[:, others].abs().max() < 1e-4


def test_light_does_not_matter(photographs):
    brighter = 2 * photographs + 1
    torch.testing.assert_close(
        hog(brighter, cell=8), hog(photographs, cell=8), atol=0.02, rtol=0
    )  # but for the small constant in the blocks' lengths
    negative = hog(-photographs, cell=8)
    torch.testing.assert_close(negative, hog(photographs, cell=8), atol=1e-5, rtol=0)


def test_a_flat_image_has_no_edges_and_finite_gradients():
    flat = torch.full((1, 3, 16, 16), 0.3, requires_grad=True)
    features = hog(flat, cell=8)
    assert features.abs().max() < 2e-3
    features.sum().backward()
    assert flat.grad.isfinite().all()


def slow_histogram(image, low, high, bins):
    histograms = np.zeros((len(image), bins))
    for c, channel in enumerate(image):
        for value in channel.flatten():
            place = (value - low[c]) / (high[c] - low[c]) * (bins - 1)
            place = min(max(place, 0), bins - 1)
            left = min(int(place), bins - 2)
            histograms[c, left] += (1 - (place - left)) / channel.size
            histograms[c, left + 1] += (place - left) / channel.size
    return histograms.flatten()


def test_colour_histogram(photographs):
    low, high = torch.tensor([-1.0, -2.0, 0.0]), torch.tensor([1.0, 2.0, 0.5])
    images = photographs[:, :, ::2, ::2]
    found = colour_histogram(images, low.double(), high.double(), bins=5)
    expected = [slow_histogram(i, low.numpy(), high.numpy(), 5) for i in images.numpy()]
    np.testing.assert_allclose(found.numpy(), np.stack(expected), atol=1e-12)
    torch.testing.assert_close(found.view(3, 3, 5).sum(2).float(), torch.ones(3, 3))
