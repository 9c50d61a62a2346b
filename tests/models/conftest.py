"""Let the libraries of the extras import, and keep them off the network."""

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
