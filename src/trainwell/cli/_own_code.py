"""Let the user's own modules be imported by name."""

import os


def import_from_here() -> None:
    """Let networks be imported from the current folder, after all installed modules.

    Only commands that the user allows to import call this: what lies in a folder of
    images must not run because of its name.
    """
    from trainwell.models import import_from

    import_from(os.getcwd())
