import numpy as np
import torch

from trainwell.augment.batched._to_device import to_device


def test_arrays_of_any_type_and_shape_arrive():
    arrays = [
        np.arange(5, dtype=np.uint8),
        np.array([[-(2**62)], [3]]),
        np.zeros((0, 4, 2)),
        np.linspace(0, 1, 7).astype(np.float32)[::2],
        np.array(2.5),
    ]
    tensors = to_device(arrays, torch.device("cpu"))
    for array, tensor in zip(arrays, tensors, strict=True):
        assert tensor.numpy().dtype == array.dtype
        np.testing.assert_array_equal(tensor, array)
    starts = {t.untyped_storage().data_ptr() for t in tensors if t.numel()}
    assert len(starts) == 1  # one copy


def test_nothing():
    assert to_device([], torch.device("cpu")) == []
