"""Export the model of a run, checked on the run's own validation images."""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from os import PathLike
from pathlib import Path

import numpy as np

from trainwell.core import checks
from trainwell.core.arguments import checked
from trainwell.core.errors import DataError, ExportError, RunError
from trainwell.core.files import open_regular
from trainwell.data import Image
from trainwell.exporting import Agreement, Int8Agreement, check_onnx, write_onnx
from trainwell.infer import TestTime
from trainwell.layers.stochastic import MCDropout
from trainwell.runs._argument_rules import RULES
from trainwell.runs._console import Console
from trainwell.runs._export_int8 import quantize_export, write_comparison
from trainwell.runs._given_run import RunLike, folder_of, predictor_of
from trainwell.runs._reporter import Reporter
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.session._reopen_session import reopen_session

FORMATS = {"onnx": "", "onnx-int8": "-int8"}
"""What follows the name of the file, by format."""


@checked(RULES)
def export(
    run: RunLike,
    *,
    format: str = "onnx",
    out: str | PathLike[str] | None = None,
    allow_import: bool = False,
    views: str | TestTime = "none",
    epoch: int | None = None,
    reporter: Reporter | None = None,
) -> tuple[Path, Agreement | Int8Agreement]:
    """Write the model of a run folder as one file, and check it.

    Args:
        run: The folder, or what `train` or `load` returned.
        format: `onnx`, or `onnx-int8`: weights and activations in 8 bits, calibrated
            on training images; its accuracy, speed and size beside float are written
            into a JSON file beside it.
        out: The file; model.onnx or model-int8.onnx in the folder by default, or
            epoch-007.onnx of an epoch.
        allow_import: See `load_predictor`.
        views: `flip`: the exported model averages over the image and its mirror image.
        epoch: Epoch of a run with `train.keep=epochs`; the final weights by default.
        reporter: Shows messages and progress; the terminal by default.

    Returns:
        The file, and how well it agrees with the model on every validation image; if
        the data is no longer there, on the images that the run kept.

    Raises:
        ExportError: If float differs by more than 1e-4, the file cannot be written, or
            is not to end in .onnx.
        DataError: If the training images that int8 is calibrated on are gone.

    Example:
        >>> path, agreement = tw.export(run, reporter=Quiet())
        >>> path.name, agreement.largest < 1e-4
        ('model.onnx', True)
    """
    checks.one_of("format", format, tuple(FORMATS))
    if out is not None and Path(out).suffix != ".onnx":
        raise ExportError(f"{out} must end in .onnx, the format that is written.")
    reporter = reporter or Console()
    folder = folder_of(run)
    predictor = predictor_of(run, views=views, allow_import=allow_import, epoch=epoch)
    if isinstance(predictor.model, MCDropout):
        reporter.warn(
            "the export answers from one pass without noise; the mean of "
            f"{predictor.model.samples} noisy ones is `predict`'s."
        )
        predictor = replace(predictor, model=predictor.model.model)
    stem = "model" if epoch is None else f"epoch-{epoch:03d}"
    path = Path(out) if out else folder.path / f"{stem}{FORMATS[format]}.onnx"
    if not path.parent.is_dir():
        raise ExportError(f"{path} cannot be written: its folder does not exist.")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".export-") as room:
        unchecked = write_onnx(predictor, Path(room, "float.onnx"))
        agreement = check_onnx(unchecked, predictor, _images(folder, reporter))
        if format == "onnx":
            unchecked.replace(path)
            return path, agreement
        int8 = Path(room, "int8.onnx")
        found = quantize_export(unchecked, int8, predictor, folder, reporter)
        int8.replace(path)
    write_comparison(found, path, folder)
    return path, found


def _images(folder: RunFolder, reporter: Reporter) -> Iterable[Image]:
    """Return the validation images, or those that the run kept."""
    try:
        val = reopen_session(folder, reporter).splits.val
        return (val.sample(i)[0] for i in range(len(val)))
    except (DataError, RunError) as error:
        reason = str(error).rstrip(".")
    reporter.warn(f"{reason}; checking on the images that the run kept.")
    with (
        open_regular(folder.path / "examples.npz") as stream,
        np.load(stream, allow_pickle=False) as kept,
    ):
        return list(kept["images"])
