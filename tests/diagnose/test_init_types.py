"""Reports on a start are plain values."""

import dataclasses

import pytest
import torch
from torch import nn

from trainwell.diagnose import InitReport, Layer, init_report


def test_a_report_is_a_tree_of_plain_values():
    model = nn.Sequential(nn.Linear(4, 3), nn.Sigmoid())
    report = init_report(model, torch.randn(8, 4))
    tree = dataclasses.asdict(report)
    assert isinstance(report, InitReport)
    assert [row["name"] for row in tree["layers"]] == ["0", "1"]
    assert tree["verdict"]["kind"] == report.verdict.kind
    rebuilt = tuple(Layer(**row) for row in tree["layers"])
    assert rebuilt == report.layers
    with pytest.raises(dataclasses.FrozenInstanceError):
        report.loss = 1.0
