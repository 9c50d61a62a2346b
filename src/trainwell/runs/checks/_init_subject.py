"""The network and the images that `check_init` looks at."""

import torch
from torch import Tensor, nn

from trainwell import models
from trainwell.core.device import pick_device
from trainwell.data import evenly_spaced_indices
from trainwell.models import show_images
from trainwell.recipes import Recipe, choose, initialise, make_edits, refuse_unused
from trainwell.runs._data import Source, gather_facts, load_splits, open_stores
from trainwell.runs._prepare import prepare
from trainwell.runs._reporter import Quiet, Reporter
from trainwell.training import plain_batch

SIX_LAYERS = "six_layers"
"""The lectures' network, known to this check alone."""

_IMAGES = 256  # up to 64 px; fewer of larger ones, so that gradients fit into memory
_FEWEST, _PIXELS = 16, 256 * 64**2
_NUM_CLASSES = 10  # without data


def on_noise(recipe: Recipe, reporter: Reporter) -> tuple[nn.Module, Tensor]:
    """Return the network as a training would start it, and standard normal images."""
    six = recipe.model.name == f"trainwell.diagnose:{SIX_LAYERS}"
    channels = recipe.data.channels or (1 if six else 3)
    torch.manual_seed(recipe.seed)
    created = models.create(
        recipe.model.name or "",
        num_classes=_NUM_CLASSES,
        in_channels=channels,
        image_size=recipe.data.image_size or (64 if six else None),
        pretrained=recipe.model.pretrained or None,
        arguments=recipe.model.arguments,
        edits=make_edits(recipe),
    )
    for message in created.messages:
        _Brief(reporter).say(message)
    size = created.spec.image_size
    generator = torch.Generator().manual_seed(recipe.seed + 1)
    shape = (_how_many(size), channels, size, size)
    device = pick_device("auto")
    images = torch.randn(shape, generator=generator).to(device)
    model = created.model.to(device)
    show_images(model, images, torch.arange(len(images), device=device) % _NUM_CLASSES)
    initialise(recipe, model, lambda: images)
    return model, images


def on_data(
    recipe: Recipe, source: Source, reporter: Reporter
) -> tuple[nn.Module, Tensor, Tensor]:
    """Return the network as a training would start it, and training images."""
    brief = _Brief(reporter)
    device = pick_device("auto")
    splits = load_splits(source, recipe, brief.progress)
    resolved, _ = choose(recipe, gather_facts(splits, device))
    refuse_unused(resolved)
    stores = open_stores(splits, resolved, brief)
    ready = prepare(resolved, splits, stores, device, brief)
    count = _how_many(ready.batches.view.size)
    some = evenly_spaced_indices(len(splits.train), count)
    batch = plain_batch(splits.train, stores.train, ready.batches.view, some)
    return ready.model, batch.images, batch.targets


class _Brief(Quiet):
    """Passes on all but the lines of what was replaced: the report shows those."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self.progress = reporter.progress  # type: ignore[method-assign]

    def say(self, text: str) -> None:
        """Show what did not go as asked."""
        if " -> " not in text:
            self._reporter.say(text)


def _how_many(size: int) -> int:
    return min(_IMAGES, max(_FEWEST, _PIXELS // size**2))
