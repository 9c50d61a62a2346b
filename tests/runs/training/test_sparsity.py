"""A pruned run says which layers lost how many weights."""

import json

import pytest
import torch
from torch import nn

import trainwell as tw
from trainwell.recipes import Recipe
from trainwell.runs import Quiet
from trainwell.runs.training._sparsity import sparsity_summary
from trainwell.training import load_tensors

PRUNED = Recipe(prune="magnitude")


def test_zeros_are_counted_layer_by_layer():
    model = nn.Sequential(nn.Linear(4, 5), nn.BatchNorm1d(5), nn.Linear(5, 2))
    with torch.no_grad():
        model[0].weight.fill_(1.0)[0] = 0
        model[2].weight.fill_(0.0)
        model[2].bias.zero_()
    assert sparsity_summary(PRUNED, model) == {
        "zeros": round(14 / 30, 6),
        "layers": [
            {"name": "0.weight", "num_weights": 20, "num_zeros": 4, "zeros": 0.2},
            {"name": "2.weight", "num_weights": 10, "num_zeros": 10, "zeros": 1.0},
        ],
    }
    assert sparsity_summary(Recipe(), model) is None
    assert sparsity_summary(PRUNED, nn.BatchNorm1d(5)) is None


@pytest.mark.parametrize(
    "asked",
    [
        ("prune=magnitude", "prune.share=0.8", "train.average=0.9"),
        ("penalty=l1", "penalty.proximal=true", "penalty.weight=0.05"),
    ],
)
def test_a_run_that_makes_zeros_reports_them(digits_folder, tmp_path, asked):
    small = ("train.epochs=3", "train.threads=1", "model=mlp", "data.image_size=8")
    run = tw.train(digits_folder, *small, *asked, out=tmp_path / "r", reporter=Quiet())
    written = json.loads((run.path / "summary.json").read_text())["sparsity"]
    weights, _ = load_tensors(run.path / "model.safetensors")
    for layer in written["layers"]:
        zeros = int((weights[layer["name"]] == 0).sum())
        assert (layer["num_zeros"], layer["num_weights"]) == (
            zeros,
            weights[layer["name"]].numel(),
        )
    if asked[0] == "prune=magnitude":
        assert written["zeros"] == pytest.approx(0.8, abs=1e-3)
    assert written["zeros"] > 0.02
    assert 'id="sparsity"' in run.report.read_text()
