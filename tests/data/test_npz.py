import struct
import zipfile

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import load
from trainwell.data._npz import read_npz

IMAGES = np.arange(6 * 4 * 5 * 3, dtype=np.uint8).reshape(6, 4, 5, 3)
TARGETS = np.array([0, 1, 0, 1, 1, 0])


def test_flat_with_classes(tmp_path):
    path = tmp_path / "a.npz"
    np.savez(path, images=IMAGES, targets=TARGETS, classes=np.array(["no", "yes"]))
    source = read_npz(path)
    assert source.classes == ("no", "yes")
    assert source.splits["all"].labels == ["no", "yes", "no", "yes", "yes", "no"]
    np.testing.assert_array_equal(source.splits["all"].images, IMAGES)


@pytest.mark.parametrize("names", [("x_{}", "y_{}"), ("{}_images", "{}_labels")])
def test_splits(names, tmp_path):
    arrays = {}
    for split, rows in (("train", slice(0, 3)), ("val", slice(3, 5)), ("test", [5])):
        arrays[names[0].format(split)] = IMAGES[rows]
        arrays[names[1].format(split)] = TARGETS[rows][:, None]
    np.savez_compressed(tmp_path / "a.npz", **arrays)
    splits = load(tmp_path / "a.npz")
    assert [len(s) for s in (splits.train, splits.val, splits.test)] == [3, 2, 1]
    np.testing.assert_array_equal(splits.test.sample(0)[0], IMAGES[5])
    assert splits.test.names == ("test[0]",)


def test_nothing_is_unpickled(tmp_path):
    np.savez(tmp_path / "a.npz", images=IMAGES, targets=np.array(["a", 1], object))
    with pytest.raises(DataError, match="allow_pickle=False"):
        read_npz(tmp_path / "a.npz")


def test_other_contents(tmp_path):
    np.savez(tmp_path / "a.npz", pictures=IMAGES)
    with pytest.raises(DataError, match="it has pictures"):
        read_npz(tmp_path / "a.npz")
    (tmp_path / "a.npz").write_bytes((tmp_path / "a.npz").read_bytes()[:-50])
    with pytest.raises(DataError, match="cannot read"):
        read_npz(tmp_path / "a.npz")
    np.save(tmp_path / "b.npy", IMAGES)
    (tmp_path / "b.npy").rename(tmp_path / "b.npz")
    with pytest.raises(DataError, match="cannot read"):
        read_npz(tmp_path / "b.npz")


def test_other_arrays_are_not_read(tmp_path):
    more = np.array(["a", 1], object)
    np.savez(tmp_path / "a.npz", images=IMAGES, targets=TARGETS, more=more)
    assert len(read_npz(tmp_path / "a.npz").splits["all"].labels) == 6


@pytest.mark.parametrize("split", ["val", "validation", "Valid", "VAL"])
def test_splits_under_any_usual_name(split, tmp_path):
    pairs = {"x_train": IMAGES, "y_train": TARGETS}
    pairs |= {f"x_{split}": IMAGES[:2], f"y_{split}": TARGETS[:2]}
    np.savez(tmp_path / "a.npz", **pairs)
    assert set(read_npz(tmp_path / "a.npz").splits) == {"train", "val"}


def _with_shape(path, shape, held=64):
    header = f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}"
    header = header.ljust(117) + "\n"
    array = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()
    np.savez(path, targets=TARGETS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("images.npy", array + bytes(held))


def test_a_header_that_declares_more_than_there_is(tmp_path, limited_memory):
    _with_shape(tmp_path / "a.npz", (10**8, 1000, 1000))
    with (
        limited_memory(8),
        pytest.raises(DataError, match=r"`images` declares .* TiB; the limit is this"),
    ):
        read_npz(tmp_path / "a.npz")
    _with_shape(tmp_path / "b.npz", (6, 1000, 1000))
    with pytest.raises(DataError, match=r"declares .*5\.722 MiB, and holds 192 bytes"):
        read_npz(tmp_path / "b.npz")
    _with_shape(tmp_path / "c.npz", (-6, 10, 10))
    with pytest.raises(DataError, match="cannot read|declares"):
        read_npz(tmp_path / "c.npz")


def test_images_without_targets_are_said(tmp_path):
    arrays = {"x_train": IMAGES, "y_train": TARGETS, "x_test": IMAGES}
    np.savez(tmp_path / "a.npz", **arrays)
    assert read_npz(tmp_path / "a.npz").notes == ("Arrays that are not read: x_test.",)
