"""What was kept of the inside: whole, or refused in one line."""

import numpy as np
import pytest

from trainwell.core.errors import RunError
from trainwell.report._inside_file import read_inside

IMAGES = np.zeros((5, 8, 8, 3), np.uint8)
WHOLE = {
    "filters": np.zeros((4, 3, 3, 3), np.float32),
    "maps": np.zeros((5, 8, 8), np.float16),
    "places": np.zeros((9, 2)),
    "right": np.ones(9, bool),
    "near_rows": np.array([0, 4]),
    "near_images": np.zeros((2, 4, 8, 8, 3), np.uint8),
    "near_distances": np.zeros((2, 4), np.float32),
    "near_captions": np.full((2, 4), "cat"),
}


def test_nothing_was_kept(tmp_path):
    assert read_inside(tmp_path / "inside.npz", IMAGES) == {}


def test_what_was_kept(tmp_path):
    np.savez(tmp_path / "inside.npz", **WHOLE)
    found = read_inside(tmp_path / "inside.npz", IMAGES)
    assert {name: array.shape for name, array in found.items()} == {
        name: array.shape for name, array in WHOLE.items()
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"maps": np.zeros((5, 7, 8), np.float16)},
        {"maps": np.zeros((6, 8, 8), np.float16)},
        {"places": np.zeros((8, 2))},
        {"right": np.ones(9)},
        {"near_rows": np.array([0, 5])},
        {"near_rows": np.array([0, -1])},
        {"near_captions": np.full((2, 3), "cat")},
        {"near_images": np.zeros((2, 3, 8, 8, 3), np.uint8)},
        {"other": np.zeros(3)},
    ],
)
def test_arrays_that_do_not_fit(tmp_path, wrong):
    np.savez(tmp_path / "inside.npz", **WHOLE | wrong)
    with pytest.raises(RunError, match="do not fit the examples"):
        read_inside(tmp_path / "inside.npz", IMAGES)


def test_parts_that_belong_together(tmp_path):
    np.savez(tmp_path / "inside.npz", places=WHOLE["places"])
    with pytest.raises(RunError, match="do not fit"):
        read_inside(tmp_path / "inside.npz", IMAGES)


def test_a_damaged_file(tmp_path):
    (tmp_path / "inside.npz").write_bytes(b"PK no zip")
    with pytest.raises(RunError, match="inside.npz cannot be read .* delete it"):
        read_inside(tmp_path / "inside.npz", IMAGES)
