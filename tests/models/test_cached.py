"""Weights of torchvision in the user's cache, by their names."""

import hashlib

import pytest
import torch

from trainwell.core.errors import ModelError
from trainwell.models import _cached, create


@pytest.fixture
def put(tmp_path, monkeypatch):
    """Put weights of a fresh resnet18 where torch caches files, as if published."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))

    def write(damaged=False):
        torch.manual_seed(5)
        model = create("resnet18", num_classes=1000).model
        path = tmp_path / "weights.pth"
        torch.save(model.state_dict(), path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
        name = f"resnet18-{'00000000' if damaged else digest}.pth"
        folder = tmp_path / "torch" / "hub" / "checkpoints"
        folder.mkdir(parents=True)
        path.rename(folder / name)
        monkeypatch.setitem(_cached.FILES, "resnet18", (name,))
        return model

    return write


def test_they_are_found_by_the_name_of_the_network(put):
    published = put()
    created = create("resnet18", num_classes=4, pretrained=True)
    theirs, ours = published.state_dict(), created.model.state_dict()
    kept = [n for n in theirs if not n.startswith("fc.")]
    assert all(torch.equal(theirs[n], ours[n]) for n in kept)
    assert created.preprocessing.mean == (0.485, 0.456, 0.406)
    assert any("1000 classes" in line for line in created.messages)


def test_a_damaged_file_is_named(put):
    put(damaged=True)
    with pytest.raises(ModelError, match=r"resnet18-0{8}\.pth is damaged: its SHA-256"):
        create("resnet18", num_classes=4, pretrained=True)


def test_without_them_the_file_to_put_there_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    with pytest.raises(ModelError, match="put resnet18-f37072fd.pth or"):
        create("resnet18", num_classes=4, pretrained=True)
    with pytest.raises(ModelError, match="no weights come with `lenet`; give"):
        create("lenet", num_classes=4, pretrained=True)


def test_every_file_belongs_to_a_network_of_ours():
    from trainwell.models import names

    assert set(_cached.FILES) <= set(names())
    for files in _cached.FILES.values():
        assert all(_cached._DIGEST.search(file) for file in files)
