"""Where a picture may be written."""

from pathlib import Path

import pytest

from trainwell.cli._show_augment import check_out
from trainwell.core.errors import UserError


def test_kinds_and_folders(tmp_path):
    check_out(tmp_path / "a.png")
    with pytest.raises(UserError, match="must end in one of"):
        check_out(tmp_path / "a.doc")
    with pytest.raises(UserError, match="its folder does not exist"):
        check_out(Path("no/such/a.png"))


def test_one_sample_leaves_no_choice_of_rows(refused, trained):
    said = refused("show", "augment", trained[1], "--sample", "0", "--images", "3")
    assert "leave out `--images` and `--draws`" in said
