"""A dataset of image files, decoded on demand.

Source: none; types.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainwell.data._decode import decode
from trainwell.data._encoded import EncodedImage, ImageFile
from trainwell.data._fingerprint import fingerprint
from trainwell.data._probe import Probe
from trainwell.data._types import Image
from trainwell.data._white_level import FULL_RANGE


class FileDataset:
    """Image files with targets; see `Dataset` for the attributes."""

    def __init__(
        self,
        paths: Sequence[ImageFile],
        names: Sequence[str],
        targets: npt.NDArray[np.int64],
        classes: tuple[str, ...],
        probes: Sequence[Probe],
        channels: int,
        white_level: int = FULL_RANGE,
    ) -> None:
        self.paths = tuple(paths)
        self.names = tuple(names)
        self.targets = targets
        self.classes = classes
        self.channels = channels
        self.white_level = white_level
        self.keys = np.array([p.key for p in probes], np.uint64)
        sizes = np.array([(p.height, p.width) for p in probes], np.int32)
        self.sizes = sizes.reshape(-1, 2)
        self.fingerprint = fingerprint(classes, targets, self.keys)

    def __len__(self) -> int:
        return len(self.paths)

    def __repr__(self) -> str:
        return f"FileDataset(images={len(self)}, classes={len(self.classes)})"

    def sample(self, index: int, short_side: int | None = None) -> tuple[Image, int]:
        """Read and decode image `index`; a file that changed is a `DataError`."""
        image = decode(
            self.paths[index],
            channels=self.channels,
            short_side=short_side,
            white_level=self.white_level,
        )
        return image, int(self.targets[index])


def display_name(path: ImageFile, root: Path) -> str:
    """Return a path relative to `root` where it lies below it, safe to print."""
    if isinstance(path, EncodedImage):
        return path.name
    try:
        text = path.relative_to(root).as_posix()
    except ValueError:
        text = path.as_posix()
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
