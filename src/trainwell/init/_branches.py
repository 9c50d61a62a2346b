"""Find the residual branches of any model in its traced graph.

    y = shortcut(x) + branch(x)

Of the two sides of a sum, the branch is the one with more layers of its own.

Use: by initialisers that treat branches apart.
Side effects: none.

Source: He et al., "Deep Residual Learning for Image Recognition", 2016, section 3.1.
"""

import operator

import torch
from torch import fx, nn
from torch.nn.modules.conv import _ConvNd

from trainwell.core.errors import ModelError
from trainwell.core.graph import trace

_SUMS = {operator.add, operator.iadd, torch.add}


def residual_branches(model: nn.Module) -> list[tuple[str, ...]]:
    """Return for each branch, in order, the names of its modules in call order.

    Raises:
        ModelError: If the model cannot be traced, or has no residual branch.
    """
    graph = trace(model)
    if graph is None:
        raise ModelError(
            "the forward of this model cannot be traced (it depends on values), so "
            "its residual branches cannot be found."
        )
    order = {node: i for i, node in enumerate(graph.nodes)}
    branches = []
    for node in graph.nodes:
        sides = node.all_input_nodes
        if not _is_sum(node) or len(sides) != 2:
            continue
        left, right = (_above(side) for side in sides)
        own = [sorted(left - right, key=order.get), sorted(right - left, key=order.get)]  # type: ignore[arg-type]
        names = [_modules(side) for side in own]
        branch = max(names, key=lambda side: _count(model, side))
        if _count(model, branch):
            branches.append(branch)
    if not branches:
        raise ModelError("the model has no residual branch.")
    return branches


def weights_of(model: nn.Module, branch: tuple[str, ...]) -> list[str]:
    """Return the names of the convolutions and linear maps of a branch."""
    layers = {name: model.get_submodule(name) for name in branch}
    return [n for n, m in layers.items() if isinstance(m, _ConvNd | nn.Linear)]


def _count(model: nn.Module, branch: tuple[str, ...]) -> int:
    return len(weights_of(model, branch))


def _is_sum(node: fx.Node) -> bool:
    if node.op == "call_method":
        return node.target in ("add", "add_")
    return node.op == "call_function" and node.target in _SUMS


def _above(node: fx.Node) -> set[fx.Node]:
    """Return a node and everything it is computed from."""
    found, waiting = set(), [node]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += current.all_input_nodes
    return found


def _modules(nodes: list[fx.Node]) -> tuple[str, ...]:
    return tuple(str(node.target) for node in nodes if node.op == "call_module")
