"""Let the user's own modules be imported by name."""

import os
import sys


def import_from_here() -> None:
    """Let modules in the current folder be imported, after all installed ones.

    Only commands that the user allows to import call this: what lies in a folder of
    images must not run because of its name.
    """
    here = os.getcwd()
    if here not in sys.path:
        sys.path.append(here)
