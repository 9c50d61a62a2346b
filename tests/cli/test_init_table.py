"""Layers as a table: kinds and shapes where there is room."""

import torch
from torch import nn

from trainwell.cli._init_table import layer_rows, show_layers
from trainwell.diagnose import init_report


def test_narrow_and_wide(capsys, monkeypatch):
    torch.manual_seed(0)
    network = nn.Sequential(nn.Flatten(), nn.Linear(12, 6), nn.ReLU(), nn.Linear(6, 3))
    report = init_report(network, torch.randn(16, 3, 2, 2), torch.arange(16) % 3)
    heads = []
    for columns in ("80", "160"):
        monkeypatch.setenv("COLUMNS", columns)
        show_layers(report)
        heads.append(capsys.readouterr().out.splitlines()[0])
    assert "kind" not in heads[0]
    assert "kind" in heads[1]
    assert all("gradient" in head for head in heads)


def test_a_deep_network_is_shown_at_even_distances(capsys):
    layers = [nn.Linear(8, 8) for _ in range(50)]
    report = init_report(nn.Sequential(*layers), torch.randn(4, 8))
    show_layers(report)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 12
    assert lines[1].split()[0] == "0"
    assert lines[10].split()[0] == "49"
    assert lines[11] == "layers    10 of 50; the page shows all"
    assert len(layer_rows(report)) == 50
