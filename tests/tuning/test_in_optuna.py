"""Points as Optuna has them."""

import optuna
import pytest

from trainwell.tuning import Choices, Conditional, Range, in_optuna

SPACE = {
    "noise": Choices(("none", "dropout", "drop_path")),
    "p": Conditional(
        ("noise",),
        {
            ("dropout",): Range(0.1, 0.5, log=False),
            ("drop_path",): Range(0.01, 0.2, log=False),
        },
    ),
    "decay": Range(1e-5, 1e-2, beside=(0.0,)),
}


@pytest.mark.parametrize(
    ("point", "params"),
    [
        (
            {"noise": "none", "decay": 0.0},
            {"noise": "none", "decay is": 0.0},
        ),
        (
            {"noise": "dropout", "p": 0.2, "decay": 1e-3},
            {"noise": "dropout", "p dropout": 0.2, "decay is": "in the range",
             "decay": 1e-3},
        ),
        (
            {"noise": "drop_path", "p": 0.02, "decay": 0.0},
            {"noise": "drop_path", "p drop_path": 0.02, "decay is": 0.0},
        ),
    ],
)  # fmt: skip
def test_parameters_and_a_trial_that_optuna_takes(point, params):
    found, ranges = in_optuna(SPACE, point)
    assert found == params
    trial = optuna.create_trial(params=found, distributions=ranges, value=1.0)
    study = optuna.create_study()
    study.add_trial(trial)
    assert study.best_params == params


@pytest.mark.parametrize(
    "point",
    [
        {"noise": "other", "decay": 0.0},
        {"noise": "dropout", "p": 0.9, "decay": 0.0},
        {"noise": "dropout", "decay": 0.0},
        {"noise": "none", "decay": 1.0},
    ],
)
def test_points_outside_are_none(point):
    assert in_optuna(SPACE, point) is None


def test_widened_distributions_hold_any_point():
    point = {"noise": "dropout", "p": 0.9, "decay": 3.0}
    params, ranges = in_optuna(SPACE, point, widened=True)
    optuna.create_trial(params=params, distributions=ranges, value=1.0)
    assert ranges["p dropout"].high == 0.9
