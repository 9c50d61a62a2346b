"""The weights of one epoch of a run, where `train.keep=epochs` kept them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from trainwell.core.errors import RunError
from trainwell.core.plural import plural
from trainwell.infer._metadata import ModelMetadata
from trainwell.models import ENSEMBLE, member_specs
from trainwell.training import epoch_path, kept_epochs

FOLDER = "epochs"


def epoch_weights(run: Path, epoch: int) -> Path:
    """Return the file of an epoch's weights, relative to the run folder.

    Raises:
        RunError: If they were not kept.
    """
    path = epoch_path(Path(FOLDER), epoch)
    if (run / path).exists():
        return path
    kept = kept_epochs(run / FOLDER)
    if not kept:
        raise RunError(
            f"{run} kept no weights of epochs; train with train.keep=epochs."
        )
    raise RunError(
        f"{run} has no weights of epoch {epoch}; it kept "
        f"{plural(len(kept), 'epoch')} {_spans(kept)}."
    )


def metadata_of_epoch(metadata: ModelMetadata) -> ModelMetadata:
    """Return the metadata of one network, where the run answers with several moments.

    An ensemble of snapshots is of one architecture, which every epoch has. The
    temperature was fitted to the final weights, and is no other's.
    """
    metadata = replace(metadata, temperature=1.0)
    if metadata.model.name != ENSEMBLE:
        return metadata
    return replace(metadata, model=member_specs(metadata.model)[0])


def _spans(numbers: Sequence[int]) -> str:
    """Write ascending numbers as spans, such as 1 to 4, 7."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{a}" if a == b else f"{a} to {b}" for a, b in spans)
