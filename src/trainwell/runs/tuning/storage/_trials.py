"""Trials as rows of an Optuna study, which Optuna's own tools can read."""

from dataclasses import asdict
from typing import Any

from trainwell.runs.tuning.storage._restored import restored
from trainwell.tuning import Space, Trial, TrialSpec, in_optuna


class Rows:
    """The trials of a study.

    Optuna counts trials in the order in which workers began them; the number that
    decides what a trial is lies beside, as `number`.

    Args:
        storage: Of Optuna.
        name: Of the study.
    """

    def __init__(self, storage: Any, name: str) -> None:  # noqa: ANN401
        self.storage = storage
        self.study = storage.get_study_id_from_name(name)

    def finished(self) -> list[Trial]:
        """Return the finished trials by number."""
        rows = self.storage.get_all_trials(self.study, deepcopy=False)
        found = [_trial(row) for row in rows if row.state.is_finished()]
        return sorted(found, key=lambda t: t.number)

    def begun(self, number: int) -> TrialSpec | None:
        """Return a trial that was begun, by whoever began it."""
        row = self._row(number)
        if row is None:
            return None
        return restored(TrialSpec, row.user_attrs.get("proposal"), "proposal")

    def begin(self, number: int, spec: TrialSpec, space: Space) -> None:
        """Write a trial down before it is done.

        Args:
            number: Its number.
            spec: What it is.
            space: The ranges that are reported to Optuna.
        """
        from optuna.trial import TrialState, create_trial

        described = in_optuna(space, spec.point, widened=True)
        params, ranges = ({}, {}) if described is None else described
        template = create_trial(
            state=TrialState.RUNNING,
            params=params,
            distributions=ranges,
            user_attrs={"number": number, "proposal": asdict(spec)},
        )
        self.storage.create_new_trial(self.study, template)

    def finish(self, trial: Trial) -> None:
        """Write the result of a trial."""
        from optuna.trial import TrialState

        row = self._row(trial.number)
        trial_id = self.storage.get_trial_id_from_study_id_trial_number(
            self.study, row.number
        )
        for step, score in enumerate(trial.scores, 1):
            self.storage.set_trial_intermediate_value(trial_id, step, score)
        result = {
            "score": trial.score,
            "curve": [dict(line) for line in trial.curve],
            "state": trial.state,
        }
        self.storage.set_trial_user_attr(trial_id, "result", result)
        state, values = {
            "complete": (TrialState.COMPLETE, [trial.score]),
            "pruned": (TrialState.PRUNED, [trial.score]),
            "failed": (TrialState.FAIL, None),
        }[trial.state]
        self.storage.set_trial_state_values(trial_id, state, values)

    def _row(self, number: int) -> Any:  # noqa: ANN401
        rows = self.storage.get_all_trials(self.study, deepcopy=False)
        return next((r for r in rows if r.user_attrs.get("number") == number), None)


def _trial(row: Any) -> Trial:  # noqa: ANN401
    kept = row.user_attrs
    result = restored(dict[str, Any], kept.get("result"), "result of a trial")
    tree = {"number": kept.get("number"), "spec": kept.get("proposal"), **result}
    return restored(Trial, tree, "trial")
