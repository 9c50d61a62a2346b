"""Load the model of a run folder.

Nothing is unpickled: weights are safetensors, the metadata is JSON, and metadata that
names code to import is refused unless that is allowed.
"""

import copy
from collections.abc import Mapping
from dataclasses import replace
from os import PathLike
from pathlib import Path

from torch import nn

from trainwell.core.arguments import COUNT, FLAG, TEXT, Rule, checked, is_a
from trainwell.core.device import pick_device
from trainwell.core.errors import ArgumentError, RunError
from trainwell.infer._epochs import epoch_weights, metadata_of_epoch
from trainwell.infer._metadata import read_metadata
from trainwell.infer._predictor import Predictor
from trainwell.models import Ensemble, build
from trainwell.training import load_tensors

_RULES: Mapping[str, Rule] = {
    "run": Rule(
        "the folder of a run, or what `tw.train` returned",
        is_a(str, PathLike, Predictor),
    ),
    "device": TEXT,
    "allow_import": FLAG,
    "epoch": COUNT,
    "model": Rule(
        "a torch.nn.Module object",
        is_a(nn.Module),
        "Networks that were trained by name are built by name.",
    ),
}


@checked(_RULES)
def load_predictor(
    run: str | PathLike[str] | Predictor,
    *,
    device: str = "cpu",
    allow_import: bool = False,
    model: nn.Module | None = None,
    epoch: int | None = None,
) -> Predictor:
    """Load the model of a run folder.

    Args:
        run: Run folder, with model.json and model.safetensors, or what `train` or
            `tune` returned; a predictor is returned as it is.
        device: Device of the predictions; `auto` uses an accelerator if there is one.
        allow_import: Whether the model may be imported from the module named in its
            metadata; allow it only for code you trust.
        model: Network to load the weights into, if it was trained as an object;
            changed in place.
        epoch: Epoch of a run with `train.keep=epochs` whose weights are taken; the
            final weights by default.

    Raises:
        RunError: If the folder holds no finished run, or not this epoch.
        UserError: If there is no such device.
        ModelError: If the model is imported from a module and that is not allowed.

    Example:
        >>> load_predictor("no run")
        Traceback (most recent call last):
        trainwell.core.errors.RunError: no run is not a folder; give the folder ...
    """
    if isinstance(run, Predictor):
        return run if epoch is None else _of_epoch(run, epoch)
    folder, place = Path(run), pick_device(device)
    if not folder.is_dir():
        raise RunError(f"{folder} is not a folder; give the folder of a run.")
    metadata, weights = read_metadata(folder / "model.json"), Path("model.safetensors")
    if epoch is not None:
        metadata, weights = metadata_of_epoch(metadata), epoch_weights(folder, epoch)
    if model is None:
        model = build(metadata.model, allow_import=allow_import)
    tensors, _ = load_tensors(folder / weights)
    try:
        model.load_state_dict(tensors)
    except RuntimeError as error:
        reason = " ".join(str(error).split())
        raise RunError(
            f"{folder}: the weights do not fit the metadata: {reason}"
        ) from error
    return Predictor(model.eval().to(place), metadata, path=folder)


def _of_epoch(predictor: Predictor, epoch: int) -> Predictor:
    """Return the predictor with the weights of an epoch of its run."""
    if predictor.path is None:
        raise ArgumentError(
            "`epoch` needs a run: this predictor was not loaded from a folder."
        )
    several = isinstance(predictor.model, Ensemble)
    found = load_predictor(
        predictor.path,
        device=str(next(predictor.model.parameters()).device),
        model=None if several else copy.deepcopy(predictor.model),
        epoch=epoch,
    )
    return replace(found, test_time=predictor.test_time)
