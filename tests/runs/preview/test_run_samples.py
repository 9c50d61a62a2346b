"""What a run saw of an image: what is refused."""

import pytest

from trainwell.core.errors import RunError
from trainwell.runs import preview_run


@pytest.mark.parametrize(
    ("sample", "epoch", "message"),
    [
        ("0", 99, "it has none of number 99"),
        ("99999", 0, "must be below"),
        ("no such name.png", 0, "there is no training image"),
    ],
)
def test_samples_and_epochs_that_there_are_not(finished, sample, epoch, message):
    with pytest.raises(RunError, match=message):
        preview_run(finished.path, sample, epoch)


def test_a_folder_that_is_no_run(tmp_path):
    with pytest.raises(RunError, match="`sample` needs one"):
        preview_run(tmp_path, "0")
