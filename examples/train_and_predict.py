"""Train on a folder of images, then predict the class of files.

    python examples/train_and_predict.py

The images are scikit-learn's digits 0 to 2, written into one folder per class.
"""

import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits

import trainwell as tw


def write_folders(root: Path) -> None:
    """Write photos/<class>/<number>.png."""
    digits = load_digits()
    for number, (image, target) in enumerate(
        zip(digits.images, digits.target, strict=True)
    ):
        if target < 3:
            folder = root / f"digit {target}"
            folder.mkdir(parents=True, exist_ok=True)
            pixels = (image * 255 / 16).astype(np.uint8)
            Image.fromarray(pixels).save(folder / f"{number}.png")


with tempfile.TemporaryDirectory() as place:
    photos = Path(place, "photos")
    write_folders(photos)
    run = tw.train(photos, recipe={"train.epochs": 10}, out=Path(place, "run"))
    print(f"test accuracy {run.summary['test_accuracy']:.3f}")
    print(run.summary["verdict"])

    model = tw.load(run.path)
    for prediction in model.predict(sorted(photos.rglob("*.png"))[:3]):
        name = Path(prediction.name).name
        print(name, prediction.label, f"{prediction.probability:.3f}")
