"""Whole processes of `trainwell tune` share one study in PostgreSQL; one is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

TRIALS = """
SELECT CAST(a.value_json AS INTEGER), t.state FROM trials t
JOIN trial_user_attributes a USING (trial_id) WHERE a.key = 'number'
"""
CLAIMS = "SELECT task, worker FROM trainwell_claims WHERE task LIKE 'trial %'"


def start(folder, url, name):
    """The same command, in the same folder, without --out."""
    words = ["tune", "../digits", "model.name=lenet", "train.threads=1"]
    words += ["train.precision=float32", "train.memory_format=contiguous"]
    with (folder / f"{name}.txt").open("w") as said:
        return subprocess.Popen(
            [Path(sys.executable).parent / "trainwell", *words]
            + ["--budget", "30s", "--storage", url],
            cwd=folder,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
            stdout=said,
            stderr=subprocess.STDOUT,
        )


def rows(url, query):
    """What a query returns; nothing while there is no such table."""
    import psycopg

    try:
        with psycopg.connect(url) as link:
            return link.execute(query).fetchall()
    except psycopg.errors.UndefinedTable:
        return []


def trials_of(url, process):
    """The numbers of the trials that a process has claimed."""
    return {
        int(task.split()[1])
        for task, worker in rows(url, CLAIMS)
        if worker.split("/")[-2] == str(process.pid)
    }


def finished(url):
    return {n for n, state in rows(url, TRIALS) if state != "RUNNING"}


def kill_in_a_trial(process, url):
    """Kill a process while it has an unfinished trial; return that trial's number."""
    while True:
        time.sleep(0.02)
        assert process.poll() is None
        if trials_of(url, process) - finished(url):
            process.send_signal(signal.SIGSTOP)
            time.sleep(0.1)  # its server ends what it was asked before
            if begun := trials_of(url, process) - finished(url):
                process.kill()
                process.wait()
                return begun.pop()
            process.send_signal(signal.SIGCONT)


@pytest.fixture(scope="module")
def shared(digits_folder, postgres_server, tmp_path_factory):
    """Three processes, one of them killed; what the other two left."""
    import psycopg

    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as link:
        link.execute("CREATE DATABASE shared")
    url = f"{postgres_server}/shared"
    root = tmp_path_factory.mktemp("shared")
    (root / "digits").symlink_to(digits_folder)
    folder = root / "here"
    folder.mkdir()
    processes = [start(folder, url, name) for name in "abc"]
    try:
        left = kill_in_a_trial(processes[2], url)
        for name, process in zip("ab", processes, strict=False):
            assert process.wait() == 0, (folder / f"{name}.txt").read_text()
    finally:
        for process in processes:
            process.kill()
            process.wait()
    return folder, url, processes, left


def test_every_trial_is_there_once_and_finished(shared):
    _, url, _, _ = shared
    numbers = [number for number, _ in rows(url, TRIALS)]
    assert len(numbers) > 6
    assert len(set(numbers)) == len(numbers)
    assert {state for _, state in rows(url, TRIALS)} <= {"COMPLETE", "PRUNED", "FAIL"}
    assert sorted(numbers) == sorted(int(t.split()[1]) for t, _ in rows(url, CLAIMS))


def test_both_worked_and_one_took_over_what_the_killed_one_left(shared):
    _, url, (one, two, killed), left = shared
    assert trials_of(url, one)
    assert trials_of(url, two)
    assert left in trials_of(url, one) | trials_of(url, two)
    assert left not in trials_of(url, killed)
    assert left in finished(url)


def test_both_say_the_same(shared):
    folder, _, _, _ = shared
    first, second = sorted(folder.glob("runs/*/winner.yaml"))
    assert first.parent.name != second.parent.name
    assert first.read_text() == second.read_text()
    gains = [
        line.split("tuning", 1)[1]
        for name in "ab"
        for line in (folder / f"{name}.txt").read_text().splitlines()
        if line.startswith("tuning ")
    ]
    assert len(gains) == 2
    assert gains[0] == gains[1]


def test_the_winner_is_trained_once_and_both_know_where(shared):
    folder, _, _, _ = shared
    (summary,) = folder.glob("runs/*/run/summary.json")
    assert json.loads(summary.read_text())["num_train"] > 0
    for name in "ab":
        assert f"run       {summary.parent}" in (folder / f"{name}.txt").read_text()
