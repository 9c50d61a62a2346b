"""Let the libraries of the extras import, and keep them off the network."""

import warnings

import jaxtyping
import onnxruntime
import pytest
import torch


@pytest.fixture(scope="session")
def torchvision_operators():
    """Define the operators that torchvision's wheel expects from its own library.

    Without them it does not import beside a CPU build of PyTorch, nor does timm.
    """
    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        library.define(
            f"{name}(Tensor boxes, Tensor scores, float threshold) -> Tensor"
        )
    return library


@pytest.fixture(scope="session")
def offline():
    """Tell the hub's client, before its first import, that there is no network."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        patch.setenv("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        yield


@pytest.fixture
def exported(monkeypatch, tmp_path):
    """Write a model as ONNX, and return a function that runs the file.

    Exports trace the model, and a traced value is not a tensor to the type hook.
    """
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)

    def export(model, example):
        path = tmp_path / "model.onnx"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                model,
                (example,),
                path,
                dynamo=True,
                dynamic_shapes=({0: torch.export.Dim("batch", min=1)},),
                verbose=False,
            )
        session = onnxruntime.InferenceSession(path)
        name = session.get_inputs()[0].name
        return lambda x: torch.from_numpy(session.run(None, {name: x.numpy()})[0])

    return export
