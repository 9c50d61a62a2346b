import hashlib
import re
import shutil

import numpy as np
import pooch
import pytest
import requests
from sklearn.datasets import load_digits

from trainwell.core.errors import DataError
from trainwell.data import _builtin as B
from trainwell.data import load
from trainwell.data._builtin import BUILT_IN
from trainwell.data._fetch import Remote
from trainwell.data._scan_cache import folder as cache_folder

MNIST_FIRST = np.array([5, 0, 4, 1, 9, 2, 1, 3] * 4)
FASHION_FIRST = np.array([9, 0, 0, 3, 0, 2, 7, 2] * 4)


@pytest.fixture(autouse=True)
def _nothing_lies_here(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*args, **options):
        raise requests.ConnectionError("no route to host")

    monkeypatch.setattr(requests, "get", refuse)
    monkeypatch.setattr(pooch.core.time, "sleep", lambda seconds: None)


def test_digits():
    splits = load("digits")
    assert splits.classes == tuple("0123456789")
    assert splits.mirror is False
    assert splits.channels == 1
    assert len(splits.train) + len(splits.val) + len(splits.test) == 1797
    assert len(splits.test) == pytest.approx(0.2 * 1797, rel=0.15)
    whole = load_digits()
    for name, target in zip(splits.val.names, splits.val.targets, strict=True):
        index = int(re.findall(r"\d+", name)[0])
        assert whole.target[index] == target
    image, _ = splits.val.sample(0)
    index = int(re.findall(r"\d+", splits.val.names[0])[0])
    np.testing.assert_allclose(image[:, :, 0], whole.images[index] * 255 / 16, atol=0.5)


def test_fashion_mnist_as_the_system_installs_it(monkeypatch, no_network):
    if not B.Path("/usr/share/datasets/fashion-mnist").is_dir():
        pytest.skip("Debian's dataset-fashion-mnist is not installed")
    splits = load("fashion-mnist")
    assert len(splits.train) + len(splits.val) == 60_000
    assert len(splits.test) == 10_000
    assert splits.classes[0] == "T-shirt/top"
    assert splits.mirror is True
    assert splits.test.targets[:5].tolist() == [9, 2, 1, 1, 6]


@pytest.mark.parametrize("place", ["", "mnist", "MNIST/raw"])
@pytest.mark.parametrize("base", ["$TRAINWELL_DATA", "data", "home/data"])
def test_usual_places(place, base, write_idx, tmp_path, monkeypatch, no_network):
    if base.startswith("$"):
        monkeypatch.setenv("TRAINWELL_DATA", str(tmp_path / "given"))
        base = "given"
    images = np.arange(32 * 9).reshape(32, 3, 3) % 256
    write_idx(tmp_path / base / place, "train", images, MNIST_FIRST, True)
    splits = load("mnist")
    assert splits.classes == tuple("0123456789")
    assert len(splits.train) + len(splits.val) == 32
    assert splits.test is None


def test_sets_with_the_same_file_names_are_told_apart(
    write_idx, tmp_path, monkeypatch, no_network
):
    monkeypatch.setenv("TRAINWELL_DATA", str(tmp_path))
    images = np.arange(32 * 9).reshape(32, 3, 3) % 256
    write_idx(tmp_path, "train", images, FASHION_FIRST)
    assert load("fashion-mnist").classes[9] == "Ankle boot"
    with pytest.raises(DataError, match="cannot fetch"):
        load("mnist")


@pytest.mark.parametrize("name", [n for n in BUILT_IN if n != "digits"])
def test_without_network_the_error_says_which_file_to_put_where(
    name, no_network, monkeypatch
):
    monkeypatch.setattr(B, "_places", lambda *args: iter(()))
    with pytest.raises(DataError) as caught:
        load(name)
    message = str(caught.value)
    assert "\n" not in message
    assert f"$TRAINWELL_DATA/{name}" in message
    assert str(cache_folder() / "datasets" / name) in message
    for remote in B._KEPT[name].files:
        assert remote.name in message
        assert len(remote.md5) == 32


def test_what_is_fetched_is_read(write_idx, tmp_path, monkeypatch):
    images = np.arange(32 * 9).reshape(32, 3, 3) % 256
    for stem in ("train", "t10k"):
        write_idx(tmp_path / "far", stem, images, MNIST_FIRST, True)
    files = tuple(
        Remote(f"http://far/{path.name}", hashlib.md5(path.read_bytes()).hexdigest())
        for path in (tmp_path / "far").iterdir()
    )
    kept = B.replace(B._KEPT["mnist"], files=files)
    monkeypatch.setitem(B._KEPT, "mnist", kept)

    def copy(self, url, output_file, pooch):
        shutil.copy(tmp_path / "far" / url.rsplit("/", 1)[1], output_file)

    monkeypatch.setattr(pooch.HTTPDownloader, "__call__", copy)
    assert len(load("mnist").test) == 32
    for path in (tmp_path / "far").iterdir():
        path.unlink()
    assert len(load("mnist").test) == 32


def test_pickled_sets_are_not_read(tmp_path, monkeypatch, no_network):
    (tmp_path / "data/cifar-10-batches-py").mkdir(parents=True)
    (tmp_path / "data/cifar-10-batches-py/data_batch_1").write_bytes(b"\x80\x04.")
    with pytest.raises(DataError, match="cannot fetch"):
        load("cifar10")
