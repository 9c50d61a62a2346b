"""Start from the model of a finished run, perhaps with other classes.

The answers of classes that both have are kept, whatever their order; new classes start
afresh.
"""

from pathlib import Path

import torch
from torch import Tensor, nn

from trainwell import models
from trainwell.core.errors import RecipeError
from trainwell.core.plural import plural
from trainwell.infer import ModelMetadata, read_metadata
from trainwell.recipes import Recipe, has_maps
from trainwell.tasks import Task


def metadata_of_run(recipe: Recipe) -> ModelMetadata | None:
    """Return what the run that `model.pretrained` names keeps; None for other weights.

    Raises:
        RunError: If the folder is no finished run.
    """
    place = recipe.model.pretrained
    if not isinstance(place, str) or not Path(place).is_dir():
        return None
    return read_metadata(Path(place) / "model.json")


def completed_from_run(requested: Recipe) -> Recipe:
    """Return the recipe with the network, size and channels of the run that it names.

    Raises:
        RecipeError: If the network is of somebody's own code and is not named.
    """
    metadata = metadata_of_run(requested)
    if metadata is None:
        return requested
    network, model, data = metadata.model, requested.model, requested.data
    if model.name is None:
        if models.is_import(network.name) or network.name == "ensemble":
            raise RecipeError(
                f"{model.pretrained} holds the network `{network.name}`; name it "
                f"yourself: model.name={network.name}."
            )
        named = {
            "name": network.name,
            "arguments": model.arguments or network.arguments,
        }
        requested = requested.model_copy(
            update={"model": model.model_copy(update=named)}
        )
    sizes = {
        "image_size": data.image_size or metadata.preprocessing.image_size,
        "channels": data.channels or metadata.preprocessing.channels,
        "fit": data.fit or metadata.preprocessing.fit,
    }
    requested = requested.model_copy(update={"data": data.model_copy(update=sizes)})
    if requested.transfer.cut is None:
        requested = _with_head(requested, metadata)
    return requested


def _with_head(requested: Recipe, metadata: ModelMetadata) -> Recipe:
    """Return the recipe with the head of the run, unless it asks for another."""
    depths, maps = _depths(metadata), _maps(metadata)
    if requested.model.head is None and maps is not None:
        model = requested.model.model_copy(update={"head": maps})
        return requested.model_copy(update={"model": model})
    if depths is not None and not has_maps(requested):
        transfer = requested.transfer.model_copy(update={"depths": depths})
        return requested.model_copy(update={"transfer": transfer})
    return requested


def _maps(metadata: ModelMetadata) -> str | None:
    """Return what `model.head` was, of heat maps; None for any other."""
    heads = [e.name for e in metadata.model.edits if e.kind == "head"]
    return next((name for name in heads if name in metadata.task.heads), None)


def _depths(metadata: ModelMetadata) -> str | None:
    """Return what `transfer.depths` was; None for the last block."""
    for edit in metadata.model.edits:
        if (edit.kind, edit.name) == ("head", "all_depths"):
            found = (n for n in ("cells", "parts") if edit.arguments.get(n))
            return next(found, "all")
    return None


@torch.no_grad()
def keep_known_classes(
    model: nn.Module, recipe: Recipe, before: ModelMetadata, task: Task
) -> str:
    """Copy the rows of the head that answer for classes which both have.

    Where the run was of another task, or several rows answer for a name, none is.

    Returns:
        What was kept, in a line.
    """
    classes = task.labels
    alike = type(task) is type(before.task) and task.num_outputs == len(classes)
    known = [name for name in classes if alike and name in before.classes]
    new = [classes.index(name) for name in known]
    old = [before.classes.index(name) for name in known]
    state = models.read_checkpoint(Path(str(recipe.model.pretrained)))
    for name, tensor in _head(model, len(classes)).items():
        kept = state.get(name) if known else None
        if kept is not None and kept.shape[1:] == tensor.shape[1:]:
            tensor[new] = kept[old].to(tensor)
    for name, buffer in model.named_buffers():
        if ".standardized." in name and name in state:
            buffer.copy_(state[name])
    if not alike:
        return f"head: starts afresh; {recipe.model.pretrained} answers otherwise."
    fresh = len(classes) - len(known)
    return (
        f"head: the answers for {len(known)} {plural(len(known), 'class', 'classes')} "
        f"of {recipe.model.pretrained} are kept, {fresh} "
        f"{plural(fresh, 'class', 'classes')} {'starts' if fresh == 1 else 'start'} "
        "afresh."
    )


def _head(model: nn.Module, num_classes: int) -> dict[str, Tensor]:
    """Return the weight and bias of the last layer with one output per class."""
    found = [
        (name, module)
        for name, module in model.named_modules()
        if getattr(module, "out_features", None) == num_classes
    ]
    if not found:
        return {}
    prefix, layer = found[-1]
    return {f"{prefix}.{name}": p.data for name, p in layer.named_parameters()}
