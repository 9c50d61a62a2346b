"""What people type first: `import trainwell as tw`, and completion after the dot."""

import pkgutil
import subprocess
import sys

import pytest

import trainwell as tw


def test_every_package_and_function_is_there():
    packages = {
        module.name for module in pkgutil.iter_modules(tw.__path__) if module.ispkg
    }
    assert packages - {"cli"} <= set(dir(tw))
    for name in tw.__all__:
        assert getattr(tw, name) is not None


@pytest.mark.parametrize(
    "dotted",
    [
        "losses.focal_loss",
        "losses.penalties.l1",
        "layers.norm.BatchRenorm2d",
        "layers.norm.functional.batch_renorm",
        "layers.activations.Swish",
        "layers.stochastic.StochasticDepth",
        "optim.AdamW",
        "optim.gradients.clip_norm",
        "schedules.cosine",
        "init.kaiming_normal_",
        "models.resnet18",
        "augment.policies.RandAugment",
        "augment.ops.rotate",
        "data.synthetic.shapes",
        "tuning.lr_range_test",
    ],
)
def test_everything_comes_with_the_dot_in_a_fresh_process(dotted):
    code = f"import trainwell as tw; print(callable(tw.{dotted}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "True\n", done.stderr


def test_functions_keep_their_names_whatever_is_imported():
    from trainwell import exporting, runs, training, tuning

    assert tw.train is runs.train
    assert tw.tune is runs.tune
    assert tw.export is runs.export
    assert tw.check is runs.check_data
    assert callable(training.fit)
    assert exporting.write_onnx
    assert tuning.lr_range_test


def test_help_says_what_to_type_first():
    assert 'tw.train("photos/"' in tw.__doc__
    assert "tw.load(run.path).predict" in tw.__doc__


def test_unknown_names_suggest_the_nearest():
    with pytest.raises(AttributeError, match="no attribute 'loses'. Did you mean `los"):
        tw.loses  # noqa: B018


def test_importing_it_imports_nothing_heavy():
    code = (
        "import sys, trainwell; print('torch' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False False\n"
