"""Load labelled images to evaluate a trained model on, without those it has learned.

    evaluated = the split that is asked for
    by default: test; where there is none, all that was neither trained nor selected on
    left out:   training images, wherever they now lie, unless train is asked for

An image is known by the digest of its content, so moving, renaming or copying it into
another folder changes nothing.

Source: none; the rules are ours.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.core.plural import plural
from trainwell.core.progress import Progress, silent
from trainwell.data._audit_warnings import about_lacking, about_unread
from trainwell.data._duplicates import near_pairs
from trainwell.data._load_labelled import choose_splits, scan_labelled
from trainwell.data._read import SourceLike, read_source
from trainwell.data._reading import AS_FOUND, Reading
from trainwell.data._scanned_split import ScannedSplit, common_channels
from trainwell.data._source import SPLITS, split_name
from trainwell.data._split_images import SplitImages
from trainwell.data._thumbnail import stack_thumbs
from trainwell.data._types import Dataset
from trainwell.data._white_level import AS_STORED, Levels

_Rows = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class ToEvaluate:
    """Images to evaluate on.

    Attributes:
        dataset: The images.
        split: What they are: `train`, `val`, `test`, `all`, `new`, `test and new`.
        notes: What was left out, in sentences.
    """

    dataset: Dataset
    split: str
    notes: tuple[str, ...]


def load_to_evaluate(  # noqa: PLR0913
    source: SourceLike,
    classes: tuple[str, ...],
    trained: SplitImages,
    *,
    own: bool = False,
    split: str | None = None,
    bad_images: str = "stop",
    channels: int | None = None,
    levels: Levels = AS_STORED,
    reading: Reading = AS_FOUND,
    progress: Progress = silent,
) -> ToEvaluate:
    """Load labelled images, without those that the model was trained on.

    Args:
        source: As for `load`.
        classes: The model's class names; labels are matched to them by name.
        trained: The images of the model's training.
        own: The source lies where the training's did: images that are new in it are
            not part of its test images.
        split: A usual name of train, val or test; None takes test if there is one,
            else what the model has not seen.
        bad_images: As for `load`.
        channels: As for `load`.
        levels: What 16-bit values become.
        reading: As for `load`.
        progress: Shows the reading.

    Raises:
        DataError: As for `load`; or a label is not among `classes`, there is no such
            split, or nothing is left.

    Example:
        >>> from trainwell.data import SplitImages, load, load_to_evaluate
        >>> digits = load("digits")
        >>> found = load_to_evaluate("digits", digits.classes, SplitImages.of(digits))
        >>> found.split, len(found.dataset), found.notes[0]
        ('test', 347, 'Left out: 1,283 images that the run was trained on.')
    """
    read = read_source(source, progress, reading)
    wanted = split_name(split, "`split`") if split else None
    cut = wanted is not None and bool(len(trained.of_split(wanted)))
    taken = choose_splits(read, wanted, or_all=cut)
    scanned, bad = scan_labelled(read, taken, classes, bad_images, progress)
    keys = scanned.keys()
    inside = {name: np.isin(keys, trained.of_split(name)) for name in SPLITS}
    stated = set(taken) <= set(SPLITS) and len(taken) == 1
    name = next(iter(taken)) if stated else wanted
    if stated and name is not None:
        rows = np.ones(len(keys), np.bool_)
        if name != "train":
            rows &= ~inside["train"] | inside[name]
    elif name is not None:
        rows = inside[name]
        if not rows.any():
            raise DataError(
                f"{read.name} has no split {name!r}, and none of the images of the "
                f"run's {name} split."
            )
    else:
        name, rows = _unseen(inside, own=own)
    if not rows.any():
        raise DataError(
            f"{read.name}: all {len(keys):,} images are among those that the run was "
            "trained on. Give others, or `split` (`--split`) train."
        )
    chosen = scanned.take(np.flatnonzero(rows))
    notes = about_unread(read, bad) + _notes(inside, rows, name, own=own)
    notes += _alike(chosen, ~inside["train"][rows], trained, name)
    targets = read.reader.targets(chosen.labels, classes, read.name)
    channels = channels or common_channels([chosen])
    dataset = chosen.dataset(targets, tuple(classes), channels, levels).dataset
    counts = read.reader.counts(targets, classes)
    notes += tuple(about_lacking("What is evaluated", counts))
    return ToEvaluate(dataset, name, notes)


def _unseen(inside: dict[str, _Rows], *, own: bool) -> tuple[str, _Rows]:
    """Return what was neither trained nor selected on, and a name for it."""
    train, val, test = (inside[name] for name in SPLITS)
    new = ~(train | val | test)
    if new.all():
        return "all", new
    if test.any() and (own or not new.any()):
        return "test", test
    if new.any():
        return ("test and new" if test.any() else "new"), test | new
    return "val", val & ~train


def _notes(
    inside: dict[str, _Rows], rows: _Rows, name: str, *, own: bool
) -> tuple[str, ...]:
    """Say what was left out, and what is part of it but was learned."""
    train, val, test = (inside[split] for split in SPLITS)
    learned = rows & train
    about = [
        ("Left out: {} that the run was trained on.", ~rows & train),
        ("Left out: {} that its weights were chosen by.", ~rows & val & ~train),
        ("Left out: {} new in this place.", ~rows & ~(train | val | test) & own),
        ("Judged on {} that the run was trained on.", learned & (name == "train")),
        ("Among them: {} with a copy in training.", learned & (name != "train")),
    ]
    return tuple(text.format(_count(int(f.sum()))) for text, f in about if f.any())


def _count(count: int) -> str:
    return f"{count:,} {plural(count, 'image')}"


def _alike(
    chosen: ScannedSplit, new: _Rows, trained: SplitImages, name: str
) -> tuple[str, ...]:
    """Say how many look like training images: saved again, or given as arrays."""
    if name == "train" or not len(trained.thumbs):
        return ()
    thumbs = stack_thumbs([probe.thumb for probe in chosen.probes])
    found = [j for _, j in near_pairs(trained.thumbs, thumbs).tolist() if new[j]]
    if not found:
        return ()
    first = chosen.names[found[0]]
    return (
        f"Among them: {_count(len(found))} like one of training by thumbnail, perhaps "
        f"copies, first {first}.",
    )
