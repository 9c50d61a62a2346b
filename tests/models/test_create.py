"""Create by name, from files, and again from a specification."""

import dataclasses
import json

import pytest
import torch
from pydantic import TypeAdapter
from safetensors.torch import save_file

from trainwell.core.errors import ModelError
from trainwell.models import Created, ModelSpec, build, create
from trainwell.models._catalogue import IMAGENET
from trainwell.models._resnet import ResNet


@pytest.fixture(scope="module")
def mobilenet_weights(request):
    shared = request.getfixturevalue("shared_data")
    return shared / "weights" / "mobilenet_v2-b0353104.pth"


def test_a_fresh_model():
    created = create("resnet18", num_classes=4, arguments={"small_stem": True})
    assert isinstance(created, Created)
    assert isinstance(created.model, ResNet)
    assert created.spec == ModelSpec("resnet18", 4, 3, 224, {"small_stem": True})
    assert created.preprocessing is None
    assert created.messages == ()


def test_a_specification_survives_json_and_rebuilds():
    arguments = {"hidden": (7, 5)}
    created = create("mlp", num_classes=3, image_size=6, arguments=arguments)
    text = json.dumps(dataclasses.asdict(created.spec))
    spec = TypeAdapter(ModelSpec).validate_python(json.loads(text))
    assert spec == created.spec
    shapes = [p.shape for p in created.model.parameters()]
    assert [p.shape for p in build(spec).parameters()] == shapes


def test_published_weights_with_their_own_classes(mobilenet_weights):
    created = create("mobilenet_v2", num_classes=1000, pretrained=mobilenet_weights)
    state = torch.load(mobilenet_weights, weights_only=True)
    assert created.messages == ()
    assert created.preprocessing == IMAGENET
    assert torch.equal(
        created.model.state_dict()["classifier.1.bias"], state["classifier.1.bias"]
    )


def test_published_weights_on_grey_images(mobilenet_weights):
    colour, grey = (
        create(
            "mobilenet_v2",
            num_classes=1000,
            in_channels=channels,
            pretrained=str(mobilenet_weights),
        )
        for channels in (3, 1)
    )
    x = torch.randn(2, 1, 64, 64, generator=torch.Generator().manual_seed(0))
    expected = colour.model.eval()(x.expand(-1, 3, -1, -1))
    torch.testing.assert_close(
        grey.model.eval()(x), expected, rtol=1e-3, atol=1e-3
    )  # float32 sums in another order, through 52 convolutions
    assert grey.preprocessing.mean == pytest.approx((0.449,))


def test_published_weights_for_other_classes(mobilenet_weights):
    created = create("mobilenet_v2", num_classes=7, pretrained=mobilenet_weights)
    (message,) = created.messages
    assert message == "head: made for 1000 classes, replaced by a new one for 7."
    assert created.preprocessing == IMAGENET


def test_weights_of_our_own_say_nothing_of_preprocessing(tmp_path):
    first = create("resnet18", num_classes=4)
    wrapped = {f"module.{n}": t for n, t in first.model.state_dict().items()}
    save_file(wrapped, tmp_path / "w.safetensors")
    second = create("resnet18", num_classes=4, pretrained=tmp_path / "w.safetensors")
    assert second.messages == ()
    assert second.preprocessing is None
    assert torch.equal(first.model.fc.weight, second.model.fc.weight)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"name": "resnet19"}, "no model `resnet19`.*Did you mean `resnet18`"),
        ({"arguments": {"smal_stem": True}}, "no argument `smal_stem`.*`small_stem`"),
        ({"arguments": {"num_classes": 3}}, "`num_classes` of .* decided by the data"),
        ({"arguments": {"small_stem": {1, 2}}}, "must hold JSON values only"),
        ({"pretrained": True}, "no weights come with `resnet18`"),
        ({"pretrained": "none.pth"}, "no weights at none.pth"),
        ({"name": "lenet", "image_size": 3}, "`lenet` cannot be built: `image_size`"),
    ],
)
def test_errors(options, message):
    with pytest.raises(ModelError, match=message):
        create(**{"name": "resnet18", "num_classes": 4, **options})


@pytest.mark.parametrize("number", ["num_classes", "in_channels", "image_size"])
def test_numbers_must_be_positive(number):
    with pytest.raises(ValueError, match=f"`{number}` must be positive, got 0"):
        create(**{"name": "lenet", "num_classes": 4, number: 0})
