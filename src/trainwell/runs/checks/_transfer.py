"""Check transfer: what a pretrained network's features are worth on some images."""

import numpy as np
import torch

from trainwell.core.device import num_cores, pick_device
from trainwell.core.errors import RecipeError
from trainwell.recipes import choose, read_recipe, refuse_unused
from trainwell.runs._console import Console
from trainwell.runs._data import Source, gather_facts, load_splits, open_stores
from trainwell.runs._reopen import reopened
from trainwell.runs._reporter import Reporter
from trainwell.runs._train_one import Job
from trainwell.runs._transfer import advise_on
from trainwell.training import Batch, plain_batch
from trainwell.transfer import Advice


def check_transfer(
    source: Source, *overrides: str, reporter: Reporter | None = None
) -> Advice:
    """Probe a pretrained network's features; train nothing but linear classifiers.

    Args:
        source: Labelled images, as for `train`; the training images are used.
        *overrides: Recipe keys, `model.name` and `model.pretrained` among them.
        reporter: Who is told how it goes.

    Raises:
        RecipeError: If no pretrained weights are named.
        UserError: If data or weights cannot be used.
    """
    reporter = reporter or Console()
    asked = read_recipe(None, overrides)
    refuse_unused(asked, resolved=False)
    if asked.model.pretrained in (None, False):
        raise RecipeError(
            "name pretrained weights: model.name=mobilenet_v2 "
            "model.pretrained=WEIGHTS.pth, or model.name=timm:NAME "
            "model.pretrained=true."
        )
    device = pick_device(asked.train.device)
    torch.set_num_threads(asked.train.threads or num_cores())
    splits = load_splits(source, asked, reporter.progress)
    recipe, _ = choose(asked, gather_facts(splits, device))
    refuse_unused(recipe)
    stores = open_stores(splits, recipe, reporter)
    ready = reopened(recipe, Job(splits, stores, device, {}, reporter))

    def look(indices: np.ndarray) -> Batch:
        return plain_batch(splits.train, stores.train, ready.batches.view, indices)

    return advise_on(ready.model, splits.train.targets, look, reporter.progress)
