"""Models of timm: built, adapted and described as timm does it."""

import functools
import importlib
import json

import pytest
import torch

from trainwell.core.errors import ModelError
from trainwell.models import ModelSpec, build, create
from trainwell.preprocess import Standardize

NAME = "timm:test_resnet.r160_in1k"


@pytest.fixture
def timm(offline, torchvision_operators):
    return importlib.import_module("timm")


@pytest.fixture
def weights(timm, monkeypatch, tmp_path):
    """Stand in for the hub: timm finds these weights where it would fetch its own."""
    torch.manual_seed(5)
    model = timm.create_model("test_resnet")
    torch.save(model.state_dict(), tmp_path / "published.pth")
    overlay = {"file": str(tmp_path / "published.pth")}
    patched = functools.partial(timm.create_model, pretrained_cfg_overlay=overlay)
    monkeypatch.setattr(timm, "create_model", patched)
    return model


def test_a_fresh_model(timm):
    created = create(NAME, num_classes=7, in_channels=2, image_size=64)
    assert created.model.eval()(torch.zeros(1, 2, 64, 64)).shape == (1, 7)
    assert created.preprocessing is None
    assert created.messages == ()
    assert isinstance(build(created.spec), type(created.model))


def test_a_network_for_squares_says_so(timm):
    created = create("timm:vit_tiny_patch16_224", num_classes=3, image_size=(48, 80))
    assert created.model.eval()(torch.zeros(1, 3, 48, 80)).shape == (1, 3)
    with pytest.raises(ModelError, match=r"\(2, 3, 48, 80\): .*set `data.image_size`"):
        create("timm:coat_tiny", num_classes=3, image_size=(48, 80))


def test_its_own_size_and_preprocessing_are_adopted(weights):
    created = create(NAME, num_classes=1000, pretrained=True)
    assert created.spec.image_size == 160
    assert created.preprocessing == Standardize((0.5,) * 3, (0.5,) * 3)
    assert created.messages == ()
    images = torch.randn(2, 3, 64, 64)
    torch.testing.assert_close(created.model.eval()(images), weights.eval()(images))


def test_other_classes_and_grey_images(weights):
    created = create(NAME, num_classes=7, in_channels=1, pretrained=True)
    assert created.messages == (
        "head: made for 1000 classes, replaced by a new one for 7.",
    )
    assert len(created.preprocessing.mean) == 1
    grey = torch.randn(2, 1, 64, 64)
    torch.testing.assert_close(
        created.model.eval().forward_features(grey),
        weights.eval().forward_features(grey.expand(-1, 3, -1, -1)),
        rtol=1e-4,
        atol=1e-4,
    )


def test_weights_from_a_file(timm, tmp_path):
    model = timm.create_model("test_resnet", num_classes=3)
    torch.save(model.state_dict(), tmp_path / "w.pth")
    created = create(NAME, num_classes=3, pretrained=tmp_path / "w.pth")
    assert created.messages == ()
    assert torch.equal(created.model.fc.weight, model.fc.weight)


def test_a_transformer_takes_the_size_of_the_images(timm):
    created = create("timm:vit_tiny_patch16_224", num_classes=3, image_size=64)
    assert created.model.eval()(torch.zeros(1, 3, 64, 64)).shape == (1, 3)


def test_arguments(timm):
    created = create(NAME, num_classes=3, arguments={"drop_rate": 0.4})
    assert created.model.drop_rate == 0.4
    assert build(created.spec).drop_rate == 0.4


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("timm:resnet188", {}, "timm has no model `resnet188`. Did you mean `resnet18"),
        ("timm:resnet18.none", {}, "timm has no weights `resnet18.none`"),
        ("timm:hf-hub:someone/model", {}, "timm has no model"),
        (NAME, {"drop_rat": 0.1}, "no argument `drop_rat`.*Did you mean `drop_rate`"),
        (NAME, {"checkpoint_path": "x"}, "no argument `checkpoint_path`"),
        (NAME, {"output_stride": 7}, "timm cannot give"),
    ],
)
def test_errors(timm, name, arguments, message):
    with pytest.raises(ModelError, match=message):
        create(name, num_classes=3, arguments=arguments)


def test_a_specification_cannot_smuggle_a_file_in(timm):
    spec = ModelSpec(NAME, 3, 3, 64, json.loads('{"pretrained_cfg": {"file": "x"}}'))
    with pytest.raises(ModelError, match="no argument `pretrained_cfg`"):
        build(spec)
