"""Let timm and torchvision import beside a CPU build of PyTorch."""

import pytest
import torch


@pytest.fixture(scope="session")
def torchvision_operators():
    """Define the operators that torchvision's wheel expects from its own library."""
    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        library.define(
            f"{name}(Tensor boxes, Tensor scores, float threshold) -> Tensor"
        )
    return library
