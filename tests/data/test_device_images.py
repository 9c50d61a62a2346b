import numpy as np
import pytest
import torch

from trainwell.core.errors import DataError
from trainwell.data import (
    PackedImages,
    ResidentStore,
    device_images,
    pack_images,
    to_device,
)

CPU = torch.device("cpu")
IMAGES = [np.full((h, w, 3), h, np.uint8) for h, w in ((2, 3), (4, 1), (5, 5))]


def places(pack):
    return [getattr(pack, a).tolist() for a in ("offsets", "heights", "widths")]


def test_a_pack_is_moved_without_a_copy_where_it_can_be():
    pack = pack_images(IMAGES)
    there = to_device(pack, CPU)
    assert (len(there), there.channels) == (3, 3)
    assert places(there) == places(pack) == [[0, 18, 30], [2, 4, 5], [3, 1, 5]]
    pack.buffer[7] = 99
    assert there.buffer[7] == 99


def test_pixels_that_may_not_be_written_are_copied():
    pack = pack_images(IMAGES)
    pack.buffer.flags.writeable = False
    np.testing.assert_array_equal(to_device(pack, CPU).buffer, pack.buffer)


def test_a_resident_store_moves_its_pixels_once():
    store = ResidentStore(pack_images(IMAGES))
    assert store.on(CPU) is store.on(CPU)
    assert store.on(torch.device("meta")).buffer.device.type == "meta"
    assert store.on(CPU).buffer.device.type == "cpu"


def test_tensors_are_packed_like_arrays():
    tensors = [torch.from_numpy(image) for image in IMAGES]
    ours, theirs = device_images(tensors), pack_images(IMAGES)
    assert places(ours) == places(theirs)
    np.testing.assert_array_equal(ours.buffer, theirs.buffer)
    batch = torch.stack([tensors[2], tensors[2] + 1])
    ours = device_images(batch)
    assert places(ours) == [[0, 75], [5, 5], [5, 5]]
    assert ours.buffer.data_ptr() == batch.data_ptr()
    turned = device_images(batch.permute(0, 2, 1, 3))
    assert torch.equal(turned.buffer, batch.permute(0, 2, 1, 3).flatten())


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: device_images([torch.zeros(2, 2, 3), torch.zeros(2, 2, 1)]),
            DataError,
            "share their channels, got {1, 3}",
        ),
        (lambda: device_images([]), DataError, "share their channels"),
        (
            lambda: to_device(
                PackedImages(
                    np.zeros(9, np.uint8),
                    np.array([2]),
                    np.array([1], np.int32),
                    np.array([1], np.int32),
                    3,
                ),
                CPU,
            ),
            ValueError,
            "multiples of `pack.channels`",
        ),
    ],
)
def test_messages(call, error, message):
    with pytest.raises(error, match=message):
        call()
