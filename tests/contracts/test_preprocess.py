"""What every preprocessing stage must do."""

import copy
import inspect

import pytest
import torch
from safetensors.torch import load_file, save_file
from sklearn.datasets import load_digits

from trainwell.core.techniques import builders

STAGES = {
    name: builder
    for name, builder in builders("preprocess").items()
    if "shape" in inspect.signature(builder).parameters
}


@pytest.fixture(params=STAGES)
def stage(request):
    return STAGES[request.param]((1, 8, 8))


def digits():
    return torch.from_numpy(load_digits().images[:400]).float()[:, None] / 16 - 0.3


def test_all_are_found():
    names = {"mean_image", "feature_standardize", "pca_decorrelate", "pca_whiten"}
    assert names | {"zca_whiten", "patch_whiten"} == STAGES.keys()


def test_shape_and_channels(stage):
    stage.fit(digits())
    assert stage(digits()[:3]).shape == (3, stage.out_channels, 8, 8)


def test_nothing_trains(stage):
    assert list(stage.parameters()) == []


def test_train_and_evaluation_are_alike(stage):
    stage.fit(digits())
    assert torch.equal(stage.train()(digits()[:3]), stage.eval()(digits()[:3]))


def test_one_image_is_as_in_a_batch(stage):
    stage.fit(digits())
    y = stage(digits()[:5])
    torch.testing.assert_close(stage(digits()[2:3]), y[2:3], rtol=1e-4, atol=1e-4)


def test_statistics_survive_a_file(stage, tmp_path):
    fresh = copy.deepcopy(stage)
    stage.fit(digits())
    assert not torch.equal(fresh(digits()[:3]), stage(digits()[:3]))
    save_file(stage.state_dict(), tmp_path / "s.safetensors")
    fresh.load_state_dict(load_file(tmp_path / "s.safetensors"))
    assert torch.equal(fresh(digits()[:3]), stage(digits()[:3]))


@pytest.mark.compile
def test_compiled_without_a_break(stage):
    stage.fit(digits())
    compiled = torch.compile(stage, fullgraph=True, backend="aot_eager")
    torch.testing.assert_close(compiled(digits()[:3]), stage(digits()[:3]))
