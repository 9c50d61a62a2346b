"""Killed at random moments and resumed: the same weights, bit for bit."""

import hashlib
import json
import random
import shutil
import signal
import time

import pytest

ARGS = (
    "train.epochs=40",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
    "train.checkpoint_seconds=0.2",
    "train.average=0.99",
)


def digest(run):
    return hashlib.sha256((run / "model.safetensors").read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def whole(command, digits_folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("whole") / "run"
    process = command("train", digits_folder, "--out", out, *ARGS)
    assert process.wait() == 0, process.stderr.read()
    return digest(out), (out / "metrics.jsonl").read_text()


def steps(text):
    return [
        (x["event"], x["step"], x.get("val_accuracy"))
        for x in map(json.loads, text.splitlines())
    ]


def test_killed_runs_end_as_the_uninterrupted_one(
    whole, command, digits_folder, tmp_path
):
    expected, metrics = whole
    out, chance, codes = tmp_path / "run", random.Random(0), []
    resume = ("train", digits_folder, "--out", out, "--resume", *ARGS)
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL):
        process = command(*resume)
        wait_for_a_save(out / "checkpoints" / "last.safetensors", process)
        time.sleep(chance.uniform(0, 0.5))
        process.send_signal(number)
        codes.append(process.wait())
    assert codes == [-signal.SIGKILL, 130, -signal.SIGKILL]
    process = command(*resume)
    assert process.wait() == 0, process.stderr.read()
    assert digest(out) == expected
    assert steps((out / "metrics.jsonl").read_text()) == steps(metrics)


def wait_for_a_save(path, process):
    """Return when this process has saved a checkpoint of its own."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    while not path.exists() or path.stat().st_mtime_ns == before:
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.01)


def test_two_processes_do_not_share_a_folder(command, digits_folder, tmp_path):
    out = tmp_path / "run"
    first = command("train", digits_folder, "--out", out, "--resume", *ARGS)
    wait_for_a_save(out / "checkpoints" / "last.safetensors", first)
    second = command("train", digits_folder, "--out", out, "--resume", *ARGS)
    assert second.wait() == 2
    assert "is in use by another process" in second.stderr.read()
    first.kill()
    first.wait()


def test_changed_data_is_not_trained_on(command, digits_folder, tmp_path):
    data, out = tmp_path / "data", tmp_path / "run"
    shutil.copytree(digits_folder, data)
    process = command("train", data, "--out", out, *ARGS)
    wait_for_a_save(out / "checkpoints" / "last.safetensors", process)
    process.kill()
    process.wait()
    next((data / "train" / "class 3").iterdir()).unlink()
    process = command("train", data, "--out", out, "--resume", *ARGS)
    assert process.wait() == 2
    assert "are not those that" in process.stderr.read()
