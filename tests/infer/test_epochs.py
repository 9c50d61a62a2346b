"""Any kept epoch can be loaded, from a folder or through a predictor."""

import shutil
from dataclasses import replace

import pytest
import torch

from trainwell import models
from trainwell.core.errors import ArgumentError, RunError
from trainwell.infer import load_predictor, read_metadata, write_metadata
from trainwell.training import load_tensors, save_tensors


@pytest.fixture
def run(save_model):
    """A run whose epochs 1, 2 and 4 are the final weights times their number."""
    folder = save_model("mlp")
    tensors, _ = load_tensors(folder / "model.safetensors")
    (folder / "epochs").mkdir()
    for epoch in (1, 2, 4):
        path = folder / "epochs" / f"{epoch:03d}.safetensors"
        save_tensors(path, {name: epoch * value for name, value in tensors.items()})
    return folder


def first(predictor):
    return next(iter(predictor.model.state_dict().values()))


def test_the_weights_of_an_epoch(run):
    final = load_predictor(run)
    assert torch.equal(first(load_predictor(run, epoch=2)), 2 * first(final))
    viewed = final.with_views("flip", None, "probability")
    again = load_predictor(viewed, epoch=4)
    assert torch.equal(first(again), 4 * first(final))
    assert again.test_time == viewed.test_time
    assert again.model is not final.model


def test_what_was_not_kept_is_said(run):
    with pytest.raises(
        RunError, match=r"no weights of epoch 3; it kept epochs 1 to 2, 4"
    ):
        load_predictor(run, epoch=3)
    shutil.rmtree(run / "epochs")
    with pytest.raises(RunError, match=r"train with train.keep=epochs"):
        load_predictor(run, epoch=1)


def test_a_predictor_without_a_folder(run):
    alone = replace(load_predictor(run), path=None)
    with pytest.raises(ArgumentError, match="not loaded from a folder"):
        load_predictor(alone, epoch=1)


def test_an_epoch_of_an_ensemble_of_moments_is_one_network(run):
    metadata = read_metadata(run / "model.json")
    tensors, _ = load_tensors(run / "model.safetensors")
    both = replace(metadata, model=models.ensemble_spec([metadata.model] * 2))
    (run / "model.json").write_text(write_metadata(both))
    members = {
        f"members.{i}.{k}": v.clone() for i in (0, 1) for k, v in tensors.items()
    }
    save_tensors(run / "model.safetensors", members)
    for given in (run, load_predictor(run)):
        one = load_predictor(given, epoch=2)
        assert one.metadata.model == metadata.model
        for name, value in one.model.state_dict().items():
            assert torch.equal(value, 2 * tensors[name])


def test_the_temperature_is_of_the_final_weights_alone(run):
    metadata = replace(read_metadata(run / "model.json"), temperature=0.5)
    (run / "model.json").write_text(write_metadata(metadata))
    assert load_predictor(run).metadata.temperature == 0.5
    assert load_predictor(run, epoch=2).metadata.temperature == 1.0
