"""The parts of a source after the scan: bad images set apart, the rest described.

Source: none; plumbing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.core import checks
from trainwell.core.errors import DataError
from trainwell.core.progress import Progress
from trainwell.data._array_dataset import ArrayDataset, with_channels
from trainwell.data._audit import Looked
from trainwell.data._file_dataset import FileDataset, displayed
from trainwell.data._probe import Probe
from trainwell.data._scan import BadImage, scan_arrays, scan_files
from trainwell.data._source import ArrayPart, FilePart, Source


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


def see(
    source: Source, bad_images: str, progress: Progress
) -> tuple[dict[str, Seen], tuple[BadImage, ...]]:
    """Scan every part; stop at a bad image, or leave it out and list it."""
    checks.one_of("bad_images", bad_images, ("stop", "skip"))
    seen: dict[str, Seen] = {}
    bad: list[BadImage] = []
    files = {s: p for s, p in source.parts.items() if isinstance(p, FilePart)}
    paths = [path for part in files.values() for path in part.paths]
    results = iter(scan_files(source.root, paths, progress) if paths else ())
    for split, part in source.parts.items():
        if isinstance(part, ArrayPart):
            names = [f"{split}[{i}]" for i in range(len(part.images))]
            seen[split] = Seen(part, names, scan_arrays(part.images, progress))
            continue
        names = [displayed(path, source.root) for path in part.paths]
        looks = [next(results) for _ in part.paths]
        good = [i for i, look in enumerate(looks) if isinstance(look, Probe)]
        bad += [
            BadImage(names[i], look.reason)
            for i, look in enumerate(looks)
            if isinstance(look, BadImage)
        ]
        seen[split] = Seen(
            FilePart([part.paths[i] for i in good], [part.labels[i] for i in good]),
            [names[i] for i in good],
            [look for look in looks if isinstance(look, Probe)],
        )
    if bad and bad_images == "stop":
        more = f" ({len(bad) - 1} more files are bad)" if len(bad) > 1 else ""
        raise DataError(
            f"cannot use {bad[0].path}: {bad[0].reason}{more}. Repair or remove it, "
            "or go on without such files by data.bad_images=skip."
        )
    return seen, tuple(bad)
