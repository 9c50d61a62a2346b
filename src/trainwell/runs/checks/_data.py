"""Check data, and a training on it, before the first step: `trainwell check DATA`.

A network is built and started as a training would do it, and copies of it are tried.
"""

from dataclasses import dataclass

from torch import Tensor, nn
from torch.optim import Optimizer

from trainwell.core.arguments import checked
from trainwell.data import evenly_spaced_indices
from trainwell.diagnose import (
    Finding,
    Loop,
    TrainingCheck,
    audit_findings,
    check_training,
    failed,
)
from trainwell.recipes import (
    Override,
    Scope,
    make_gradient_treatment,
    make_penalty,
    read_named,
    warmup_length,
)
from trainwell.runs._argument_rules import MODEL_OR_FIELD, RULES
from trainwell.runs._console import Console
from trainwell.runs._reporter import Reporter
from trainwell.runs.checks._named_model import split_model
from trainwell.runs.checks._pixels import pixel_findings
from trainwell.runs.checks._points import point_findings
from trainwell.runs.session._needs_classes import refuse_without_classes
from trainwell.runs.session._open_session import Source, open_session
from trainwell.runs.session._session import Session
from trainwell.runs.setup._own_parts import own_parts
from trainwell.runs.setup._setup import TrainingSetup, float32_setup
from trainwell.runs.training._fit import new_state
from trainwell.training import plain_batch

_BATCHES, _IMAGES = 5, 32  # that the short trainings learn from
_ALONE = "Without a MODEL, the images alone are checked."
_SHORT = "it makes a few dozen steps on copies of the network, in float32."
_NO_TRAINING = (
    "train.time", "train.precision", "train.memory_format", "train.average",
    "train.patience", "train.evaluate_every", "train.select", "train.keep",
    "train.calibrate", "train.checkpoint_seconds", "transfer.unfreeze_every", "prune",
    "distill", "penalty.proximal",
)  # fmt: skip
WITH_MODEL = Scope(
    "trainwell check DATA MODEL",
    {
        "name": "it saves no recipe.",
        "data.memory_gb": "only the images that are checked are decoded.",
        "model.head": "points are not checked with a network.",
        "transfer.looks": "points are not checked with a network.",
        "ensemble": "it tries one network.",
        **dict.fromkeys(_NO_TRAINING, _SHORT),
    },
)
WITHOUT_MODEL = Scope(
    "trainwell check DATA",
    {
        "data.sampling": "it takes no steps.",
        "data.memory_gb": "only the images that are checked are decoded.",
        "data.image_size": "images are checked at 32 px.",
    },
    only=(
        "seed",
        "task",
        "data",
        "preprocess",
        "augment.border",
        "train.device",
        "train.threads",
    ),
    reason="without a MODEL the images alone are checked.",
)


@dataclass(frozen=True)
class DataCheck:
    """What was found in data, and in a training on it.

    Attributes:
        findings: The findings in the order of the checks.
        skipped: The stages that were skipped, because one before them failed.
        model: The network that was tried; None without one.

    Example:
        >>> DataCheck((), (), None).failed
        False
    """

    findings: tuple[Finding, ...]
    skipped: tuple[str, ...]
    model: str | None

    @property
    def failed(self) -> bool:
        """Whether one of the findings is a fail."""
        return failed(self.findings)


@checked({**RULES, "model": MODEL_OR_FIELD})
def check_data(
    source: Source,
    model: nn.Module | Override | None = None,
    *overrides: Override,
    reporter: Reporter | None = None,
) -> DataCheck:
    """Look for faults in labelled images, and in a training that would use them.

    Args:
        source: The data, as for `train`.
        model: A network as `model.name` of a recipe names it, or one of your own;
            without it, the data alone are checked.
        *overrides: `key=value` texts, such as "optimizer.lr=0.05", or keys and values.
        reporter: Shows progress; the terminal by default.

    Raises:
        UserError: If the data, the recipe or a combination cannot be used.

    Example:
        >>> found = tw.check(photos, reporter=Quiet())
        >>> found.findings[0].name, found.findings[0].level
        ('files', 'pass')
    """
    reporter = reporter or Console()
    model, overrides = split_model(model, overrides)
    own, names = own_parts(model)
    requested = own.requested(read_named(None, names, overrides))
    name = requested.model.name
    scope = WITHOUT_MODEL if name is None else WITH_MODEL
    session = open_session(
        source, requested, scope, reporter, decode="on demand", announce=False, own=own
    )
    if name is not None:
        refuse_without_classes(session.splits, "`check DATA MODEL`", _ALONE)
    findings = [
        *audit_findings(session.splits),
        *point_findings(session.splits),
        *pixel_findings(session),
    ]
    if name is None:
        return DataCheck(tuple(findings), (), None)
    found = check_session(session)
    return DataCheck((*findings, *found.findings), found.skipped, name)


def check_session(session: Session) -> TrainingCheck:
    """Look for faults in the training that a session's recipe describes."""
    loop = loop_of(float32_setup(session))
    found = check_training(loop, skip=["data"], progress=session.reporter.progress)
    # what these networks freeze, and what a recipe freezes, is frozen on purpose
    kept = [f for f in found.findings if f.name != "parameters frozen"]
    return TrainingCheck(tuple(kept), found.skipped)


def loop_of(setup: TrainingSetup) -> Loop:
    """Return a setup as the parts that `check_training` tries."""
    splits, settings = setup.splits, setup.batches.settings
    some = evenly_spaced_indices(len(splits.val), _IMAGES)
    val = plain_batch(splits.val, setup.stores.val, settings, some)
    loss_fn = setup.loss_fn
    treat = make_gradient_treatment(setup.recipe)

    def step(
        model: nn.Module, optimizer: Optimizer, images: Tensor, targets: Tensor
    ) -> None:
        penalty = make_penalty(setup.recipe, model)

        def closure() -> Tensor:
            optimizer.zero_grad()
            loss = loss_fn(model(images), targets).mean()
            if penalty is not None:
                loss = loss + penalty()
            loss.backward()
            if treat is not None:
                treat(p for p in model.parameters() if p.grad is not None)
            return loss

        optimizer.step(closure)  # type: ignore[arg-type]

    return Loop(
        model=setup.model,
        optimizer=new_state(setup, total_steps=1).optimizer,
        loss_fn=loss_fn,
        batches=[
            (batch.images[:_IMAGES], batch.targets[:_IMAGES])
            for batch in setup.batches.stream(0, _BATCHES)
        ],
        validation=[(val.images, val.targets)],
        step=step,
        warm_up=warmup_length(
            setup.recipe, (setup.recipe.train.epochs or 1.0) * setup.batches.per_epoch
        ),
    )
