"""Warps: writing stays in its rows, and one interpolation beats three."""

import numpy as np
import pytest

from trainwell.augment import ops
from trainwell.augment.engine._gather import gather, inside


def test_inside_is_the_definition():
    rng = np.random.default_rng(0)
    for _ in range(2000):
        start, slope = (int(n) for n in rng.integers(-400_000, 400_000, 2))
        slope = slope if rng.random() < 0.9 else 0
        length, first, last = 7, int(rng.integers(0, 9)), int(rng.integers(9, 20))
        low, high = inside(start, slope, length, first, last)
        assert first <= low <= high <= last
        shown = [
            x for x in range(first, last) if 0 <= start + slope * x < length * 65536
        ]
        assert list(range(low, high)) == shown


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("nearest", [True, False])
def test_nothing_is_written_beyond_the_output(channels, nearest):
    rng = np.random.default_rng(0)
    canvas, pixels = (12, 21), rng.integers(0, 256, 20 * 20 * channels, np.uint8)
    fill = np.full(channels, 9, np.uint8)
    length = canvas[0] * canvas[1] * channels
    guarded = np.full(3 * length, 77, np.uint8)
    for _ in range(300):
        matrix = rng.uniform(-2, 2, 6) * rng.choice([0.02, 1.0], 6)
        matrix[[2, 5]] = rng.uniform(-60, 60, 2)
        clips = rng.uniform(-1, 1, (1, 6)) * [1, 1, 40, 1, 1, 40]
        out = guarded[length : 2 * length]
        gather(pixels, (0, 20, 20), matrix, clips, canvas, nearest, fill, out)
        assert (guarded[:length] == 77).all()
        assert (guarded[2 * length :] == 77).all()


def scene(u, v):
    """An analytic picture of shares of the canvas, about 16 pixels per period."""
    waves = np.sin(25 * u + 7 * v) + np.sin(5 * u - 24 * v) + np.sin(17 * (u + v))
    return 127.5 + 40 * waves


def test_one_interpolation_is_closer_to_the_exact_image_than_three(seen):
    size = 64
    centres = (np.arange(size) + 0.5) / size
    u, v = np.meshgrid(centres, centres)
    image = np.rint(scene(u, v)).astype(np.uint8)[..., None]
    warps = [ops.rotate(17.0), ops.shear_x(0.13), ops.translate_y(0.071)]
    for part in warps[::-1]:
        a, b, c, d, e, f = part.magnitudes[0, 0, :6]
        u, v = a * u + b * v + c, d * u + e * v + f
    exact = scene(u, v)
    merged = seen(image, ops.concat(*warps), interpolation="linear")
    chained = image
    for part in warps:
        chained = seen(chained, part, interpolation="linear")
    inner = slice(16, 48)  # no border in either
    errors = [
        np.abs(shown[inner, inner, 0] - exact[inner, inner]).mean()
        for shown in (merged, chained)
    ]
    assert errors[0] < 0.6 * errors[1]
    nearest = seen(image, ops.concat(*warps))
    chained = image
    for part in warps:
        chained = seen(chained, part)
    far = [
        np.abs(shown[inner, inner, 0] - exact[inner, inner]).mean()
        for shown in (nearest, chained)
    ]
    assert far[0] < 0.8 * far[1]
