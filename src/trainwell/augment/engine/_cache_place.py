"""Where Numba keeps the compiled kernels, if its usual places cannot be written.

Numba takes the package's folder or the user's cache, and fails where neither can be
written. What it keeps is code, so that it must lie where no other user can write.
"""

from pathlib import Path
from typing import Any

import numba

from trainwell.core.home import cache_folder, can_write


def keep_where_it_can_be_written() -> None:
    """Set Numba's cache folder, unless it is set or the package can be written."""
    settings: Any = numba.config
    if not settings.CACHE_DIR and not can_write(Path(__file__).parent):
        settings.CACHE_DIR = str(cache_folder() / "kernels")
