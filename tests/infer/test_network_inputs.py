"""What the network reads, and the same for people."""

import numpy as np
import torch

from trainwell.infer import ModelMetadata, Predictor, Preprocessing, network_inputs
from trainwell.models import create
from trainwell.preprocess import Standardize
from trainwell.tasks import Classification


def test_the_network_answers_with_the_predictions():
    made = create("lenet", num_classes=2, in_channels=3, image_size=16)
    options = Preprocessing(
        image_size=16,
        channels=3,
        short_side=16,
        fit="pad",
        border="mean",
        standardize=Standardize((0.5, 0.4, 0.3), (0.25, 0.2, 0.1)),
    )
    metadata = ModelMetadata(
        task=Classification(("a", "b")), model=made.spec, preprocessing=options
    )
    predictor = Predictor(made.model.eval(), metadata)
    rng = np.random.default_rng(0)
    images = [rng.integers(0, 256, (16, w, 3)).astype(np.uint8) for w in (16, 24)]
    x, pixels = network_inputs(predictor, images)
    with torch.no_grad():
        found = made.model(x).softmax(1).numpy()
    expected = [answer.probabilities for answer in predictor.predict(images)]
    np.testing.assert_allclose(found, expected, atol=1e-6)
    assert (pixels.dtype, pixels.shape) == (np.uint8, (2, 16, 16, 3))
    back = 255 * (x.permute(0, 2, 3, 1).numpy() * [0.25, 0.2, 0.1] + [0.5, 0.4, 0.3])
    np.testing.assert_allclose(back, pixels, atol=0.51)
