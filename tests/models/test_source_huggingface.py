"""Classifiers of Hugging Face, from a local folder as from the hub."""

import dataclasses
import importlib
import json
import shutil

import pytest
import torch
from pydantic import TypeAdapter

from trainwell.core.errors import ModelError
from trainwell.models import ModelSpec, build, create
from trainwell.preprocess import Standardize


@pytest.fixture
def transformers(offline, torchvision_operators):
    return importlib.import_module("transformers")


@pytest.fixture
def original(transformers):
    torch.manual_seed(0)
    config = transformers.ResNetConfig(
        embedding_size=8, hidden_sizes=[8, 16], depths=[1, 1], num_labels=4
    )
    return transformers.ResNetForImageClassification(config).eval()


@pytest.fixture
def folder(original, tmp_path):
    original.save_pretrained(tmp_path / "net")
    processor = {
        "image_mean": [0.5, 0.4, 0.3],
        "image_std": [0.2, 0.25, 0.5],
        "size": {"shortest_edge": 96},
    }
    (tmp_path / "net" / "preprocessor_config.json").write_text(json.dumps(processor))
    return tmp_path / "net"


def images(channels=3):
    g = torch.Generator().manual_seed(0)
    return torch.randn(2, channels, 32, 32, generator=g)


def test_weights_size_and_preprocessing_are_adopted(folder, original):
    created = create(f"hf:{folder}", num_classes=4, pretrained=True)
    assert created.messages == ()
    assert created.spec.image_size == 96
    assert created.preprocessing == Standardize((0.5, 0.4, 0.3), (0.2, 0.25, 0.5))
    expected = original(pixel_values=images()).logits
    torch.testing.assert_close(created.model.eval()(images()), expected)


def test_other_classes_and_grey_images(folder, original):
    created = create(f"hf:{folder}", num_classes=7, in_channels=1, pretrained=True)
    assert created.messages == (
        "first layer: the filters of 3 channels are summed for 1.",
        "head: made for 4 classes, replaced by a new one for 7.",
    )
    assert created.preprocessing.mean == pytest.approx((0.4,))
    grey = images(1)
    assert created.model.eval()(grey).shape == (2, 7)
    torch.testing.assert_close(
        created.model.model.resnet(grey).pooler_output,
        original.resnet(grey.expand(-1, 3, -1, -1)).pooler_output,
        rtol=1e-4,
        atol=1e-5,
    )


def test_a_network_for_squares_says_so(transformers, tmp_path):
    small = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1}
    config = transformers.Dinov2Config(**small, patch_size=8)
    config.save_pretrained(tmp_path)
    assert create(f"hf:{tmp_path}", num_classes=3, image_size=48).spec.image_size == 48
    with pytest.raises(
        ModelError, match=r"\(2, 3, 48, 80\).*set `data.image_size`"
    ) as e:
        create(f"hf:{tmp_path}", num_classes=3, image_size=(48, 80))
    assert "\n" not in str(e.value)


def test_a_network_for_any_size_reads_oblong_images(folder):
    created = create(f"hf:{folder}", num_classes=3, image_size=(48, 80))
    assert created.model(torch.zeros(2, 3, 48, 80)).shape == (2, 3)


def test_a_saved_run_needs_neither_folder_nor_hub(folder):
    created = create(f"hf:{folder}", num_classes=7, image_size=32, pretrained=True)
    text = json.dumps(dataclasses.asdict(created.spec))
    shutil.rmtree(folder)
    rebuilt = build(TypeAdapter(ModelSpec).validate_python(json.loads(text)))
    rebuilt.load_state_dict(created.model.state_dict())
    torch.testing.assert_close(rebuilt.eval()(images()), created.model.eval()(images()))


def test_a_fresh_model_with_arguments(folder, original):
    created = create(f"hf:{folder}", num_classes=4, arguments={"depths": [2, 1]})
    assert created.preprocessing is None
    assert len(created.model.model.resnet.encoder.stages[0].layers) == 2


def test_weights_from_a_file_without_our_prefix(folder, original):
    path = folder / "model.safetensors"
    created = create(f"hf:{folder}", num_classes=4, pretrained=path)
    assert created.messages == ()
    expected = original(pixel_values=images()).logits
    torch.testing.assert_close(created.model.eval()(images()), expected)


def test_a_backbone_without_a_head(transformers, original, tmp_path):
    original.resnet.save_pretrained(tmp_path)
    created = create(f"hf:{tmp_path}", num_classes=7, image_size=32, pretrained=True)
    assert created.messages == ("head: the weights have none, a new one for 7.",)
    assert created.preprocessing is None


@pytest.mark.parametrize(
    ("processor", "expected"),
    [
        ({"do_normalize": False}, ((0.0,) * 3, (1.0,) * 3)),
        ({"image_mean": [1.0] * 3, "image_std": [2.0] * 3}, ((1.0,) * 3, (2.0,) * 3)),
        (
            {
                "image_mean": [1.0] * 3,
                "image_std": [2.0] * 3,
                "rescale_factor": 2 / 255,
            },
            ((0.5,) * 3, (1.0,) * 3),
        ),
        (
            {"image_mean": [51.0] * 3, "image_std": [255.0] * 3, "do_rescale": False},
            ((0.2,) * 3, (1.0,) * 3),
        ),
    ],
)
def test_preprocessing_on_our_scale(folder, processor, expected):
    (folder / "preprocessor_config.json").write_text(json.dumps(processor))
    created = create(f"hf:{folder}", num_classes=4, pretrained=True)
    assert created.preprocessing.mean == pytest.approx(expected[0])
    assert created.preprocessing.std == pytest.approx(expected[1])
    assert created.spec.image_size == 224


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"arguments": {"depth": [1]}}, "no argument `depth`.*Did you mean `depths`"),
        ({"arguments": {"num_channels": 3}}, "no argument `num_channels`"),
        ({"arguments": {"layer_type": "none"}}, "cannot be built"),
        (
            {"name": "hf:no/such-model-anywhere"},
            "`hf:no/such-model-anywhere` cannot be",
        ),
    ],
)
def test_errors(folder, options, message):
    with pytest.raises(ModelError, match=message):
        create(**{"name": f"hf:{folder}", "num_classes": 4, **options})


@pytest.mark.parametrize("pretrained", [True, None])
def test_code_of_the_hub_is_never_asked_for(folder, pretrained, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda *words: pytest.fail("asked"))
    path = folder / "config.json"
    config = json.loads(path.read_text())
    config["model_type"] = "mine"
    config["auto_map"] = {
        "AutoConfig": "mine.MineConfig",
        "AutoModelForImageClassification": "mine.Mine",
    }
    path.write_text(json.dumps(config))
    (folder / "mine.py").write_text(f"open({str(folder / 'caught')!r}, 'w')")
    with pytest.raises(ModelError, match="comes with code of its own") as error:
        create(f"hf:{folder}", num_classes=4, image_size=32, pretrained=pretrained)
    assert "\n" not in str(error.value)
    assert "trust_remote_code" not in str(error.value)
    with pytest.raises(ModelError, match="comes with code of its own"):
        build(ModelSpec("hf:x", 4, 3, 32, {"config": config}))
    assert not (folder / "caught").exists()
