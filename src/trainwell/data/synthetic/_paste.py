"""Paste: cut-out objects over other backgrounds.

    image <- (1 - a) image + a object,    a the fraction of the pixel that the object
    covers

Objects are reduced, turned and placed at random; their colours are multiplied by a
before they are resampled, so that no old background shines through the edge. The last
object, on top of all others, gives the sample its class. Points are the objects'
middles, that one's first; one is visible if no later object covers it.

Source: Dwibedi, Misra & Hebert, "Cut, Paste and Learn", 2017; compositing as in Porter
& Duff, "Compositing Digital Images", 1984.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainwell.core import checks
from trainwell.core.errors import DataError
from trainwell.data._decode import decode
from trainwell.data._find import find_images
from trainwell.data._shrink import resized
from trainwell.data._types import Image
from trainwell.data.synthetic._coverage import centres
from trainwell.data.synthetic._cut_outs import CutOuts
from trainwell.data.synthetic._texture import texture
from trainwell.data.synthetic._types import KeyedRandom, Labelled, Synthetic

Floats = npt.NDArray[np.float64]

_ROOM = 1.5  # background kept per side of the output, to move the crop in


def paste(  # noqa: PLR0913
    objects: CutOuts,
    backgrounds: str | Path | Sequence[Image] | None = None,
    *,
    num_images: int = 1000,
    size: int = 64,
    seed: int = 0,
    most: int = 1,
) -> Synthetic:
    """Return a dataset of objects over backgrounds, in colour.

    Args:
        objects: Objects to paste; see `cut_outs` and `read_cut_outs`.
        backgrounds: A folder of photographs, or images, height x width x 3; textures
            are drawn without them. They are reduced and kept in memory.
        num_images: Its length.
        size: Height and width in pixels.
        seed: Decides, with the index, what a sample looks like.
        most: An image has 1 to this many objects.

    Example:
        >>> from trainwell.data.synthetic import cut_outs, paste
        >>> images = [np.full((8, 8, 3), 200, np.uint8)]
        >>> mask = np.zeros((8, 8), np.uint8)
        >>> mask[2:6, 3:7] = 1
        >>> objects = cut_outs(images * 2, [mask] * 2, ["cup", "bowl"])
        >>> paste(objects, num_images=4, size=32).sample(0)[0].shape
        (32, 32, 3)
    """
    checks.positive("most", most)
    grounds = _grounds(backgrounds, size)
    of_class = [
        np.flatnonzero(objects.targets == c) for c in range(len(objects.classes))
    ]

    def generate(random: KeyedRandom, target: int) -> Labelled:
        count = 1 + random.below("how many", most)
        others = [
            random.below(f"object {k}", len(objects.pixels)) for k in range(1, count)
        ]
        own = of_class[target]
        chosen = [*others, int(own[random.below("object", len(own))])]
        canvas = _ground(random, grounds, size)
        return _pasted(random, canvas, objects, chosen, most)

    return Synthetic(
        generate,
        objects.classes,
        name="paste",
        made_of=f"{size} {most} {_digest(objects, grounds)}",
        num_images=num_images,
        size=size,
        seed=seed,
        channels=3,
    )


def _grounds(source: str | Path | Sequence[Image] | None, size: int) -> list[Image]:
    """Return the backgrounds with a short side of at least `size` pixels."""
    side = round(_ROOM * size)
    if isinstance(source, str | Path):
        paths = find_images([source])
        found = [decode(path, channels=3, short_side=side) for path in paths]
    else:
        found = list(source or [])
    if any(ground.ndim != 3 or ground.shape[2] != 3 for ground in found):
        raise DataError("backgrounds must have the shape (height, width, 3).")
    grounds = []
    for ground in found:
        height, width = ground.shape[:2]
        scale = np.clip(min(height, width), size, side) / min(height, width)
        grounds.append(resized(ground, round(height * scale), round(width * scale)))
    return grounds


def _ground(random: KeyedRandom, grounds: list[Image], size: int) -> Floats:
    """Return a random part of a background, half of them mirrored, in [0, 1]."""
    if not grounds:
        return texture(random, size, 3)[0]
    ground = grounds[random.below("background", len(grounds))]
    y = random.below("row", ground.shape[0] - size + 1)
    x = random.below("column", ground.shape[1] - size + 1)
    part = ground[y : y + size, x : x + size] / 255
    return part[:, ::-1] if random.below("mirrored", 2) else part


def _pasted(
    random: KeyedRandom, canvas: Floats, objects: CutOuts, chosen: list[int], most: int
) -> Labelled:
    """Paste the chosen objects one over the other."""
    size = len(canvas)
    mask = np.zeros((size, size), np.uint8)
    owner = np.full((size, size), -1)
    points = np.full((most, 2), size / 2)
    for k, number in enumerate(chosen):
        long = size * random.between(f"size {k}", 0.4, 0.75)
        angle = random.between(f"turn {k}", -np.pi / 4, np.pi / 4)
        middle = size * (0.3 + 0.4 * random.uniform(f"place {k}", 2))
        layer = _layer(objects.pixels[number], size, long, angle, middle)
        canvas = canvas * (1 - layer[..., 3:]) + layer[..., :3]
        mine = layer[..., 3] >= 0.5
        mask[mine], owner[mine] = objects.targets[number] + 1, k
        points[len(chosen) - 1 - k] = middle
    column, row = points[: len(chosen)].astype(int).T
    visible = np.zeros(most, bool)
    visible[: len(chosen)] = owner[row, column] <= np.arange(len(chosen))[::-1]
    return Labelled(
        image=np.rint(255 * np.clip(canvas, 0, 1)).astype(np.uint8),
        target=int(objects.targets[chosen[-1]]),
        mask=mask,
        points=points,
        visible=visible,
    )


def _layer(
    pixels: Image, size: int, long: float, angle: float, middle: Floats
) -> Floats:
    """Return colours times alpha, and alpha, of an object in its place."""
    scale = long / max(pixels.shape[:2])
    height, width = (max(1, round(side * scale)) for side in pixels.shape[:2])
    alpha = pixels[..., 3:].astype(np.uint32)
    colours = (pixels[..., :3] * alpha + 127) // 255
    small = resized(np.dstack([colours, alpha]).astype(np.uint8), height, width)
    padded = np.pad(small / 255, ((1, 1), (1, 1), (0, 0)))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    u, v = np.moveaxis((centres(size) - middle) @ turn + [width / 2, height / 2], 2, 0)
    u, v = np.clip(u + 0.5, 0, width + 1), np.clip(v + 0.5, 0, height + 1)
    left, top = np.minimum(u.astype(int), width), np.minimum(v.astype(int), height)
    x, y = (u - left)[..., None], (v - top)[..., None]
    upper = (1 - x) * padded[top, left] + x * padded[top, left + 1]
    lower = (1 - x) * padded[top + 1, left] + x * padded[top + 1, left + 1]
    layer: Floats = (1 - y) * upper + y * lower
    layer[..., :3] = np.minimum(layer[..., :3], layer[..., 3:])
    return layer


def _digest(objects: CutOuts, grounds: list[Image]) -> str:
    """Return a digest of all pixels that samples are made of."""
    digest = hashlib.blake2b(repr(objects.classes).encode(), digest_size=16)
    digest.update(objects.targets.astype("<i8").tobytes())
    for image in (*objects.pixels, *grounds):
        digest.update(repr(image.shape).encode())
        digest.update(image.tobytes())
    return digest.hexdigest()
