"""Evaluate a finished run on labelled data, old or new."""

from dataclasses import replace

from trainwell.core.arguments import checked
from trainwell.core.progress import Progress, silent
from trainwell.data import (
    Levels,
    SplitImages,
    ToEvaluate,
    load_to_evaluate,
    source_place,
)
from trainwell.infer import Predictor, TestTime
from trainwell.recipes import (
    Override,
    Recipe,
    Scope,
    read_named,
    read_recipe,
    refuse_out_of_scope,
)
from trainwell.runs._argument_rules import RULES
from trainwell.runs._given_run import RunLike, folder_of, predictor_of
from trainwell.runs._scores import Scores
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.folder._split_images import read_split_images
from trainwell.runs.session._load_splits import reading_of
from trainwell.runs.session._open_session import Source

_READS = (
    "image_column",
    "target_column",
    "image_folder",
    "image_suffix",
    "pattern",
    "points_origin",
)
_KEYS = ", ".join(f"data.{name}" for name in (*_READS, "bad_images"))
SCOPE = Scope(
    "trainwell evaluate",
    only=(*(f"data.{name}" for name in _READS), "data.bad_images"),
    reason=f"the model is trained already. It takes what says how data are read: "
    f"{_KEYS}.",
)
_UNKNOWN = "Which images the model was trained on is not known here; none is left out."


@checked(RULES)
def evaluate(  # noqa: PLR0913
    run: RunLike,
    source: Source,
    *overrides: Override,
    split: str | None = None,
    bad_images: str | None = None,
    allow_import: bool = False,
    views: str | TestTime = "none",
    draws: int | None = None,
    average: str = "probability",
    epoch: int | None = None,
    progress: Progress = silent,
) -> Scores:
    """Evaluate the model of a run folder on labelled images.

    Args:
        run: The folder, or what `train` or `load` returned.
        source: As for training; classes are matched by name. Images that the run was
            trained on are left out, wherever they lie: they are known by content.
        *overrides: `key=value` texts that say how these data are read, such as
            "data.target_column=age"; by default as in training.
        split: `train`, `val` or `test`; by default test if there is one, else all that
            the run has not seen. Where the source states no such split, the images of
            the run's own are meant.
        bad_images: `stop`, or `skip` unreadable ones; by default as in training.
        allow_import: See `load_predictor`.
        views: Views whose predictions are averaged: `flip`, `ten_crop`, `five_scales`,
            or the path of a policy's .yaml file.
        draws: Samples per image of a policy, 8 by default.
        average: Whether probabilities or logits are averaged.
        epoch: Epoch of a run with `train.keep=epochs`; the final weights by default.
        progress: Shows the evaluation.

    Raises:
        RecipeError: If an override says something else than how data are read.
        DataError: If a label is not among the model's classes, or nothing is left to
            evaluate.
        RunError: If what the run keeps of its images is damaged.

    Example:
        >>> scores = tw.evaluate(run, photos, split="train")
        >>> sorted(scores.per_class)
        ['dark', 'light']
    """
    requested = read_named(None, {"data.bad_images": bad_images}, overrides)
    refuse_out_of_scope(requested, SCOPE)
    predictor = predictor_of(
        run,
        views=views,
        draws=draws,
        average=average,
        allow_import=allow_import,
        epoch=epoch,
    )
    loaded = isinstance(run, Predictor) and run.path is None
    found = _to_evaluate(
        None if loaded else folder_of(run),
        predictor,
        source,
        split,
        requested,
        progress,
    )
    evaluation = predictor.evaluate(found.dataset, progress=progress)
    task = predictor.metadata.task
    return Scores(evaluation, found.split, found.notes, task)


def _to_evaluate(  # noqa: PLR0913
    folder: RunFolder | None,
    predictor: Predictor,
    source: Source,
    split: str | None,
    requested: Recipe,
    progress: Progress,
) -> ToEvaluate:
    """Return what is to be evaluated, without what the run was trained on."""
    trained = SplitImages() if folder is None else read_split_images(folder)
    own = False
    if folder is not None and folder.origin.exists():
        own = folder.read_json(folder.origin).get("place") == source_place(source)
    task = predictor.metadata.task
    kept = folder is not None and folder.recipe.exists()
    recipe = read_recipe(folder.recipe) if folder is not None and kept else Recipe()
    given = {name: getattr(requested.data, name) for name in _said(requested)}
    recipe = recipe.model_copy(update={"data": recipe.data.model_copy(update=given)})
    reading = reading_of(recipe, task.name).relaxed(_said(requested))
    options = predictor.metadata.preprocessing
    found = load_to_evaluate(
        source,
        predictor.classes,
        trained,
        own=own,
        split=split,
        bad_images=recipe.data.bad_images,
        channels=options.channels,
        levels=Levels(options.white_level, options.bits),
        reading=reading,
        progress=progress,
    )
    unknown = () if len(trained.train) else (_UNKNOWN,)
    return replace(found, notes=(*found.notes, *unknown))


def _said(requested: Recipe) -> tuple[str, ...]:
    """Return the fields of `data` that were given."""
    return tuple(sorted(requested.data.model_fields_set))
