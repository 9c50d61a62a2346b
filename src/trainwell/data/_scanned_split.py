"""The splits of a source after the scan: what is usable, and what it is.

Source: none; plumbing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.data._array_dataset import ArrayDataset
from trainwell.data._audit import ScannedDataset, compared_thumbs
from trainwell.data._channels import with_channels
from trainwell.data._decoded import can_be_read, wrong_channels
from trainwell.data._file_dataset import FileDataset
from trainwell.data._list_dataset import ListDataset
from trainwell.data._probe import Probe
from trainwell.data._source import ArraySplit, FileSplit, ListSplit, Split
from trainwell.data._thumbnail import Thumbs
from trainwell.data._white_level import AS_STORED, Levels, Pixels


@dataclass(frozen=True)
class ScannedSplit:
    """Good images of one part: where they are, what they are, their labels."""

    content: Split
    names: list[str]
    probes: list[Probe]

    @property
    def labels(self) -> list[Any]:
        """The label of every image."""
        return self.content.labels

    @property
    def groups(self) -> list[str]:
        """The group of every image; none where they are not known."""
        return self.content.groups if isinstance(self.content, FileSplit) else []

    def array_channels(self) -> int | None:
        """Return the channels of arrays; None for files, which decode to any."""
        if isinstance(self.content, FileSplit):
            return None
        channels = {image.shape[2] for image in self.content.images}
        return channels.pop() if len(channels) == 1 else 3

    def peaks(self) -> list[int]:
        """Return the largest value of every 16-bit image, 0 of the others."""
        return [probe.peak for probe in self.probes]

    def keys(self) -> npt.NDArray[np.uint64]:
        """Return the content key of every image."""
        return np.array([p.key for p in self.probes], np.uint64)

    def thumbs(self) -> Thumbs:
        """Return the thumbnails; those of tiny images are blank and so never near."""
        return compared_thumbs(self.probes)

    def take(self, rows: Iterable[int]) -> "ScannedSplit":
        """Return the images at `rows`."""
        rows = list(rows)
        labels = [self.content.labels[i] for i in rows]
        if isinstance(self.content, FileSplit):
            groups = [self.content.groups[i] for i in rows] if self.groups else []
            part: Split = FileSplit(
                [self.content.paths[i] for i in rows], labels, groups
            )
        elif isinstance(self.content, ListSplit):
            part = ListSplit([self.content.images[i] for i in rows], labels)
        else:
            part = ArraySplit(self.content.images[rows], labels)
        return ScannedSplit(
            part, [self.names[i] for i in rows], [self.probes[i] for i in rows]
        )

    def _refuse_other_channels(self, channels: int) -> None:
        """Raise DataError for a file that cannot be read as so many channels."""
        for name, probe in zip(self.names, self.probes, strict=True):
            if probe.many or channels not in (1, 3):  # Pillow makes grey and colour
                reason = wrong_channels(probe.bands, channels)
                if not can_be_read(probe.bands, channels):
                    raise DataError(f"cannot use {name}: {reason}.")

    def dataset(
        self,
        targets: npt.NDArray[Any],
        classes: tuple[str, ...],
        channels: int | None,
        levels: Levels = AS_STORED,
    ) -> ScannedDataset:
        """Make the dataset, with what was seen of it."""
        if isinstance(self.content, FileSplit):
            self._refuse_other_channels(channels or 3)
            return ScannedDataset(
                FileDataset(
                    self.content.paths,
                    self.names,
                    targets,
                    classes,
                    self.probes,
                    channels or 3,
                    levels,
                ),
                self.probes,
            )
        if isinstance(self.content, ListSplit):
            channels = channels or self.array_channels() or 3
            listed = ListDataset(
                [levels.of(x) for x in self.content.images],
                self.names,
                targets,
                classes,
                self.keys(),
                channels,
            )
            return ScannedDataset(listed, self.probes)
        pixels = levels.of(self.content.images)
        images = with_channels(pixels, channels, "the images")
        return ScannedDataset(
            ArrayDataset(images, self.names, targets, classes, self.keys()),
            self.probes,
        )


def join(splits: Sequence[ScannedSplit]) -> ScannedSplit:
    """Put splits of one kind end to end."""
    names = [name for scanned in splits for name in scanned.names]
    probes = [probe for scanned in splits for probe in scanned.probes]
    labels = [label for scanned in splits for label in scanned.labels]
    first = splits[0].content
    if isinstance(first, FileSplit):
        paths = [
            p
            for s in splits
            if isinstance(s.content, FileSplit)
            for p in s.content.paths
        ]
        return ScannedSplit(FileSplit(paths, labels), names, probes)
    images = [image for s in splits for image in _images(s)]
    if len({image.shape for image in images}) == 1:
        return ScannedSplit(ArraySplit(np.stack(images), labels), names, probes)
    return ScannedSplit(ListSplit(images, labels), names, probes)


def _images(scanned: ScannedSplit) -> list[Pixels]:
    assert not isinstance(scanned.content, FileSplit)
    return list(scanned.content.images)


def common_channels(scanned: Sequence[ScannedSplit]) -> int | None:
    """Return 1 if every file is grey, 3 if one is not, n if all have so many bands.

    None keeps what arrays have.
    """
    channels = {s.array_channels() for s in scanned}
    if channels != {None}:
        return None if len(channels) == 1 else 3
    if all(p.grey for s in scanned for p in s.probes):
        return 1
    bands = {p.bands if p.many else 3 for s in scanned for p in s.probes}
    return bands.pop() if len(bands) == 1 else 3
