import numpy as np
import pytest
from scipy.io import savemat

from trainwell.core.errors import DataError
from trainwell.data._svhn import has_svhn, read_svhn


def test_axes_and_the_label_ten(picture, tmp_path):
    images = np.stack([picture(i, 32, 32) for i in range(12)])
    labels = np.arange(12).reshape(-1, 1) % 10 + 1
    for name in ("train_32x32.mat", "test_32x32.mat"):
        assert not has_svhn(tmp_path)
        savemat(tmp_path / name, {"X": images.transpose(1, 2, 3, 0), "y": labels})
    assert has_svhn(tmp_path)
    part = read_svhn(tmp_path).splits["train"]
    np.testing.assert_array_equal(part.images, images)
    assert part.labels == [str((i % 10 + 1) % 10) for i in range(12)]
    (tmp_path / "test_32x32.mat").write_bytes(b"MATLAB nothing")
    with pytest.raises(DataError, match="cannot read"):
        read_svhn(tmp_path)


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((32, 32, 3, 20_000), "declares .* MiB in a file of"),
        ((320, 32, 3, 10), r"X has the shape \(320, 32, 3, 10\), not 32 x 32 x 3 x n"),
        ((32, 320), r"X has the shape \(32, 320\)"),
    ],
)
def test_a_bomb_is_refused(tmp_path, shape, message):
    images = np.zeros(shape, np.uint8)
    for name in ("train_32x32.mat", "test_32x32.mat"):
        savemat(tmp_path / name, {"X": images, "y": [1]}, do_compression=True)
    with pytest.raises(DataError, match=message):
        read_svhn(tmp_path)
