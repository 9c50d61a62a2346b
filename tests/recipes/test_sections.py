"""The fields that all techniques of a section share have bounds."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import read_recipe


@pytest.mark.parametrize(
    "text",
    [
        "loss.label_smoothing=1.1",
        "penalty.weight=0",
        "optimizer.lr=-1",
        "optimizer.lr=nan",
        "schedule.warmup=-0.1",
        "noise.passes=1",
        "augment.cutout=2",
        "augment.border=green",
    ],
)
def test_out_of_bounds(text):
    with pytest.raises(RecipeError, match=f"`{text.partition('=')[0]}`"):
        read_recipe(None, [text])
