"""Scan every split of a source, and deal with what cannot be used.

Source: none; plumbing.
"""

from collections.abc import Iterator, Sequence

from trainwell.core import checks
from trainwell.core.errors import DataError
from trainwell.core.progress import Progress
from trainwell.data._file_dataset import display_name
from trainwell.data._probe import Probe, probe_arrays
from trainwell.data._scan import BadImage, scan_arrays, scan_files
from trainwell.data._scanned_split import ScannedSplit
from trainwell.data._source import FLAT, ArraySplit, FileSplit, ListSplit, Source


def scan_source(
    source: Source, bad_images: str, progress: Progress
) -> tuple[dict[str, ScannedSplit], tuple[BadImage, ...]]:
    """Scan every split; stop at a bad image, or leave it out and list it.

    The order is that of the splits, and within one that of the source.
    """
    checks.one_of("bad_images", bad_images, ("stop", "skip"))
    splits = source.ordered()
    paths = [p for _, part in splits if isinstance(part, FileSplit) for p in part.paths]
    results = iter(scan_files(source.root, paths, progress) if paths else ())
    scanned: dict[str, ScannedSplit] = {}
    bad = list(source.bad)
    for split, part in splits:
        if isinstance(part, ListSplit):
            names = [f"{split}[{i}]" for i in range(len(part.images))]
            probes = [p for x in part.images for p in probe_arrays(x[None])]
            scanned[split] = ScannedSplit(part, names, probes)
        elif isinstance(part, ArraySplit):
            names = [f"{split}[{i}]" for i in range(len(part.images))]
            scanned[split] = ScannedSplit(
                part, names, scan_arrays(part.images, progress)
            )
        else:
            names = [display_name(path, source.root) for path in part.paths]
            scanned[split], worse = _sorted_out(part, names, results)
            bad += worse
    stop_at_bad(bad, bad_images, source)
    empty = [split for split, part in scanned.items() if not part.names]
    if empty:
        which = "" if empty == [FLAT] else f" in {', '.join(empty)}"
        raise DataError(
            f"{source.name} has no usable images{which}.{source.explained()}"
        )
    return scanned, tuple(bad)


def stop_at_bad(bad: Sequence[BadImage], bad_images: str, source: Source) -> None:
    """Raise DataError for what cannot be used, unless it is to be skipped."""
    if not bad or bad_images != "stop":
        return
    what = "rows" if bad[0] in source.bad else "files"
    more = f" ({len(bad) - 1} more {what} are bad)" if len(bad) > 1 else ""
    raise DataError(
        f"cannot use {bad[0].path}: {bad[0].reason}{more}. Repair or remove it, or "
        f"skip such {what}: data.bad_images=skip in a recipe, `bad_images` "
        f"(`--bad-images skip`) elsewhere.{source.explained()}"
    )


def _sorted_out(
    part: FileSplit, names: list[str], results: Iterator[Probe | BadImage]
) -> tuple[ScannedSplit, list[BadImage]]:
    """Take one look per file; return the good ones, and the bad ones by name."""
    files, good_names, probes = FileSplit([], [], []), [], []
    bad = []
    groups = part.groups or [""] * len(names)
    rows = zip(part.paths, part.labels, groups, names, strict=True)
    for path, label, group, name in rows:
        result = next(results)
        if isinstance(result, BadImage):
            bad.append(BadImage(name, result.reason))
            continue
        files.paths.append(path)
        files.labels.append(label)
        if part.groups:
            files.groups.append(group)
        good_names.append(name)
        probes.append(result)
    return ScannedSplit(files, good_names, probes), bad
