"""Time how to step once per machine, versions, network, loss and shape of batch.

Timing decides between near equals by chance, and other ways to step form sums in
another order: without this, the same command and seed would give different weights.
What was timed is kept in the user's cache, in one small file; where that is damaged
it is replaced, and where it cannot be written the steps are timed every time. The file
is `$TRAINWELL_STEPS`, or `steps.json` in the cache folder; remove it to time again.
"""

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

from torch import nn

from trainwell.core.device import describe
from trainwell.core.errors import UserError
from trainwell.core.files import read_regular, write_atomically
from trainwell.core.home import cache_folder
from trainwell.training import MEMORY_FORMATS, PRECISIONS, StepTime

Times = tuple[StepTime, ...]

_MOST = 500  # entries of about 250 bytes; the oldest leave first
_MACHINE = ("processor", "cores", "threads", "accelerator", "torch", "trainwell")
_ADDRESS = re.compile(r"0x[0-9a-f]+")


def times_kept(key: str, measure: Callable[[], Times]) -> tuple[Times, bool]:
    """Return what was timed, and whether that was in an earlier run.

    Args:
        key: What the times depend on, from `step_key`.
        measure: Times the steps now.
    """
    found = _valid(_read().get(key))
    if found:
        return found, True
    measured = measure()
    kept = _read()
    first = _valid(kept.get(key))
    if first:  # another process was faster
        return first, True
    kept.pop(key, None)
    kept[key] = [astuple(time) for time in measured]
    newest = dict(list(kept.items())[-_MOST:])
    path = _path()
    with contextlib.suppress(UserError, OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(newest).encode())
    return measured, False


def is_kept(key: str) -> bool:
    """Tell whether these steps were timed in an earlier run."""
    return _valid(_read().get(key)) is not None


def step_key(model: nn.Module, **about: object) -> str:
    """Return a digest of the machine, the versions, the network, and all the rest.

    Args:
        model: Its layers, the shapes of its weights, and which of them learn, count;
            the values do not.
        **about: What else the times depend on; by its text.
    """
    machine = describe()
    parts = [
        *(f"{name}={machine[name]}" for name in _MACHINE),
        repr(model),
        *(f"{x.dtype} {tuple(x.shape)} {x.requires_grad}" for x in model.parameters()),
        *(f"{name}={value}" for name, value in sorted(about.items())),
    ]
    text = _ADDRESS.sub("", "\n".join(parts))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _path() -> Path:
    stated = os.environ.get("TRAINWELL_STEPS")
    return Path(stated) if stated else cache_folder() / "steps.json"


def _read() -> dict[str, Any]:
    try:
        kept = json.loads(read_regular(_path()))
    except (UserError, OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _valid(rows: Any) -> Times | None:  # noqa: ANN401
    """Return the times of an entry; None if it is not one."""
    try:
        times = tuple(
            StepTime(precision, memory_format, float(rate), float(loss))
            for precision, memory_format, rate, loss in rows
        )
    except (TypeError, ValueError):
        return None
    known = all(
        t.precision in PRECISIONS
        and t.memory_format in (*MEMORY_FORMATS,)
        and 0 < t.images_per_second < float("inf")
        for t in times
    )
    return times if times and known else None
