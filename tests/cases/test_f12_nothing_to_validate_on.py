import pytest

from trainwell.core.errors import DataError, RunError
from trainwell.runs import Quiet, ensemble


def test_one_image_per_class(put, quick):
    for i in range(6):
        put(f"photos/person{i}", 1, seed=i)
    text = r"no image is left to validate on: every class has one \(person0, person1, "
    with pytest.raises(DataError, match=text + r".*data.val_share=0 data.test_share=0"):
        quick("photos")
    run = quick("photos", "data.val_share=0", "data.test_share=0")
    assert (run.summary["num_train"], run.summary["num_val"]) == (6, 0)
    assert (run.summary["val_accuracy"], run.summary["test_accuracy"]) == (None, None)
    assert run.summary["verdict"].startswith("No image was held out")
    assert repr(run) == "Run('run')"
    assert "training accuracy" in run.report.read_text()
    with pytest.raises(RunError, match="run has no validation images to compare"):
        ensemble(run, run, out="both", reporter=Quiet())
