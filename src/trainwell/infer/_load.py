"""Load the model of a run folder.

Nothing is unpickled: weights are safetensors, the metadata is JSON, and metadata that
names code to import is refused unless that is allowed.
"""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from torch import nn

from trainwell.core.arguments import FLAG, TEXT, Rule, checked, is_a
from trainwell.core.device import pick_device
from trainwell.core.errors import RunError
from trainwell.infer._metadata import read_metadata
from trainwell.infer._predictor import Predictor
from trainwell.models import build
from trainwell.training import load_tensors

_RULES: Mapping[str, Rule] = {
    "run": Rule(
        "the folder of a run, or what `tw.train` returned",
        is_a(str, PathLike, Predictor),
    ),
    "device": TEXT,
    "allow_import": FLAG,
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

    Raises:
        RunError: If the folder holds no finished run.
        UserError: If there is no such device.
        ModelError: If the model is imported from a module and that is not allowed.

    Example:
        >>> load_predictor("no run")
        Traceback (most recent call last):
        trainwell.core.errors.RunError: no run is not a folder; give the folder ...
    """
    if isinstance(run, Predictor):
        return run
    folder, place = Path(run), pick_device(device)
    if not folder.is_dir():
        raise RunError(f"{folder} is not a folder; give the folder of a run.")
    metadata = read_metadata(folder / "model.json")
    if model is None:
        model = build(metadata.model, allow_import=allow_import)
    tensors, _ = load_tensors(folder / "model.safetensors")
    try:
        model.load_state_dict(tensors)
    except RuntimeError as error:
        reason = " ".join(str(error).split())
        raise RunError(
            f"{folder}: the weights do not fit the metadata: {reason}"
        ) from error
    return Predictor(model.eval().to(place), metadata, path=folder)
