"""Check the pixels of data, in a time that does not grow with the number of images.

Images are looked at as the network reads them, but at 32 px, and at most 2000 of a
split, drawn so that every class keeps its share; a finding says how many.
"""

from dataclasses import replace

import torch

from trainwell.data import stratified_indices
from trainwell.diagnose import (
    Finding,
    check_images,
    check_label_signal,
    check_splits,
    check_validation_labels,
)
from trainwell.runs.session._session import Session
from trainwell.runs.setup._batches import fit_colors, render_settings
from trainwell.training import plain_batch

_MOST = 2000  # images of a split that are looked at
_SIZE = 32  # pixels at which they are
_NO_CLASSES = "There are no classes to judge by."
_OF_LABELS = ("labels fit images", "labels agree")


def pixel_findings(session: Session) -> list[Finding]:
    """Check small, standardised images of training and validation."""
    recipe, splits, stores = session.recipe, session.splits, session.stores
    data = recipe.data.model_copy(update={"image_size": _SIZE})
    small = recipe.model_copy(update={"data": data})
    colors = fit_colors(recipe, splits, stores.train)
    settings = render_settings(small, colors, torch.device("cpu"))
    batches, counts = [], []
    with session.reporter.progress("looking at images", 2) as advance:
        for split, dataset, store in (
            ("training", splits.train, stores.train),
            ("validation", splits.val, stores.val),
        ):
            strata = splits.reader.strata(dataset.targets)
            some = stratified_indices(dataset, _MOST, seed=recipe.seed, strata=strata)
            batches.append(plain_batch(dataset, store, settings, some))
            fewer = len(some) < len(dataset)
            counts.append(f"{len(some):,} of {len(dataset):,} {split}" if fewer else "")
            advance(1)
    train, val = batches
    names = [splits.train.names[i] for i in train.indices.tolist()]
    if not splits.reader.has_classes:
        return [
            _of(counts[:1], check_images(train.images)),
            _of(counts[1:], check_images(val.images, split="validation")),
            _of(counts, check_splits(train.images, val.images)),
            *(Finding.untested(name, _NO_CLASSES) for name in _OF_LABELS),
        ]
    if not splits.held_out:
        alone = "No images are held out to validate on."
        return [
            _of(counts[:1], check_images(train.images)),
            _of(
                counts[:1], check_label_signal(train.images, train.targets, names=names)
            ),
            *(
                Finding.untested(n, alone)
                for n in ("preprocessing alike", "labels agree")
            ),
        ]
    both = (train.images, train.targets), (val.images, val.targets)
    signal = check_label_signal(train.images, train.targets, names=names)
    reached = signal.numbers.get("accuracy")
    return [
        _of(counts[:1], check_images(train.images)),
        _of(counts[1:], check_images(val.images, split="validation")),
        _of(counts, check_splits(train.images, val.images)),
        _of(counts[:1], signal),
        _of(counts, check_validation_labels(*both, cross_validated=reached)),
    ]


def _of(counts: list[str], finding: Finding) -> Finding:
    """Say by how many images a finding was made, where these are not all."""
    fewer = " and ".join(word for word in counts if word)
    if not fewer:
        return finding
    return replace(finding, what=f"{finding.what} Judged by {fewer} images.")
