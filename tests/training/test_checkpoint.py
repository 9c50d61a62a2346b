"""Checkpoints: whole or not there, nothing unpickled, clear errors."""

import json

import pytest
import safetensors.torch
import torch

from trainwell.core.errors import RunError
from trainwell.training import (
    load_checkpoint,
    load_tensors,
    previous_of,
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


KINDS = {
    "floats": torch.arange(6.0).reshape(2, 3),
    "halves": torch.ones(3, dtype=torch.bfloat16),
    "count": torch.tensor(7),
    "mask": torch.tensor([True, False]),
    "none": torch.empty(0, 4),
}


def test_a_byte_that_flips_anywhere_is_noticed_or_harmless(tmp_path):
    path = tmp_path / "a.safetensors"
    save_tensors(path, KINDS, {"step": 3, "memory": {"best": 0.5}})
    whole, refused = path.read_bytes(), 0
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            tensors, numbers = load_tensors(path)
        except RunError:
            refused += 1
            continue
        assert {**numbers, "step": 3, "memory": {"best": 0.5}} == numbers
        assert all(torch.equal(tensors[k], v) for k, v in KINDS.items())
    assert refused > 0.9 * len(whole)


def test_files_without_a_digest_are_read(tmp_path):
    path = tmp_path / "a.safetensors"
    safetensors.torch.save_file({"x": torch.ones(2)}, path, {"trainwell": "{}"})
    assert torch.equal(load_tensors(path)[0]["x"], torch.ones(2))


def test_the_checkpoint_before_is_kept_and_taken_if_need_be(setup, tmp_path):
    path, state, said = tmp_path / "a.safetensors", setup.state(), []
    for state.step in (3, 4, 5):
        save_checkpoint(path, state)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "a-previous.safetensors",
        "a.safetensors",
    ]
    load_checkpoint(path, state, said.append)
    assert (state.step, said) == (5, [])
    data = path.read_bytes()
    path.write_bytes(data[:-4] + bytes(4 * [data[-1] ^ 0xFF]))
    load_checkpoint(path, state, said.append)
    assert state.step == 4
    assert "a.safetensors is damaged" in said[0]
    assert "the checkpoint before it, a-previous.safetensors" in said[0]
    path.unlink()
    load_checkpoint(path, state, said.append)
    assert "is not a readable checkpoint" in said[1]
    previous_of(path).unlink()
    with pytest.raises(RunError, match="is not a readable checkpoint"):
        load_checkpoint(path, state)
