"""Data is opened in one place, and what has no use is refused before it is read."""

import numpy as np
import pytest

from trainwell.core.errors import RecipeError, RunError, UserError
from trainwell.recipes import Scope, read_recipe
from trainwell.runs import Quiet, RunFolder
from trainwell.runs.session._open_session import (
    open_data,
    open_session,
    source_name,
)
from trainwell.runs.session._reopen_session import reopen_session


class Listening(Quiet):
    def __init__(self):
        self.said = []

    def say(self, text):
        self.said.append(text)


def test_the_recipe_is_completed_and_announced():
    listening, recipe = Listening(), read_recipe(None, ["train.threads=1"])
    session = open_session("digits", recipe, Scope("test"), listening)
    assert session.recipe.model.name == "airbench"
    assert session.requested.model.name is None
    assert listening.said == [session.summary]


def test_what_a_command_does_not_use_is_refused_before_the_data():
    scope = Scope("trainwell test", {"train.time": "it takes no time."})
    recipe = read_recipe(None, ["train.time=5s"])
    message = (
        r"`train.time` changes nothing in `trainwell test`: it takes no time. Leav"
    )
    with pytest.raises(RecipeError, match=message):
        open_session("no/such/folder", recipe, scope, Quiet())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("prune=obd prune.share=1.5", r"prune.name=obd: `share` must be in \[0, 1\]"),
        ("prune=obs prune.start=0.9 prune.end=0.1", "`end` must not lie before"),
        ("schedule=halving schedule.every=2", "schedule.name=halving: `every`"),
        ("distill=nowhere", "nowhere is not a folder; give the folder of a run"),
    ],
)
def test_what_cannot_be_is_refused_before_the_data(words, message):
    recipe = read_recipe(None, words.split())
    with pytest.raises(UserError, match=message):
        open_session("no/such/folder", recipe, Scope("test"), Quiet())


@pytest.mark.parametrize("key", ["data.test_share=0.3", "data.val_share=0.2"])
def test_cuts_of_data_that_has_splits_are_refused(key, tmp_path):
    images = np.zeros((12, 8, 8, 3), np.uint8)
    images[::2] = 200
    targets = np.arange(12) % 2
    source = {name: (images, targets) for name in ("train", "val", "test")}
    with pytest.raises(RecipeError, match="splits of its own"):
        open_data(source, read_recipe(None, [key]), Scope("test"), Quiet())


def test_only_training_pixels_are_opened_for_a_search():
    recipe = read_recipe(None, ["train.threads=1"])
    opened = open_data("digits", recipe, Scope("test"), Quiet())
    session = opened.training_session(np.arange(50))
    assert len(session.stores.train) == 50
    assert len(session.splits.val) == 0
    assert session.splits.test is None
    assert session.summary.startswith("50 grey images")


def test_a_run_whose_images_changed_is_refused(finished, tmp_path):
    folder = RunFolder(finished.path)
    assert reopen_session(folder, Quiet()).splits.train.fingerprint
    copy, origin = RunFolder(tmp_path), folder.read_json(folder.origin)
    copy.recipe.write_bytes(folder.recipe.read_bytes())
    copy.write_json(copy.origin, {**origin, "fingerprint": "another"})
    with pytest.raises(RunError, match="the training images of .* are not those"):
        reopen_session(copy, Quiet())
    fingerprints = {**origin["fingerprints"], "val": "another"}
    copy.write_json(copy.origin, {**origin, "fingerprints": fingerprints})
    with pytest.raises(RunError, match="the validation images of .* are not those"):
        reopen_session(copy, Quiet())
    del origin["fingerprints"]  # as earlier versions wrote it
    copy.write_json(copy.origin, origin)
    assert len(reopen_session(copy, Quiet()).splits.val) > 0


def test_a_folder_that_is_no_run(tmp_path):
    with pytest.raises(RunError, match="is not the folder of a run"):
        reopen_session(RunFolder(tmp_path), Quiet())


def test_names_of_sources():
    assert source_name("photos/") == "photos/"
    assert source_name(([], [])) == "arrays"


def test_a_flip_of_mirrored_classes_is_warned_of():
    import numpy as np

    from trainwell.recipes import Scope, read_recipe
    from trainwell.runs import Quiet

    class Told(Quiet):
        def __init__(self):
            self.warnings = []

        def warn(self, text):
            self.warnings.append(text)

    ramp = np.tile(np.linspace(0, 200, 16), (16, 1))[..., None].repeat(3, axis=2)
    noise = np.random.default_rng(0).integers(0, 40, (120, 16, 16, 3))
    images = np.stack([ramp[:, :: 1 if i % 2 else -1] for i in range(120)]) + noise
    data = images.astype(np.uint8), np.arange(120) % 2
    for keys, count in ((["augment.flip=true"], 1), ([], 0)):
        reporter = Told()
        open_session(data, read_recipe(None, keys), Scope("trainwell train"), reporter)
        assert (
            sum("teaches wrong labels" in text for text in reporter.warnings) == count
        )
