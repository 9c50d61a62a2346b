"""trainwell trains image networks by the book.

    import trainwell as tw

    run = tw.train("photos/", "train.time=5m")     a folder with a folder per class
    tw.load(run.path).predict("cat.jpg")           the same pixels as in training

| to do | call | on the command line |
|---|---|---|
| look for faults in data or a training | `tw.check` | `trainwell check` |
| train | `tw.train` | `trainwell train` |
| choose hyper-parameters | `tw.tune` | `trainwell tune` |
| finish an interrupted run | `tw.finish` | `trainwell finish` |
| use a finished run | `tw.evaluate`, `tw.predict`, `tw.export` | the same names |
| use a model in your program | `tw.load` | |

Every technique also works alone in your own loop: `tw.losses`, `tw.layers`,
`tw.optim`, `tw.schedules`, `tw.init`, `tw.augment`, `tw.models`, `tw.preprocess`,
`tw.metrics`, `tw.prune`, `tw.tuning`, `tw.transfer`, `tw.diagnose`,
`tw.explain`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trainwell import augment as augment
    from trainwell import core as core
    from trainwell import data as data
    from trainwell import diagnose as diagnose
    from trainwell import experiments as experiments
    from trainwell import explain as explain
    from trainwell import exporting as exporting
    from trainwell import infer as infer
    from trainwell import init as init
    from trainwell import layers as layers
    from trainwell import losses as losses
    from trainwell import metrics as metrics
    from trainwell import models as models
    from trainwell import optim as optim
    from trainwell import preprocess as preprocess
    from trainwell import prune as prune
    from trainwell import recipes as recipes
    from trainwell import report as report
    from trainwell import runs as runs
    from trainwell import schedules as schedules
    from trainwell import tasks as tasks
    from trainwell import training as training
    from trainwell import transfer as transfer
    from trainwell import tuning as tuning
    from trainwell.infer import load_predictor as load
    from trainwell.runs import check_data as check
    from trainwell.runs import check_init as check_init
    from trainwell.runs import check_transfer as check_transfer
    from trainwell.runs import ensemble as ensemble
    from trainwell.runs import evaluate as evaluate
    from trainwell.runs import export as export
    from trainwell.runs import finish_run as finish
    from trainwell.runs import predict as predict
    from trainwell.runs import search_augment as search_augment
    from trainwell.runs import train as train
    from trainwell.runs import tune as tune

__version__ = "0.1.0"

_FUNCTIONS = {
    "check": ("trainwell.runs", "check_data"),
    "check_init": ("trainwell.runs", "check_init"),
    "check_transfer": ("trainwell.runs", "check_transfer"),
    "ensemble": ("trainwell.runs", "ensemble"),
    "evaluate": ("trainwell.runs", "evaluate"),
    "export": ("trainwell.runs", "export"),
    "finish": ("trainwell.runs", "finish_run"),
    "load": ("trainwell.infer", "load_predictor"),
    "predict": ("trainwell.runs", "predict"),
    "search_augment": ("trainwell.runs", "search_augment"),
    "train": ("trainwell.runs", "train"),
    "tune": ("trainwell.runs", "tune"),
}
__all__ = [
    "__version__",
    "check",
    "check_init",
    "check_transfer",
    "ensemble",
    "evaluate",
    "export",
    "finish",
    "load",
    "predict",
    "search_augment",
    "train",
    "tune",
    "augment",
    "core",
    "data",
    "diagnose",
    "experiments",
    "explain",
    "exporting",
    "infer",
    "init",
    "layers",
    "losses",
    "metrics",
    "models",
    "optim",
    "preprocess",
    "prune",
    "recipes",
    "report",
    "runs",
    "schedules",
    "tasks",
    "training",
    "transfer",
    "tuning",
]
_PACKAGES = {*__all__} - {*_FUNCTIONS, "__version__"}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import torch and the rest only when something is used."""
    import importlib

    if name in _PACKAGES:
        return importlib.import_module(f"trainwell.{name}")
    if name not in _FUNCTIONS:
        raise AttributeError(
            f"module 'trainwell' has no attribute {name!r}.{_nearest(name)}"
        )
    module, attribute = _FUNCTIONS[name]
    value = getattr(importlib.import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


def _nearest(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, __all__, n=1)
    return f" Did you mean `{near[0]}`?" if near else ""
