"""A run is its folder, what `train` returned, or a predictor."""

from dataclasses import replace
from pathlib import Path

import pytest
from torch import nn

from trainwell.core.errors import ArgumentError
from trainwell.infer import ModelMetadata, Predictor, Preprocessing, TestTime
from trainwell.models import ModelSpec
from trainwell.preprocess import Standardize
from trainwell.runs import Run
from trainwell.runs._given_run import folder_of, predictor_of
from trainwell.tasks import Classification

PREDICTOR = Predictor(
    nn.Flatten(),
    ModelMetadata(
        task=Classification(("a", "b")),
        model=ModelSpec("mine", 2, 1, 8),
        preprocessing=Preprocessing(
            image_size=8,
            channels=1,
            short_side=None,
            fit="pad",
            border="mean",
            standardize=Standardize((0.5,), (0.25,)),
        ),
    ),
    path=Path("runs/a-1"),
)


@pytest.mark.parametrize(
    "run", ["runs/a-1", Path("runs/a-1"), Run(Path("runs/a-1"), {}), PREDICTOR]
)
def test_all_have_the_folder(run):
    assert folder_of(run).path == Path("runs/a-1")


def test_a_predictor_without_a_folder_is_refused_where_one_is_needed():
    with pytest.raises(ArgumentError, match="`run` must be the folder of a run: this"):
        folder_of(replace(PREDICTOR, path=None))


def test_a_predictor_keeps_its_views():
    flip = replace(PREDICTOR, test_time=TestTime("flip"))
    assert predictor_of(flip) is flip
    assert predictor_of(flip, views="ten_crop").test_time.kind == "ten_crop"


def test_a_predictor_stays_on_its_device():
    with pytest.raises(ArgumentError, match="`device` changes nothing"):
        predictor_of(PREDICTOR, device="cpu")
