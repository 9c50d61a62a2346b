"""Shapes: one drawn figure over a textured background.

The class is the figure; its colour, size, place, turn and proportions say nothing.
Points are its centre, then its corners in order; figures with fewer corners leave the
rest invisible.

Source: definition; in the spirit of the rectangles and convex sets of Larochelle et
al., "An Empirical Evaluation of Deep Architectures on Problems with Many Factors of
Variation", 2007.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from trainwell.core import checks
from trainwell.data.synthetic._coverage import (
    centres,
    coverage,
    to_ellipse,
    to_polygon,
)
from trainwell.data.synthetic._texture import contrasting, texture
from trainwell.data.synthetic._types import KeyedRandom, Labelled, Synthetic

Floats = npt.NDArray[np.float64]

SHAPES = ("cross", "disc", "ring", "square", "star", "triangle")
NUM_POINTS = 13
_HOLE = 0.55  # of a ring's radius


def shapes(
    num_images: int = 1000,
    *,
    size: int = 32,
    seed: int = 0,
    classes: Sequence[str] = SHAPES,
) -> Synthetic:
    """Return a dataset of generated figures, in colour.

    Args:
        num_images: Its length.
        size: Height and width in pixels.
        seed: Decides, with the index, what a sample looks like.
        classes: Names of the figures.

    Example:
        >>> from trainwell.data.synthetic import shapes
        >>> dataset = shapes(12, size=32)
        >>> dataset.classes[:3], dataset.sample(0)[0].shape
        (('cross', 'disc', 'ring'), (32, 32, 3))
    """
    for name in classes:
        checks.one_of("classes", name, SHAPES)

    def generate(random: KeyedRandom, target: int) -> Labelled:
        return _generate_sample(random, target, classes[target], size)

    return Synthetic(
        generate,
        classes,
        name="shapes",
        made_of=f"{size} {' '.join(classes)}",
        num_images=num_images,
        size=size,
        seed=seed,
        channels=3,
    )


def _generate_sample(
    random: KeyedRandom, target: int, kind: str, size: int
) -> Labelled:
    radius = size * random.between("radius", 0.2, 0.4)
    centre = radius + (size - 2 * radius) * random.uniform("centre", 2)
    angle = random.between("turn", 0, 2 * np.pi)
    squeeze = random.between("proportions", 0.8, 1.0)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    to_image = radius * np.array([[1.0], [squeeze]]) * turn
    corners = _CORNERS[kind] @ to_image + centre
    places = centres(size)
    if len(corners):
        distance = to_polygon(places, corners)
    else:
        distance = to_ellipse(places, centre, to_image)
    if kind == "ring":
        hole = to_ellipse(places, centre, _HOLE * to_image)
        distance = np.maximum(distance, -hole)
    covered = coverage(distance)
    ground, colours = texture(random, size, 3)
    ink = contrasting(random, colours)
    slope = (places / size - 0.5) @ (random.uniform("shade", 2) - 0.5)
    paint = np.clip(ink + 0.3 * slope[..., None], 0, 1)
    values = ground + covered[..., None] * (paint - ground)
    points = np.tile(centre, (NUM_POINTS, 1))
    points[1 : 1 + len(corners)] = corners
    return Labelled(
        image=np.rint(255 * values).astype(np.uint8),
        target=target,
        mask=((covered >= 0.5) * (target + 1)).astype(np.uint8),
        points=points,
        visible=np.arange(NUM_POINTS) <= len(corners),
    )


def _regular(count: int, radii: Sequence[float] = (1.0,)) -> Floats:
    """Return corners at equal angles, from above, their radii in turn."""
    angle = np.arange(count) * 2 * np.pi / max(count, 1)
    radius = np.resize(np.array(radii), count)
    return np.stack([radius * np.sin(angle), -radius * np.cos(angle)], axis=1)


def _cross(half: float) -> Floats:
    long = np.sqrt(1 - half * half)
    arm = np.array([(-half, -long), (half, -long), (half, -half)])
    turns = [np.array([[c, s], [-s, c]]) for c, s in ((1, 0), (0, 1), (-1, 0), (0, -1))]
    return np.concatenate([arm @ t for t in turns])


_CORNERS = {
    "cross": _cross(0.28),
    "disc": _regular(0),
    "ring": _regular(0),
    "square": _regular(4),
    "star": _regular(10, (1.0, 0.45)),
    "triangle": _regular(3),
}
