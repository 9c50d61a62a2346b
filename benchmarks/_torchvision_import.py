"""Import torchvision beside a CPU build of PyTorch, where its operators are missing."""

import contextlib
import importlib.util

import torch

_KEPT = []  # a library's operators vanish with it


def import_torchvision() -> bool:
    """Return whether torchvision is installed; it can be imported afterwards."""
    if importlib.util.find_spec("torchvision") is None:
        return False
    if not _KEPT:
        library = torch.library.Library("torchvision", "DEF")
        _KEPT.append(library)
        for name in ("nms", "qnms"):
            with contextlib.suppress(RuntimeError):
                library.define(
                    f"{name}(Tensor boxes, Tensor scores, float t) -> Tensor"
                )
    return True
