"""A first run in equal time: trainwell beside other libraries at their defaults.

    make bench-first-run
    python -m benchmarks.first_run --sets clothing --candidates ours,fastai --seeds 1

Each run is a process of its own; finished runs are kept in the file of `--out` and not
repeated. See benchmarks/README.md.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.first_run._candidates import CANDIDATES, runs
from benchmarks.first_run._measure import CORES, measure
from benchmarks.first_run._sets import SETS, prepared
from benchmarks.first_run._table import table

LIBRARIES = ("trainwell", "torch", "fastai", "ultralytics", "timm", "pytorch-lightning")


def main() -> None:
    asked = _arguments()
    print(machine(), flush=True)
    if any(not CANDIDATES[name].peer for name in asked.candidates):
        warm_up()
    rows = _kept(asked.out)
    for name in asked.sets:
        measured = measure_set(name, asked, rows)
        print(table(name, measured) if measured else f"{name}: no images, left out")
        sys.stdout.flush()


def measure_set(
    name: str, asked: argparse.Namespace, rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the rows of a set, old and new; empty if its images are missing."""
    seconds = asked.seconds or SETS[name].seconds
    sizes = asked.sizes or SETS[name].sizes
    found = []
    for seed in range(asked.seeds):
        images = prepared(name, asked.data, asked.work, seed)
        if images is None:
            return []
        for candidate in asked.candidates:
            if CANDIDATES[candidate].only and name not in CANDIDATES[candidate].only:
                continue
            out = asked.work / "trained" / f"{name}-{candidate}-{seed}"
            for run in runs(candidate, images, seconds, seed, sizes, out):
                which = {"set": name, "candidate": run.name, "seed": seed}
                which["seconds"] = seconds
                row = _old(rows, which)
                if row is None:
                    log = asked.work / "logs" / name / f"{run.name}-{seed}.txt"
                    row = which | measure(run, log, asked.work, 4 * seconds + 300)
                    with asked.out.open("a") as file:
                        file.write(json.dumps(row) + "\n")
                    print(json.dumps(row), flush=True)
                found.append(row)
    return found


def machine() -> str:
    """Return where this runs, and the versions of the libraries."""
    models = [
        line.split(":")[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    versions = ", ".join(f"{n} {importlib.metadata.version(n)}" for n in LIBRARIES)
    python = platform.python_version()
    return f"{CORES} cores of {models[0]}; Python {python}, {versions}"


def warm_up() -> None:
    """Train once, uncounted: the first run of an installation compiles and times."""
    trainwell = Path(sys.executable).with_name("trainwell")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [trainwell, "train", "digits", "train.time=5s", "--out", f"{folder}/run"],
            check=True,
            capture_output=True,
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("make bench-first-run")
    data = Path(os.environ.get("TRAINWELL_DATA", "../shared/data"))
    parser.add_argument("--data", type=Path, default=data, help="where the sets lie")
    parser.add_argument("--work", type=Path, default=Path("runs/first_run"))
    parser.add_argument("--out", type=Path, help="results; by default in --work")
    parser.add_argument("--sets", type=_names(SETS), default=list(SETS))
    parser.add_argument(
        "--candidates", type=_names(CANDIDATES), default=list(CANDIDATES)
    )
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--seconds", type=float, help="instead of each set's own")
    parser.add_argument("--sizes", type=_numbers, help="of peers' images, as 128,224")
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    asked.out = asked.out or asked.work / "results.jsonl"
    return asked


def _names(known: dict[str, Any]) -> Any:
    def names(text: str) -> list[str]:
        unknown = [name for name in text.split(",") if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(
                f"{', '.join(unknown)} not known; there are {', '.join(known)}"
            )
        return text.split(",")

    return names


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(","))


def _kept(out: Path) -> list[dict[str, Any]]:
    if not out.exists():
        return []
    return [json.loads(line) for line in out.read_text().splitlines()]


def _old(rows: list[dict[str, Any]], which: dict[str, Any]) -> dict[str, Any] | None:
    """Return the row of a run that is there already and did not fail."""
    same = (r for r in rows if which.items() <= r.items() and "failed" not in r)
    return next(same, None)


if __name__ == "__main__":
    main()
