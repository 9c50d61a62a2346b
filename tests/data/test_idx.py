import gzip
import struct

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import load, load_labelled
from trainwell.data._idx import is_idx_folder, read_idx, read_idx_file, starts_with


def idx(array: np.ndarray) -> bytes:
    sizes = struct.pack(f">{array.ndim}I", *array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes()


@pytest.mark.parametrize("zipped", [False, True])
def test_a_folder_of_idx_files(zipped, tmp_path, write_idx):
    images = np.arange(60 * 7 * 5).reshape(60, 7, 5) % 251
    write_idx(tmp_path, "train", images[:50], np.arange(50) % 12, zipped)
    write_idx(tmp_path, "t10k", images[50:], np.arange(10), zipped)
    assert is_idx_folder(tmp_path)
    splits = load(tmp_path)
    assert splits.classes == tuple(str(i) for i in range(12))
    assert splits.channels == 1
    assert len(splits.test) == 10
    np.testing.assert_array_equal(splits.test.sample(3)[0][:, :, 0], images[53])
    names = splits.train.names + splits.val.names
    assert sorted(names) == sorted(f"train[{i}]" for i in range(50))


def test_first_labels_tell_sets_apart(tmp_path, write_idx):
    write_idx(tmp_path, "train", np.zeros((9, 2, 2)), np.arange(9), True)
    assert starts_with(tmp_path, bytes(range(8)))
    assert not starts_with(tmp_path, bytes(range(1, 9)))
    assert not starts_with(tmp_path / "none", b"")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is no IDX file"),
        (b"\0\0\x0d\x01" + bytes(4), "is no IDX file"),
        (b"\0\0\x08\x03" + bytes(4), "is damaged: it declares"),
        (b"\0\0\x08\x02" + b"\xff" * 8, "declares the shape .* the limit is this"),
        (idx(np.zeros(9, np.uint8))[:-1], "should hold 9 bytes"),
        (idx(np.zeros(9, np.uint8)) + b"x", "should hold 9 bytes"),
    ],
)
def test_damaged_files(data, message, tmp_path):
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(DataError, match=message):
        read_idx_file(tmp_path / "a")


@pytest.mark.parametrize("end", [3, 15, -6])
def test_damaged_archives(end, tmp_path):
    whole = gzip.compress(idx(np.arange(200, dtype=np.uint8)))
    (tmp_path / "a.gz").write_bytes(whole[:end])
    with pytest.raises(DataError, match="cannot read"):
        read_idx_file(tmp_path / "a.gz")


def test_images_without_labels_are_said(tmp_path, write_idx):
    images = np.arange(2 * 4 * 4, dtype=np.uint8).reshape(2, 4, 4)
    for stem in ("train", "t10k"):
        write_idx(tmp_path, stem, images, np.array([0, 1]))
    (tmp_path / "t10k-labels-idx1-ubyte").unlink()
    assert read_idx(tmp_path).notes == (
        "t10k-images-idx3-ubyte has no labels beside it and is not used.",
    )


def test_test_images_alone_are_idx_as_well(tmp_path, write_idx):
    images = np.arange(2 * 4 * 4, dtype=np.uint8).reshape(2, 4, 4)
    write_idx(tmp_path, "t10k", images, np.array([0, 1]))
    assert load_labelled(tmp_path, ("0", "1")).targets.tolist() == [0, 1]
