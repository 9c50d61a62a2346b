"""Agreement: how far every operation is from its namesakes in other libraries.

    python -m benchmarks.agreement

On 50 real images of 64 x 64 pixels: the largest and the mean distance in 8-bit pixel
values. A dash stands where a library is not installed or has no such operation.
"""

from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks import _peers
from trainwell.augment import ops, render_uint8
from trainwell.augment.ops import OpSequence
from trainwell.augment.ops._op_sequence import no_ops
from trainwell.data import pack_images
from trainwell.preprocess import Standardize

PHOTOS = Path(__file__).parents[2] / "shared" / "data" / "clothing" / "train"
COUNT, SIZE = 50, 64
OURS = {
    "flip": ops.flip(),
    "vertical_flip": ops.vertical_flip(),
    "rotate90": ops.rotate90(1),
    "transpose": ops.transpose(),
    "rotate": ops.rotate(15.0),
    "rotate, linear": ops.rotate(15.0),
    "translate_x": ops.translate_x(0.23),
    "translate_x, linear": ops.translate_x(0.23),
    "translate_y": ops.translate_y(0.23),
    "shear_x": ops.shear_x(0.3),
    "shear_x, linear": ops.shear_x(0.3),
    "shear_y": ops.shear_y(0.3),
    "stretch": ops.stretch(1.3, 0.8),
    "brightness": ops.brightness(1.37),
    "contrast": ops.contrast(1.37),
    "saturation": ops.saturation(1.37),
    "sharpness": ops.sharpness(1.37),
    "hue": ops.hue(0.1),
    "gamma": ops.gamma(0.8),
    "autocontrast": ops.autocontrast(),
    "equalize": ops.equalize(),
    "invert": ops.invert(),
    "posterize": ops.posterize(4),
    "solarize": ops.solarize(128.0),
    "gaussian_blur": ops.gaussian_blur(1.0, 7),
    "resize to 48": no_ops(1),
}
LINEAR = "7 and 6 bits of weights; Pillow cuts, the others blend the rim with the fill"
REASONS = {
    "rotate, linear": LINEAR,
    "translate_x, linear": LINEAR,
    "shear_x, linear": LINEAR,
    "contrast": "torchvision's mean grey is not rounded, its luma is cut; "
    "albumentations rounds its table",
    "saturation": "torchvision's luma has weights of 4 digits and is cut; "
    "albumentations rounds",
    "sharpness": "torchvision blends in another order",
    "hue": "Pillow's HSV has 8 bits per channel; torchvision cuts where we round; "
    "albumentations' hue has 180 steps",
    "gamma": "torchvision and albumentations cut where we round",
    "autocontrast": "torchvision subtracts before it multiplies; albumentations "
    "leaves out pixel value 255",
    "equalize": "albumentations counts a pixel value's own pixels as below it",
    "gaussian_blur": "Pillow's is three box blurs; torchvision sums in another order",
    "resize to 48": "Pillow rounds between its two passes",
}


def shown(images: np.ndarray, name: str, operations: OpSequence) -> np.ndarray:
    """Our version of all images."""
    count = len(images)
    whole = ops.crop_only(np.tile([0.0, 0, 1, 1], (count, 1)))
    repeated = OpSequence(
        np.repeat(operations.op_codes, count, 0),
        np.repeat(operations.magnitudes, count, 0),
    )
    return render_uint8(
        pack_images(list(images)),
        np.arange(count),
        whole.then(repeated),
        size=48 if name.startswith("resize") else SIZE,
        standardize=Standardize((0.5,) * 3, (0.25,) * 3),
        interpolation="linear" if name.endswith("linear") else "nearest",
    )


def main() -> None:
    files = sorted(PHOTOS.glob("*/*"))
    chosen = files[:: len(files) // COUNT][:COUNT]
    pictures = [Image.open(f).convert("RGB").resize((SIZE, SIZE)) for f in chosen]
    images = np.stack([np.asarray(p) for p in pictures])
    peers = {
        "Pillow": _peers.pillow(),
        "torchvision": _peers.torchvision(),
        "albumentations": _peers.albumentations(),
    }
    print(f"{COUNT} images of {SIZE} px; largest and mean distance in pixel values")
    print(f"{'':<20}" + "".join(f"{name:>17}" for name in peers) + "  why")
    for name, operations in OURS.items():
        ours, cells, worst = shown(images, name, operations).astype(int), [], 0
        for changes in peers.values():
            if name not in changes:
                cells.append("-")
                continue
            theirs = np.stack([changes[name](image) for image in images])
            distance = np.abs(ours - theirs)
            worst = max(worst, distance.max())
            cells.append(f"{distance.max()}  {distance.mean():.4f}")
        why = REASONS.get(name, "") if worst else ""
        print(f"{name:<20}" + "".join(f"{cell:>17}" for cell in cells) + f"  {why}")


if __name__ == "__main__":
    main()
