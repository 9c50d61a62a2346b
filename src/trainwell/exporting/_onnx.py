"""ONNX: uint8 images of any batch size in, probabilities out.

    images (n, height, width, channels) uint8
    -> / 255 -> - mean -> / std -> network (BatchNorm folded)
    -> / temperature -> softmax

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
from trainwell.core.image_size import height_and_width
from trainwell.core.tensors import per_channel
from trainwell.infer import Predictor
from trainwell.layers.norm import fold_batch_norm

OPSET = 18
_INSIDE = ("none", "flip")


class Deployed(nn.Module):
    """A network between its preprocessing and its predictions.

    It averages over flipped images if the predictor does.

    Args:
        predictor: Predictor to export.

    Example:
        >>> from trainwell.infer import ModelMetadata, Predictor, Preprocessing
        >>> from trainwell.models import ModelSpec
        >>> from trainwell.preprocess import Standardize
        >>> from trainwell.tasks import Classification
        >>> net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(64, 2))
        >>> pre = Preprocessing(image_size=8, channels=1, short_side=None, fit="pad",
        ...                     border="mean", standardize=Standardize((0.5,), (0.25,)))
        >>> metadata = ModelMetadata(
        ...     task=Classification(("cat", "dog")), preprocessing=pre,
        ...     model=ModelSpec("mine", num_classes=2, in_channels=1, image_size=8))
        >>> predictor = Predictor(net.eval(), metadata)
        >>> Deployed(predictor)(torch.zeros(5, 8, 8, 1, dtype=torch.uint8)).shape
        torch.Size([5, 2])
    """

    def __init__(self, predictor: Predictor) -> None:
        super().__init__()
        options = predictor.metadata.preprocessing
        statistics, highest = options.standardize, (1 << options.bits) - 1
        self.network = fold_batch_norm(copy.deepcopy(predictor.model).cpu().eval())
        self.test_time = predictor.test_time
        self.task = predictor.metadata.task
        self.temperature = predictor.metadata.temperature
        self.register_buffer("scale", 1 / (highest * per_channel(statistics.std)))
        self.register_buffer(
            "offset", per_channel(statistics.mean) / per_channel(statistics.std)
        )

    def forward(
        self, images: UInt8[Tensor, "batch height width channels"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the predictions."""
        x = images.permute(0, 3, 1, 2).to(torch.float32)
        x = x * self.get_buffer("scale") - self.get_buffer("offset")
        flip = self.test_time.kind == "flip"
        views = [x, x.flip(-1)] if flip else [x]
        logits = [self.network(view) for view in views]
        mirrored = (False, True) if flip else ()
        return self.test_time.mean(logits, self.task, self.temperature, mirrored)


def write_onnx(predictor: Predictor, path: Path) -> Path:
    """Write the model as one ONNX file.

    Args:
        predictor: Predictor to export.
        path: File to write.

    Raises:
        MissingDependencyError: If onnx is not installed.
        ExportError: If ONNX cannot express the network.

    Example:
        >>> import pathlib, tempfile
        >>> from trainwell.infer import ModelMetadata, Predictor, Preprocessing
        >>> from trainwell.models import ModelSpec
        >>> from trainwell.preprocess import Standardize
        >>> from trainwell.tasks import Classification
        >>> net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(64, 2))
        >>> pre = Preprocessing(image_size=8, channels=1, short_side=None, fit="pad",
        ...                     border="mean", standardize=Standardize((0.5,), (0.25,)))
        >>> metadata = ModelMetadata(
        ...     task=Classification(("cat", "dog")), preprocessing=pre,
        ...     model=ModelSpec("mine", num_classes=2, in_channels=1, image_size=8))
        >>> predictor = Predictor(net.eval(), metadata)
        >>> write_onnx(predictor, pathlib.Path(tempfile.mkdtemp(), "model.onnx")).name
        'model.onnx'
    """
    onnx = onnx_package()
    views = predictor.test_time
    if views.policy is not None or views.kind not in _INSIDE:
        raise ExportError("an export supports no test-time augmentation but `flip`.")
    options = predictor.metadata.preprocessing
    shape = (2, *height_and_width(options.image_size), options.channels)
    kind = torch.uint8 if options.bits == 8 else torch.uint16
    example = torch.zeros(shape, dtype=kind)
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
            "preprocessing": json.dumps(asdict(options)),
            "task": metadata.task.name,
            "about": json.dumps(asdict(metadata.task)),
        },
    )
    onnx.checker.check_model(proto)
    write_atomically(path, proto.SerializeToString())
    return path


def onnx_package() -> Any:  # noqa: ANN401
    """Return the module `onnx`; raise MissingDependencyError if a part is missing."""
    try:
        import onnx
        import onnxruntime  # noqa: F401
        import onnxscript  # noqa: F401
    except ImportError as error:
        raise MissingDependencyError(
            "ONNX export needs more packages: pip install 'trainwell[onnx]'."
        ) from error
    return onnx
