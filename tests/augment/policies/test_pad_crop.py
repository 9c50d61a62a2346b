import numpy as np

from trainwell.augment.policies import PadCrop, SamplingContext


def context(n=2000, epoch=0, size=32):
    sides = np.full(n, size, np.int32)
    return SamplingContext(0, epoch, np.arange(n, dtype=np.uint64), sides, sides)


def test_shifts_by_whole_pixels_up_to_the_limit_equally_often():
    offsets = PadCrop(size=32, pixels=2)(context()).crop_boxes[:, :2] * 32
    values, counts = np.unique(np.rint(offsets), return_counts=True)
    np.testing.assert_allclose(offsets, np.rint(offsets), atol=1e-9)
    assert values.tolist() == [-2, -1, 0, 1, 2]
    assert (abs(counts - 800) < 4 * np.sqrt(800 * 0.8)).all()  # four sigmas


def test_pixels_are_those_of_the_output_along_either_axis():
    policy = PadCrop(size=(20, 40), pixels=2)
    sides = np.full(500, 10, np.int32), np.full(500, 20, np.int32)
    sample = SamplingContext(0, 0, np.arange(500, dtype=np.uint64), *sides)
    offsets = policy(sample).crop_boxes[:, :2] * [40, 20]
    np.testing.assert_allclose(offsets, np.rint(offsets), atol=1e-9)
    assert [*np.unique(np.rint(offsets[:, 0]))] == [-2, -1, 0, 1, 2]
    assert [*np.unique(np.rint(offsets[:, 1]))] == [-2, -1, 0, 1, 2]


def test_every_image_is_mirrored_on_every_other_pass():
    policy = PadCrop(size=32, pixels=0, flip=True)
    a, b, c = (policy(context(epoch=e)).crop_boxes[:, 0] == 1 for e in range(3))
    assert (a != b).all()
    assert (a == c).all()
    assert 0.4 < a.mean() < 0.6


def test_no_flip_unless_asked():
    assert (PadCrop(size=32, pixels=0)(context()).crop_boxes == [0, 0, 1, 1]).all()
