"""A run as people have it in hand: its folder, what `train` returned, a predictor."""

from os import PathLike
from pathlib import Path

from trainwell.core.errors import ArgumentError
from trainwell.infer import Predictor, TestTime, load_predictor
from trainwell.runs.folder._folder import RunFolder

RunLike = str | PathLike[str] | Predictor
"""The folder of a run, or what `train`, `tune` or `load` returned."""


def folder_of(run: RunLike) -> RunFolder:
    """Return the folder of a run.

    Raises:
        ArgumentError: If a predictor was not loaded from one.
    """
    if not isinstance(run, Predictor):
        return RunFolder(Path(run))
    if run.path is None:
        raise ArgumentError(
            "`run` must be the folder of a run: this predictor was not loaded from one."
        )
    return RunFolder(run.path)


def predictor_of(
    run: RunLike,
    *,
    views: str | TestTime = "none",
    draws: int | None = None,
    average: str = "probability",
    device: str | None = None,
    allow_import: bool = False,
    epoch: int | None = None,
) -> Predictor:
    """Return the predictor of a run; one that was given keeps what is not replaced.

    Args:
        run: The folder, or a predictor, which stays where it is.
        views: See `named_views`.
        draws: See `named_views`.
        average: See `named_views`.
        device: Where to predict; the CPU by default.
        allow_import: See `load_predictor`.
        epoch: See `load_predictor`.

    Raises:
        UserError: If there is no such run, or the options cannot be used.
    """
    if not isinstance(run, Predictor):
        found = load_predictor(
            run, device=device or "cpu", allow_import=allow_import, epoch=epoch
        )
        return found.with_views(views, draws, average)
    if device is not None:
        raise ArgumentError(
            "`device` changes nothing: the predictor is on a device already. Give it "
            "to `tw.load`."
        )
    run = load_predictor(run, epoch=epoch)
    if (views, draws, average) == ("none", None, "probability"):
        return run
    return run.with_views(views, draws, average)
