"""Train once per fold and report all: cross-validation.

Each fold is a run of its own in members/, validated on images that it did not learn;
the folder above holds the predictions of all of them, each for its own fold, and of
the curves the best fold's. It holds no model.

Source: Stone, "Cross-Validatory Choice and Assessment of Statistical Predictions",
1974.
"""

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from statistics import mean, stdev
from typing import Any

import numpy as np

from trainwell.core.files import open_regular, write_atomically
from trainwell.core.headline import headline, headline_name, index_of_best
from trainwell.recipes import Recipe
from trainwell.report import write_report
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.session._open_session import Source, open_recut
from trainwell.runs.session._session import Session
from trainwell.runs.training._begin import begin
from trainwell.runs.training._calibrate import mean_calibration
from trainwell.runs.training._train_run import train_run

_COPIED = ("metrics.jsonl", "audit.json", "model.json")


def needs_all_folds(recipe: Recipe) -> bool:
    """Return whether a recipe asks for every fold."""
    return recipe.data.folds is not None and recipe.data.fold is None


def train_folds(source: Source, session: Session, folder: RunFolder) -> dict[str, Any]:
    """Train the missing folds; return the summary of all.

    Args:
        source: The data, to be cut again for every fold.
        session: The session of the first fold.
        folder: Where the folds and the summary are written.
    """
    count = session.recipe.data.folds or 0
    begin(folder, session.recipe, session)
    members = [RunFolder(folder.members / str(number)) for number in range(count)]
    for number, member in enumerate(members):
        if member.finished:
            continue
        session.reporter.say(f"Fold {number + 1} of {count}.")
        recipe = _of_fold(session.recipe, number)
        own = open_recut(source, replace(session, recipe=recipe))
        with member.locked():
            train_run(own, recipe, member)
    return _finish(members, folder)


def _of_fold(recipe: Recipe, number: int) -> Recipe:
    data = recipe.data.model_copy(update={"fold": number})
    return recipe.model_copy(update={"data": data})


def _finish(members: list[RunFolder], folder: RunFolder) -> dict[str, Any]:
    summaries = [member.read_json(member.summary) for member in members]
    name = headline_name(summaries[0])
    val = [headline(summary, "val") or 0.0 for summary in summaries]
    test = [x for s in summaries if (x := headline(s, "test")) is not None]
    first = index_of_best(summaries[0], val)
    best = members[first]
    for file in _COPIED:
        shutil.copy(best.path / file, folder.path / file)
    _gather(members, folder)
    about = {
        "count": len(members),
        f"val_{name}": val,
        "val_mean": round(mean(val), 6),
        "val_deviation": round(stdev(val), 6),
        f"test_{name}": test,
        "best_fold": first,
    }
    if test:
        about |= {
            "test_mean": round(mean(test), 6),
            "test_deviation": round(stdev(test), 6),
        }
    summary = {
        **best.read_json(best.summary),
        f"val_{name}": about["val_mean"],
        f"test_{name}": about.get("test_mean"),
        "num_val": sum(s["num_val"] for s in summaries),
        "train_seconds": round(sum(s["train_seconds"] for s in summaries), 2),
        "folds": about,
        **mean_calibration(summaries),
    }
    write_report(folder.path, summary)
    (folder.path / "model.json").unlink()
    folder.write_json(folder.summary, summary)
    return summary


def _gather(members: list[RunFolder], folder: RunFolder) -> None:
    """Write the predictions of every image by the fold that did not learn it."""
    (folder.path / "predictions").mkdir(exist_ok=True)
    parts, start = [], 0
    shown: dict[str, list[Any]] = {"images": [], "indices": [], "frames": []}
    for member in members:
        with _kept(member, "predictions/val.npz") as kept:
            parts.append(dict(kept))
        with _kept(member, "examples.npz") as kept:
            if str(kept["split"]) == "val":
                shown["images"].append(kept["images"])
                shown["frames"].append(kept["frames"])
                shown["indices"].append(kept["indices"] + start)
        start += len(parts[-1]["targets"])
    whole = {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
    _write(folder, "predictions/val.npz", **whole)
    if shown["images"]:
        joined = {name: np.concatenate(arrays) for name, arrays in shown.items()}
    else:
        with _kept(members[0], "examples.npz") as kept:
            joined = {name: kept[name][:0] for name in shown}
    _write(folder, "examples.npz", split=np.array("val"), **joined)


@contextmanager
def _kept(member: RunFolder, name: str) -> Iterator[Any]:
    with (
        open_regular(member.path / name) as stream,
        np.load(stream, allow_pickle=False) as kept,
    ):
        yield kept


def _write(folder: RunFolder, name: str, **arrays: Any) -> None:  # noqa: ANN401
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    write_atomically(folder.path / name, buffer.getvalue())
