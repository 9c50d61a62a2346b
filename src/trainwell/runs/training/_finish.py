"""After the last step: evaluate the best weights, write everything down, report."""

import shutil
import time
from collections.abc import Sequence
from typing import Any

from trainwell.core.files import write_atomically
from trainwell.diagnose import (
    check_curves,
)
from trainwell.infer import write_metadata
from trainwell.models import num_parameters
from trainwell.report import write_report
from trainwell.runs._make_ensemble import combine_moments
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.folder._split_images import keep_split_images
from trainwell.runs.session._judged_by import judged_by
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.training._calibrate import calibrated, calibration_summary
from trainwell.runs.training._evaluation import (
    SplitEvaluation,
    evaluate_splits,
    metric_to_select,
)
from trainwell.runs.training._evidence import save_evidence
from trainwell.runs.training._first_look import first_look
from trainwell.runs.training._inside import save_inside
from trainwell.runs.training._inside_room import room_of
from trainwell.runs.training._kept_weights import describe_kept
from trainwell.runs.training._next_steps import next_steps
from trainwell.runs.training._run_notes import busy, leaked, notes, texts
from trainwell.runs.training._sparsity import sparsity_summary
from trainwell.runs.training._split_metrics import (
    class_scores,
    headlines,
    split_metrics,
)
from trainwell.training import (
    TrainState,
    load_tensors,
    read_metrics,
    save_tensors,
)

_NOT_HELD_OUT = (
    "No image was held out to validate on: the last weights are kept. The test, or "
    "`trainwell evaluate` on other images, says how well they do on new ones."
)


def finish(
    setup: TrainingSetup, state: TrainState, folder: RunFolder
) -> dict[str, Any]:
    """Write the model, the evidence, the summary and the report; return the summary.

    The summary comes last: where it exists, the run is finished.
    """
    begun = time.perf_counter()
    tensors, _ = load_tensors(folder.best)
    setup.model.load_state_dict(tensors)
    members: dict[str, Any] = {}
    if setup.recipe.ensemble.kind is not None:
        setup, members = combine_moments(setup, state)
    setup, evaluations = publish(setup, folder)
    summary = _summary(setup, state, folder, evaluations) | members
    summary["next"] = next_steps(setup, folder.path, evaluations)
    room = room_of(setup, state, time.perf_counter() - begun)
    save_inside(folder, setup, evaluations, room)
    write_report(folder.path, summary)
    folder.write_json(folder.summary, summary)
    return summary


def publish(
    setup: TrainingSetup, folder: RunFolder
) -> tuple[TrainingSetup, list[SplitEvaluation]]:
    """Write the model and what it says of the validation and test images.

    Returns:
        The setup with its temperature, and the evaluations at it.
    """
    save_tensors(folder.weights, setup.model.state_dict())
    evaluations = evaluate_splits(setup, setup.session.reporter)
    setup, evaluations = calibrated(setup, evaluations)
    write_atomically(folder.metadata, write_metadata(setup.metadata).encode())
    save_evidence(folder, setup, evaluations)
    keep_split_images(folder, setup.splits)
    return setup, evaluations


def finish_ensemble(
    whole: TrainingSetup,
    best: RunFolder,
    folder: RunFolder,
    about: dict[str, Any],
) -> dict[str, Any]:
    """Finish a run that others answer for; its curves are those of the best of them."""
    whole, evaluations = publish(whole, folder)
    shutil.copy(best.metrics, folder.metrics)
    task = whole.metadata.task
    summary = {
        **best.read_summary(),
        **about,
        "next": [],
        "num_parameters": num_parameters(whole.model),
        "sparsity": sparsity_summary(whole.recipe, whole.model),
        **headlines(evaluations, task),
        "metrics": split_metrics(evaluations, task),
        **calibration_summary(whole, evaluations),
    }
    write_report(folder.path, summary)
    folder.write_json(folder.summary, summary)
    return summary


def _summary(
    setup: TrainingSetup,
    state: TrainState,
    folder: RunFolder,
    evaluations: list[SplitEvaluation],
) -> dict[str, Any]:
    splits, recipe = setup.splits, setup.recipe
    per_epoch = setup.batches.per_epoch
    task = setup.metadata.task
    images = state.step * setup.batches.batch_size
    lines = read_metrics(folder.metrics, task.headline)
    curves = [line for line in lines if line["event"] == "evaluate"]
    verdict = check_curves(
        curves,
        **judged_by(task, splits.train.targets),
        losses=[line["loss"] for line in lines if line["event"] == "train"],
        leaked=leaked(splits),
        classes=class_scores(evaluations[0].evaluation),
        weighted=recipe.loss.class_weights not in (None, "none"),
        kept=_kept(curves, state),
    )
    statistics = [line for line in lines if line["event"] == "layers"]
    own_size = recipe.optimizer.name == "muon"  # steps as large as its rate says
    return {
        "task": task.name,
        "headline": task.headline,
        "lower_is_better": task.metrics[task.headline].lower_is_better,
        "classes": list(task.labels),
        "units": dict(task.measured_in),
        "num_train": len(splits.train),
        "num_val": len(splits.val) if splits.held_out else 0,
        "num_test": len(splits.test) if splits.test is not None else 0,
        **headlines(evaluations, task, held_out=splits.held_out),
        "unlabelled": [x for x in splits.audit.notes if " no label" in x],
        "metrics": split_metrics(
            [e for e in evaluations if splits.held_out or e.name != "val"],
            task,
        ),
        **calibration_summary(setup, evaluations),
        "select": recipe.train.select,
        "kept": describe_kept(
            curves,
            _kept(curves, state),
            len(splits.val) if splits.held_out else 0,
            recipe.train.select or task.headline,
            metric_to_select(setup),
        ),
        "train_seconds": round(state.seconds + setup.seconds, 2),
        "images_per_second": round(images / max(state.step_seconds, 1e-9), 1),
        "processor_busy": busy(statistics),
        "num_parameters": num_parameters(setup.model),
        "sparsity": sparsity_summary(recipe, setup.model),
        "epochs": round(state.step / per_epoch, 2),
        "best_epoch": round(state.memory["best_step"] / per_epoch, 2),
        "precision": recipe.train.precision,
        "memory_format": recipe.train.memory_format,
        "seed": recipe.seed,
        "verdict": verdict.text if splits.held_out else _NOT_HELD_OUT,
        "faults": texts(first_look(setup)),
        "notes": texts(notes(statistics, state, own_size)),
        "model": recipe.model.name,
        "stopped_by": state.stop or "plan",
        "batch_parts": state.parts,
        "step_timings": setup.timings,
    }


def _kept(curves: Sequence[dict[str, Any]], state: TrainState) -> int:
    """Return the index of the evaluation whose weights are kept."""
    best = state.memory["best_step"]
    found = [i for i, line in enumerate(curves) if line["step"] == best]
    return found[-1] if found else -1
