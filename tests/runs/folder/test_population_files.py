"""A population in a file comes back bit for bit."""

import torch

from trainwell.runs.folder._population_files import read_members, save_members, snapshot
from trainwell.runs.setup._setup import build_setup
from trainwell.runs.training._fit import new_state
from trainwell.tuning import evolve, start_population


def test_there_and_back(opened, tmp_path):
    path = tmp_path / "population.safetensors"
    assert read_members(path) is None
    states = []
    for seed in range(2):
        setup = build_setup(opened(f"seed={seed}"))
        states.append(snapshot(new_state(setup, 5)))
    first = start_population(states, [(0.1, 1.0), (0.2, 2.0)])
    scores = iter([0.5, 0.5])
    ended = evolve(
        first,
        lambda member, amount: member.state,
        lambda state: next(scores),
        lambda values, key: values,
        amount=1.0,
        seed=0,
    )
    save_members(path, ended, [1.0])
    evolution, lengths = read_members(path)
    assert lengths == [1.0]
    assert [m.hyper for m in evolution.members] == [(0.1, 1.0), (0.2, 2.0)]
    for member, (tensors, numbers) in zip(evolution.members, states, strict=True):
        assert member.state[1] == numbers
        assert member.state[0].keys() == tensors.keys()
        assert all(torch.equal(member.state[0][k], v) for k, v in tensors.items())
