import shutil

import pytest

from trainwell.core.errors import DataError
from trainwell.runs import evaluate


def test_classes_are_matched_by_name_however_the_path_is_spelled(put, quick):
    colours = {"amber": (230, 180, 20), "blue": (20, 40, 220), "green": (20, 200, 40)}
    for name, rgb in colours.items():
        put(f"photos/{name}", 30, rgb)
    quick("photos", "train.epochs=4", "optimizer.lr=0.001")
    whole = evaluate("run", "photos")
    assert whole.accuracy == 1
    shutil.move("photos/amber", "amber_away")
    for spelled in ("photos", "photos/"):
        found = evaluate("run", spelled)
        assert found.per_class == {n: whole.per_class[n] for n in ("blue", "green")}
    put("photos/aqua", 30, (20, 200, 210))
    for spelled in ("photos", "photos/"):
        with pytest.raises(DataError, match="not among the 3 classes .* 'aqua'"):
            evaluate("run", spelled)
