"""How every kernel is compiled, and when it is compiled again.

Numba keeps a kernel until the file of its own function changes, but machine code holds
functions and numbers of other files as well. Here it is kept in a folder named by the
digest of all sources; the folders of other versions are removed.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numba
from numba.core.caching import CompileResultCacheImpl, FunctionCache

_ENGINE = Path(__file__).parent


def digest_of(folders: Iterable[Path]) -> str:
    """Return a digest of the names and the content of all Python files."""
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.glob("*.py")):
            found.update(f"{folder.name}/{path.name}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


_FOLDER = f"kernels-{digest_of((_ENGINE, _ENGINE.parent / 'ops'))}"


class _Place(CompileResultCacheImpl):
    """Numba's choice of a place, and in it the folder of these sources."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)  # type: ignore[no-untyped-call]
        parent = Path(self._locator.get_cache_path())
        _remove_others(parent)
        self._locator._cache_path = str(parent / _FOLDER)  # noqa: SLF001


class _Kept(FunctionCache):
    _impl_class = _Place


def kernel(function: Callable[..., Any]) -> Any:  # noqa: ANN401
    """Compile a function without Python's lock and checks of bounds, and keep it."""
    compiled: Any = numba.njit(nogil=True, boundscheck=False)(function)
    compiled._cache = _Kept(function)  # type: ignore[no-untyped-call]  # noqa: SLF001
    return compiled


@cache
def _remove_others(parent: Path) -> None:
    for folder in parent.glob("kernels-*"):
        if folder.name != _FOLDER:
            shutil.rmtree(folder, ignore_errors=True)
