"""The network and the images that `check_init` measures."""

import math
from dataclasses import replace

import torch
from torch import Tensor, nn

from trainwell.core.device import pick_device
from trainwell.core.errors import ModelError
from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.data import evenly_spaced_indices
from trainwell.models import ModelSpec, num_outputs, show_images
from trainwell.recipes import (
    Recipe,
    Scope,
    initialise,
    refuse_out_of_scope,
    refuse_unused,
)
from trainwell.runs._reporter import Quiet, Reporter
from trainwell.runs.session._open_session import Source, open_session
from trainwell.runs.setup._change_lines import change_lines
from trainwell.runs.setup._network import create_network
from trainwell.runs.setup._own_parts import OwnParts
from trainwell.runs.setup._setup import float32_setup
from trainwell.training import plain_batch

SIX_LAYERS = "six_layers"
"""The lectures' network, known to this check alone."""

_IMAGES = 256  # up to 64 px; fewer of larger ones, so that gradients fit into memory
_FEWEST, _PIXELS = 16, 256 * 64**2
_NUM_CLASSES = 10  # without data
_NETWORK = ("seed", "model", "activation", "norm", "init", "noise.name", "train.device")
ON_DATA = Scope(
    "trainwell check init",
    {
        "data.memory_gb": "only the images that are measured are decoded.",
        "data.sampling": "it takes no steps.",
    },
    only=(
        *_NETWORK,
        "noise",
        "task",
        "data",
        "preprocess",
        "augment.border",
        "train.threads",
    ),
    reason="it measures the network before its first step.",
)
ON_NOISE = Scope(
    "trainwell check init",
    only=(*_NETWORK, "noise", "data.image_size", "data.channels"),
    reason="it measures the network on noise; give images with `data` (`--data`).",
)


def on_noise(
    recipe: Recipe, own: OwnParts, reporter: Reporter
) -> tuple[Recipe, nn.Module, Tensor]:
    """Return the network as a training would start it, and standard normal images."""
    refuse_unused(recipe)
    refuse_out_of_scope(recipe, ON_NOISE)
    six = recipe.model.name == f"trainwell.diagnose:{SIX_LAYERS}"
    channels = recipe.data.channels or (1 if six else 3)
    torch.manual_seed(recipe.seed)
    size = recipe.data.image_size or (64 if six else None)
    if own.model is None:
        created = create_network(
            recipe, num_classes=_NUM_CLASSES, in_channels=channels, image_size=size
        )
    else:
        created = own.created(recipe, _own_spec(own.model, recipe, channels))
    for message in change_lines(created.messages):
        _Brief(reporter).say(message)
    size = created.spec.image_size
    generator = torch.Generator().manual_seed(recipe.seed + 1)
    shape = (_num_images(size), channels, *height_and_width(size))
    device = pick_device(recipe.train.device)
    images = torch.randn(shape, generator=generator).to(device)
    model = created.model.to(device)
    targets = torch.arange(len(images), device=device) % created.spec.num_classes
    show_images(model, images, targets)
    initialise(recipe, model, lambda: images)
    return recipe, model, images


def on_data(
    requested: Recipe, own: OwnParts, source: Source, reporter: Reporter
) -> tuple[Recipe, nn.Module, Tensor, Tensor]:
    """Return the network as a training would start it, and training images."""
    session = open_session(
        source,
        requested,
        ON_DATA,
        _Brief(reporter),
        decode="on demand",
        announce=False,
        own=own,
    )
    setup = float32_setup(session)
    count = _num_images(setup.batches.settings.size)
    some = evenly_spaced_indices(len(session.splits.train), count)
    store = session.stores.train
    batch = plain_batch(session.splits.train, store, setup.batches.settings, some)
    return setup.recipe, setup.model, batch.images, batch.targets


class _Brief(Quiet):
    """Passes on all but the lines of what was replaced: the report shows those."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self.progress = reporter.progress  # type: ignore[method-assign]

    def say(self, text: str) -> None:
        """Show what did not go as asked."""
        if " -> " not in text:
            self._reporter.say(text)


def _own_spec(model: nn.Module, recipe: Recipe, channels: int) -> ModelSpec:
    """Return the specification of a network of the caller's own, for noise.

    Raises:
        ModelError: If nothing says how large its images are, or it fails on them.
    """
    size = recipe.data.image_size
    if size is None:
        raise ModelError(
            "a network of your own does not tell the size of its images; give `data`, "
            'or "data.image_size=64" as a further argument.'
        )
    spec = ModelSpec(recipe.model.name or "", _NUM_CLASSES, channels, size)
    return replace(spec, num_classes=num_outputs(model, spec))


def _num_images(size: ImageSize) -> int:
    return min(_IMAGES, max(_FEWEST, _PIXELS // math.prod(height_and_width(size))))
