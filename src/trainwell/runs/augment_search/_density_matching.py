"""Fast AutoAugment on real data: a network per part, then trials on that part."""

import json
import math
from dataclasses import asdict

import numpy as np
import numpy.typing as npt

from trainwell.core.files import read_regular
from trainwell.data import near_keys, stratified_indices, subset
from trainwell.runs._clock import StopAt
from trainwell.runs.augment_search._plan import TRAINING
from trainwell.runs.augment_search._setups import loss_under, network_setup
from trainwell.runs.augment_search._types import PolicySearch, Result
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.training._evaluation import evaluate_val
from trainwell.runs.training._fit import new_state
from trainwell.training import (
    Hook,
    SaveRegularly,
    TimeLimit,
    load_checkpoint,
)
from trainwell.tuning import (
    FastAutoAugment,
    PolicyTrial,
    match_density,
    merge,
    stratified_folds,
)


def search_density(
    search: PolicySearch, options: FastAutoAugment, num_held_out: int
) -> Result:
    """Return the policy that keeps unseen images looking like training."""
    train, seed = search.session.splits.train, search.recipe.seed
    keys = near_keys(train.keys, search.session.splits.train_thumbs)
    parts = stratified_folds(train.targets, keys, folds=options.folds, seed=seed)
    trials, plain = _read(search), []
    for fold in range(options.folds):
        left = search.clock.useful
        seconds_each = left / (options.folds - fold)
        rest = max(0.0, left - seconds_each) if math.isfinite(left) else -math.inf
        setup = _trained(search, (fold, num_held_out), parts, seconds_each)
        plain.append(evaluate_val(setup, setup.model).loss)
        _search_part(search, options, setup, (fold, rest), trials)
    notes = (
        f"{len(trials)} trials on {options.folds} parts of {len(train)} training "
        f"images, seed {seed}",
        f"held-out loss: {np.mean(plain):.3f} unchanged; of the trials "
        f"{np.mean([t.loss for t in trials]):.3f} in the mean, "
        f"{min(t.loss for t in trials):.3f} at best",
    )
    log = {
        "how": asdict(options),
        "plain": plain,
        "trials": [asdict(t) for t in trials],
    }
    return Result(merge(trials, options.top), notes, log)


def _trained(
    search: PolicySearch,
    place: tuple[int, int],
    parts: npt.NDArray[np.int64],
    seconds_each: float,
) -> TrainingSetup:
    """Return the network of a part, trained on the others; it may be on the disk."""
    fold, num_held_out = place
    train, seed = search.session.splits.train, search.recipe.seed
    learn, rest = np.flatnonzero(parts != fold), np.flatnonzero(parts == fold)
    held_out = rest[stratified_indices(subset(train, rest), num_held_out, seed=seed)]
    setup = network_setup(search.session, learn, held_out, number=fold)
    batches, limit = setup.batches, TRAINING * seconds_each
    wanted = max(1, round((setup.recipe.train.epochs or 1.0) * batches.per_epoch))
    affordable = limit / (batches.batch_size * search.timing.train)
    state = new_state(setup, max(1, int(min(wanted, affordable))))
    path = search.folder.path / "checkpoints" / f"network-{fold}.safetensors"
    if path.exists():
        load_checkpoint(path, state)
    name = f"Training network {fold + 1} of {parts.max() + 1}"
    with search.reporter.progress(name, state.total_steps) as advance:
        advance(state.step)
        hooks: list[Hook] = [
            StopAt(wanted, advance, search.clock),
            SaveRegularly(path, setup.recipe.train.checkpoint_seconds),
        ]
        if affordable < wanted:
            hooks.insert(0, TimeLimit(limit))
        search.fit(setup, state, hooks=hooks)
    search.check_stopped(state.step, state.total_steps, f"network {fold + 1}, step")
    return setup


def _search_part(
    search: PolicySearch,
    options: FastAutoAugment,
    setup: TrainingSetup,
    place: tuple[int, float],
    trials: list[PolicyTrial],
) -> None:
    """Search one part, until no more is left than the other parts need."""
    fold, rest = place
    ends: dict[int, float] = {}
    seconds = max(0.0, search.clock.useful - rest)
    per_round = seconds / options.rounds / (search.timing.judge * len(setup.splits.val))
    planned = options.rounds * int(min(options.trials, per_round))

    def enough(number: int, count: int) -> bool:
        if search.stop.received is not None or math.isinf(rest):
            return search.stop.received is not None
        left = search.clock.useful
        if number not in ends:
            ends[number] = left - max(0.0, left - rest) / (options.rounds - number)
        return left <= ends[number] and count > 0

    with (
        (search.folder.path / "trials.jsonl").open("a", encoding="utf-8") as file,
        search.reporter.progress(f"Candidates on part {fold + 1}", planned) as advance,
    ):
        advance(sum(t.fold == fold for t in trials))

        def tell(trial: PolicyTrial) -> None:
            trials.append(trial)
            file.write(json.dumps(asdict(trial)) + "\n")
            file.flush()
            search.clock.note()
            advance(1)

        match_density(
            lambda policy, number: loss_under(setup, policy, number),
            options,
            fold=fold,
            seed=search.recipe.seed,
            done=tuple(trials),
            enough=enough,
            tell=tell,
        )
    total = options.folds * options.rounds * options.trials
    search.check_stopped(len(trials), total, "trial")


def _read(search: PolicySearch) -> list[PolicyTrial]:
    """Return the trials on the disk; a line cut short by a kill is taken away."""
    path = search.folder.path / "trials.jsonl"
    if not path.exists():
        return []
    lines = read_regular(path).decode("utf-8").splitlines(keepends=True)
    whole = [line for line in lines if line.endswith("\n")]
    path.write_text("".join(whole), "utf-8")
    trials = []
    for line in map(json.loads, whole):
        chains = tuple(
            tuple((n, p, s) for n, p, s in chain) for chain in line.pop("chains")
        )
        trials.append(PolicyTrial(**line, chains=chains))
    return trials
