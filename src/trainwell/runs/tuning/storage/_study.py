"""A study in a database: decisions made once, trials done once, by whoever is there.

SQLite by default, PostgreSQL where several processes or machines share the study.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from trainwell.runs.tuning.storage._database import open_database
from trainwell.runs.tuning.storage._trials import Rows
from trainwell.tuning import Propose, Space, Trial, TrialSpec

_POLL = 0.3  # seconds between two looks at what others do


@dataclass(frozen=True)
class Worker:
    """How trials are done.

    Attributes:
        train: From number, proposal and the finished trials to the trial.
        afford: Whether there is time for a spec.
        space: The ranges that are reported to Optuna.
    """

    train: Callable[[int, TrialSpec, Sequence[Trial]], Trial]
    afford: Callable[[TrialSpec], bool]
    space: Space


class Store:
    """A study.

    Args:
        url: Of the database, such as sqlite:///study.db.
        name: Of the study in it.
    """

    def __init__(self, url: str, name: str) -> None:
        self.storage, self.claims = open_database(url, name)
        self.rows = Rows(self.storage, name)

    def noted(self, name: str) -> Any:  # noqa: ANN401
        """Return what was noted under a name; None if nothing was."""
        return self.storage.get_study_user_attrs(self.rows.study).get(name)

    def note(self, name: str, value: Any) -> None:  # noqa: ANN401
        """Note a value, for JSON, under a name."""
        self.storage.set_study_user_attr(self.rows.study, name, value)

    def once(self, name: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401
        """Return what `make` returned, made by one worker once and for all.

        Args:
            name: Of the task.
            make: Returns what JSON can hold, and not None.
        """
        while (found := self.noted(name)) is None:
            if not self.claims.claim(f"once {name}"):
                time.sleep(_POLL)
            elif self.noted(name) is None:  # else its last worker came to the end
                self.note(name, json.loads(json.dumps(make())))
        return found

    def work(
        self, numbers: range, propose: Propose, worker: Worker
    ) -> tuple[Trial, ...]:
        """Do the trials that no worker has, wait for the rest; return the finished."""
        cut = f"no time for all of {numbers.start} to {numbers.stop - 1}"
        while True:
            finished = {t.number for t in self.rows.finished()}
            missing = [n for n in numbers if n not in finished]
            over = not missing or self.noted(cut)
            number = None if over else self._claimed(missing, cut)
            if number is not None:
                if not self._do(number, propose, worker):
                    self.note(cut, True)
                    self.claims.release(_task(number))
            elif any(self.claims.holder(_task(n)) for n in missing):
                time.sleep(_POLL)
            elif over:
                return tuple(t for t in self.rows.finished() if t.number in numbers)

    def _claimed(self, missing: Sequence[int], cut: str) -> int | None:
        """Return the first trial that this worker may do, claimed.

        What was true before the claim is looked at again after it: whoever had the
        trial may have finished it, or have found no time for more.
        """
        for number in missing:
            if not self.claims.claim(_task(number)):
                continue
            if self.noted(cut):
                self.claims.release(_task(number))
                return None
            if number not in {t.number for t in self.rows.finished()}:
                return number
        return None

    def _do(self, number: int, propose: Propose, worker: Worker) -> bool:
        """Do a claimed trial, as a dead worker began it or new; False for no time."""
        finished = tuple(self.rows.finished())
        begun = self.rows.begun(number)
        spec = begun or propose(number, finished)
        if not worker.afford(spec):
            return False
        if begun is None:
            self.rows.begin(number, spec, worker.space)
        self.rows.finish(worker.train(number, spec, finished))
        return True

    @contextmanager
    def open(self) -> Iterator[None]:
        """Be a worker, until the end of this context."""
        try:
            with self.claims.beating():
                yield
        finally:
            self.storage.remove_session()
            self.storage.engine.dispose()


def _task(number: int) -> str:
    return f"trial {number}"
