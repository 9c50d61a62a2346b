"""A dataset of image files, decoded on demand.

Source: none; types.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.data._decode import decode, read
from trainwell.data._encoded import EncodedImage, ImageFile
from trainwell.data._fingerprint import fingerprint
from trainwell.data._probe import Probe, content_key
from trainwell.data._types import one_target
from trainwell.data._white_level import AS_STORED, Levels, Pixels


class FileDataset:
    """Image files with targets; see `Dataset` for the attributes."""

    def __init__(
        self,
        paths: Sequence[ImageFile],
        names: Sequence[str],
        targets: npt.NDArray[Any],
        classes: tuple[str, ...],
        probes: Sequence[Probe],
        channels: int,
        levels: Levels = AS_STORED,
    ) -> None:
        self.paths = tuple(paths)
        self.names = tuple(names)
        self.targets = targets
        self.classes = classes
        self.channels = channels
        self.levels = levels
        self.bits = levels.bits
        self.keys = np.array([p.key for p in probes], np.uint64)
        sizes = np.array([(p.height, p.width) for p in probes], np.int32)
        self.sizes = sizes.reshape(-1, 2)
        self.fingerprint = fingerprint(classes, targets, self.keys)

    def __len__(self) -> int:
        return len(self.paths)

    def __repr__(self) -> str:
        return f"FileDataset(images={len(self)}, classes={len(self.classes)})"

    def sample(self, index: int, short_side: int | None = None) -> tuple[Pixels, Any]:
        """Read and decode image `index`; a file that changed is a `DataError`."""
        data, path = self.read(index), self.paths[index]
        try:
            image = decode(
                data,
                channels=self.channels,
                short_side=short_side,
                white_level=self.levels.white,
                bits=self.levels.bits,
            )
        except DataError as error:
            raise DataError(f"cannot read {path}: {error}") from None
        return image, one_target(self.targets, index)

    def read(self, index: int) -> bytes:
        """Return the bytes of file `index`; other ones than before are a `DataError`.

        Training on them would give a model that belongs to no set of images.
        """
        path = self.paths[index]
        try:
            data = read(path)
        except DataError as error:
            raise DataError(f"cannot read {path}: {error}") from None
        if content_key(data) != self.keys[index]:
            raise DataError(
                f"{path} has changed since it was scanned; leave the images as they "
                "are while they are in use, and start again."
            )
        return data


def display_name(path: ImageFile, root: Path) -> str:
    """Return a path relative to `root` where it lies below it, safe to print."""
    if isinstance(path, EncodedImage):
        return path.name
    try:
        text = path.relative_to(root).as_posix()
    except ValueError:
        text = path.as_posix()
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
