"""Trace the forward pass of a model into a graph of module calls."""

from contextlib import contextmanager
from typing import TYPE_CHECKING

import jaxtyping
from torch import fx, nn
from torch.nn.modules.batchnorm import _NormBase

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Tracer(fx.Tracer):
    """Layers of trainwell count as leaves, like those of torch; norms do everywhere."""

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        own = type(m).__module__.startswith(("trainwell.layers.", "trainwell.init."))
        norm = isinstance(m, _NormBase)  # also where a library derives from it
        return own or norm or super().is_leaf_module(m, module_qualified_name)


def trace(model: nn.Module) -> fx.Graph | None:
    """Return the graph of a model's forward; the model is not changed.

    Checks of types and shapes by jaxtyping are off during the trace: a traced value is
    not a tensor.

    Returns:
        None if the model cannot be traced (control flow that depends on values).

    Example:
        >>> from trainwell.core.graph import trace
        >>> graph = trace(torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.ReLU()))
        >>> [node.target for node in graph.nodes if node.op == "call_module"]
        ['0', '1']
    """
    with _unchecked():
        try:
            return _Tracer().trace(model)
        except Exception:  # tracing runs the user's forward, which may raise anything
            return None


@contextmanager
def _unchecked() -> "Iterator[None]":
    before = jaxtyping.config.jaxtyping_disable
    jaxtyping.config.update("jaxtyping_disable", True)
    try:
        yield
    finally:
        jaxtyping.config.update("jaxtyping_disable", before)
