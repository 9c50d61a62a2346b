"""The same pixels give the same probabilities, however they are handed over."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from trainwell.core.errors import ArgumentError, DataError
from trainwell.data import array_dataset, shrink
from trainwell.infer import Prediction, load_predictor


@pytest.fixture
def predictor(save_model):
    return load_predictor(save_model())


def rows(predictions):
    return np.stack([p.probabilities for p in predictions])


def test_files_and_their_pixels_agree(predictor, files, pictures):
    from_files = predictor.predict(files)
    from_arrays = predictor.predict(pictures)
    assert np.array_equal(rows(from_files), rows(from_arrays))
    assert [p.name for p in from_files] == [str(path) for path in files]
    assert [p.name for p in from_arrays] == [f"image {i}" for i in range(5)]


def test_the_probabilities_are_the_networks(predictor, pictures):
    square = pictures[0]  # 20 x 20, as the network reads it
    mean, std = np.array([0.4, 0.5, 0.6]), 0.2
    tensor = torch.tensor((square / 255 - mean) / std).permute(2, 0, 1)[None].float()
    with torch.no_grad():
        expected = predictor.model(tensor).softmax(1)[0]
    (found,) = predictor.predict([square])
    torch.testing.assert_close(torch.from_numpy(found.probabilities), expected)


def test_a_prediction_is_whole(predictor, pictures):
    for p in predictor.predict(pictures):
        assert p.probabilities.sum() == pytest.approx(1)
        assert p.classes == predictor.classes
        assert p.label == p.classes[p.probabilities.argmax()]
        assert p.probability == p.probabilities.max()


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_the_batch_size_changes_nothing(predictor, files, batch, monkeypatch):
    together = predictor.predict(files)
    monkeypatch.setattr("trainwell.infer._predictor._BATCH", batch)
    parted = predictor.predict(files)
    assert [p.name for p in parted] == [p.name for p in together]
    np.testing.assert_allclose(rows(parted), rows(together), atol=1e-6)


def test_order_is_kept(predictor, files):
    forth, back = predictor.predict(files), predictor.predict(files[::-1])
    assert len({p.probability for p in forth}) == len(files)
    np.testing.assert_allclose(rows(forth), rows(back)[::-1], atol=1e-6)


def test_an_iterator_of_mixed_kinds(predictor, files, pictures):
    mixed = predictor.predict(iter([files[0], pictures[1], str(files[2])]))
    np.testing.assert_allclose(
        rows(mixed), rows(predictor.predict(files[:3])), atol=1e-6
    )
    assert [p.name for p in mixed] == [str(files[0]), "image 1", str(files[2])]


def test_names_of_arrays_count_on_over_batches(predictor, pictures, monkeypatch):
    monkeypatch.setattr("trainwell.infer._predictor._BATCH", 2)
    assert [p.name for p in predictor.predict(pictures)][-1] == "image 4"


def test_nothing_is_refused(predictor):
    with pytest.raises(DataError, match="`images` is empty"):
        predictor.predict([])


def test_folders_and_globs_are_expanded(predictor, tmp_path):
    for name in ("a", "b"):
        Image.fromarray(np.zeros((9, 9, 3), np.uint8)).save(tmp_path / f"{name}.png")
    (tmp_path / "[1].png").write_bytes((tmp_path / "a.png").read_bytes())
    for images in (tmp_path, f"{tmp_path}/*.png", [tmp_path]):
        assert len(predictor.predict(images)) == 3
    assert len(predictor.predict([tmp_path / "*a.png", tmp_path / "b.png"])) == 2
    assert predictor.predict(tmp_path / "[1].png").name.endswith("[1].png")


def test_progress_counts_every_image(predictor, pictures, monkeypatch):
    monkeypatch.setattr("trainwell.infer._predictor._BATCH", 2)
    seen = []

    class Bar:
        def __init__(self, description, total):
            seen.append(total)

        def __enter__(self):
            return seen.append

        def __exit__(self, *error):
            return None

    predictor.predict(pictures, progress=Bar)
    assert seen == [5, 2, 2, 1]


def test_top():
    shares = np.array([0.1, 0.4, 0.1, 0.4], np.float32)
    p = Prediction("x", "b", 0.4, shares, ("a", "b", "c", "d"))
    assert [name for name, _ in p.top(3)] == ["b", "d", "a"]
    assert [share for _, share in p.top(2)] == pytest.approx([0.4, 0.4])
    assert len(p.top(9)) == 4


def test_large_images_are_reduced_as_in_training(save_model, files, pictures):
    large, reduced = pictures[4], shrink(pictures[4], 30)
    assert reduced.shape[:2] == (33, 30)
    reducing = load_predictor(save_model(short_side=30))
    found = rows(reducing.predict([files[4], large]))
    plain = load_predictor(save_model())
    expected, whole = rows(plain.predict([reduced, large]))
    assert np.array_equal(found, np.stack([expected, expected]))
    assert not np.allclose(expected, whole)


@pytest.mark.parametrize("fit", ["pad", "stretch", "crop"])
@pytest.mark.parametrize("border", ["mean", "reflect"])
def test_prepared_images_have_the_numbers_of_prediction(save_model, files, fit, border):
    """The network on `prepared / 255`, normalised, within half a level of rounding."""
    predictor = load_predictor(save_model(fit=fit, border=border))
    prepared = predictor.prepared(files)
    assert prepared.dtype == np.uint8
    assert prepared.shape == (5, 20, 20, 3)
    x = (torch.from_numpy(prepared) / 255 - torch.tensor([0.4, 0.5, 0.6])) / 0.2
    with torch.no_grad():
        found = predictor.model(x.permute(0, 3, 1, 2)).softmax(1).numpy()
    np.testing.assert_allclose(found, rows(predictor.predict(files)), atol=2e-3)


def test_prepared_keeps_pixels_that_need_no_resampling(predictor, pictures):
    assert np.array_equal(predictor.prepared(pictures[:1])[0], pictures[0])


def test_fit_matters(save_model, files):
    wide = files[2:3]
    images = {
        fit: load_predictor(save_model(fit=fit)).prepared(wide)
        for fit in ("pad", "stretch", "crop")
    }
    mean = np.rint(255 * np.array([0.4, 0.5, 0.6]))
    assert (images["pad"][0, :4] == mean).all()
    assert not (images["stretch"][0, :4] == mean).all(-1).any()
    assert not np.array_equal(images["stretch"], images["crop"])


def test_evaluation_agrees_with_prediction(predictor, pictures):
    images = np.stack([pictures[0], pictures[0][::-1], 255 - pictures[0]])
    dataset = array_dataset(images, np.array([2, 0, 1]), predictor.classes)
    evaluation = predictor.evaluate(dataset)
    assert np.array_equal(evaluation.probabilities, rows(predictor.predict(images)))
    assert evaluation.targets.tolist() == [2, 0, 1]


def test_grey_and_colour_files_become_what_the_model_reads(save_model, tmp_path, files):
    grey = tmp_path / "grey.png"
    Image.open(files[0]).convert("L").save(grey)
    colour = load_predictor(save_model())
    (as_colour,) = colour.predict([grey])
    level = np.asarray(Image.open(grey))[..., None]
    (expected,) = colour.predict([np.repeat(level, 3, axis=2)])
    assert np.array_equal(as_colour.probabilities, expected.probabilities)
    reads_grey = load_predictor(save_model(channels=1))
    found = rows(reads_grey.predict([grey, level]))
    assert np.array_equal(found[0], found[1])


def test_arrays_with_other_channels(save_model, pictures):
    with pytest.raises(DataError, match="reads 3 channels, the image has 2"):
        load_predictor(save_model()).predict([pictures[0][..., :2]])
    with pytest.raises(DataError, match="reads 1 channel, the image has 3"):
        load_predictor(save_model(channels=1)).predict([pictures[0]])


@pytest.mark.parametrize(
    "image", [np.zeros((20, 20, 3)), np.zeros(20, np.uint8)], ids=["float", "1d"]
)
def test_arrays_that_are_no_images(predictor, image):
    with pytest.raises(
        DataError,
        match=r"must be uint8 or uint16, height x width or height x width x channels; got",
    ):
        predictor.predict([image])


def test_files_that_are_no_images(predictor, tmp_path):
    path = tmp_path / "note.jpg"
    path.write_text("not an image")
    with pytest.raises(DataError, match=r"note\.jpg"):
        predictor.predict([path])
    with pytest.raises(DataError, match=r"gone\.png"):
        predictor.predict([tmp_path / "gone.png"])


def test_a_source_is_no_dataset(predictor):
    with pytest.raises(ArgumentError, match="`tw.evaluate.predictor, source.` reads"):
        predictor.evaluate("photos/")


def test_outputs_are_divided_by_the_temperature(predictor, pictures):
    warm = replace(predictor, metadata=replace(predictor.metadata, temperature=0.25))
    plain, sharp = rows(predictor.predict(pictures)), rows(warm.predict(pictures))
    expected = plain.astype(np.float64) ** 4
    np.testing.assert_allclose(
        sharp, expected / expected.sum(1, keepdims=True), rtol=1e-4
    )
    assert np.array_equal(plain.argmax(1), sharp.argmax(1))
