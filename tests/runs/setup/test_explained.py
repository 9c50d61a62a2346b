"""What goes wrong in the middle of a training says what to do."""

import pytest

from trainwell.core.errors import DataError, RecipeError
from trainwell.runs import Quiet, train
from trainwell.runs.setup._explained import norms_explained
from trainwell.training import Hook

FIXED = (
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
)


def test_a_batch_of_one_under_batch_norm():
    message = (
        "train.batch_size=1 leaves batch_norm one value per channel at 32 px: take 2 or "
        "more, a larger data.image_size, or norm=group_norm."
    )
    with pytest.raises(RecipeError) as error, norms_explained(1, 32):
        raise ValueError("Expected more than 1 value per channel when training, got 1")
    assert str(error.value) == message
    with pytest.raises(ValueError, match="another"), norms_explained(1, 32):
        raise ValueError("another")


@pytest.mark.parametrize("fixed", [FIXED, FIXED[:1]])
def test_it_is_said_by_train(digits_folder, tmp_path, fixed):
    keys = (
        "model=mobilenet_v2",
        "data.image_size=32",
        "train.batch_size=1",
        "train.epochs=1",
    )
    with pytest.raises(
        RecipeError, match="leaves batch_norm one value per channel at 32"
    ):
        train(digits_folder, *fixed, *keys, out=tmp_path / "r", reporter=Quiet())


class Remove(Hook):
    """Takes a class away in the middle of the training, and notes the step."""

    def __init__(self, folder):
        self.folder = folder

    def after_step(self, state, batch, loss):
        if state.step == 8:
            self.folder.rename(self.folder.with_name("away"))


def test_a_file_that_went_away_names_itself_and_the_way_back(
    class_folders_of, tmp_path
):
    keys = (
        "model=softmax",
        "train.epochs=9",
        "train.batch_size=8",
        "data.memory_gb=1e-9",
    )
    gone = class_folders_of / "class 3"
    whole = train(class_folders_of, *FIXED, *keys, out=tmp_path / "w", reporter=Quiet())
    with pytest.raises(
        DataError,
        match=r"cannot read .*class 3.*no such file.*All is saved up to step \d+; once it is back, go on with",
    ):
        train(
            class_folders_of,
            *FIXED,
            *keys,
            out=tmp_path / "r",
            hooks=[Remove(gone)],
            reporter=Quiet(),
        )
    gone.with_name("away").rename(gone)
    again = train(
        class_folders_of,
        *FIXED,
        *keys,
        out=tmp_path / "r",
        resume=True,
        reporter=Quiet(),
    )
    a, b = ((r.path / "model.safetensors").read_bytes() for r in (whole, again))
    assert a == b


@pytest.fixture
def class_folders_of(digits_folder, tmp_path):
    """A few digits in folders of their own, which a test may take away."""
    import shutil

    for folder in sorted((digits_folder / "train").iterdir())[:4]:
        for file in sorted(folder.iterdir())[:20]:
            (tmp_path / "photos" / folder.name).mkdir(parents=True, exist_ok=True)
            shutil.copy(file, tmp_path / "photos" / folder.name / file.name)
    return tmp_path / "photos"
