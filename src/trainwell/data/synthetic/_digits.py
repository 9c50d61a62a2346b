"""Digits: numerals drawn by strokes of a pen, no two alike.

Strokes are turned, sheared, stretched and bent by a smooth field before a pen of random
width follows them. Points are the two ends of each stroke; an end that the next stroke
covers is still there.

Source: ours; elastic bending in the spirit of Simard, Steinkraus & Platt, "Best
Practices for Convolutional Neural Networks", 2003.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from trainwell.data.synthetic._coverage import centres, coverage, to_line
from trainwell.data.synthetic._glyphs import GLYPHS
from trainwell.data.synthetic._types import KeyedRandom, Labelled, Synthetic

Floats = npt.NDArray[np.float64]

NUM_POINTS = 4
_WAVES = 3
_BEND = 0.025  # of the digit's height, per wave


def digits(num_images: int = 1000, *, size: int = 28, seed: int = 0) -> Synthetic:
    """Return a dataset of generated digits, grey, light on dark.

    Args:
        num_images: Its length.
        size: Height and width in pixels.
        seed: Decides, with the index, what a sample looks like.

    Example:
        >>> from trainwell.data.synthetic import digits
        >>> sample = digits(10, size=28).labelled(3)
        >>> sample.image.shape, sample.target
        ((28, 28, 1), 2)
    """

    def generate(random: KeyedRandom, target: int) -> Labelled:
        return _generate_sample(random, target, size)

    return Synthetic(
        generate,
        tuple("0123456789"),
        name="digits",
        made_of=f"{size}",
        num_images=num_images,
        size=size,
        seed=seed,
        channels=1,
    )


def _generate_sample(random: KeyedRandom, target: int, size: int) -> Labelled:
    bend, height = _bending(random), size * random.between("height", 0.6, 0.8)
    shift = size * (0.5 + 0.12 * (random.uniform("place", 2) - 0.5))
    strokes = [bend(_dense(s)) * height + shift for s in GLYPHS[target]]
    places, pen = centres(size), height * random.between("pen", 0.04, 0.075)
    distance = np.min([to_line(places, stroke) for stroke in strokes], axis=0) - pen
    covered = coverage(distance)
    ground, ink = random.between("ground", 0, 0.25), random.between("ink", 0.65, 1)
    grain = 0.06 * (random.uniform("grain", size, size) - 0.5)
    values = np.clip(ground + covered * (ink - ground) + grain, 0, 1)
    ends = np.concatenate([stroke[[0, -1]] for stroke in strokes])
    points = np.tile(shift, (NUM_POINTS, 1))
    points[: len(ends)] = ends
    return Labelled(
        image=np.rint(255 * values).astype(np.uint8)[..., None],
        target=target,
        mask=((covered >= 0.5) * (target + 1)).astype(np.uint8),
        points=points,
        visible=(np.arange(NUM_POINTS) < len(ends))
        & ((points >= 0) & (points <= size)).all(1),
    )


def _dense(stroke: Floats) -> Floats:
    """Put points between points, so that straight lines can bend."""
    parts = [
        np.linspace(a, b, max(2, int(np.hypot(*(b - a)) / 0.06)), endpoint=False)
        for a, b in zip(stroke[:-1], stroke[1:], strict=True)
    ]
    return np.concatenate([*parts, stroke[-1:]])


def _bending(random: KeyedRandom) -> Callable[[Floats], Floats]:
    """Draw a smooth map of the glyphs' plane."""
    angle = random.between("turn", -0.2, 0.2)
    shear = random.between("shear", -0.2, 0.2)
    broad = random.between("breadth", 0.8, 1.2)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    matrix = np.array([[broad, 0.0], [-shear, 1.0]]) @ turn
    waves = 10 * (random.uniform("waves", 2, _WAVES) - 0.5)
    phases = 2 * np.pi * random.uniform("phases", _WAVES)
    reach = 2 * _BEND * (random.uniform("bends", _WAVES, 2) - 0.5)

    def bend(points: Floats) -> Floats:
        bent: Floats = (points + np.sin(points @ waves + phases) @ reach) @ matrix
        return bent

    return bend
