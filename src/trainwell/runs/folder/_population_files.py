"""Members of a population as tensors and numbers, in memory and in a file."""

import json
from pathlib import Path
from typing import Any

from torch import Tensor

from trainwell.training import TrainState, load_tensors, save_tensors
from trainwell.tuning import Evolution, history_as_lists, restore_population

State = tuple[dict[str, Tensor], dict[str, Any]]


def snapshot(state: TrainState) -> State:
    """Return a copy that further training leaves alone."""
    tensors = {k: v.detach().cpu().clone() for k, v in state.tensors().items()}
    return tensors, json.loads(json.dumps(state.numbers()))


def save_members(
    path: Path, evolution: Evolution[State, Any], lengths: list[float]
) -> None:
    """Write a population after a round, wholly or not at all."""
    tensors = {
        f"{m.number}.{name}": tensor
        for m in evolution.members
        for name, tensor in m.state[0].items()
    }
    numbers = [m.state[1] for m in evolution.members]
    kept = {
        "rounds": history_as_lists(evolution),
        "members": numbers,
        "epochs": lengths,
    }
    save_tensors(path, tensors, kept)


def read_members(path: Path) -> tuple[Evolution[State, Any], list[float]] | None:
    """Return the population and the epochs of its rounds, if there is one."""
    if not path.exists():
        return None
    tensors, kept = load_tensors(path)
    states = []
    for i, numbers in enumerate(kept["members"]):
        own = {k: v for k, v in tensors.items() if k.startswith(f"{i}.")}
        states.append(({k.partition(".")[2]: v for k, v in own.items()}, numbers))
    return restore_population(states, kept["rounds"], tuple), kept["epochs"]
