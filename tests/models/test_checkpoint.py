"""Files of every shape that people have, and files nobody should open."""

import pickle

import pytest
import torch
from safetensors.torch import save_file

from trainwell.core.errors import ModelError
from trainwell.models._checkpoint import read_checkpoint, renamed

STATE = {"a.weight": torch.arange(3.0), "a.bias": torch.ones(2)}


def same(a, b):
    return a.keys() == b.keys() and all(torch.equal(a[k], b[k]) for k in a)


@pytest.mark.parametrize(
    "content",
    [
        STATE,
        {"state_dict": STATE, "epoch": 3},
        {"model_state_dict": STATE, "arguments": {"lr": 0.1}},
        {"model": STATE},
    ],
)
def test_pytorch_files(content, tmp_path):
    torch.save(content, tmp_path / "weights.pth")
    assert same(read_checkpoint(tmp_path / "weights.pth"), STATE)


def test_safetensors(tmp_path):
    save_file(STATE, tmp_path / "weights.safetensors")
    assert same(read_checkpoint(tmp_path / "weights.safetensors"), STATE)


class Malicious:
    def __reduce__(self):
        return (pytest.fail, ("code of the file was run",))


def test_code_in_a_file_is_not_run(tmp_path):
    path = tmp_path / "weights.pth"
    torch.save({"a": Malicious()}, path)
    with pytest.raises(ModelError, match="more than tensors and is not opened"):
        read_checkpoint(path)
    path.write_bytes(pickle.dumps(Malicious(), protocol=2))
    with pytest.raises(ModelError, match=r"weights\.pth"):
        read_checkpoint(path)


def test_a_missing_file(tmp_path):
    with pytest.raises(ModelError, match="no weights at .*none.pth"):
        read_checkpoint(tmp_path / "none.pth")


@pytest.mark.parametrize("suffix", ["pth", "safetensors"])
@pytest.mark.parametrize("content", [b"", b"<html>not found</html>", bytes(200)])
def test_a_broken_file(suffix, content, tmp_path):
    path = tmp_path / f"weights.{suffix}"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="weights") as raised:
        read_checkpoint(path)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("content", [[torch.ones(1)], {"a": 1}, {"a": {"b": STATE}}])
def test_not_a_state_dict(content, tmp_path):
    torch.save(content, tmp_path / "weights.pth")
    with pytest.raises(ModelError, match="is not a state dict"):
        read_checkpoint(tmp_path / "weights.pth")


def prefixed(prefix):
    return {prefix + name: tensor for name, tensor in STATE.items()}


@pytest.mark.parametrize("prefix", ["", "module.", "_orig_mod.", "model.module."])
def test_prefixes_of_wrappers_are_stripped(prefix):
    assert same(renamed(prefixed(prefix), STATE), STATE)


def test_a_prefix_that_the_model_has_is_kept_or_added():
    expected = prefixed("model.")
    assert same(renamed(prefixed("model."), expected), expected)
    assert same(renamed(STATE, expected), expected)
    assert same(renamed(prefixed("module."), expected), expected)


def test_names_that_fit_nothing_stay_as_they_are():
    assert same(renamed(prefixed("module."), {"b": torch.ones(1)}), prefixed("module."))


def test_a_prefix_of_some_names_is_a_name():
    mixed = {**STATE, "module.c": torch.ones(1)}
    assert same(renamed(mixed, STATE), mixed)
