"""Checkpoints: whole or not there, nothing unpickled, clear errors."""

import json

import pytest
import torch

from trainwell.core.errors import RunError
from trainwell.training import (
    load_checkpoint,
    load_tensors,
    save_checkpoint,
    save_tensors,
)


def test_tensors_and_numbers_round_trip(tmp_path):
    path = tmp_path / "a.safetensors"
    tensors = {"x": torch.randn(3, 2).T, "n": torch.tensor(7)}
    save_tensors(path, tensors, {"step": 3, "best": 0.5})
    loaded, numbers = load_tensors(path)
    assert torch.equal(loaded["x"], tensors["x"])
    assert loaded["n"].item() == 7
    assert numbers == {"step": 3, "best": 0.5}


@pytest.mark.parametrize("content", [b"", b"\x80\x04pickle", b"\xff" * 100])
def test_a_damaged_file_is_refused(tmp_path, content):
    path = tmp_path / "a.safetensors"
    path.write_bytes(content)
    with pytest.raises(RunError, match="is not a readable checkpoint"):
        load_tensors(path)


def test_a_checkpoint_of_another_model_is_refused(setup, tmp_path):
    path = tmp_path / "a.safetensors"
    save_checkpoint(path, setup.fit(setup.state(total_steps=1)))
    other = setup.state()
    other.model = torch.nn.Linear(2, 2)
    with pytest.raises(RunError, match="does not fit this recipe's model"):
        load_checkpoint(path, other)


def test_slots_keep_the_layout_of_their_weights(setup, tmp_path):
    state = setup.state(total_steps=2)
    state.model.to(memory_format=torch.channels_last)
    setup.fit(state)
    save_checkpoint(tmp_path / "a.safetensors", state)
    fresh = setup.state()
    fresh.model.to(memory_format=torch.channels_last)
    load_checkpoint(tmp_path / "a.safetensors", fresh)
    old, new = (
        [
            s
            for x in st._parameters()
            for s in st.optimizer.state[x].values()
            if torch.is_tensor(s)
        ]
        for st in (state, fresh)
    )
    assert len(old) == len(new) == 6
    for a, b in zip(old, new, strict=True):
        assert torch.equal(a, b)
        assert a.stride() == b.stride()


def test_the_file_is_safetensors_with_json(setup, tmp_path):
    path = tmp_path / "a.safetensors"
    save_checkpoint(path, setup.fit(setup.state(total_steps=1)))
    length = int.from_bytes(path.read_bytes()[:8], "little")
    header = json.loads(path.read_bytes()[8 : 8 + length])
    assert json.loads(header["__metadata__"]["trainwell"])["step"] == 1
