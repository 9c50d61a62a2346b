"""Techniques that change the images."""

from trainwell.core.techniques._row import Row


def _operation(title: str, function: str = "") -> Row:
    """Return the row of an operation of the pool."""
    path = f"augment.ops.{function or title}"
    return Row(title, path, key=f"augment.operations={title}")


AUGMENTATION = (
    Row("pad_crop", "augment.policies.PadCrop", key="augment.crop=pad_crop"),
    Row(
        "resized_crop",
        "augment.policies.RandomResizedCrop",
        key="augment.crop=resized_crop",
    ),
    Row("short_side", "augment.policies.ShortSide", key="augment.crop=short_side"),
    Row("randaugment", "augment.policies.RandAugment", section="augment"),
    Row("trivialaugment", "augment.policies.TrivialAugment", section="augment"),
    Row("sub_policies", "augment.policies.SubPolicies", key="augment.file"),
    Row("autoaugment", "augment.policies.autoaugment", section="augment"),
    Row("ctaugment", "augment.policies.CTAugment", section="augment"),
    Row("population_based", "augment.policies.Population", key="augment.file"),
    Row("operations", "augment.policies.Operations", key="augment.operations"),
    Row(
        "albumentations_example",
        "augment.policies.albumentations_example",
        section="augment",
    ),
    Row("alexnet", "augment.policies.alexnet", section="augment"),
    Row("color_jitter", "augment.policies.ColorJitter", section="augment"),
    Row("random_cutout", "augment.policies.Cutout", key="augment.cutout"),
    Row("mixing", "augment.policies.Mixing", key="augment.mix"),
    Row("horizontal_flip", "augment.ops.horizontal_flip", key="augment.flip"),
    _operation("vertical_flip"),
    _operation("rotate90"),
    _operation("transpose"),
    _operation("rotate"),
    _operation("shift_scale_rotate"),
    _operation("translate_x"),
    _operation("translate_y"),
    _operation("shear_x"),
    _operation("shear_y"),
    _operation("stretch"),
    _operation("rescale"),
    _operation("lens_distortion"),
    _operation("brightness"),
    _operation("contrast"),
    _operation("saturation"),
    _operation("hue"),
    _operation("autocontrast"),
    _operation("equalize"),
    _operation("invert"),
    _operation("posterize"),
    _operation("solarize"),
    _operation("solarize_add"),
    _operation("gamma"),
    _operation("levels", "scale_and_shift"),
    _operation("pca_color_shift"),
    _operation("color_matrix"),
    _operation("sharpness"),
    _operation("smooth"),
    _operation("blur"),
    _operation("gaussian_blur"),
    _operation("gaussian_noise"),
    _operation("iso_noise"),
    _operation("cutout"),
    _operation("erase"),
    Row("mixup", "augment.ops.mixup", key="augment.mix=mixup"),
    Row("cutmix", "augment.ops.cutmix", key="augment.mix=cutmix"),
    Row("test-time", "infer.TestTime", key="trainwell evaluate --views"),
    Row("fast_autoaugment", "tuning.match_density", key="trainwell search augment"),
    Row(
        "population_based_search",
        "tuning.PopulationAugment",
        key="trainwell search augment --method pba",
    ),
)
