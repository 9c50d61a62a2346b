"""trainwell trains image networks by the book.

>>> import trainwell
>>> run = trainwell.train("photos/", "train.time=5m")  # doctest: +SKIP
>>> trainwell.load(run.path).predict(["cat.jpg"])  # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trainwell.infer import load_predictor as load
    from trainwell.runs import check_data as check_data
    from trainwell.runs import check_init as check_init
    from trainwell.runs import evaluate_run as evaluate
    from trainwell.runs import train as train

__version__ = "0.1.0"
__all__ = ["__version__", "check_data", "check_init", "evaluate", "load", "train"]

_PLACES = {
    "train": ("trainwell.runs", "train"),
    "check_data": ("trainwell.runs", "check_data"),
    "check_init": ("trainwell.runs", "check_init"),
    "evaluate": ("trainwell.runs", "evaluate_run"),
    "load": ("trainwell.infer", "load_predictor"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import torch and the rest only when something is used."""
    if name not in _PLACES:
        raise AttributeError(f"module 'trainwell' has no attribute {name!r}")
    import importlib

    module, attribute = _PLACES[name]
    return getattr(importlib.import_module(module), attribute)
