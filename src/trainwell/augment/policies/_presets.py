"""Presets: lists of operations as they were published.

Use: to begin with what others found; `trainwell show augment DATA augment=NAME` shows
it, and the list may be copied into `augment.operations` and changed.
Side effects: `albumentations_example` turns and mirrors, which changes the class of
digits and letters.
Source: Buslaev et al., "Albumentations", 2020, the example of its documentation;
Krizhevsky et al., "ImageNet Classification with Deep Convolutional Neural Networks",
2012, section 4.1.
"""

from trainwell.augment.policies._operations import Operations


def albumentations_example() -> Operations:
    """Return the example of Albumentations with what there is of its operations.

    Without a counterpart are MotionBlur, MedianBlur, GridDistortion, PiecewiseAffine,
    CLAHE and Emboss: each group keeps its probability, and its other members share it.
    Blur is a Gaussian of 3 pixels, both noises are normal in the pixel values, and
    HueSaturationValue is three entries, each with its own p. Half of the images pass
    the example unchanged; here all go through the list.

    Example:
        >>> from trainwell.augment.policies import albumentations_example
        >>> albumentations_example().operations[0]
        {'op': 'rotate90', 'p': 0.5, 'turns': [0.0, 3.0]}
    """
    return Operations(
        [
            {"op": "rotate90", "turns": [0, 3]},
            {"one_of": ["flip", "vertical_flip", {"op": "rotate90", "turns": 2}]},
            "transpose",
            {
                "one_of": [
                    {"op": "gaussian_noise", "std": [0.012, 0.028]},
                    {"op": "gaussian_noise", "std": [0.01, 0.05]},
                ],
                "p": 0.2,
            },
            {"op": "gaussian_blur", "sigma": 0.85, "size": 3, "p": 0.2},
            {
                "op": "shift_scale_rotate",
                "right": [-0.0625, 0.0625],
                "down": [-0.0625, 0.0625],
                "scale": [0.8, 1.2],
                "degrees": [-45, 45],
                "p": 0.2,
            },
            {"op": "lens_distortion", "k1": [-0.05, 0.05], "p": 0.2},
            {
                "one_of": [
                    {"op": "sharpness", "factor": [1, 2]},
                    {"op": "brightness", "factor": [0.8, 1.2]},
                    {"op": "contrast", "factor": [0.8, 1.2]},
                ],
                "p": 0.3,
            },
            {"op": "hue", "turns": [-0.11, 0.11], "p": 0.3},
            {"op": "saturation", "factor": [0.88, 1.12], "p": 0.3},
            {"op": "brightness", "factor": [0.92, 1.08], "p": 0.3},
        ]
    )


def alexnet() -> Operations:
    """Return the shift of colours along their main directions, sigma 0.1.

    The rest of AlexNet's recipe is random crops of 224 of 256 pixels, which are
    `augment.crop=short_side` beside this name and chosen with it, and mirroring,
    `augment.flip`. The directions are those of ImageNet's training images.

    Example:
        >>> from trainwell.augment.policies import alexnet
        >>> alexnet().operations
        [{'op': 'pca_color_shift', 'p': 1.0, 'std': 0.1}]
    """
    return Operations([{"op": "pca_color_shift", "std": 0.1, "p": 1}])
