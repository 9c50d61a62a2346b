"""Look: windows and steps, cut and continued together."""

import numpy as np

from trainwell.augment.ops import invert, rotate, shown


def test_rows_and_continuation():
    look = shown(np.arange(12.0).reshape(3, 4)).then(rotate(np.arange(3.0)))
    assert len(look) == 3
    part = look.then(invert(3))[1:]
    assert part.windows.tolist() == [[4, 5, 6, 7], [8, 9, 10, 11]]
    assert part.steps.codes.shape == (2, 2)
    np.testing.assert_array_equal(part.steps.values[:, 0], look.steps.values[1:, 0])
