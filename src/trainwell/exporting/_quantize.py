"""Quantisation after training: 8-bit weights and activations in an ONNX file.

    q = clip(round(x / s) + z),    x ~ s (q - z)

Weights have a scale per output channel and z = 0; activations have one scale and zero
point, from their least and greatest value on calibration images. Sums are 32-bit.

Use: to answer two to four times as fast on a processor, from a quarter of the bytes.
Side effects: a point of accuracy or less is lost, as a rule; deep narrow networks lose
more. Weights take 7 of the 8 bits, so that pairs of products fit into 16 bits on
processors that add them so, and the file answers the same everywhere.

Source: Jacob et al., "Quantization and Training of Neural Networks for Efficient
Integer-Arithmetic-Only Inference", 2018, section 2, https://arxiv.org/abs/1712.05877;
by onnxruntime.quantization: a channel's scale is its largest weight / 64, and biases
are 32-bit multiples of the product of both scales.
"""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import ExportError
from trainwell.core.files import write_atomically
from trainwell.exporting._onnx import onnx_package

LAYERS = (
    "Conv",
    "Gemm",
    "MatMul",
    "Add",
    "Relu",
    "Clip",
    "MaxPool",
    "AveragePool",
    "GlobalAveragePool",
)
"""Operations that are quantised; normalisation of pixels and softmax stay float."""

_BATCH = 32


def quantize_onnx(
    source: Path, path: Path, images: npt.NDArray[np.integer[Any]]
) -> Path:
    """Write the 8-bit version of an ONNX file of `write_onnx`.

    Args:
        source: File to quantise.
        path: File to write.
        images: (n, height, width, channels), as `Predictor.prepared` makes them, of the
            training set; a few hundred.

    Raises:
        MissingDependencyError: If onnx is not installed.
        ExportError: If there is no image, or ONNX Runtime cannot quantise the file.

    Example:
        >>> import pathlib, tempfile
        >>> quantize_onnx(pathlib.Path("a.onnx"), pathlib.Path("b.onnx"),
        ...               np.empty((0, 8, 8, 3), np.uint8))
        Traceback (most recent call last):
        trainwell.core.errors.ExportError: quantisation needs calibration images, ...
    """
    onnx = onnx_package()
    if not len(images):
        raise ExportError("quantisation needs calibration images, got none.")
    from onnxruntime import quantization
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with tempfile.TemporaryDirectory() as room:
        simplified, made = Path(room, "simplified.onnx"), Path(room, "int8.onnx")
        try:
            quant_pre_process(source, simplified, skip_symbolic_shape=True)
            quantization.quantize_static(
                simplified,
                made,
                _reader(quantization.CalibrationDataReader, images),
                quant_format=quantization.QuantFormat.QDQ,
                op_types_to_quantize=list(LAYERS),
                per_channel=True,
                reduce_range=True,
                activation_type=quantization.QuantType.QUInt8,
                weight_type=quantization.QuantType.QInt8,
            )
        except Exception as error:  # it raises anything
            reason = " ".join(str(error).split())[:300]
            raise ExportError(f"{source} cannot be quantised: {reason}") from error
        proto = onnx.load(made)
    about = {entry.key: entry.value for entry in onnx.load(source).metadata_props}
    onnx.helper.set_model_props(proto, about)
    onnx.checker.check_model(proto)
    write_atomically(path, proto.SerializeToString())
    return path


def _reader(base: Any, images: npt.NDArray[np.integer[Any]]) -> Any:  # noqa: ANN401
    """Return what ONNX Runtime takes calibration batches from."""

    class Reader(base):  # type: ignore[misc]
        def __init__(self, batches: Iterable[npt.NDArray[np.integer[Any]]]) -> None:
            self.batches: Iterator[Any] = iter(batches)

        def get_next(self) -> dict[str, Any] | None:
            batch = next(self.batches, None)
            return None if batch is None else {"images": batch}

    return Reader(np.array_split(images, -(-len(images) // _BATCH)))
