"""Map points: from places in a source image to places in the transformed image.

The engine asks of each output pixel where its pixel value comes from; this asks the
other way round, with the inverse of every crop box, warp and lens, stage by stage.

Source: the engine of trainwell's design.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops import TransformParams
from trainwell.augment.ops._erase import ERASE
from trainwell.augment.ops._lens_distortion import LENS
from trainwell.augment.ops._warp import WARP
from trainwell.core.image_size import ImageSize, height_and_width

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Sizes = npt.NDArray[np.integer]
_SLACK = 1e-9  # fractions of the canvas by which rounding may put a place outside
_HALVINGS = 60


@dataclass(frozen=True)
class Followed:
    """Where places went.

    Attributes:
        points: Points in pixels of the output, (n, k, 2); finite, also outside of it.
        inside: Whether no canvas on the way cut them off, (n, k).
        erased: Whether a rectangle was drawn over them, (n, k).
        mirrored: Whether the whole map turns left into right, (n,).
    """

    points: Floats
    inside: Bools
    erased: Bools
    mirrored: Bools


def map_points(
    points: Floats,
    params: TransformParams,
    heights: Sizes,
    widths: Sizes,
    size: ImageSize,
) -> Followed:
    """Return where `points`, (n, k, 2), in pixels of n images, are in the output."""
    n, canvas = len(params), np.array(height_and_width(size)[::-1], float)
    if points.ndim != 3 or points.shape[::2] != (n, 2):
        raise ValueError(
            f"`points` of {n} samples must have the shape ({n}, k, 2), "
            f"got {points.shape}."
        )
    places = points / np.stack([widths, heights], 1)[:, None]
    inside = _within(places)
    low, high = params.crop_boxes[:, None, :2], params.crop_boxes[:, None, 2:]
    places = (places - low) / _not_zero(high - low)
    inside &= _within(places)
    erased = np.zeros_like(inside)
    mirrored = np.prod(high - low, axis=2)[:, 0] < 0
    for j in range(params.ops.op_codes.shape[1]):
        codes, values = params.ops.op_codes[:, j], params.ops.magnitudes[:, j]
        rows = np.flatnonzero(codes == WARP.code)
        if len(rows):
            places[rows], determinant = _through_warp(
                places[rows], values[rows], canvas
            )
            inside[rows] &= _within(places[rows]) & (determinant != 0)[:, None]
            mirrored[rows] ^= determinant < 0
        rows = np.flatnonzero(codes == LENS.code)
        if len(rows):
            places[rows] = _through_lens(places[rows], values[rows], canvas)
            inside[rows] &= _within(places[rows])
        rows = np.flatnonzero(codes == ERASE.code)
        if len(rows):
            erased[rows] |= _under(places[rows], values[rows], canvas)
    return Followed(places * canvas, inside, erased, mirrored)


def _within(places: Floats) -> Bools:
    within: Bools = (places >= -_SLACK) & (places <= 1 + _SLACK)
    return within[..., 0] & within[..., 1]


def _not_zero(values: Floats) -> Floats:
    return np.where(values == 0, 1e-12, values)


def _through_warp(
    places: Floats, values: Floats, canvas: Floats
) -> tuple[Floats, Floats]:
    """Return the places that warps bring `places` to, and their determinants.

    Places are in widths and heights of the canvas, `canvas` is these two in pixels.
    """
    a, b, c, d, e, f, g, h = values[:, None, :8].transpose(2, 0, 1)
    slope = canvas[1] / canvas[0]
    b, c = b * slope, c + g * (slope - 1)
    d, f = d / slope, f + h * (1 / slope - 1)
    determinant = a * e - b * d
    u, v = places[..., 0] - c, places[..., 1] - f
    safe = np.where(determinant == 0, 1.0, determinant)
    moved = np.stack([(e * u - b * v) / safe, (a * v - d * u) / safe], 2)
    return moved, determinant[:, 0]


def _through_lens(places: Floats, values: Floats, canvas: Floats) -> Floats:
    """Return the places at which lenses show `places`.

    Radii solve r (1 + k1 r^2 + k2 r^4) = r'. Where a strong cushion folds the image
    over, that is the place nearest to the axis; what is shown nowhere before the fold
    or the canvas' farthest corner is put beyond that corner.
    """
    k1, k2 = values[:, :1], values[:, 1:2]
    axis, scale = values[:, None, 2:4], 2 * canvas / canvas.max()
    away = scale * (places - axis)
    wanted = np.linalg.norm(away, axis=2)
    corner = np.maximum(np.abs(axis), np.abs(1 - axis))
    farthest = np.linalg.norm(scale * corner, axis=2)
    limit = np.minimum(farthest, _fold(k1, k2))

    def bent(r: Floats) -> Floats:
        squared = r * r
        return r * (1 + k1 * squared + k2 * squared * squared)

    low, high = np.zeros_like(wanted), limit + np.zeros_like(wanted)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        short = bent(middle) < wanted
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    radius = np.where(bent(limit) < wanted, 2 * farthest, (low + high) / 2)
    moved: Floats = (
        axis + away / scale * (radius / np.where(wanted > 0, wanted, 1))[..., None]
    )
    return moved


def _fold(k1: Floats, k2: Floats) -> Floats:
    """Return the radius at which a lens begins to fold: 1 + 3 k1 s + 5 k2 s^2 = 0."""
    square = 9 * k1 * k1 - 20 * k2
    root = np.sqrt(np.maximum(square, 0))
    ends = np.stack([-3 * k1 + root, -3 * k1 - root]) / _not_zero(10 * k2)
    straight = -1 / _not_zero(3 * k1)
    ends = np.where(k2 == 0, straight, np.where(square < 0, np.inf, ends))
    first: Floats = np.where(ends > 0, ends, np.inf).min(0)
    return np.sqrt(first)


def _under(places: Floats, values: Floats, canvas: Floats) -> Bools:
    """Tell which places lie on pixels that a rectangle covers."""
    edges = np.rint(values[:, None, :4] * np.tile(canvas, 2))
    pixels = places * canvas
    under: Bools = (pixels >= edges[..., :2]) & (pixels < edges[..., 2:])
    return under[..., 0] & under[..., 1]
