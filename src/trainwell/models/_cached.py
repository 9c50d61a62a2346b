"""Weights that torchvision published for our own networks, in the user's caches.

Nothing is fetched. A file is known by its name, which ends in the first digits of the
SHA-256 of its content; these are checked.

Source: the addresses in torchvision's `models`, weights IMAGENET1K_V1 and V2.
"""

import hashlib
import os
import re
from pathlib import Path

from trainwell.core.errors import ModelError
from trainwell.core.home import cache_folder, expanded
from trainwell.models._checkpoint import read_checkpoint
from trainwell.models._types import State

FILES: dict[str, tuple[str, ...]] = {
    "resnet18": ("resnet18-f37072fd.pth", "resnet18-5c106cde.pth"),
    "resnet34": ("resnet34-b627a593.pth", "resnet34-333f7ec4.pth"),
    "resnet50": (
        "resnet50-11ad3fa6.pth",
        "resnet50-0676ba61.pth",
        "resnet50-19c8e357.pth",
    ),
    "resnet101": ("resnet101-cd907fc2.pth", "resnet101-63fe2227.pth"),
    "resnet152": ("resnet152-f82ba261.pth", "resnet152-394f9c45.pth"),
    "mobilenet_v2": ("mobilenet_v2-7ebf99e0.pth", "mobilenet_v2-b0353104.pth"),
    "vgg16": ("vgg16-397923af.pth",),
    "vgg19": ("vgg19-dcbb9e9d.pth",),
}
"""Names of the files of each network, the better weights first."""

_DIGEST = re.compile(r"-([0-9a-f]{8})\.")


def cached_weights(name: str) -> State | None:
    """Return published weights that lie in a cache; None if there are none.

    Looked in: `$TORCH_HOME` or torch's folder in the user's cache, and trainwell's.

    Raises:
        ModelError: If a file is not what its name says.
    """
    for file in FILES.get(name, ()):
        for folder in _folders():
            path = folder / file
            if path.is_file():
                _check(path)
                return read_checkpoint(path)
    return None


def _folders() -> list[Path]:
    home = os.environ.get("TORCH_HOME")
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    torch_home = expanded(home) if home else expanded(cache) / "torch"
    return [torch_home / "hub" / "checkpoints", cache_folder() / "weights"]


def _check(path: Path) -> None:
    """Raise ModelError unless the digest begins as the file's name says."""
    found = _DIGEST.search(path.name)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if found is not None and not digest.startswith(found[1]):
        raise ModelError(
            f"{path} is damaged: its SHA-256 begins {digest[:8]}, not {found[1]}; "
            "remove it, or give `pretrained` the path of another file."
        )
