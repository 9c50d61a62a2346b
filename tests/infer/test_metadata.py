"""A card comes back as it was, and damage is said in one line."""

import contextlib
import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainwell.core.errors import RunError
from trainwell.infer import ModelMetadata, Preprocessing, read_metadata, write_metadata
from trainwell.models import ModelSpec
from trainwell.preprocess import Standardize
from trainwell.tasks import Classification

CARD = ModelMetadata(
    task=Classification(("T-shirt/top", "Übergröße", "10")),
    model=ModelSpec("airbench", 3, 1, 48, {"widths": [8, 16]}),
    preprocessing=Preprocessing(
        image_size=48,
        channels=1,
        short_side=72,
        fit="crop",
        border="reflect",
        standardize=Standardize((0.1 + 0.2,), (1 / 3,)),
    ),
)
TREE = json.loads(write_metadata(CARD))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


def places(tree, path=()):
    yield path
    if isinstance(tree, dict | list):
        for key in tree if isinstance(tree, dict) else range(len(tree)):
            yield from places(tree[key], (*path, key))


def changed(path, value, tree=TREE):
    """A copy of the tree with another value at a place."""
    if not path:
        return value
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[path[0]] = changed(path[1:], value, tree[path[0]])
    return copy


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("run") / "model.json"


def test_round_trip(path):
    path.write_text(write_metadata(CARD))
    assert read_metadata(path) == CARD


def test_a_size_that_is_no_square_comes_back(tmp_path):
    oblong = replace(
        CARD,
        model=replace(CARD.model, image_size=(48, 80)),
        preprocessing=replace(CARD.preprocessing, image_size=(48, 80)),
    )
    (tmp_path / "model.json").write_text(write_metadata(oblong))
    assert read_metadata(tmp_path / "model.json") == oblong


def test_a_temperature_comes_back_and_older_files_have_1(path):
    warm = replace(CARD, temperature=0.1 + 0.2)
    path.write_text(write_metadata(warm))
    assert read_metadata(path) == warm
    older = {k: v for k, v in TREE.items() if k != "temperature"}
    path.write_text(json.dumps(older))
    assert read_metadata(path) == CARD
    assert read_metadata(path).temperature == 1.0


@pytest.mark.parametrize(
    "value", [0, -1, 1e-9, 1e9, float("nan"), float("inf"), "warm", None, [1]]
)
def test_a_temperature_that_is_none(path, value):
    path.write_text(json.dumps({**TREE, "temperature": value}))
    with pytest.raises(RunError, match=r"does not describe a model \(.*temperature"):
        read_metadata(path)


def test_it_is_readable_and_versioned():
    assert TREE["format"] == 1
    assert TREE["classes"] == list(CARD.classes)
    assert write_metadata(CARD).endswith("}\n")


def test_missing(tmp_path):
    with pytest.raises(RunError, match=r"is missing: .* is not the folder of a run\."):
        read_metadata(tmp_path / "model.json")
    (tmp_path / "recipe.yaml").touch()
    message = r"is missing: .* is not a finished run\. `trainwell finish .*` makes a"
    with pytest.raises(RunError, match=message):
        read_metadata(tmp_path / "model.json")


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        ((), [], "format 1"),
        (("format",), 2, "format 1"),
        (("classes",), ["a", "b"], "2 class names for 3 outputs"),
        (("classes",), ["a", "b", "a"], "3 class names for 3 outputs"),
        (("classes",), "abc", "classes: "),
        (("model", "in_channels"), 3, "reads 3 channels, preprocessing others"),
        (("preprocessing", "channels"), 3, "reads 1 channels, preprocessing others"),
        (("preprocessing", "standardize", "mean"), [0.1, 0.2], "reads 1 channels"),
        (("preprocessing", "standardize", "std"), [0.0], "not positive"),
        (("preprocessing", "standardize", "std"), [float("nan")], "not positive"),
        (("preprocessing", "image_size"), -4, "not positive"),
        (("preprocessing", "image_size"), [48, -4], "not positive"),
        (("preprocessing", "image_size"), [48, 80, 3], "preprocessing.image_size"),
        (("preprocessing", "short_side"), -1, "not positive"),
        (("preprocessing", "fit"), "zoom", "preprocessing.fit: "),
        (("preprocessing", "border"), "zero", "preprocessing.border: "),
        (("model", "name"), None, "model.name: "),
    ],
)
def test_damage_is_named(path, place, value, message):
    path.write_text(json.dumps(changed(place, value)))
    with pytest.raises(RunError, match=message) as caught:
        read_metadata(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_no_json(path, content):
    path.write_bytes(content)
    with pytest.raises(RunError, match="does not describe a model"):
        read_metadata(path)


@given(place=st.sampled_from(list(places(TREE))), value=VALUES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_anywhere_gives_a_card_or_an_error_of_ours(path, place, value):
    path.write_text(json.dumps(changed(place, value)))
    with contextlib.suppress(RunError):
        metadata = read_metadata(path)
        assert isinstance(metadata, ModelMetadata)
        assert len(metadata.classes) == metadata.model.num_classes
        assert (
            len(metadata.preprocessing.standardize.mean) == metadata.model.in_channels
        )


@given(cut=st.integers(0, len(write_metadata(CARD)) - 3))
def test_any_cut_is_said(path, cut):
    path.write_text(write_metadata(CARD)[:cut])
    with pytest.raises(RunError, match="does not describe a model"):
        read_metadata(path)
