"""Loading a run folder, and what may be wrong with it."""

import json
import sys

import pytest
import torch

from trainwell.core.errors import ModelError, RunError, UserError
from trainwell.infer import load_predictor
from trainwell.training import load_tensors, save_tensors


def test_the_weights_are_the_saved_ones(save_model):
    folder = save_model()
    predictor = load_predictor(str(folder))
    saved, _ = load_tensors(folder / "model.safetensors")
    loaded = predictor.model.state_dict()
    assert saved.keys() == loaded.keys()
    assert all(torch.equal(saved[name], loaded[name]) for name in saved)
    assert not predictor.model.training
    assert predictor.classes == ("ant", "bee", "cat", "dog")


def test_no_folder(tmp_path):
    with pytest.raises(RunError, match="is not a folder; give the folder of a run"):
        load_predictor(tmp_path / "nothing")


def test_no_card(tmp_path):
    with pytest.raises(RunError, match=r"model.json is missing"):
        load_predictor(tmp_path)


def test_no_weights(save_model):
    folder = save_model()
    (folder / "model.safetensors").unlink()
    with pytest.raises(
        RunError, match="model.safetensors is not a readable checkpoint"
    ):
        load_predictor(folder)


@pytest.mark.parametrize("content", [b"", b"\x80\x04K\x01.", b"\xff" * 100])
def test_damaged_weights(save_model, content):
    folder = save_model()
    (folder / "model.safetensors").write_bytes(content)
    with pytest.raises(RunError, match="is not a readable checkpoint"):
        load_predictor(folder)


def test_weights_cut_off(save_model):
    folder = save_model()
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(RunError, match="is not a readable checkpoint"):
        load_predictor(folder)


@pytest.mark.parametrize("change", ["shape", "missing", "extra"])
def test_weights_of_another_model(save_model, change):
    folder = save_model()
    tensors, _ = load_tensors(folder / "model.safetensors")
    first = next(iter(tensors))
    if change == "shape":
        tensors[first] = tensors[first][:1]
    elif change == "missing":
        del tensors[first]
    else:
        tensors["more"] = torch.zeros(1)
    save_tensors(folder / "model.safetensors", tensors)
    with pytest.raises(RunError, match="the weights do not fit the metadata") as caught:
        load_predictor(folder)
    assert "\n" not in str(caught.value)


def test_an_unknown_model(save_model):
    folder = save_model()
    metadata = json.loads((folder / "model.json").read_text())
    metadata["model"]["name"] = "lenett"
    (folder / "model.json").write_text(json.dumps(metadata))
    with pytest.raises(ModelError, match="Did you mean `lenet`"):
        load_predictor(folder)


def test_no_such_device(save_model):
    with pytest.raises(UserError, match="device 'tpu' cannot be used here"):
        load_predictor(save_model(), device="tpu")


CODE = """
import pathlib
from torch import nn

pathlib.Path(__file__).with_name("was_run").touch()

class Net(nn.Sequential):
    def __init__(self, num_classes, in_channels, image_size):
        super().__init__(nn.Flatten(), nn.Linear(in_channels * image_size**2, num_classes))
"""


def test_code_is_imported_only_if_allowed(save_model, tmp_path, monkeypatch):
    (tmp_path / "own_net_of_a_test.py").write_text(CODE)
    monkeypatch.syspath_prepend(tmp_path)
    folder = save_model("own_net_of_a_test:Net")
    monkeypatch.delitem(sys.modules, "own_net_of_a_test")
    (tmp_path / "was_run").unlink()
    with pytest.raises(ModelError, match="would run that code"):
        load_predictor(folder)
    assert not (tmp_path / "was_run").exists()
    predictor = load_predictor(folder, allow_import=True)
    assert type(predictor.model).__name__ == "Net"
    monkeypatch.delitem(sys.modules, "own_net_of_a_test")
