"""Which stages a look becomes: as few as the rules allow."""

import numpy as np
import pytest

from trainwell.augment import ops
from trainwell.augment.batched._plan import Plan
from trainwell.augment.batched._stages import RenderOptions
from trainwell.augment.ops import TransformParams
from trainwell.augment.ops._op_sequence import no_ops, where

WHOLE, PART = (0.0, 0, 1, 1), (0.1, 0.2, 0.9, 0.7)
TURN, SHEAR, DARK = ops.rotate(10.0), ops.shear_x(0.2), ops.brightness(0.5)


def plan(*operations, crop_box=WHOLE, nearest=True, reflect=False, channels=3):
    operations = ops.concat(no_ops(1), *operations)
    places = (np.array([5]), np.array([8]), np.array([8]))
    options = RenderOptions((8, 8), np.zeros(channels, np.uint8), reflect, nearest)
    return Plan(TransformParams(np.array([crop_box]), operations), places, options)


def kinds(*operations, **options):
    return [stage.kind for stage in plan(*operations, **options).stages]


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        ((), ["show"]),
        ((TURN, SHEAR, ops.flip()), ["show"]),
        ((DARK, ops.invert(), ops.gamma(2.0)), ["show", "tone"]),
        ((TURN, DARK), ["show", "tone"]),
        ((DARK, TURN), ["show", "tone", "apply", "warp"]),
        ((DARK, ops.hue(0.1)), ["show", "tone", "apply", "hue"]),
        ((DARK, ops.equalize(), DARK), ["show", "tone", "equalize", "tone"]),
        ((ops.autocontrast(), ops.contrast(2.0)), ["show", "autocontrast", "contrast"]),
        ((TURN, ops.cutout(0.5, 0.5, 0.5), TURN), ["show", "erase", "warp"]),
        ((TURN,) * 9, ["show", "warp"]),
        ((TURN,) * 8, ["show"]),
    ],
)
def test_what_merges(operations, expected):
    assert kinds(*operations) == expected


@pytest.mark.parametrize(
    ("crop_box", "options", "expected"),
    [
        (WHOLE, {}, ["show"]),
        (PART, {}, ["resample", "warp"]),
        (PART, {"nearest": False}, ["show"]),
        ((-0.1, 0, 0.8, 1), {"nearest": False}, ["show"]),
        ((-0.1, 0, 0.8, 1), {"nearest": False, "reflect": True}, ["resample", "warp"]),
        ((-0.1, 0, 1, 1), {"nearest": False}, ["resample", "warp"]),  # it reduces
        ((0.25, 0.5, 1.25, 1.5), {}, ["show"]),  # whole pixels
    ],
)
def test_when_the_window_merges(crop_box, options, expected):
    assert kinds(TURN, crop_box=crop_box, **options) == expected


def test_colours_of_grey_images_are_left_out():
    assert kinds(DARK, ops.saturation(0.5), channels=1) == ["show", "tone", "apply"]


def test_samples_share_stages():
    """One stage for all that have one at that place, with a table each."""
    first = where(np.array([True, False, True]), ops.brightness(np.full(3, 0.5)))
    last = where(np.array([False, True, True]), ops.brightness(np.full(3, 0.25)))
    params = TransformParams(np.array([WHOLE] * 3), ops.concat(first, last))
    places = (np.arange(3), np.full(3, 8), np.full(3, 8))
    stages = Plan(
        params, places, RenderOptions((8, 8), np.zeros(1, np.uint8), False, True)
    ).stages
    assert [stage.kind for stage in stages] == ["show", "tone"]
    assert stages[1].rows.tolist() == [0, 1, 2]
    assert stages[1].arrays[0][:, 0, 200].tolist() == [100, 50, 25]


def test_tables_join_by_hand():
    operations = (ops.invert(), ops.brightness(0.5), ops.solarize(100.0))
    (table,) = plan(*operations).stages[1].arrays
    pixel_values = [255 - v for v in range(256)]
    pixel_values = [v // 2 for v in pixel_values]
    pixel_values = [v if v < 100 else 255 - v for v in pixel_values]
    assert table[0, 0].tolist() == pixel_values
