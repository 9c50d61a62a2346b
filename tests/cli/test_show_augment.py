"""Where a picture may be written."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from trainwell.cli._show_augment import check_out, save
from trainwell.core.errors import UserError
from trainwell.runs import PreviewImage


def test_kinds_and_folders(tmp_path):
    check_out(tmp_path / "a.png")
    with pytest.raises(UserError, match="must end in one of"):
        check_out(tmp_path / "a.doc")
    with pytest.raises(UserError, match="its folder does not exist"):
        check_out(Path("no/such/a.png"))


def test_rows_are_as_low_as_their_images(tmp_path):
    heights = []
    for shape in ((40, 40, 3), (20, 40, 3), (40, 20, 3)):
        empty = np.empty((0, 2))
        seen = PreviewImage(np.zeros(shape, np.uint8), ("plain",), empty, None)
        save([[seen, seen], [seen, seen]], tmp_path / "a.png")
        with Image.open(tmp_path / "a.png") as picture:
            heights.append(picture.height)
    square, wide, tall = heights
    assert square == tall
    assert 0.5 * square < wide < 0.6 * square


def test_one_sample_leaves_no_choice_of_rows(refused, trained):
    said = refused("show", "augment", trained[1], "--sample", "0", "--images", "3")
    assert "leave out `--images` and `--draws`" in said
