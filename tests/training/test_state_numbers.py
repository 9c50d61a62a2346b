"""Numbers of wrong kinds in a checkpoint whose digest is right are one line."""

import json

import pytest
import torch

from trainwell.core.errors import RunError
from trainwell.training import (
    TrainState,
    load_checkpoint,
    save_checkpoint,
    save_tensors,
)

WRONG = [
    ("step", "seven"),
    ("step", 1.5),
    ("step", -1),
    ("step", None),
    ("total_steps", 0),
    ("total_steps", [10]),
    ("parts", 0),
    ("parts", "1"),
    ("seconds", "long"),
    ("seconds", float("nan")),
    ("step_seconds", -2.0),
    ("stop", 3),
    ("memory", []),
    ("memory", {"best_step": "x"}),
    ("memory", {"best_step": {}}),
    ("slots", {}),
    ("slots", [1, 2]),
    ("slots", [{"step": "x"}, {}]),
    ("slots", [{}]),
]


def state():
    torch.manual_seed(0)
    model = torch.nn.Linear(2, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    return TrainState(model=model, total_steps=10, optimizer=optimizer)


@pytest.mark.parametrize(("key", "value"), WRONG)
def test_wrong_kinds_are_refused(tmp_path, key, value):
    path, first = tmp_path / "last.safetensors", state()
    save_tensors(path, first.tensors(), {**first.numbers(), key: value})
    before = {k: v.clone() for k, v in first.model.state_dict().items()}
    with pytest.raises(RunError, match=r"last\.safetensors does not fit this recipe"):
        load_checkpoint(path, first)
    assert all(torch.equal(v, before[k]) for k, v in first.model.state_dict().items())


@pytest.mark.parametrize("key", ["step", "total_steps", "parts", "memory", "slots"])
def test_what_is_missing_is_refused(tmp_path, key):
    path, first = tmp_path / "last.safetensors", state()
    numbers = first.numbers()
    del numbers[key]
    save_tensors(path, first.tensors(), numbers)
    with pytest.raises(RunError, match=f"{key}: field required"):
        load_checkpoint(path, first)


def test_what_was_saved_is_read(tmp_path):
    path, first = tmp_path / "last.safetensors", state()
    first.step, first.stop, first.memory = 3, "patience", {"best_step": 2}
    save_checkpoint(path, first)
    again = state()
    load_checkpoint(path, again)
    assert json.dumps(again.numbers()) == json.dumps(first.numbers())
