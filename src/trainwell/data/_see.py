"""Scan every part of a source, and deal with what cannot be used.

Source: none; plumbing.
"""

from collections.abc import Iterator

from trainwell.core import checks
from trainwell.core.errors import DataError
from trainwell.core.progress import Progress
from trainwell.data._file_dataset import displayed
from trainwell.data._probe import Probe
from trainwell.data._scan import BadImage, scan_arrays, scan_files
from trainwell.data._seen import Seen
from trainwell.data._source import FLAT, ArrayPart, FilePart, Source


def see(
    source: Source, bad_images: str, progress: Progress
) -> tuple[dict[str, Seen], tuple[BadImage, ...]]:
    """Scan every part; stop at a bad image, or leave it out and list it.

    The order is that of the splits, and within one that of the source.
    """
    checks.one_of("bad_images", bad_images, ("stop", "skip"))
    parts = source.ordered()
    paths = [p for _, part in parts if isinstance(part, FilePart) for p in part.paths]
    looks = iter(scan_files(source.root, paths, progress) if paths else ())
    seen: dict[str, Seen] = {}
    bad: list[BadImage] = []
    for split, part in parts:
        if isinstance(part, ArrayPart):
            names = [f"{split}[{i}]" for i in range(len(part.images))]
            seen[split] = Seen(part, names, scan_arrays(part.images, progress))
        else:
            names = [displayed(path, source.root) for path in part.paths]
            seen[split], worse = _sorted_out(part, names, looks)
            bad += worse
    if bad and bad_images == "stop":
        more = f" ({len(bad) - 1} more files are bad)" if len(bad) > 1 else ""
        raise DataError(
            f"cannot use {bad[0].path}: {bad[0].reason}{more}. Repair or remove it, "
            "or go on without such files by data.bad_images=skip."
        )
    empty = [split for split, part in seen.items() if not part.names]
    if empty:
        which = "" if empty == [FLAT] else f" in {', '.join(empty)}"
        raise DataError(f"{source.name} has no usable images{which}.")
    return seen, tuple(bad)


def _sorted_out(
    part: FilePart, names: list[str], looks: Iterator[Probe | BadImage]
) -> tuple[Seen, list[BadImage]]:
    """Take one look per file; return the good ones, and the bad ones by name."""
    files, good_names, probes = FilePart([], []), [], []
    bad = []
    for path, label, name in zip(part.paths, part.labels, names, strict=True):
        look = next(looks)
        if isinstance(look, BadImage):
            bad.append(BadImage(name, look.reason))
            continue
        files.paths.append(path)
        files.labels.append(label)
        good_names.append(name)
        probes.append(look)
    return Seen(files, good_names, probes), bad
