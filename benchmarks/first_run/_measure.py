"""Run a process; return what it answered, how long it took and its peak memory."""

import json
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.first_run._candidates import Run

CORES = len(os.sched_getaffinity(0))


def measure(run: Run, log: Path, work: Path, limit: float) -> dict[str, Any]:
    """Return a row of results; `failed` says why there is no accuracy.

    Peak memory is that of the process or, if larger, of one of its workers.
    """
    if run.out is not None:
        shutil.rmtree(run.out, ignore_errors=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.time()
    settings = {
        "OMP_NUM_THREADS": str(CORES),
        "FIRST_RUN_STARTED": str(started),
        "FIRST_RUN_WORK": str(work.resolve()),
    }
    with log.open("w") as text:
        process = subprocess.Popen(
            run.command,
            stdout=text,
            stderr=subprocess.STDOUT,
            env=os.environ | settings,
            start_new_session=True,
        )
        late = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        late.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except KeyboardInterrupt:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            late.cancel()
    row = {
        "wall": round(time.time() - started, 1),
        "peak_mb": round(usage.ru_maxrss / 1024),
    }
    if status:
        return row | {"failed": f"exit {os.waitstatus_to_exitcode(status)}, see {log}"}
    return row | (_of_run(run.out, started) if run.out else _of_text(log.read_text()))


def _of_run(out: Path, started: float) -> dict[str, Any]:
    """Return what trainwell wrote; the model is there when its file is."""
    summary = json.loads((out / "summary.json").read_text())
    return {
        "accuracy": round(summary["test_accuracy"], 4),
        "seconds_to_model": round(
            (out / "model.safetensors").stat().st_mtime - started, 1
        ),
        "epochs": summary["epochs"],
        "train_seconds": summary["train_seconds"],
    }


def _of_text(text: str) -> dict[str, Any]:
    lines = [line for line in text.splitlines() if line.startswith('{"accuracy"')]
    answered: dict[str, Any] = json.loads(lines[-1])
    return answered
