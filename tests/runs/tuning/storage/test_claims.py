"""At most one worker has a task; the dead give theirs up."""

import os

from trainwell.runs.tuning.storage._claims import is_alive, worker_name
from trainwell.runs.tuning.storage._database import open_database


def test_this_process_is_alive_and_a_gone_one_is_not():
    name = worker_name()
    assert is_alive(name, beat=0.0)
    place, pid, started = name.rsplit("/", 2)
    assert int(pid) == os.getpid()
    assert not is_alive(f"{place}/{pid}/{int(started) + 1}", beat=1e12)


def test_distant_workers_are_judged_by_their_beat():
    import time

    assert is_alive("elsewhere/1/2", time.time())
    assert not is_alive("elsewhere/1/2", time.time() - 61)


def test_a_task_is_taken_once(tmp_path):
    _, mine = open_database(f"sqlite:///{tmp_path}/a.db", "s")
    _, other = open_database(f"sqlite:///{tmp_path}/a.db", "s")
    place = worker_name().rsplit("/", 2)[0]
    other.worker = f"{place}/1/{_start_of(1)}"
    assert mine.claim("t")
    assert mine.claim("t"), "one's own"
    assert not other.claim("t")
    assert other.holder("t") == mine.worker
    mine.release("t")
    assert other.claim("t")


def _start_of(pid):
    from trainwell.runs.tuning.storage._claims import _started

    return _started(pid)
