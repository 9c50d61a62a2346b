"""Look: crop boxes and steps, cut and continued together."""

import numpy as np

from trainwell.augment.ops import crop_only, invert, rotate


def test_rows_and_continuation():
    params = crop_only(np.arange(12.0).reshape(3, 4)).then(rotate(np.arange(3.0)))
    assert len(params) == 3
    part = params.then(invert(3))[1:]
    assert part.crop_boxes.tolist() == [[4, 5, 6, 7], [8, 9, 10, 11]]
    assert part.ops.op_codes.shape == (2, 2)
    np.testing.assert_array_equal(
        part.ops.magnitudes[:, 0], params.ops.magnitudes[1:, 0]
    )
