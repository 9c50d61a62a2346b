"""ONNX: uint8 images of any batch size in, probabilities out.

    images (n, height, width, channels) uint8
    -> / 255 -> - mean -> / std -> network (BatchNorm folded) -> softmax

The metadata has the class names and how a file becomes such an image: `classes`,
`preprocessing`, as JSON.

Source: the ONNX specification, https://onnx.ai/onnx
"""

import copy
import json
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from jaxtyping import Float, UInt8
from torch import Tensor, nn

from trainwell.core.errors import ExportError, MissingDependencyError
from trainwell.core.files import write_atomically
from trainwell.infer import Predictor
from trainwell.layers.norm import fold_batch_norm

OPSET = 18
_INSIDE = ("none", "flip")


class Deployed(nn.Module):
    """A network with its preprocessing before it and a softmax behind it.

    The mean over flipped images is taken inside, if the predictor takes it.
    """

    def __init__(self, predictor: Predictor) -> None:
        super().__init__()
        how = predictor.metadata.preprocessing.standardize
        self.network = fold_batch_norm(copy.deepcopy(predictor.model).cpu().eval())
        self.test_time = predictor.test_time
        self.register_buffer("scale", 1 / (255 * _column(how.std)))
        self.register_buffer("offset", _column(how.mean) / _column(how.std))

    def forward(
        self, images: UInt8[Tensor, "batch height width channels"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the probabilities."""
        x = images.permute(0, 3, 1, 2).to(torch.float32)
        x = x * self.get_buffer("scale") - self.get_buffer("offset")
        views = [x, x.flip(-1)] if self.test_time.kind == "flip" else [x]
        return self.test_time.mean([self.network(view) for view in views])


def write_onnx(predictor: Predictor, path: Path) -> Path:
    """Write the model as one ONNX file.

    Raises:
        MissingDependencyError: If onnx is not installed.
        ExportError: If the network uses something ONNX has no word for.
    """
    onnx = _onnx()
    views = predictor.test_time
    if views.policy is not None or views.kind not in _INSIDE:
        raise ExportError("of test-time augmentation an export can hold `flip` only.")
    how = predictor.metadata.preprocessing
    example = torch.zeros(
        2, how.image_size, how.image_size, how.channels, dtype=torch.uint8
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            program: Any = torch.onnx.export(
                Deployed(predictor).eval(),
                (example,),
                dynamo=True,
                input_names=["images"],
                output_names=["probabilities"],
                dynamic_shapes=({0: torch.export.Dim("batch", min=1)},),
                opset_version=OPSET,
                verbose=False,
            )
    except Exception as error:  # the exporter raises anything
        reason = " ".join(str(error).split())[:300]
        raise ExportError(
            f"this network cannot be written as ONNX: {reason}"
        ) from error
    proto = program.model_proto
    metadata = predictor.metadata
    for part in (*proto.graph.node, *proto.graph.value_info, proto.graph):
        part.ClearField("metadata_props")  # stack traces, with paths of this machine
    onnx.helper.set_model_props(
        proto,
        {
            "classes": json.dumps(list(metadata.classes)),
            "preprocessing": json.dumps(asdict(how)),
            "task": metadata.task,
        },
    )
    onnx.checker.check_model(proto)
    write_atomically(path, proto.SerializeToString())
    return path


def _column(values: tuple[float, ...]) -> Tensor:
    return torch.tensor(values, dtype=torch.float32)[None, :, None, None]


def _onnx() -> Any:  # noqa: ANN401
    try:
        import onnx
        import onnxruntime  # noqa: F401
        import onnxscript  # noqa: F401
    except ImportError as error:
        raise MissingDependencyError(
            "ONNX export needs more packages: pip install 'trainwell[onnx]'."
        ) from error
    return onnx
