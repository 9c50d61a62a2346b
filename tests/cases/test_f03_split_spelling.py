import pytest

from trainwell.core.errors import DataError
from trainwell.runs import evaluate


def test_splits_are_named_as_in_folders(put, quick):
    for name in ("cat", "dog"):
        put(f"photos/{name}", 40)
    run = quick("photos")
    for split in ("val", "validation", "VAL"):
        scores = evaluate("run", "photos", split=split)
        assert scores.split == "val"
        assert len(scores.evaluation.targets) == run.summary["num_val"]
    assert evaluate("run", "photos", split="test").split == "test"
    with pytest.raises(DataError, match="'holdout'"):
        evaluate("run", "photos", split="holdout")
