"""Fixtures of the data tests: a cache of their own, and folders of small pictures."""

import contextlib
import gzip
import io
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.delenv("TRAINWELL_DATA", raising=False)


@pytest.fixture(scope="session")
def picture() -> Callable[..., np.ndarray]:
    """Smooth colour pictures with structure, another one for every seed."""

    def make(seed: int, height: int = 24, width: int = 20, channels: int = 3):
        rng = np.random.default_rng(seed)
        coarse = rng.integers(0, 256, (6, 5, channels)).astype(np.uint8)
        planes = [
            Image.fromarray(coarse[:, :, c]).resize((width, height))
            for c in range(channels)
        ]
        return np.stack([np.asarray(plane) for plane in planes], axis=2)

    return make


@pytest.fixture(scope="session")
def encoded() -> Callable[..., bytes]:
    """Encode an array or a Pillow image in a format."""

    def encode(image, kind: str = "PNG", **options) -> bytes:
        if isinstance(image, np.ndarray):
            image = Image.fromarray(image[:, :, 0] if image.shape[2] == 1 else image)
        stream = io.BytesIO()
        image.save(stream, kind, **options)
        return stream.getvalue()

    return encode


@pytest.fixture
def write(tmp_path, picture, encoded) -> Callable[..., Path]:
    """Write picture `seed` as tmp_path/name; return the path."""

    def write_one(name: str, seed: int, **options) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        kind = "JPEG" if path.suffix in (".jpg", ".jpeg") else "PNG"
        path.write_bytes(encoded(picture(seed, **options), kind))
        return path

    return write_one


@pytest.fixture
def class_folders(tmp_path, write) -> Callable[..., Path]:
    """Write `count` pictures for each class folder named; return the root."""

    def make(*names: str, count: int = 4, first: int = 0) -> Path:
        for k, name in enumerate(names):
            for i in range(count):
                write(f"{name}/{i}.png", first + k * 1000 + i)
        return tmp_path

    return make


@pytest.fixture(scope="session")
def write_idx() -> Callable[..., None]:
    """Write images and labels under MNIST's file names."""

    def write_set(folder: Path, stem: str, images, labels, zipped: bool = False):
        folder.mkdir(parents=True, exist_ok=True)
        for kind, array in (("images-idx3", images), ("labels-idx1", labels)):
            sizes = struct.pack(f">{array.ndim}I", *array.shape)
            data = bytes([0, 0, 8, array.ndim]) + sizes + bytes(array.astype(np.uint8))
            name = f"{stem}-{kind}-ubyte"
            if zipped:
                (folder / f"{name}.gz").write_bytes(gzip.compress(data))
            else:
                (folder / name).write_bytes(data)

    return write_set


@pytest.fixture
def limited_memory():
    """Fail if Python or NumPy allocates more than so many MiB meanwhile."""

    @contextlib.contextmanager
    def limit(mib: int):
        tracemalloc.start()
        try:
            yield
            assert tracemalloc.get_traced_memory()[1] < mib << 20
        finally:
            tracemalloc.stop()

    return limit
