import numpy as np

from trainwell.augment.policies import Plain, SamplingContext


def test_shows_the_fitted_image():
    sides = np.array([10], np.int32), np.array([20], np.int32)
    context = SamplingContext(0, 3, np.zeros(1, np.uint64), *sides)
    assert Plain(fit="crop")(context).crop_boxes.tolist() == [[0.25, 0, 0.75, 1]]
    flipped = {
        tuple(Plain("crop", flip=True)(d).crop_boxes[0])
        for d in (context, SamplingContext(0, 4, np.zeros(1, np.uint64), *sides))
    }
    assert flipped == {(0.25, 0, 0.75, 1), (0.75, 0, 0.25, 1)}
