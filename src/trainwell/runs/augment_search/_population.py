"""Population-based augmentation on real data: members train in turn, round by round."""

import contextlib
import math
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from trainwell.augment.policies import Compose, Policy
from trainwell.data import near_keys
from trainwell.recipes import make_policy
from trainwell.runs._clock import StopAt
from trainwell.runs.augment_search._plan import PARTS
from trainwell.runs.augment_search._setups import network_seed, network_setup
from trainwell.runs.augment_search._types import PolicySearch, Result
from trainwell.runs.folder._population_files import (
    State,
    read_members,
    save_members,
    snapshot,
)
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.training._evaluation import evaluate_val
from trainwell.runs.training._fit import new_state
from trainwell.tuning import (
    Evolution,
    Member,
    PopulationAugment,
    Tenths,
    Turn,
    evolve,
    explore_policy,
    first_policies,
    history_as_lists,
    lineage,
    schedule_of,
    start_population,
    stratified_folds,
)

_LATE = 0.04  # of the budget, by which a round may be late


def search_population(
    search: PolicySearch, options: PopulationAugment, rounds: int
) -> Result:
    """Return the schedule of policies of the member that ends best."""
    train, seed = search.session.splits.train, search.recipe.seed
    keys = near_keys(train.keys, search.session.splits.train_thumbs)
    parts = stratified_folds(train.targets, keys, folds=PARTS, seed=seed)
    learn, held_out = np.flatnonzero(parts > 0), np.flatnonzero(parts == 0)
    setup = network_setup(search.session, learn, held_out, number=0)
    trainer = _Trainer(search, setup, options)
    read = read_members(search.folder.last)
    evolution, lengths = read or (_begun(search, options, (learn, held_out)), [])
    one = search.timing.seconds_of_round(len(train), PARTS, options) / options.interval
    while True:
        done = len(lengths)
        left, amount = _next(search, options, rounds - done, one)
        if left < 1:
            break
        steps = max(1, round(amount * setup.batches.per_epoch))
        amount = steps / setup.batches.per_epoch
        trainer.left, start = left, search.clock.spent
        name = f"Round {done + 1} of {done + left}"
        with (
            search.reporter.progress(name, options.members * steps) as trainer.advance,
            contextlib.suppress(_TimeOver),
        ):
            evolution = evolve(
                evolution,
                trainer.train,
                trainer.score,
                explore_policy,
                amount=amount,
                seed=seed,
                share=options.share,
            )
        if len(evolution.history) == done:
            break
        one = (search.clock.spent - start) / amount
        lengths.append(round(amount, 3))
        save_members(search.folder.last, evolution, lengths)
    best = evolution.best
    notes = (
        f"{options.members} members, {len(evolution.history)} rounds of "
        f"{np.mean(lengths):.2g} epochs on {len(learn)} training images, seed {seed}",
        f"held-out accuracy: {best.score:.4f} best, "
        f"{np.mean([m.score for m in evolution.members]):.4f} mean of all members",
    )
    turns = lineage(evolution)
    if not any(any(turn.hyper[: len(turn.hyper) // 2]) for turn in turns):
        search.reporter.warn(
            "the best member never changed its first policy, so this schedule does "
            "nothing. Give more time (`budget`), or a smaller network."
        )
    log = {
        "how": asdict(options),
        "epochs": lengths,
        "rounds": history_as_lists(evolution),
        "lineage": [[t.parent, t.hyper, t.score] for t in turns],
    }
    return Result(schedule_of(turns, lengths, options.operations), notes, log)


def _next(
    search: PolicySearch, options: PopulationAugment, planned: int, one: float
) -> tuple[int, float]:
    """Return how many rounds are left and the epochs of the next.

    With a budget, rounds are stretched or shortened a little so that they end in time.

    Args:
        search: The search.
        how: Its settings.
        planned: Rounds left without a budget.
        one: Seconds that an epoch of all members takes.
    """
    if math.isinf(search.clock.budget):
        return planned, options.interval
    fit = search.clock.useful / (options.interval * one)
    left = math.floor(fit + 0.5)
    return left, options.interval * fit / max(1, left)


class _TimeOver(Exception):
    """A round took so much longer than the last one that it is given up."""


class _Trainer:
    """One network in memory that takes on the state of each member in turn."""

    def __init__(
        self, search: PolicySearch, setup: TrainingSetup, options: PopulationAugment
    ) -> None:
        self.search, self.setup, self.options, self.left = search, setup, options, 1
        self.advance = lambda amount: None

    def train(self, member: Member[State, Tenths], amount: float) -> State:
        """Train a member for some epochs with its policy."""
        setup, per_epoch = self.setup, self.setup.batches.per_epoch
        steps = round(amount * per_epoch)
        state = new_state(setup, 1)
        state.load(*member.state)
        state.total_steps = state.step + steps * self.left
        batches = replace(
            setup.batches,
            policy=_with(
                make_policy(setup.recipe), member.hyper, self.options.operations
            ),
            seed=network_seed(self.search.session, member.number),
        )
        last = StopAt(state.step + steps, self.advance, self.search.clock)
        self.search.fit(setup, state, batches=batches, hooks=[last])
        self.search.check_stopped(member.number + 1, self.options.members, "member")
        clock, first = self.search.clock, member.score == -math.inf
        if clock.left < -_LATE * clock.budget and not first:
            raise _TimeOver
        return snapshot(state)

    def score(self, state: State) -> float:
        """Return the accuracy on the held-out images."""
        new_state(self.setup, 1).load(*state)
        return evaluate_val(self.setup, self.setup.model).headline


def _with(policy: Policy, tenths: Tenths, operations: Sequence[str]) -> Policy:
    """Put a policy of the population right behind the crop."""
    change = schedule_of((Turn(0, tenths, 0.0),), (1.0,), operations)
    if isinstance(policy, Compose):
        return Compose(policy.crop, (change, *policy.transforms))
    return Compose(policy, (change,))


def _begun(
    search: PolicySearch, options: PopulationAugment, rows: tuple[Any, Any]
) -> Evolution[State, Tenths]:
    """Return members that differ in their first weights and policies."""
    states = []
    with search.reporter.progress("Setting up members", options.members) as advance:
        for number in range(options.members):
            setup = network_setup(search.session, *rows, number=number)
            states.append(snapshot(new_state(setup, 1)))
            search.clock.note()
            advance(1)
    first = first_policies(options.members, search.recipe.seed, options.operations)
    return start_population(states, first)
