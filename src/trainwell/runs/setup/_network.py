"""The network of a setup, with everything that will be saved beside its weights."""

from dataclasses import dataclass
from functools import partial

import torch
from torch import nn

from trainwell import models
from trainwell.core.errors import RecipeError
from trainwell.core.image_size import ImageSize
from trainwell.infer import ModelMetadata, Preprocessing
from trainwell.layers.stochastic import has_stochastic_layers
from trainwell.recipes import (
    Recipe,
    has_new_head,
    make_modifications,
    make_task,
    new_head,
)
from trainwell.runs.session._session import Session
from trainwell.runs.session._stores import short_side
from trainwell.runs.setup._batches import fit_colors
from trainwell.runs.setup._from_run import keep_known_classes, metadata_of_run
from trainwell.tasks import Task


@dataclass(frozen=True)
class Network:
    """A network on its device, with its metadata.

    Attributes:
        model: The network.
        metadata: What will be saved beside the weights.
        messages: What was changed to make weights fit, one line each.
    """

    model: nn.Module
    metadata: ModelMetadata
    messages: tuple[str, ...]


def build_network(session: Session, recipe: Recipe) -> Network:
    """Step 1: build the network with the recipe's modifications and its weights."""
    splits, task = session.splits, make_task(recipe, session.splits)
    created = create_for(session, recipe)
    expected, messages = created.preprocessing, created.messages
    set_mean_shape(created.model, task)
    if (before := metadata_of_run(recipe)) is not None:
        kept = keep_known_classes(created.model, recipe, before, task)
        messages = (*messages, kept)
        if before.preprocessing.channels == splits.channels:
            expected = before.preprocessing.standardize
    if expected is not None and recipe.preprocess.name == "channel_mean":
        raise RecipeError(
            f"`preprocess.name`=channel_mean changes nothing: the weights of "
            f"{recipe.model.name} come with their own statistics. Leave it out."
        )
    if recipe.noise.passes is not None and not has_stochastic_layers(created.model):
        raise RecipeError(
            f"`noise.passes` changes nothing: {recipe.model.name} has no layer that "
            "samples at random. Add one, such as noise=dropout."
        )
    size = recipe.data.image_size or 0
    metadata = ModelMetadata(
        task=task,
        model=created.spec,
        preprocessing=Preprocessing(
            image_size=size,
            channels=splits.channels,
            short_side=short_side(size),
            fit=recipe.data.fit or "pad",
            border=recipe.augment.border or "mean",
            standardize=expected or fit_colors(recipe, splits, session.stores.train),
            white_level=splits.levels.white,
            bits=splits.levels.bits,
        ),
    )
    return Network(created.model.to(session.device), metadata, messages)


def set_mean_shape(model: nn.Module, task: Task) -> None:
    """Tell a head of heat maps, if there is one, from where deviations are counted."""
    if (shape := task.mean_shape()) is not None:
        for head in (m for m in model.modules() if isinstance(m, models.HeatMaps)):
            head.set_shape(torch.tensor(shape[0]), shape[1])


def create_network(
    recipe: Recipe, *, num_classes: int, in_channels: int, image_size: ImageSize | None
) -> models.Created:
    """Build the network with the recipe's modifications and pretrained weights."""
    make = partial(
        models.create,
        recipe.model.name or "",
        num_classes=num_classes,
        in_channels=in_channels,
        image_size=image_size,
        pretrained=recipe.model.pretrained or None,
        arguments=recipe.model.arguments,
    )
    edits = make_modifications(recipe)
    if not has_new_head(recipe):
        return make(edits=edits)
    fresh = make(edits=edits, pretrained=None)  # its blocks are those of the weights
    head = new_head(recipe, fresh.model, models.example(fresh.spec))
    return make(edits=edits if head is None else (head, *edits))


def create_for(session: Session, recipe: Recipe) -> models.Created:
    """Build the network for the task and images of a session, or take the own."""
    num_outputs = make_task(recipe, session.splits).num_outputs
    if session.own.model is not None:
        spec = models.ModelSpec(
            recipe.model.name or "",
            num_classes=num_outputs,
            in_channels=session.splits.channels,
            image_size=recipe.data.image_size or 0,
        )
        return session.own.created(recipe, spec)
    return create_network(
        recipe,
        num_classes=num_outputs,
        in_channels=session.splits.channels,
        image_size=recipe.data.image_size or 0,
    )
