"""Models of torchvision: built and described as torchvision does it, from files."""

import hashlib
import importlib
import sys

import pytest
import torch
from typer.testing import CliRunner

from trainwell.cli._main import app
from trainwell.core.errors import MissingDependencyError, ModelError
from trainwell.infer import load_predictor
from trainwell.models import ModelSpec, build, create
from trainwell.models import _source_torchvision as source
from trainwell.models._catalogue import IMAGENET
from trainwell.preprocess import Standardize

SMALL = "shufflenet_v2_x0_5"
NAME = f"torchvision:{SMALL}"


@pytest.fixture
def models(torchvision_operators):
    return importlib.import_module("torchvision.models")


@pytest.fixture
def saved(models, tmp_path):
    """Save a network as torchvision publishes it; return it and the file."""

    def save(name, **options):
        torch.manual_seed(5)
        model = models.get_model(name, **options).eval()
        torch.save(model.state_dict(), tmp_path / f"{name}.pth")
        return model, tmp_path / f"{name}.pth"

    return save


@pytest.fixture
def cache(saved, monkeypatch, tmp_path):
    """Put weights where torch caches files, under the name of torchvision's own."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))

    def put(damaged=False):
        model, path = saved(SMALL)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:10]
        name = f"shufflenetv2-{'0' * 10 if damaged else digest}.pth"
        folder = tmp_path / "hub" / "checkpoints"
        folder.mkdir(parents=True)
        path.rename(folder / name)
        monkeypatch.setattr(source, "_file", lambda _: name)
        return model

    return put


@pytest.mark.parametrize("name", [SMALL, "squeezenet1_1", "vit_b_32", "maxvit_t"])
def test_its_own_size_and_preprocessing_are_adopted(saved, name):
    theirs, path = saved(name)
    created = create(f"torchvision:{name}", num_classes=1000, pretrained=path)
    assert created.spec.image_size == 224
    assert created.preprocessing == IMAGENET
    assert created.messages == ()
    images = torch.randn(1, 3, 224, 224)
    with torch.no_grad():
        assert torch.equal(created.model.eval()(images), theirs(images))


def test_weights_that_were_published(models, shared_data):
    path = shared_data / "weights" / "mobilenet_v2-b0353104.pth"
    ours, theirs = (
        create(name, num_classes=1000, pretrained=path)
        for name in ("mobilenet_v2", "torchvision:mobilenet_v2")
    )
    images = torch.randn(2, 3, 64, 64)
    torch.testing.assert_close(ours.model.eval()(images), theirs.model.eval()(images))
    assert ours.preprocessing == theirs.preprocessing


def test_other_classes_and_channels(saved):
    _, path = saved(SMALL)
    created = create(NAME, num_classes=7, in_channels=2, pretrained=path)
    assert created.messages == (
        "first layer: the filters of 3 channels are repeated and rescaled for 2.",
        "head: made for 1000 classes, replaced by a new one for 7.",
    )
    assert created.preprocessing.mean == IMAGENET.mean[:2]
    assert created.model.eval()(torch.zeros(1, 2, 64, 64)).shape == (1, 7)


def test_own_weights_say_nothing_of_preprocessing(saved):
    _, path = saved(SMALL, num_classes=4)
    created = create(NAME, num_classes=4, pretrained=path)
    assert (created.preprocessing, created.messages) == (None, ())


def test_heads_for_training_are_left_out_and_inputs_scaled_as_in_its_training(saved):
    theirs, path = saved("googlenet", init_weights=False, transform_input=True)
    created = create("torchvision:googlenet", num_classes=1000, pretrained=path)
    assert created.model.train()(torch.rand(2, 3, 64, 64)).shape == (2, 1000)
    again = create("torchvision:googlenet", num_classes=1000, pretrained=path)
    assert again.preprocessing == Standardize((0.5,) * 3, (0.5,) * 3)
    pixels = torch.rand(2, 3, 64, 64)
    mean, std = torch.tensor([IMAGENET.mean, IMAGENET.std])[..., None, None]
    torch.testing.assert_close(
        again.model.eval()((pixels - 0.5) / 0.5),
        theirs((pixels - mean) / std),
        rtol=1e-4,
        atol=1e-4,
    )  # float32, the same scaling in one step and in two


def test_fresh_filters_of_other_channels_answer_as_strongly(models):
    torch.manual_seed(0)
    for channels in (1, 12):
        model = create("torchvision:alexnet", num_classes=3, in_channels=channels).model
        plain = create("torchvision:alexnet", num_classes=3).model
        ratio = model.features[0].weight.std() / plain.features[0].weight.std()
        assert ratio.item() == pytest.approx((3 / channels) ** 0.5, rel=0.05)


def test_a_transformer_takes_the_size_of_the_images(models):
    created = create("torchvision:vit_b_32", num_classes=3, image_size=64)
    assert created.model.eval()(torch.zeros(1, 3, 64, 64)).shape == (1, 3)
    with pytest.raises(ModelError, match=r"set `data\.image_size` to one number"):
        create("torchvision:maxvit_t", num_classes=3, image_size=(48, 80))


@pytest.mark.parametrize(("name", "size"), [("vit_b_32", 40), ("maxvit_t", 128)])
def test_a_network_for_some_sizes_names_its_own(models, name, size):
    with pytest.raises(ModelError, match=r"divisible.* Try `data\.image_size=224`"):
        create(f"torchvision:{name}", num_classes=3, image_size=size)


def test_arguments(models):
    arguments = {"zero_init_residual": True}
    created = create("torchvision:resnet18", num_classes=3, arguments=arguments)
    assert not build(created.spec).layer1[0].bn2.weight.any()


def test_weights_in_the_cache(cache):
    theirs = cache()
    created = create(NAME, num_classes=4, pretrained=True)
    assert torch.equal(created.model.conv1[0].weight, theirs.conv1[0].weight)
    assert created.preprocessing == IMAGENET


def test_a_damaged_file_in_the_cache_is_named(cache):
    cache(damaged=True)
    with pytest.raises(ModelError, match=r"0{10}\.pth is damaged: its SHA-256"):
        create(NAME, num_classes=4, pretrained=True)


def test_the_better_weights_come_first(models):
    files = [source._file(weights) for weights in source._weights("resnet50")]
    assert files == ["resnet50-11ad3fa6.pth", "resnet50-0676ba61.pth"]
    sides = [source._file(weights) for weights in source._weights("vit_b_16")]
    assert "vit_b_16-c867db91.pth" in sides
    assert "vit_b_16_swag-9ac1b537.pth" not in sides  # of another image size


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("resnet188", {}, r"no model `resnet188`. Did you mean `resnet18`"),
        ("fasterrcnn_resnet50_fpn", {}, "no model `fasterrcnn_resnet50_fpn`"),
        ("mnasnet1_0", {}, "from tensors alone; take timm:mnasnet_100"),
        (SMALL, {"pretrained": True}, "put shufflenetv2_x0.5-f707e7126e.pth into"),
        (SMALL, {"arguments": {"weights": "DEFAULT"}}, "no argument `weights`"),
        ("vgg11", {"arguments": {"dropou": 0}}, "no argument `dropou`.*`dropout`"),
        ("resnet18", {"arguments": {"block": 3}}, "cannot be built: .*multiple"),
    ],
)
def test_errors(models, monkeypatch, tmp_path, name, options, message):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    with pytest.raises(ModelError, match=message):
        create(f"torchvision:{name}", num_classes=3, **options)


def test_a_specification_cannot_fetch(models):
    with pytest.raises(ModelError, match="no argument `weights`"):
        build(ModelSpec(NAME, 3, 3, 64, {"weights": "DEFAULT"}))


def test_without_the_package_the_remedy_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "torchvision", None)
    with pytest.raises(
        MissingDependencyError, match=r"pip install 'trainwell\[torchvision\]'"
    ):
        create(NAME, num_classes=3)


def test_a_run_is_trained_and_loaded_again(saved, tmp_path):
    _, path = saved(SMALL)
    source_of_images = "synthetic:shapes,size=32,count=60,seed=3"
    keys = (f"model.name={NAME}", f"model.pretrained={path}", "train.epochs=1")
    out = tmp_path / "run"
    done = CliRunner().invoke(app, ["train", source_of_images, *keys, "--out", out])
    assert done.exit_code == 0, done.output
    metadata = load_predictor(out).metadata
    assert metadata.model.name == NAME
    assert metadata.preprocessing.standardize == IMAGENET
