"""Load weights into a model whose head or first layer may differ."""

import re

import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.models._channels import adapt_filters
from trainwell.models._types import ModelSpec, State

_SHOWN = 3  # names in an error
_POSITIONS = re.compile(r"pos(?:ition)?_(?:embed|bias).* has shape")


def load_state(model: nn.Module, state: State, spec: ModelSpec) -> tuple[str, ...]:
    """Copy the tensors into the model and return what was adapted, one line each.

    A head with another number of classes, or none, leaves the model's own fresh head.
    First filters for another number of channels are adapted. All else must fit.

    Raises:
        ModelError: If other tensors are missing, unexpected, or of another shape.
    """
    expected = model.state_dict()
    state = dict(state)
    head = _head(model, spec.num_classes)
    messages = _adapt_first(model, state, expected, spec.in_channels)
    fresh, more = _drop_head(head, state, expected, spec.num_classes)
    wrong = _misfits(state, expected, fresh)
    if wrong:
        rest = f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        shown = "; ".join(wrong[:_SHOWN])
        raise ModelError(
            f"these weights do not fit `{spec.name}`: {shown}{rest}.{_size_hint(wrong)}"
        )
    model.load_state_dict(state, strict=False)
    return (*messages, *more)


def _size_hint(wrong: list[str]) -> str:
    """Return what to try where positions are those of other images."""
    if not any(_POSITIONS.search(line) for line in wrong):
        return ""
    return " Its positions are of one image size: set `data.image_size` to that."


def _head(model: nn.Module, num_classes: int) -> str:
    """Return the prefix of the last layer with one output per class."""
    heads = [
        name
        for name, module in model.named_modules()
        if getattr(module, "out_features", getattr(module, "out_channels", None))
        == num_classes
    ]
    return f"{heads[-1]}." if heads else "a model without a head"


def _adapt_first(
    model: nn.Module, state: State, expected: State, channels: int
) -> list[str]:
    """Adapt the filters of the first convolution, if only their channels differ."""
    convs = (n for n, m in model.named_modules() if isinstance(m, nn.Conv2d))
    name = f"{next(convs, '')}.weight"
    if name not in state or name not in expected:
        return []
    old, new = state[name].shape, expected[name].shape
    if old[1:2] == new[1:2] or (old[:1] + old[2:]) != (new[:1] + new[2:]):
        return []
    state[name] = adapt_filters(state[name], channels)
    how = "summed" if channels == 1 else "repeated and rescaled"
    return [f"first layer: the filters of {old[1]} channels are {how} for {channels}."]


def _drop_head(
    head: str, state: State, expected: State, num_classes: int
) -> tuple[set[str], list[str]]:
    """Remove a head of another number of classes (and its twins) from the state.

    Returns the names that keep the model's own fresh values, and what to say.
    """
    other = {
        name: tensor.shape[0]
        for name, tensor in state.items()
        if name in expected
        and tensor.shape[1:] == expected[name].shape[1:]
        and tensor.shape[:1] != expected[name].shape[:1] == torch.Size([num_classes])
    }
    if any(name.startswith(head) for name in other) and len(set(other.values())) == 1:
        for name in other:
            del state[name]
        (old,) = set(other.values())
        return set(other), [
            f"head: made for {old} classes, replaced by a new one for {num_classes}."
        ]
    own = {name for name in expected if name.startswith(head)}
    others = [n for n in state if n.startswith(head) and n not in expected]
    if others and not own & set(state):
        for name in others:
            del state[name]
        return own, [f"head: of another kind, a new one for {num_classes} classes."]
    if own and not own & set(state):
        return own, [f"head: the weights have none, a new one for {num_classes}."]
    return set(), []


def _misfits(state: State, expected: State, fresh: set[str]) -> list[str]:
    """Describe every tensor that is missing, unexpected, or of another shape."""
    missing = [
        f"`{name}` is missing"
        for name in expected
        if name not in state
        and name not in fresh
        and not name.endswith("num_batches_tracked")
    ]
    unexpected = [f"`{name}` is unexpected" for name in state if name not in expected]
    shapes = [
        f"`{name}` has shape {tuple(tensor.shape)}, not {tuple(expected[name].shape)}"
        for name, tensor in state.items()
        if name in expected and tensor.shape != expected[name].shape
    ]
    return missing + unexpected + shapes
