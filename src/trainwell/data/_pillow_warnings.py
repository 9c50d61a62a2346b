"""Silence Pillow's warnings about the files it reads.

What they say ends either in an image or in a `DataError`. `catch_warnings` is not an
option: it swaps the process's filters and is not safe while other threads decode. So
one filter, for warnings raised inside Pillow alone, is put in front and stays.

Source: none; plumbing.
"""

import re
import warnings

_QUIET = ("ignore", None, Warning, re.compile(r"PIL\."), 0)


def ignore_pillow_warnings() -> None:
    """Put the filter in front unless it is there."""
    if not warnings.filters or warnings.filters[0] != _QUIET:
        warnings.filterwarnings("ignore", module=r"PIL\.")
