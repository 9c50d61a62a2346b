"""Blocks: the parts of a network with weights, in the order in which images pass them.

Containers are opened; a norm belongs to the module before it.

Source: definition.
"""

from dataclasses import dataclass

from torch import Tensor, nn

from trainwell.core.modes import evaluating, is_norm

_CONTAINERS = (nn.Sequential, nn.ModuleList)


@dataclass(frozen=True)
class Block:
    """One block of a network.

    Attributes:
        name: Name of its first module, as in `named_modules`.
        modules: Modules of the block; the last one returns its output.

    Example:
        >>> len(Block("head", (torch.nn.Linear(4, 2),)).parameters())
        2
    """

    name: str
    modules: tuple[nn.Module, ...]

    def parameters(self) -> list[nn.Parameter]:
        """Return the parameters of the block."""
        return [p for module in self.modules for p in module.parameters()]


def blocks(model: nn.Module, images: Tensor) -> list[Block]:
    """Return the blocks from the first to the head, which is the last.

    Args:
        model: Any network; it is not changed.
        images: Batch of two or more images that the network can read.

    Raises:
        ValueError: If fewer than two modules with weights are called.

    Example:
        >>> net = torch.nn.Sequential(
        ...     torch.nn.Linear(4, 3), torch.nn.ReLU(), torch.nn.Linear(3, 2))
        >>> images = torch.randn(6, 4)
        >>> [block.name for block in blocks(net, images)]
        ['0', '2']
    """
    parts = _parts("", model)
    passed: list[str] = []
    handles = [
        module.register_forward_hook(lambda *_, name=name: passed.append(name))
        for name, module in parts.items()
    ]
    with evaluating(model, handles):
        model(images)
    order = list(dict.fromkeys(passed))
    found: list[Block] = []
    for name in order:
        module = parts[name]
        if found and is_norm(module):
            last = found.pop()
            found.append(Block(last.name, (*last.modules, module)))
        else:
            found.append(Block(name, (module,)))
    if len(found) < 2:
        raise ValueError("`model` must have two modules with weights or more.")
    return found


def _parts(prefix: str, module: nn.Module) -> dict[str, nn.Module]:
    """Return the modules with weights inside containers, by name."""
    children = {
        f"{prefix}{name}": child
        for name, child in module.named_children()
        if any(True for _ in child.parameters())
    }
    found: dict[str, nn.Module] = {}
    for name, child in children.items():
        wraps = len(children) == 1 and any(True for _ in child.children())
        if isinstance(child, _CONTAINERS) or wraps:
            found |= _parts(f"{name}.", child)
        else:
            found[name] = child
    return found
