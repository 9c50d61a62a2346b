"""Checks of points: outside of images, left and right exchanged, shapes unlike others.

    outside     a point beyond the edges of its image
    swapped     e(shape with left and right exchanged) < e(shape) / 2
    unlike      e(shape) > median + 10 median |e - median|
    mirror      distance of the mean shape from its mirror image over its size > 0.1

Left and right are not judged where the shape cannot tell: where points lie on a line,
or exchanging those that are visible only turns the mean shape.

e is the root mean square distance from the mean shape after the similarity transform
that fits best, in units of the shape's size. Points that are not visible are left out.

Source: Gower, "Generalized Procrustes Analysis", 1975; the limits are ours.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from trainwell.augment import swapped_order
from trainwell.diagnose._finding import Finding

_BETTER = 0.5
_TELLS, _NOISE = 0.1, 3.0  # e of the exchanged mean shape; times the median e
_FLAT = 0.1  # width over length of points on a line
_UNLIKE = 10.0
_UNEVEN = 0.1
_FEWEST = 10  # shapes that make a mean
_POINTS = 3  # of a shape that tell how it is turned
_SHOWN = 3
_ROUNDS = 3

Floats = npt.NDArray[np.float64]


def check_points(
    points: Floats,
    sizes: npt.NDArray[np.integer],
    names: Sequence[str],
    *,
    swaps: Sequence[tuple[int, int]] = (),
) -> list[Finding]:
    """Check the points of a split.

    Args:
        points: x and y in pixels of each image, (n, points, 2); NaN if not visible.
        sizes: Heights and widths of the images, (n, 2).
        names: Names of the images.
        swaps: Pairs of points that change their names in a mirror.

    Returns:
        A finding of each kind that was looked for.

    Example:
        >>> points = np.array([[[2.0, 3.0], [12.0, 3.0]]])
        >>> check_points(points, np.array([[8, 10]]), ["a.png"])[0].what
        '1 point lies outside of its image, first in a.png.'
    """
    shapes = np.asarray(points, np.float64)
    found = [_outside(shapes, sizes, names)]
    whole = np.flatnonzero((~np.isnan(shapes[..., 0])).sum(1) >= _POINTS)
    if len(whole) < _FEWEST:
        return [*found, Finding.untested("shapes", "There are too few shapes.")]
    mean = _mean_shape(shapes[whole])
    errors = _errors(shapes[whole], mean)
    if swaps:
        exchanged = _errors(_exchanged(shapes[whole], swaps), mean)
        tells = _tells(shapes[whole], mean, swaps, float(np.median(errors)))
        wrong = whole[tells & (exchanged < _BETTER * errors)]
        found += [_swapped(wrong, names, tells), _uneven(mean, swaps)]
        errors = np.minimum(errors, exchanged)
    middle = np.median(errors)
    limit = middle + _UNLIKE * max(float(np.median(np.abs(errors - middle))), 1e-6)
    order = np.argsort(-errors, kind="stable")
    found.append(_unlike(whole[order[errors[order] > limit]], names))
    return found


def _outside(
    shapes: Floats, sizes: npt.NDArray[np.integer], names: Sequence[str]
) -> Finding:
    sides = sizes[:, None, ::-1]
    beyond = np.any((shapes < 0) | (shapes > sides), axis=2)
    count, images = int(beyond.sum()), np.flatnonzero(beyond.any(1))
    if not count:
        return Finding.passed("points outside", "All points are inside.")
    lies = "point lies" if count == 1 else "points lie"
    its = "its image" if count == 1 else "their images"
    return Finding.warn(
        "points outside",
        f"{count:,} {lies} outside of {its}, first in {names[images[0]]}.",
        {"points": count, "images": len(images)},
        "look at where the table counts from (data.points_origin), and whether the "
        "images were resized after the points were set",
    )


def _swapped(
    wrong: npt.NDArray[np.int64], names: Sequence[str], tells: npt.NDArray[np.bool_]
) -> Finding:
    if not tells.any():
        said = "Exchanging left and right only turns these shapes, or changes nothing."
        return Finding.untested("left and right", said)
    if not len(wrong):
        return Finding.passed("left and right", "Left and right are as elsewhere.")
    return Finding.fail(
        "left and right exchanged",
        f"Left and right seem exchanged in {len(wrong):,} "
        f"{'image' if len(wrong) == 1 else 'images'}, {_first(wrong, names)}.",
        {"images": len(wrong)},
        "exchange their names in the table, or take the images out",
    )


def _unlike(wrong: npt.NDArray[np.int64], names: Sequence[str]) -> Finding:
    if not len(wrong):
        return Finding.passed("shapes", "No shape is unlike all others.")
    return Finding.warn(
        "shapes unlike others",
        f"{len(wrong):,} {'shape is' if len(wrong) == 1 else 'shapes are'} unlike all "
        f"others, {_first(wrong, names)}.",
        {"images": len(wrong)},
        "look at these images: their points may be those of another one",
    )


def _uneven(mean: Floats, swaps: Sequence[tuple[int, int]]) -> Finding:
    mirrored = _exchanged((mean * [-1, 1])[None], swaps)
    distance = float(_errors(mirrored, mean)[0])
    if distance <= _UNEVEN:
        return Finding.passed(
            "mean shape",
            "The mean shape is like its mirror image.",
            {"apart": distance},
        )
    return Finding.warn(
        "mean shape uneven",
        f"The mean shape is {distance:.2f} of its size away from its mirror image.",
        {"apart": distance},
        "check which points are left and right: flips exchange them",
    )


def _first(wrong: npt.NDArray[np.int64], names: Sequence[str]) -> str:
    return "first " + ", ".join(names[i] for i in wrong[:_SHOWN].tolist())


def _tells(
    shapes: Floats, mean: Floats, swaps: Sequence[tuple[int, int]], usual: float
) -> npt.NDArray[np.bool_]:
    """Tell which shapes would be farther from the mean shape if they were exchanged."""
    seen = ~np.isnan(shapes[..., :1])
    turned = _errors(_exchanged(np.where(seen, mean, np.nan), swaps), mean)
    known = np.nan_to_num(shapes - np.nanmean(shapes, axis=1, keepdims=True))
    length, width = np.linalg.svd(known, compute_uv=False).T
    turns = turned > max(_TELLS, _NOISE * usual)
    return np.asarray(turns & (width > _FLAT * length))


def _exchanged(shapes: Floats, swaps: Sequence[tuple[int, int]]) -> Floats:
    found: Floats = shapes[:, swapped_order(shapes.shape[1], swaps)]
    return found


def _mean_shape(shapes: Floats) -> Floats:
    """Return the mean of shapes that are laid over each other, of size 1."""
    mean = _unit(np.nanmedian(_unit(shapes), axis=0)[None])[0]
    for _ in range(_ROUNDS):
        mean = _unit(np.nanmedian(_aligned(shapes, mean), axis=0)[None])[0]
    return np.asarray(np.nan_to_num(mean))


def _unit(shapes: Floats) -> Floats:
    """Return shapes about the origin, of root mean square radius 1."""
    centred = shapes - np.nanmean(shapes, axis=1, keepdims=True)
    radius = np.sqrt(np.nanmean((centred**2).sum(2), axis=1))
    return np.asarray(centred / np.maximum(radius, 1e-12)[:, None, None])


def _aligned(shapes: Floats, mean: Floats) -> Floats:
    """Return shapes turned, scaled and moved onto the mean shape."""
    seen = ~np.isnan(shapes[..., 0])
    target = np.where(seen[..., None], mean, np.nan)
    centre = np.nanmean(target, axis=1, keepdims=True)
    own = shapes - np.nanmean(shapes, axis=1, keepdims=True)
    z = np.nan_to_num(own[..., 0] + 1j * own[..., 1])
    w = target - centre
    w = np.nan_to_num(w[..., 0] + 1j * w[..., 1])
    power = np.maximum((np.abs(z) ** 2).sum(1), 1e-12)
    turned = z * ((z.conj() * w).sum(1) / power)[:, None]
    placed = np.stack([turned.real, turned.imag], 2) + centre
    return np.where(seen[..., None], placed, np.nan)


def _errors(shapes: Floats, mean: Floats) -> Floats:
    apart = (_aligned(shapes, mean) - mean) ** 2
    return np.asarray(np.sqrt(np.nanmean(apart.sum(2), axis=1)))
