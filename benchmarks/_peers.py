"""What other libraries call our operations, as functions of an 8-bit array.

Each table is empty where its library is not installed.
"""

import importlib.util
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from benchmarks._torchvision_import import import_torchvision

Change = Callable[[np.ndarray], np.ndarray]
FILL = (128, 128, 128)


def pillow() -> dict[str, Change]:
    def of(change: Callable[[Any], Any]) -> Change:
        return lambda image: np.asarray(change(Image.fromarray(image)))

    def affine(*m: float, how: int = Image.NEAREST) -> Change:
        def change(p: Any) -> Any:
            n = p.size[0]  # the tiny shear keeps Pillow at places of 16 bits
            matrix = (m[0], m[1] + 1e-12, m[2] * n, m[3] + 1e-12, m[4], m[5] * n)
            return p.transform((n, n), Image.AFFINE, matrix, how, fillcolor=FILL)

        return of(change)

    def hue(p: Any) -> Any:
        h, s, v = p.convert("HSV").split()
        h = h.point(lambda x: (x + round(0.1 * 255)) % 256)
        return Image.merge("HSV", (h, s, v)).convert("RGB")

    linear = Image.BILINEAR
    return {
        "flip": of(ImageOps.mirror),
        "vertical_flip": of(ImageOps.flip),
        "rotate90": of(lambda p: p.transpose(Image.ROTATE_90)),
        "transpose": of(lambda p: p.transpose(Image.TRANSPOSE)),
        "rotate": of(lambda p: p.rotate(15, fillcolor=FILL)),
        "rotate, linear": of(lambda p: p.rotate(15, linear, fillcolor=FILL)),
        "translate_x": affine(1, 0, 0.23, 0, 1, 0),
        "translate_x, linear": affine(1, 0, 0.23, 0, 1, 0, how=linear),
        "translate_y": affine(1, 0, 0, 0, 1, 0.23),
        "shear_x": affine(1, 0.3, 0, 0, 1, 0),
        "shear_x, linear": affine(1, 0.3, 0, 0, 1, 0, how=linear),
        "shear_y": affine(1, 0, 0, 0.3, 1, 0),
        "stretch": affine(1 / 1.3, 0, 0.5 - 0.5 / 1.3, 0, 1 / 0.8, 0.5 - 0.5 / 0.8),
        "brightness": of(lambda p: ImageEnhance.Brightness(p).enhance(1.37)),
        "contrast": of(lambda p: ImageEnhance.Contrast(p).enhance(1.37)),
        "saturation": of(lambda p: ImageEnhance.Color(p).enhance(1.37)),
        "sharpness": of(lambda p: ImageEnhance.Sharpness(p).enhance(1.37)),
        "hue": of(hue),
        "autocontrast": of(ImageOps.autocontrast),
        "equalize": of(ImageOps.equalize),
        "invert": of(ImageOps.invert),
        "posterize": of(lambda p: ImageOps.posterize(p, 4)),
        "solarize": of(lambda p: ImageOps.solarize(p, 128)),
        "gaussian_blur": of(lambda p: p.filter(ImageFilter.GaussianBlur(1.0))),
        "resize to 48": of(lambda p: p.resize((48, 48), linear)),
    }


def torchvision() -> dict[str, Change]:
    if not import_torchvision():
        return {}
    from torchvision.transforms import InterpolationMode
    from torchvision.transforms import functional as tv

    def of(change: Callable[[Any], Any]) -> Change:
        def changed(image: np.ndarray) -> np.ndarray:
            levels = torch.from_numpy(image.transpose(2, 0, 1).copy())
            return change(levels).numpy().transpose(1, 2, 0)

        return changed

    def affine(x: Any, **arguments: Any) -> Any:
        still = {"angle": 0, "translate": [0, 0], "scale": 1.0, "shear": [0.0, 0.0]}
        return tv.affine(x, **{**still, "fill": FILL, "center": [0, 0], **arguments})

    linear = InterpolationMode.BILINEAR
    angle = math.degrees(math.atan(0.3))
    return {
        "flip": of(tv.hflip),
        "vertical_flip": of(tv.vflip),
        "rotate": of(lambda x: tv.rotate(x, 15, fill=FILL)),
        "rotate, linear": of(lambda x: tv.rotate(x, 15, linear, fill=FILL)),
        "translate_x": of(lambda x: affine(x, translate=[-15, 0])),  # 0.23 of 64
        "translate_y": of(lambda x: affine(x, translate=[0, -15])),
        "shear_x": of(lambda x: affine(x, shear=[angle, 0.0])),
        "shear_x, linear": of(
            lambda x: affine(x, shear=[angle, 0.0], interpolation=linear)
        ),
        "shear_y": of(lambda x: affine(x, shear=[0.0, angle])),
        "brightness": of(lambda x: tv.adjust_brightness(x, 1.37)),
        "contrast": of(lambda x: tv.adjust_contrast(x, 1.37)),
        "saturation": of(lambda x: tv.adjust_saturation(x, 1.37)),
        "sharpness": of(lambda x: tv.adjust_sharpness(x, 1.37)),
        "hue": of(lambda x: tv.adjust_hue(x, 0.1)),
        "gamma": of(lambda x: tv.adjust_gamma(x, 0.8)),
        "autocontrast": of(tv.autocontrast),
        "equalize": of(tv.equalize),
        "invert": of(tv.invert),
        "posterize": of(lambda x: tv.posterize(x, 4)),
        "solarize": of(lambda x: tv.solarize(x, 128)),
        "gaussian_blur": of(lambda x: tv.gaussian_blur(x, [7, 7], [1.0, 1.0])),
        "resize to 48": of(lambda x: tv.resize(x, [48, 48], linear, antialias=True)),
    }


def albumentations() -> dict[str, Change]:
    """Names and arguments are those of albumentations 2."""
    if importlib.util.find_spec("albumentations") is None:
        return {}
    import albumentations as al

    def of(name: str, **arguments: Any) -> Change:
        transform = getattr(al, name)(p=1.0, **arguments)
        return lambda image: transform(image=image)["image"]

    still = {"brightness": (1, 1), "contrast": (1, 1)}
    still |= {"saturation": (1, 1), "hue": (0, 0)}
    rotate = {"limit": (15, 15), "border_mode": 0, "fill": FILL}
    return {
        "flip": of("HorizontalFlip"),
        "vertical_flip": of("VerticalFlip"),
        "transpose": of("Transpose"),
        "rotate": of("Rotate", interpolation=0, **rotate),
        "rotate, linear": of("Rotate", interpolation=1, **rotate),
        "brightness": of("ColorJitter", **{**still, "brightness": (1.37, 1.37)}),
        "contrast": of("ColorJitter", **{**still, "contrast": (1.37, 1.37)}),
        "saturation": of("ColorJitter", **{**still, "saturation": (1.37, 1.37)}),
        "hue": of("ColorJitter", **{**still, "hue": (0.1, 0.1)}),
        "gamma": of("RandomGamma", gamma_limit=(80, 80)),
        "autocontrast": of("AutoContrast", method="pil"),
        "equalize": of("Equalize", mode="pil"),
        "invert": of("InvertImg"),
        "posterize": of("Posterize", num_bits=4),
        "solarize": of("Solarize", threshold_range=(128 / 255, 128 / 255)),
        "gaussian_blur": of("GaussianBlur", blur_limit=(7, 7), sigma_limit=(1, 1)),
    }
