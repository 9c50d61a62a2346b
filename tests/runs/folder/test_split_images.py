import numpy as np
import pytest

from trainwell.core.errors import RunError
from trainwell.data import load
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.folder._split_images import keep_split_images, read_split_images


def test_round_trip(tmp_path):
    splits = load("digits")
    keep_split_images(RunFolder(tmp_path), splits)
    kept = read_split_images(RunFolder(tmp_path))
    np.testing.assert_array_equal(kept.train, splits.train.keys)
    np.testing.assert_array_equal(kept.val, splits.val.keys)
    np.testing.assert_array_equal(kept.test, splits.test.keys)
    np.testing.assert_array_equal(kept.thumbs, splits.train_thumbs)


def test_a_finished_run_keeps_them(finished, digits_folder):
    kept, splits = read_split_images(RunFolder(finished.path)), load(digits_folder)
    assert set(kept.train.tolist()) == set(splits.train.keys.tolist())


def test_without_the_file_nothing_is_known(tmp_path):
    known = read_split_images(RunFolder(tmp_path))
    assert [len(known.of_split(s)) for s in ("train", "val", "test")] == [0, 0, 0]


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04" + bytes(80)])
def test_a_damaged_file_is_one_line(damage, tmp_path):
    RunFolder(tmp_path).images.write_bytes(damage)
    with pytest.raises(
        RunError, match=r"images\.npz cannot be read .* Train again, or"
    ):
        read_split_images(RunFolder(tmp_path))
