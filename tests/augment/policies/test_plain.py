import numpy as np

from trainwell.augment.policies import Draw, Plain


def test_shows_the_fitted_image():
    sides = np.array([10], np.int32), np.array([20], np.int32)
    draw = Draw(0, 3, np.zeros(1, np.uint64), *sides)
    assert Plain(fit="crop")(draw).windows.tolist() == [[0.25, 0, 0.75, 1]]
    flipped = {
        tuple(Plain("crop", flip=True)(d).windows[0])
        for d in (draw, Draw(0, 4, np.zeros(1, np.uint64), *sides))
    }
    assert flipped == {(0.25, 0, 0.75, 1), (0.75, 0, 0.25, 1)}
