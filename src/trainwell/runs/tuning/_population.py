"""Steps 4, 5 and 7 by a population: its members train on, and the worst copy the best.

Every round of a member is a trial. A lineage of rates is no recipe, so what is repeated
afterwards are the values with which the best member trained last. One worker trains the
whole population; others wait for it.
"""

from functools import partial

from trainwell.core.errors import DivergedError
from trainwell.recipes import with_point
from trainwell.runs._clock import StopAt
from trainwell.runs.folder._population_files import (
    State,
    read_members,
    save_members,
    snapshot,
)
from trainwell.runs.session._search_session import SearchSession
from trainwell.runs.training._evaluation import curve_line
from trainwell.runs.training._fit import new_state
from trainwell.runs.tuning._plan import Plan
from trainwell.runs.tuning.storage._study import Store
from trainwell.schedules import constant
from trainwell.training import TrainState
from trainwell.tuning import (
    FAILED,
    Coarse,
    Evolution,
    Member,
    Point,
    Refined,
    Round,
    Space,
    Trial,
    TrialSpec,
    evolve,
    explore_point,
    random_point,
    start_population,
)

MEMBERS = 4
Values = tuple[float, ...]


def num_rounds(plan: Plan) -> int:
    """Return how many rounds take as long as the trials that the plan has."""
    epochs = plan.coarse * plan.coarse_epochs
    epochs += plan.rounds * plan.refine * plan.refine_epochs
    return max(3, int(epochs / (MEMBERS * plan.refine_epochs)))


def population_search(
    search: SearchSession, store: Store, space: Space, default: Point, plan: Plan
) -> tuple[Coarse, Refined]:
    """Train the population, or wait for the worker that does; return its trials.

    Args:
        search: Where.
        store: The study.
        space: Where to look.
        default: What the first member begins with.
        plan: How much.
    """
    names, rounds = list(space), num_rounds(plan)
    store.once(
        "population",
        lambda: _Population(search, store, space, plan).run(default, rounds),
    )
    trials = [t for t in store.rows.finished() if t.number < rounds * MEMBERS]
    parts = [trials[i : i + MEMBERS] for i in range(0, len(trials), MEMBERS)]
    later = tuple(Round({n: space[n] for n in names}, tuple(part)) for part in parts)
    return Coarse(tuple(parts[0])), Refined(default, later[1:])


class _Population:
    """One network in memory that takes on the state of each member in turn."""

    def __init__(
        self, search: SearchSession, store: Store, space: Space, plan: Plan
    ) -> None:
        self.search, self.store, self.space, self.plan = search, store, space, plan
        self.names = list(space)
        self.file = search.path / "checkpoints" / "population.safetensors"
        self.last: dict[str, float] = {}

    def run(self, default: Point, rounds: int) -> int:
        """Train all rounds that are not done; return how many there were."""
        read = read_members(self.file)
        evolution = read[0] if read else self._begun(default)
        while len(evolution.history) < rounds:
            number = len(evolution.history)
            self.search.reporter.say(f"Round {number + 1} of {rounds}.")
            evolution = evolve(
                evolution,
                partial(self._train, number),
                lambda state: self.last["score"],
                lambda values, word: self._values(
                    explore_point(self._point(values), word, self.space)
                ),
                amount=self.plan.refine_epochs,
                seed=self.search.recipe.seed,
            )
            save_members(self.file, evolution, [self.plan.refine_epochs] * (number + 1))
        return rounds

    def _begun(self, default: Point) -> Evolution[State, Values]:
        state, seed = self._state(default), self.search.recipe.seed
        points = [default] + [
            random_point(self.space, seed=seed, number=i) for i in range(1, MEMBERS)
        ]
        kept = snapshot(state)
        return start_population([kept] * MEMBERS, [self._values(p) for p in points])

    def _state(self, point: Point) -> TrainState:
        setup = self.search.setup(with_point(self.search.recipe, point))
        self.setup = setup
        return new_state(setup, total_steps=1)

    def _train(
        self, number: int, member: Member[State, Values], amount: float
    ) -> State:
        """Train a member for some epochs with its values, and write the trial down."""
        point = self._point(member.hyper)
        state = self._state(point)
        state.load(*member.state)
        steps = max(1, round(amount * self.setup.batches.per_epoch))
        state.total_steps = state.step + steps
        trial = number * MEMBERS + member.number
        with self.search.reporter.progress(f"Trial {trial}", steps) as advance:
            last = StopAt(state.total_steps, advance, self.search.clock)
            try:
                self.search.fit(self.setup, state, schedule=constant(), hooks=[last])
                failed = False
            except DivergedError:
                failed = True
        self.search.check_stopped(trial, MEMBERS, "trial")
        self._note(trial, number, point, member.number, state, failed)
        kept = snapshot(state)
        return member.state if failed else kept

    def _note(  # noqa: PLR0913
        self,
        trial: int,
        number: int,
        point: Point,
        member: int,
        state: TrainState,
        failed: bool,
    ) -> None:
        """Write a trial down, unless a killed worker did."""
        self.last = {"score": FAILED}
        if not failed:
            epoch = state.step / self.setup.batches.per_epoch
            self.last = {"epoch": epoch, **curve_line(self.setup, state.model)}
        if any(t.number == trial for t in self.store.rows.finished()):
            return
        origin = "default" if trial == 0 else "population"
        spec = TrialSpec(
            f"round {number + 1}", origin, point, self.plan.refine_epochs, decays=False
        )
        lines = () if failed else (self.last,)
        score, state_name = (
            self.last["score"],
            "failed" if failed else "complete",
        )
        if self.store.rows.begun(trial) is None:
            self.store.rows.begin(trial, spec, self.space)
        self.store.rows.finish(Trial(trial, spec, score, lines, state_name))

    def _values(self, point: Point) -> Values:
        return tuple(float(point[name]) for name in self.names)

    def _point(self, values: Values) -> Point:
        return dict(zip(self.names, values, strict=True))
