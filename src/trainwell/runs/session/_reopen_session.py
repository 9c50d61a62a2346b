"""Open the data of a run again, where they were or where they lie now."""

from pathlib import Path

from trainwell.core.errors import DataError, RunError
from trainwell.data import source_place
from trainwell.recipes import read_recipe
from trainwell.runs._reporter import Reporter
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.folder._saved_recipe import with_kept_policy
from trainwell.runs.session._data_identity import refuse_other_data
from trainwell.runs.session._load_splits import load_splits
from trainwell.runs.session._open_session import (
    Source,
    prepare_process,
    source_name,
)
from trainwell.runs.session._opened_data import OpenedData
from trainwell.runs.session._session import Session, place_of
from trainwell.runs.session._stores import Decode, open_stores


def reopen_session(
    folder: RunFolder,
    reporter: Reporter,
    *,
    decode: Decode = "on demand",
    data: Source | None = None,
) -> Session:
    """Open the data of a run with the recipe that the run kept.

    Args:
        folder: The run.
        reporter: Shows messages and progress.
        decode: Whether images are decoded now or when they are fetched.
        data: Where the images lie now; the run remembers it.

    Raises:
        DataError: If the data is no longer there.
        RunError: If it is no run, or its images or labels have changed since.
    """
    if not folder.recipe.exists() or not folder.origin.exists():
        raise RunError(f"{folder.path} is not the folder of a run.")
    requested = read_recipe(folder.recipe)
    recipe = with_kept_policy(requested, folder)
    origin = folder.read_origin()
    device = prepare_process(recipe)
    place = place_of(origin) if data is None else data
    try:
        splits = load_splits(place, recipe, reporter.progress)
    except DataError as error:
        if data is not None or Path(str(place)).exists():
            raise
        raise DataError(
            f"{error} If the images moved, say where they are: `trainwell finish "
            f"{folder.path} --data PLACE`."
        ) from None
    name = origin["source"] if data is None else source_name(data)
    refuse_other_data(folder.path, origin, splits, name)
    if data is not None:
        moved = {"source": name, "place": source_place(data)}
        folder.write_json(folder.origin, {**origin, **moved})
    opened = OpenedData(source_name(place), splits, requested, device, reporter)
    stores = open_stores(splits, recipe, reporter.progress, decode)
    return opened.session(recipe, origin["chosen"], stores)
