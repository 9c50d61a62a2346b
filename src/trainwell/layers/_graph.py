"""Read from a traced graph which layer feeds which.

Use: by everything that changes pairs of layers (folding, swapping).
Side effects: none; the model is not changed.
Source: Reed et al., "torch.fx: Practical Program Capture and Transformation for Deep
Learning in Python", 2022, https://arxiv.org/abs/2112.08429. Layers of trainwell count
as leaves, like those of torch and norms derived from torch's.
"""

from collections import Counter
from collections.abc import Iterator

from torch import fx, nn

from trainwell.core.graph import trace


class Calls:
    """The calls of modules in a model's forward.

    Args:
        model: Any model; one that `torch.fx` cannot trace (control flow that depends
            on values) has `traced` False and no calls.

    Attributes:
        traced: Whether the forward could be traced.
        single: By node, each module that is called once and has one name.
    """

    def __init__(self, model: nn.Module) -> None:
        graph = trace(model)
        self.traced = graph is not None
        nodes = list(graph.nodes) if graph is not None else []
        calls = [node for node in nodes if node.op == "call_module"]
        modules = {node: model.get_submodule(str(node.target)) for node in calls}
        uses = Counter(id(module) for module in modules.values())
        named = model.named_modules(remove_duplicate=False)
        names = Counter(id(module) for _, module in named)
        self.single: dict[fx.Node, nn.Module] = {
            node: module
            for node, module in modules.items()
            if uses[id(module)] == names[id(module)] == 1
        }

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the names (before, after) where before's output only goes to after."""
        for node in self.single:
            before = next(iter(node.all_input_nodes), None)
            if before in self.single and len(before.users) == 1:
                yield str(before.target), str(node.target)


def has_hooks(module: nn.Module) -> bool:
    """Tell whether hooks may change what the module computes."""
    return bool(module._forward_pre_hooks or module._forward_hooks)
