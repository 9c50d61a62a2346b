"""Every public name of the listed packages has a docstring example, and it is true.

Predefined are `torch`, `np`, `tw` and the names of the package itself; in `runs` also
`photos`, a folder of images, and `run`, the folder of a finished run on them.
"""

import doctest
import importlib
import inspect

import numpy as np
import pytest
import torch
from PIL import Image

import trainwell

PACKAGES = [  # the list grows until it holds every package
    "trainwell.augment",
    "trainwell.augment.batched",
    "trainwell.augment.ops",
    "trainwell.augment.policies",
    "trainwell.augment.reference",
    "trainwell.core.checks",
    "trainwell.core.keyed",
    "trainwell.data",
    "trainwell.data.synthetic",
    "trainwell.diagnose",
    "trainwell.experiments",
    "trainwell.explain",
    "trainwell.exporting",
    "trainwell.infer",
    "trainwell.init",
    "trainwell.layers.activations",
    "trainwell.layers.heatmaps",
    "trainwell.layers.norm",
    "trainwell.layers.stochastic",
    "trainwell.losses",
    "trainwell.losses.penalties",
    "trainwell.metrics",
    "trainwell.models",
    "trainwell.optim",
    "trainwell.optim.gradients",
    "trainwell.preprocess",
    "trainwell.prune",
    "trainwell.recipes",
    "trainwell.report",
    "trainwell.runs",
    "trainwell.schedules",
    "trainwell.tasks",
    "trainwell.training",
    "trainwell.transfer",
    "trainwell.tuning",
]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
PREDEFINED = {"torch": torch, "np": np, "tw": trainwell}


def names_of(package):
    """Return the functions and classes that are ours, with those of `functional`."""
    modules = [importlib.import_module(package)]
    functional = vars(modules[0]).get("functional")
    modules += [functional] if functional is not None else []
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if name in getattr(module, "__all__", [name])
        and not name.startswith("_")
        and (inspect.isroutine(value) or inspect.isclass(value))
        and (inspect.getmodule(value) or module).__name__.startswith("trainwell.")
    }


PUBLIC = {name: f for package in PACKAGES for name, f in names_of(package).items()}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with `photos` of two classes and a finished `run` on them."""
    root = tmp_path_factory.mktemp("examples")
    rng = np.random.default_rng(0)
    for level, label in ((20, "dark"), (220, "light")):
        for i in range(12):
            path = root / "photos" / label / f"{i}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            pixels = rng.integers(level, level + 30, (12, 12, 3))
            Image.fromarray(pixels.astype(np.uint8)).save(path)
    recipe = {"model": "mlp", "data.image_size": 12, "train.epochs": 4}
    fixed = {"train.threads": 1, "train.precision": "float32"}
    fixed |= {"train.memory_format": "contiguous", "optimizer.lr": 0.01}
    run = trainwell.train(
        root / "photos",
        recipe=recipe | fixed,
        out=root / "run",
        reporter=trainwell.runs.Quiet(),
    )
    return {"photos": root / "photos", "run": run.path}


@pytest.mark.parametrize("name", PUBLIC)
def test_the_example_is_there_and_true(name, request, monkeypatch, tmp_path):
    value = PUBLIC[name]
    own = vars(value).get("__doc__") if inspect.isclass(value) else value.__doc__
    text = inspect.cleandoc(own or "")
    assert "Example:" in text, f"{name} has no `Example:`"
    examples = doctest.DocTestParser().get_examples(text)
    assert any(example.want for example in examples), f"{name} shows no value"
    torch.manual_seed(0)
    package = vars(importlib.import_module(name.rpartition(".")[0]))
    names = {k: v for k, v in package.items() if not k.startswith("_")} | PREDEFINED
    if name.startswith("trainwell.runs."):
        names |= request.getfixturevalue("place")
        monkeypatch.chdir(tmp_path)
    test = doctest.DocTest(examples, names, name, None, 0, text)
    report: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS, verbose=False).run(test, out=report.append)
    assert not report, "".join(report)


def test_classes_of_torch_need_no_example():
    assert "trainwell.layers.norm.GroupNorm" not in PUBLIC
    assert "trainwell.layers.norm.BatchRenorm2d" in PUBLIC
    assert "trainwell.layers.norm.functional.batch_renorm" in PUBLIC
