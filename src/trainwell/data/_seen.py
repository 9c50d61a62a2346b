"""The parts of a source after the scan: what is usable, and what it is.

Source: none; plumbing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.data._array_dataset import ArrayDataset, with_channels
from trainwell.data._audit import Looked
from trainwell.data._file_dataset import FileDataset
from trainwell.data._probe import Probe
from trainwell.data._source import ArrayPart, FilePart


@dataclass(frozen=True)
class Seen:
    """Good images of one part: where they are, what they are, their labels."""

    part: FilePart | ArrayPart
    names: list[str]
    probes: list[Probe]

    @property
    def labels(self) -> list[str]:
        """The label of every image."""
        return self.part.labels

    def array_channels(self) -> int | None:
        """Return the channels of arrays; None for files, which decode to any."""
        return self.part.images.shape[3] if isinstance(self.part, ArrayPart) else None

    def keys(self) -> npt.NDArray[np.uint64]:
        """Return the content key of every image."""
        return np.array([p.key for p in self.probes], np.uint64)

    def take(self, rows: Iterable[int]) -> "Seen":
        """Return the images at `rows`."""
        rows = list(rows)
        labels = [self.part.labels[i] for i in rows]
        if isinstance(self.part, FilePart):
            part: FilePart | ArrayPart = FilePart(
                [self.part.paths[i] for i in rows], labels
            )
        else:
            part = ArrayPart(self.part.images[rows], labels)
        return Seen(part, [self.names[i] for i in rows], [self.probes[i] for i in rows])

    def dataset(
        self,
        targets: npt.NDArray[np.int64],
        classes: tuple[str, ...],
        channels: int | None,
    ) -> Looked:
        """Make the dataset, with what was seen of it."""
        if isinstance(self.part, FilePart):
            return Looked(
                FileDataset(
                    self.part.paths,
                    self.names,
                    targets,
                    classes,
                    self.probes,
                    channels or 3,
                ),
                self.probes,
            )
        images = with_channels(self.part.images, channels, "the images")
        return Looked(
            ArrayDataset(images, self.names, targets, classes, self.keys()),
            self.probes,
        )


def join(parts: Sequence[Seen]) -> Seen:
    """Put parts of one kind end to end."""
    names = [name for seen in parts for name in seen.names]
    probes = [probe for seen in parts for probe in seen.probes]
    labels = [label for seen in parts for label in seen.labels]
    first = parts[0].part
    if isinstance(first, FilePart):
        paths = [p for s in parts if isinstance(s.part, FilePart) for p in s.part.paths]
        return Seen(FilePart(paths, labels), names, probes)
    images = np.concatenate(
        [s.part.images for s in parts if isinstance(s.part, ArrayPart)]
    )
    return Seen(ArrayPart(images, labels), names, probes)


def common_channels(seen: Sequence[Seen]) -> int | None:
    """Return 1 if every file is grey, 3 if one is not; None keeps what arrays have."""
    channels = {s.array_channels() for s in seen}
    if channels != {None}:
        return None if len(channels) == 1 else 3
    return 1 if all(p.grey for s in seen for p in s.probes) else 3
