"""A trained model as the teacher of another: it answers for the other's tensors.

    student's tensor -> its pixels -> channels, size and statistics of the teacher
    -> logits -> the student's classes, in its order

Source: none; the student's standardisation undone, and the teacher's applied.
"""

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core.errors import ModelError
from trainwell.core.image_size import height_and_width
from trainwell.core.tensors import per_channel
from trainwell.infer._metadata import ModelMetadata
from trainwell.infer._predictor import Predictor

_GREY = (0.299, 0.587, 0.114)  # of red, green and blue, as Pillow reads grey images


class Teacher(nn.Module):
    """A predictor's network that reads images as another model's.

    Args:
        predictor: The teacher; its network stays as it is.
        student: The classes and the preprocessing of the other model.

    Raises:
        ModelError: If it does not know a class of the student, or reads channels that
            the student's images do not have.

    Example:
        >>> from trainwell.infer import ModelMetadata, Preprocessing
        >>> from trainwell.models import create
        >>> from trainwell.preprocess import Standardize
        >>> from trainwell.tasks import Classification
        >>> made = create("mlp", num_classes=2, in_channels=1, image_size=8)
        >>> pre = Preprocessing(image_size=8, channels=1, short_side=None, fit="pad",
        ...                     border="mean", standardize=Standardize((0.5,), (0.25,)))
        >>> metadata = ModelMetadata(task=Classification(("cat", "dog")),
        ...                          model=made.spec, preprocessing=pre)
        >>> teacher = Teacher(Predictor(made.model.eval(), metadata), metadata)
        >>> teacher(torch.randn(5, 1, 8, 8)).shape
        torch.Size([5, 2])
    """

    def __init__(self, predictor: Predictor, student: ModelMetadata) -> None:
        super().__init__()
        if student.task.linear != "classes":
            raise ModelError(
                f"a teacher's answers are probabilities of classes; the task is "
                f"{student.task.name}. Leave it out."
            )
        unknown = [c for c in student.classes if c not in predictor.classes]
        if unknown:
            raise ModelError(
                f"the teacher does not know the class {unknown[0]!r}; it knows "
                f"{', '.join(predictor.classes[:5])}"
                f"{' ...' if len(predictor.classes) > 5 else ''}."
            )
        own, its = student.preprocessing, predictor.metadata.preprocessing
        if own.channels != its.channels and {own.channels, its.channels} != {1, 3}:
            raise ModelError(
                f"the teacher reads {its.channels} channels, and the images have "
                f"{own.channels}."
            )
        self.model = predictor.model
        self.channels, self.size = its.channels, height_and_width(its.image_size)
        rows = [predictor.classes.index(name) for name in student.classes]
        self.register_buffer("rows", torch.tensor(rows))
        self.register_buffer("grey", per_channel(_GREY))
        for name, options in (("own", own), ("its", its)):
            self.register_buffer(f"{name}_mean", per_channel(options.standardize.mean))
            self.register_buffer(f"{name}_std", per_channel(options.standardize.std))

    @torch.no_grad()
    def forward(
        self, images: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits of the student's classes."""
        at = self.get_buffer
        pixels = images * at("own_std") + at("own_mean")
        if pixels.shape[1] == 3 and self.channels == 1:
            pixels = (pixels * at("grey")).sum(1, keepdim=True)
        elif pixels.shape[1] == 1:
            pixels = pixels.expand(-1, self.channels, -1, -1)
        if pixels.shape[2:] != self.size:
            pixels = F.interpolate(
                pixels, self.size, mode="bilinear", align_corners=False, antialias=True
            )
        logits: Tensor = self.model((pixels - at("its_mean")) / at("its_std"))
        return logits.float()[:, at("rows")]
