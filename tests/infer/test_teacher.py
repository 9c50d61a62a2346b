"""A teacher answers for a student's tensors as it would for the images."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from trainwell.core.errors import ModelError
from trainwell.infer import Teacher, load_predictor
from trainwell.preprocess import Standardize
from trainwell.tasks import Classification


def tensors(images, options):
    """Return uint8 images of one size as a model with these statistics reads them."""
    pixels = torch.from_numpy(np.stack(images)).float() / 255
    if pixels.ndim == 3:
        pixels = pixels[..., None]
    mean, std = (torch.tensor(v) for v in (options.mean, options.std))
    return ((pixels - mean) / std).permute(0, 3, 1, 2)


@pytest.fixture
def squares():
    rng = np.random.default_rng(0)
    return [rng.integers(0, 256, (20, 20, 3), dtype=np.uint8) for _ in range(4)]


def logs(predictor, images):
    found = np.stack([p.probabilities for p in predictor.predict(images)])
    return torch.from_numpy(found).log()


def of_student(metadata, **changes):
    return replace(metadata, preprocessing=replace(metadata.preprocessing, **changes))


def test_statistics_of_the_student_are_mapped(save_model, squares):
    predictor = load_predictor(save_model())
    own = Standardize((0.1, 0.9, 0.3), (0.5, 0.3, 0.1))
    teacher = Teacher(predictor, of_student(predictor.metadata, standardize=own))
    found = teacher(tensors(squares, own)).log_softmax(1)
    torch.testing.assert_close(found, logs(predictor, squares), rtol=1e-4, atol=1e-4)


def test_classes_are_matched_by_name(save_model, squares):
    predictor = load_predictor(save_model())
    student = replace(predictor.metadata, task=Classification(("dog", "ant", "bee")))
    x = tensors(squares, predictor.metadata.preprocessing.standardize)
    whole = predictor.model(x)
    torch.testing.assert_close(Teacher(predictor, student)(x), whole[:, [3, 0, 1]])


def test_a_student_in_colour_of_a_grey_teacher_and_back(save_model, squares):
    grey = load_predictor(save_model(channels=1))
    colour = load_predictor(save_model(channels=3))
    own = colour.metadata.preprocessing.standardize
    found = Teacher(grey, colour.metadata)(tensors(squares, own)).log_softmax(1)
    as_grey = [np.asarray(Image.fromarray(image).convert("L")) for image in squares]
    torch.testing.assert_close(found, logs(grey, as_grey), rtol=0.02, atol=0.02)
    own = grey.metadata.preprocessing.standardize
    found = Teacher(colour, grey.metadata)(tensors(as_grey, own)).log_softmax(1)
    as_rgb = [np.repeat(image[..., None], 3, 2) for image in as_grey]
    torch.testing.assert_close(found, logs(colour, as_rgb), rtol=1e-4, atol=1e-4)


def test_another_size_is_interpolated(save_model):
    teacher = load_predictor(save_model(size=24))
    level = [np.full((12, 12, 3), 90, np.uint8)]
    own = teacher.metadata.preprocessing.standardize
    found = Teacher(teacher, teacher.metadata)(tensors(level, own))
    large = [np.full((24, 24, 3), 90, np.uint8)]
    torch.testing.assert_close(
        found.log_softmax(1), logs(teacher, large), rtol=1e-4, atol=1e-4
    )
    assert teacher.metadata.preprocessing.image_size == 24


def test_what_it_cannot_answer_for(save_model):
    predictor = load_predictor(save_model())
    other = replace(predictor.metadata, task=Classification(("ant", "eel")))
    with pytest.raises(ModelError, match="does not know the class 'eel'; it knows ant"):
        Teacher(predictor, other)
    five = Standardize((0.5,) * 5, (0.2,) * 5)
    bands = of_student(predictor.metadata, channels=5, standardize=five)
    with pytest.raises(ModelError, match="reads 3 channels, and the images have 5"):
        Teacher(predictor, bands)
