"""The images that every candidate is given, and what it has to make of them."""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.datasets import load_sample_images

from trainwell.data import load

DATA = Path(__file__).parents[3] / "shared" / "data"
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


@dataclass(frozen=True)
class Workload:
    """What is measured.

    Attributes:
        name: Short, for the command line.
        title: What the table says.
        size: Height and width of the output in pixels.
        batch: Images per batch.
        images: 8-bit levels (n, height, width, 3), or None.
        files: JPEG files instead.
        points: (x, y) of each image in pixels, or None.
        floor: How many times as fast as the best peer that works sample by sample
            we have to be.
    """

    name: str
    title: str
    size: int
    batch: int
    images: np.ndarray | None = None
    files: tuple[Path, ...] = ()
    points: np.ndarray | None = None
    floor: float | None = None


def workloads(folder: Path) -> list[Workload]:
    """Return all; JPEG files are written into `folder`."""
    small = _cifar()
    large, files = _photos(folder)
    faces, points = _faces()
    return [
        Workload("basic", "32 px: crop, flip, cutout", 32, 256, small, floor=10),
        Workload("randaugment", "32 px: RandAugment, too", 32, 256, small, floor=10),
        Workload("float", "32 px: crop, flip of float tensors", 32, 256, small),
        Workload("photos", "224 px: RandAugment from 256 px", 224, 64, large, floor=4),
        Workload("jpeg", "JPEG: crop, flip, jitter", 224, 50, files=files, floor=1.4),
        Workload("points", "96 px: 68 points", 96, 128, faces, points=points),
        Workload(
            "points_colour",
            "68 points at 96 px: rotation, scale, flip, colour",
            96,
            128,
            faces,
            points=points,
            floor=5,
        ),
    ]


def _cifar() -> np.ndarray:
    train = load(DATA / "cifar10_mini").train
    return np.stack([train.sample(i)[0] for i in range(0, len(train), 2)][:2048])


def _faces() -> tuple[np.ndarray, np.ndarray]:
    table = (DATA / "faces68" / "points.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in table[1:513]]
    images = [_open(DATA / "faces68" / row[0], 96) for row in rows]
    points = np.array([row[3:] for row in rows], np.float64).reshape(-1, 68, 2)
    return np.stack(images), (points + 0.5) * 96 / 128


def _open(path: Path, size: int) -> np.ndarray:
    return np.asarray(Image.open(path).convert("RGB").resize((size, size)))


def _photos(folder: Path, count: int = 300) -> tuple[np.ndarray, tuple[Path, ...]]:
    """Return photographs of 256 x 256 pixels, and files of about 500 x 375.

    Parts of two large photographs, with tones and noise varied so that a file holds
    as much as one from a camera (quality 92, about 100 kB).
    """
    rng = np.random.default_rng(0)
    sources = [Image.fromarray(image) for image in load_sample_images().images]
    decoded, files = [], []
    for i in range(count):
        source = sources[i % len(sources)]
        width, height = int(rng.integers(460, 541)), int(rng.integers(345, 406))
        share = rng.uniform(0.6, 1.0)
        w, h = source.width * share, source.width * share * height / width
        h = min(h, source.height)
        x, y = rng.uniform(0, source.width - w), rng.uniform(0, source.height - h)
        part = source.resize((width, height), Image.BICUBIC, (x, y, x + w, y + h))
        levels = np.asarray(part, np.float32) * rng.uniform(0.8, 1.2, 3)
        levels += rng.uniform(-15, 15) + rng.normal(0, 5, levels.shape)
        image = Image.fromarray(levels.clip(0, 255).astype(np.uint8))
        decoded.append(np.asarray(image.resize((256, 256), Image.BILINEAR)))
        file = io.BytesIO()
        image.save(file, "JPEG", quality=92)
        files.append(folder / f"class{i % 2}" / f"{i:04}.jpg")
        files[-1].parent.mkdir(exist_ok=True)
        files[-1].write_bytes(file.getvalue())
    return np.stack(decoded), tuple(files)
