"""Batches of real images with random looks, and what each engine makes of them."""

from dataclasses import dataclass

import numpy as np
import pytest
import torch
from PIL import Image

from trainwell import data
from trainwell.augment import ops, render_batched, render_uint8
from trainwell.augment.ops import OpSequence, TransformParams
from trainwell.augment.ops._op_sequence import no_ops
from trainwell.preprocess import Standardize

MEANS = (0.4, 0.5, 0.6, 0.3, 0.2)


@dataclass(frozen=True)
class Case:
    """A batch and how it is rendered."""

    images: list
    rows: np.ndarray
    params: TransformParams
    options: dict

    def numba(self):
        pack = data.pack_images(self.images)
        return render_uint8(pack, self.rows, self.params, **self.options)

    def torch(self, device="cpu", **more):
        pack = data.to_device(data.pack_images(self.images), torch.device(device))
        pixel_values = render_batched(
            pack, self.rows, self.params, dtype=torch.uint8, **self.options, **more
        )
        return pixel_values.permute(0, 2, 3, 1).cpu().numpy()


@pytest.fixture(scope="session")
def photographs(shared_data):
    """Forty real photographs, and as many images of 32 x 32, all of three channels."""
    files = sorted((shared_data / "clothing" / "train").glob("*/*"))[::60]
    large = [np.asarray(Image.open(f).convert("RGB")) for f in files[:40]]
    splits = data.load(shared_data / "cifar10_mini")
    return [*large, *(splits.train.sample(50 * i)[0] for i in range(40))]


@pytest.fixture(scope="session")
def random_case(photographs, any_step):
    """Return the function that makes a batch of 20 random looks from a seed."""

    def make(seed, count=20, most=5):
        rng = np.random.default_rng(seed)
        channels = (1, 3, 5)[seed % 3]
        size = tuple(int(n) for n in rng.integers(20, 70, 2))
        if seed % 4 == 0:
            size = (size[0], size[0])
        images, crop_boxes, chains = [], [], []
        for _ in range(count):
            picture = photographs[rng.integers(len(photographs))]
            if len(picture) != 32:
                shape = rng.integers(24, 97, 2)
                picture = np.asarray(Image.fromarray(picture).resize(shape))
            both = np.concatenate([picture, 255 - picture], axis=2)
            images.append(both[..., :channels].copy())
            x, y = size[1] / picture.shape[1], size[0] / picture.shape[0]
            crop_boxes.append(
                (
                    [0.25 - x / 4, 0, 1.25 - x / 4, y],
                    [x, 0, 0, y],
                    [0, 0, 1, 1],
                    rng.uniform([-0.2, -0.2, 0.6, 0.6], [0.4, 0.4, 1.2, 1.2]),
                )[rng.integers(4)]
            )
            filled = rng.integers(0, most + 1)
            operations = [any_step(rng) for _ in range(filled)]
            chains.append(ops.concat(*operations, no_ops(1, most - filled)))
        operations = (
            np.concatenate([getattr(c, a) for c in chains])
            for a in ("op_codes", "magnitudes")
        )
        options = {
            "size": size,
            "standardize": Standardize(MEANS[:channels], (0.2,) * channels),
            "border": ("mean", "reflect", "black")[rng.integers(3)],
            "interpolation": ("nearest", "linear")[seed // 3 % 2],
        }
        params = TransformParams(
            np.array(crop_boxes, np.float64), OpSequence(*operations)
        )
        return Case(images, rng.permutation(count), params, options)

    return make
