"""The functions at the top stay what they are, whatever is imported."""

import subprocess
import sys

import pytest

import trainwell


def test_the_names():
    assert trainwell.__all__ == [
        "__version__",
        "check_data",
        "check_init",
        "evaluate",
        "load",
        "train",
    ]


def test_train_is_the_function_also_after_the_package_of_that_name():
    from trainwell.runs import train
    from trainwell.training import fit

    assert trainwell.train is train
    assert trainwell.train is train, "and at the second look"
    assert callable(fit)


def test_the_others():
    from trainwell.infer import load_predictor
    from trainwell.runs import check_init, evaluate_run

    assert trainwell.check_init is check_init

    assert trainwell.load is load_predictor
    assert trainwell.evaluate is evaluate_run


def test_unknown_names():
    with pytest.raises(AttributeError, match="has no attribute 'fit'"):
        trainwell.fit  # noqa: B018


def test_importing_it_imports_nothing_heavy():
    code = (
        "import sys, trainwell; print('torch' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False False\n"
