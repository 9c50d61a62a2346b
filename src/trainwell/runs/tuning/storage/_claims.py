"""Who does what in a shared study: at most one worker at a time per task.

A claim is a row that names the worker. Taking a free task is an insert, which the
primary key lets one worker make; taking over from a dead worker is an update of the
row as it was read, which at most one makes. Workers of this machine are dead when
their process is gone; those elsewhere when they have not been heard of for a minute.
"""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sql
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

_BEAT = 5.0  # seconds between two signs of life
_SILENCE = 60.0  # seconds without one after which a distant worker is dead

_TABLES = sql.MetaData()
_CLAIMS = sql.Table(
    "trainwell_claims",
    _TABLES,
    sql.Column("study", sql.String(256), primary_key=True),
    sql.Column("task", sql.String(256), primary_key=True),
    sql.Column("worker", sql.String(256), nullable=False),
    sql.Column("beat", sql.Float, nullable=False),
)


class Claims:
    """The claims of a study.

    Args:
        engine: Of the database.
        study: Its name.
        worker: Who claims; this process by default.
    """

    def __init__(
        self, engine: sql.Engine, study: str, worker: str | None = None
    ) -> None:
        self.engine, self.study = engine, study
        self.worker = worker or worker_name()
        _TABLES.create_all(engine)

    def claim(self, task: str) -> bool:
        """Take a task that is free, one's own, or left by a dead worker."""
        row = {"study": self.study, "task": task, **self._signed()}
        try:
            with self.engine.begin() as link:
                link.execute(sql.insert(_CLAIMS).values(row))
            return True
        except IntegrityError:
            return self._take_over(task)

    def _take_over(self, task: str) -> bool:
        mine = (_CLAIMS.c.study == self.study) & (_CLAIMS.c.task == task)
        with self.engine.begin() as link:
            held = link.execute(sql.select(_CLAIMS).where(mine)).one_or_none()
        if held is None:
            return False
        if held.worker == self.worker:
            return True
        if is_alive(held.worker, held.beat):
            return False
        as_read = mine & (_CLAIMS.c.worker == held.worker)
        with self.engine.begin() as link:
            update = sql.update(_CLAIMS).where(as_read).values(self._signed())
            return bool(link.execute(update).rowcount == 1)

    def release(self, task: str) -> None:
        """Give up a task of one's own."""
        where = (_CLAIMS.c.study == self.study) & (_CLAIMS.c.task == task)
        own = where & (_CLAIMS.c.worker == self.worker)
        with self.engine.begin() as link:
            link.execute(sql.delete(_CLAIMS).where(own))

    def holder(self, task: str) -> str | None:
        """Return the living worker that has a task."""
        where = (_CLAIMS.c.study == self.study) & (_CLAIMS.c.task == task)
        with self.engine.begin() as link:
            held = link.execute(sql.select(_CLAIMS).where(where)).one_or_none()
        return held.worker if held and is_alive(held.worker, held.beat) else None

    def _signed(self) -> dict[str, object]:
        return {"worker": self.worker, "beat": time.time()}

    def beat(self) -> None:
        """Give a sign of life on every claim."""
        where = (_CLAIMS.c.study == self.study) & (_CLAIMS.c.worker == self.worker)
        with self.engine.begin() as link:
            link.execute(sql.update(_CLAIMS).where(where).values(beat=time.time()))

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Give signs of life while in this context."""
        over = threading.Event()

        def keep() -> None:
            while not over.wait(_BEAT):
                try:
                    self.beat()
                except SQLAlchemyError:  # busy or away for a moment: the next counts
                    continue

        thread = threading.Thread(target=keep, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def worker_name() -> str:
    """Return the name of this process, which no other has or will have."""
    return f"{_place()}/{os.getpid()}/{_started(os.getpid())}"


def is_alive(worker: str, beat: float) -> bool:
    """Tell whether a worker goes on, by its process or by its last sign of life."""
    try:
        place, pid, started = worker.rsplit("/", 2)
        if place == _place():
            return _started(int(pid)) == started
        return time.time() - beat < _SILENCE
    except (AttributeError, OverflowError, TypeError, ValueError):
        return False  # no worker wrote this


def _place() -> str:
    """Name the machine, or the container, within which process ids are unique."""
    try:
        inside = os.readlink("/proc/self/ns/pid")
    except OSError:
        inside = ""
    return f"{socket.gethostname()}{inside}"


def _started(pid: int) -> str:
    """Return when a process started, as the system counts; `gone` if it is not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return "gone"
    except PermissionError:
        pass  # another user's process, alive
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return "running"
    return "gone" if fields[0] in "ZX" else fields[19]
