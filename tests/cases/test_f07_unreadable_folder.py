import os

import pytest

from trainwell.core.errors import DataError
from trainwell.data import find_images, load


@pytest.mark.parametrize("folder", ["photos", "photos/cat", "photos/cat/deep"])
def test_a_folder_that_cannot_be_listed_stops(folder, put, monkeypatch):
    for name in ("cat", "cat/deep", "dog", "ship"):
        put(f"photos/{name}", 4)
    kept = os.scandir

    def scandir(path="."):
        if str(path).endswith(folder):
            raise PermissionError(13, "Permission denied", str(path))
        return kept(path)

    monkeypatch.setattr(os, "scandir", scandir)
    for read in (load, lambda path: find_images([path])):
        with pytest.raises(DataError, match=f"cannot read {folder}: permission denied"):
            read("photos")
