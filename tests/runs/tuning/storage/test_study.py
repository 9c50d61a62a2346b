"""A study in a database: each task is done once, by one worker at a time."""

import json
import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import create_engine

from trainwell.core.errors import RunError
from trainwell.runs.tuning.storage import _claims as claims
from trainwell.runs.tuning.storage._claims import Claims, is_alive, worker_name
from trainwell.runs.tuning.storage._database import driver_url
from trainwell.runs.tuning.storage._study import Store, Worker
from trainwell.tuning import Range, Trial, TrialSpec, random_point

SPACE = {"rate": Range(1e-4, 1.0)}
DEAD = f"{claims._place()}/1999999/77"  # on this machine, a process that is gone


def propose(number, finished):
    """A point that depends on the number and on how many were finished before."""
    point = random_point(SPACE, seed=len(finished), number=number)
    return TrialSpec("coarse", "random", point, 1.0)


def worker(done, stop_at=None, afford=lambda spec: True):
    def train(number, spec, finished):
        if number == stop_at:
            raise KeyboardInterrupt
        done.append(number)
        lines = tuple({"epoch": k, "val_accuracy": k / 10} for k in (1, 2))
        return Trial(number, spec, 0.2, lines, "complete")

    return Worker(train, afford, SPACE)


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'study.db'}"


@pytest.fixture
def engine(url):
    made = create_engine(url)
    yield made
    made.dispose()


def test_a_task_has_one_living_worker(engine):
    mine = Claims(engine, "s")
    elsewhere = Claims(engine, "s", "another machine/1/1")
    assert elsewhere.claim("a")
    assert not mine.claim("a")
    assert mine.claim("b")
    assert mine.claim("b")
    assert Claims(engine, "another study").claim("a")
    assert mine.holder("a") == "another machine/1/1"
    assert mine.holder("c") is None


def test_the_task_of_a_dead_process_is_taken_over_by_one(engine):
    assert Claims(engine, "s", DEAD).claim("a")
    first, second = Claims(engine, "s"), Claims(engine, "s", "another machine/1/1")
    assert first.holder("a") is None
    assert first.claim("a")
    assert not second.claim("a")


def test_of_two_who_saw_the_same_dead_worker_one_takes_over(engine, monkeypatch):
    """The second comes between the first's look and its update."""
    assert Claims(engine, "s", DEAD).claim("a")
    first, second, answers = Claims(engine, "s"), Claims(engine, "s", "far/1/1"), []

    def looked(worker, beat):
        if not answers:
            answers.append(None)
            answers[0] = second.claim("a")
        return False

    monkeypatch.setattr(claims, "is_alive", looked)
    assert not first.claim("a")
    assert answers == [True]


def test_a_silent_worker_elsewhere_counts_as_dead_after_a_minute(engine, monkeypatch):
    far = Claims(engine, "s", "another machine/1/1")
    assert far.claim("a")
    now = time.time()
    monkeypatch.setattr(claims.time, "time", lambda: now + 59)
    assert not Claims(engine, "s").claim("a")
    monkeypatch.setattr(claims.time, "time", lambda: now + 61)
    far.beat()
    monkeypatch.setattr(claims.time, "time", lambda: now + 119)
    assert not Claims(engine, "s").claim("a")
    monkeypatch.setattr(claims.time, "time", lambda: now + 122)
    assert Claims(engine, "s").claim("a")


def test_a_process_is_told_from_a_later_one_of_its_number():
    assert is_alive(worker_name(), 0.0)
    place, pid, started = worker_name().rsplit("/", 2)
    assert not is_alive(f"{place}/{pid}/{int(started) - 1}", time.time())
    assert not is_alive(DEAD, time.time())


def test_a_decision_is_made_once(url):
    store, made = Store(url, "t"), []

    def make():
        made.append(1)
        return {"a": (1, 2.5)}

    with store.open():
        assert store.once("x", make) == {"a": [1, 2.5]}
        assert store.once("x", make) == {"a": [1, 2.5]}
    assert made == [1]


def test_trials_are_done_in_order_and_kept(url):
    done = []
    with (store := Store(url, "t")).open():
        trials = store.work(range(5), propose, worker(done))
        assert done == [0, 1, 2, 3, 4]
        assert [t.number for t in trials] == done
        for number, trial in enumerate(trials):
            assert trial.spec == propose(number, range(number))
            assert trial.scores == (0.1, 0.2)
        assert store.work(range(5), propose, worker(done)) == trials
        assert len(done) == 5


def test_an_interrupted_trial_is_begun_again_as_it_was(url, tmp_path):
    with (store := Store(f"sqlite:///{tmp_path / 'whole.db'}", "t")).open():
        whole = store.work(range(6), propose, worker([]))
    with (
        (store := Store(url, "t")).open(),
        pytest.raises(KeyboardInterrupt),
    ):
        store.work(range(6), propose, worker([], stop_at=3))
    done = []
    with (store := Store(url, "t")).open():
        begun = store.rows.begun(3)
        assert begun == whole[3].spec

        def other(number, finished):
            assert number != 3
            return propose(number, finished)

        assert store.work(range(6), other, worker(done)) == whole
    assert done == [3, 4, 5]


def test_what_there_is_no_time_for_is_left_out_for_all(url):
    with (store := Store(url, "t")).open():
        done = []
        short = worker(done, afford=lambda spec: len(done) < 2)
        assert [t.number for t in store.work(range(4), propose, short)] == [0, 1]
        assert [t.number for t in store.work(range(4), propose, worker(done))] == [0, 1]
        assert [t.number for t in store.work(range(4, 6), propose, worker(done))] == [
            4,
            5,
        ]


def test_failed_and_pruned_trials_come_back_as_such(url):
    def train(number, spec, finished):
        state = ("failed", "pruned")[number]
        return Trial(number, spec, 0.0, (), state)

    with (store := Store(url, "t")).open():
        how = Worker(train, lambda spec: True, SPACE)
        assert [t.state for t in store.work(range(2), propose, how)] == [
            "failed",
            "pruned",
        ]


def test_optuna_reads_the_study(url):
    import optuna

    with (store := Store(url, "t")).open():
        trials = store.work(range(3), propose, worker([]))
    study = optuna.load_study(study_name="t", storage=url)
    assert [t.params for t in study.trials] == [t.spec.point for t in trials]
    assert study.best_value == 0.2
    assert study.trials[0].intermediate_values == {1: 0.1, 2: 0.2}
    study._storage.remove_session()
    study._storage._backend.engine.dispose()


def test_threads_of_other_workers_are_waited_for(url):
    """Two workers with names of their own, one slow: no trial twice, all returned."""
    done, found = ([], []), [None, None]

    def one(i):
        store = Store(url, "t")
        store.claims.worker = f"machine {i}/1/1"
        how = worker(done[i])

        def slow(number, spec, finished):
            time.sleep(0.05)
            return how.train(number, spec, finished)

        with store.open():
            found[i] = store.work(range(12), propose, Worker(slow, how.afford, SPACE))

    threads = [threading.Thread(target=one, args=(i,)) for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done[0] + done[1]) == list(range(12))
    assert min(map(len, done)) > 0
    assert found[0] == found[1]


@pytest.mark.parametrize("url", ["mysql://a/b", "study.db", "postgresql:"])
def test_other_databases_are_refused(url):
    with pytest.raises(RunError, match="`storage` must be postgresql://"):
        driver_url(url)


def test_a_database_that_is_away_is_an_error_in_one_line(tmp_path):
    with pytest.raises(RunError, match="database cannot be used") as caught:
        Store(f"sqlite:///{tmp_path / 'no' / 'such.db'}", "t")
    assert "\n" not in str(caught.value)


SCRIPT = """
import json, sys, time
from trainwell.runs.tuning.storage._study import Store, Worker
from trainwell.tuning import TrialSpec, Range, Trial, random_point
space, done = {"rate": Range(1e-4, 1.0)}, []
def propose(number, finished):
    return TrialSpec("coarse", "random", random_point(space, seed=0, number=number), 1.0)
def train(number, spec, finished):
    print("begun", number, flush=True)
    time.sleep(float(sys.argv[2]))
    done.append(number)
    return Trial(number, spec, 0.5, (), "complete")
store = Store(sys.argv[1], "shared")
with store.open():
    decided = store.once("decision", lambda: {"by": store.claims.worker})
    trials = store.work(range(24), propose, Worker(train, lambda p: True, space))
print(json.dumps([done, decided, [t.number for t in trials]]))
"""


def start(url, seconds):
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SCRIPT, url, str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_share_a_study_in_postgresql(postgres):
    one, two = start(postgres, 0.1), start(postgres, 0.1)
    answers = [json.loads(p.communicate()[0].splitlines()[-1]) for p in (one, two)]
    (first, a, seen), (second, b, also) = answers
    assert sorted(first + second) == list(range(24))
    assert first
    assert second
    assert a == b
    assert seen == also == list(range(24))


def test_a_killed_process_leaves_its_trial_to_another(postgres):
    killed = start(postgres, 30)
    assert killed.stdout.readline() == "begun 0\n"
    killed.kill()
    killed.communicate()
    done, _, seen = json.loads(start(postgres, 0).communicate()[0].splitlines()[-1])
    assert done == seen == list(range(24))
