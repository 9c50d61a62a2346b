"""Find the technique that a modification names, among those that it may name.

A specification may come from a file that somebody sent, so nothing is looked up but
public builders, and nothing is passed on but what they take by keyword.
"""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from torch import nn

from trainwell import init
from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.core.techniques import builders
from trainwell.layers.stochastic import MCDropout
from trainwell.models._modify_all_depths import read_all_depths
from trainwell.models._modify_early import read_early
from trainwell.models._modify_head import use_cosine_head
from trainwell.models._modify_heat_maps import read_heatmap, read_soft_argmax
from trainwell.models._second_look import SecondLook
from trainwell.models._types import Modification

Builder = Callable[..., Any]


def technique(edit: Modification) -> Builder:
    """Return what a modification names.

    Raises:
        ModelError: If its kind, its name or one of its arguments is not known.
    """
    if edit.kind not in _KNOWN:
        raise ModelError(
            f"a modification must be one of {', '.join(_KNOWN)}; got {edit.kind}"
        )
    known = _known(edit.kind)
    if edit.name not in known:
        raise ModelError(
            f"{edit.kind} must be one of {', '.join(known)}; got `{edit.name}`."
            f"{checks.did_you_mean(edit.name, known)}"
        )
    builder = known[edit.name]
    taken = _arguments(builder) + _SHARED.get(edit.kind, [])
    for key in edit.arguments:
        if key not in taken:
            options = ", ".join(taken) or "none"
            raise ModelError(
                f"{edit.kind} `{edit.name}` has no argument `{key}`; it takes: "
                f"{options}.{checks.did_you_mean(key, taken)}"
            )
    return builder


def _arguments(builder: Builder) -> list[str]:
    return [
        p.name
        for p in inspect.signature(builder).parameters.values()
        if p.name not in _FROM_MODEL
        if p.kind is p.KEYWORD_ONLY or p.default is not p.empty
    ]


def _mc_dropout(model: nn.Module, *, draws: int = 8, seed: int = 0) -> MCDropout:
    """Build `MCDropout` from the names of arguments that specifications store."""
    return MCDropout(model, samples=draws, seed=seed)


@cache
def _known(kind: str) -> Mapping[str, Builder]:
    return _KNOWN[kind]()


def _stages() -> Mapping[str, Builder]:
    """Return the preprocessing that is a module; statistics of channels are not."""
    known = builders("preprocess").items()
    return {name: f for name, f in known if not name.startswith("channel_")}


_KNOWN: dict[str, Callable[[], Mapping[str, Builder]]] = {
    "preprocess": _stages,
    "activation": lambda: builders("activation"),
    "norm": lambda: builders("norm"),
    "noise": lambda: builders("noise"),
    "head": lambda: {
        "all_depths": read_all_depths,
        "cosine": use_cosine_head,
        "early": read_early,
        "heatmap": read_heatmap,
        "soft_argmax": read_soft_argmax,
    },
    "fixup": lambda: {"fixup": init.fixup_layers},
    "looks": lambda: {"aligned": SecondLook},
    "passes": lambda: {"marginalised": _mc_dropout},
}
_FROM_MODEL = ("num_features", "activation")
_SHARED = {"activation": ["per_channel"]}
