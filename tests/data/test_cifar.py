import io
import tarfile

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import _cifar as C
from trainwell.data import load

NAMES = ["airplane", "automobile", "bird", "cat", "deer"]
NAMES += ["dog", "frog", "horse", "ship", "truck"]


def _ten(picture) -> tuple[dict[str, bytes], np.ndarray]:
    images = np.stack([picture(i, 32, 32) for i in range(60)])
    labels = np.arange(60) % 10
    planes = images.transpose(0, 3, 1, 2).reshape(60, -1)
    records = np.concatenate([labels[:, None].astype(np.uint8), planes], axis=1)
    files = {"batches.meta.txt": ("\n".join(NAMES) + "\n\n").encode()}
    for i in range(5):
        files[f"data_batch_{i + 1}.bin"] = records[i * 10 : i * 10 + 10].tobytes()
    files["test_batch.bin"] = records[50:].tobytes()
    return files, images


def _tar(path, files, folder):
    with tarfile.open(path, "w:gz") as packed:
        for name, data in files.items():
            member = tarfile.TarInfo(f"{folder}/{name}")
            member.size = len(data)
            packed.addfile(member, io.BytesIO(data))


@pytest.mark.parametrize("packed", [False, True])
def test_ten_classes(packed, picture, tmp_path, monkeypatch):
    files, images = _ten(picture)
    monkeypatch.setenv("TRAINWELL_DATA", str(tmp_path))
    if packed:
        (tmp_path / "cifar10").mkdir()
        _tar(tmp_path / "cifar10/cifar-10-binary.tar.gz", files, "cifar-10-batches-bin")
    else:
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
    splits = load("cifar10")
    assert splits.classes == tuple(NAMES)
    assert splits.mirror is True
    image, target = splits.test.sample(7)
    np.testing.assert_array_equal(image, images[57])
    assert target == 7
    assert len(splits.train) + len(splits.val) == 50
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == sorted(
        ["cifar-10-binary.tar.gz"] if packed else files
    )


def test_a_hundred_classes_take_the_fine_label(picture, tmp_path):
    images = np.stack([picture(i, 32, 32) for i in range(4)])
    planes = images.transpose(0, 3, 1, 2).reshape(4, -1)
    labels = np.array([[1, 0], [1, 2], [0, 2], [1, 1]], np.uint8)
    records = np.concatenate([labels, planes], axis=1).tobytes()
    files = {"fine_label_names.txt": b"ash\nbear\ncup\n", "train.bin": records}
    files["test.bin"] = records[: 2 * 3074]
    _tar(tmp_path / "cifar-100-binary.tar.gz", files, "cifar-100-binary")
    assert C.has_cifar100(tmp_path)
    assert not C.has_cifar10(tmp_path)
    source = C.read_cifar100(tmp_path)
    assert source.splits["train"].labels == ["ash", "cup", "cup", "bear"]
    np.testing.assert_array_equal(source.splits["train"].images, images)


def test_damaged(picture, tmp_path):
    files, _ = _ten(picture)
    files["test_batch.bin"] = files["test_batch.bin"][:-1]
    _tar(tmp_path / "cifar-10-binary.tar.gz", files, "x")
    with pytest.raises(DataError, match="cut off"):
        C.read_cifar10(tmp_path)
    del files["data_batch_3.bin"]
    _tar(tmp_path / "cifar-10-binary.tar.gz", files, "x")
    with pytest.raises(DataError, match=r"lacks data_batch_3\.bin"):
        C.read_cifar10(tmp_path)
    (tmp_path / "cifar-10-binary.tar.gz").write_bytes(b"\x1f\x8b\x08nothing")
    with pytest.raises(DataError, match="cannot read"):
        C.read_cifar10(tmp_path)


def _zeros(path, name, size, kind=tarfile.REGTYPE):
    """A small archive whose member is `size` zeros."""
    import gzip

    member = tarfile.TarInfo(name)
    member.size, member.type = size, kind
    with gzip.open(path, "wb", compresslevel=1) as packed:
        packed.write(member.tobuf())
        for _ in range(size >> 20):
            packed.write(bytes(1 << 20))


@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.XHDTYPE])
@pytest.mark.parametrize("name", ["data_batch_1.bin", "other"])
def test_a_bomb_is_refused(tmp_path, monkeypatch, limited_memory, name, kind):
    monkeypatch.setattr(C, "_UNPACKED", 1 << 24)
    _zeros(tmp_path / "cifar-10-binary.tar.gz", name, 1 << 27, kind)
    message = r"tar\.gz unpacks to more than the limit of 16 MiB"
    with limited_memory(100), pytest.raises(DataError, match=message):
        C.read_cifar10(tmp_path)
