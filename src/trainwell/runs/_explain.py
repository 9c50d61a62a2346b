"""Explain the answers of a finished run: a page with the maps behind them."""

import re
from collections.abc import Callable, Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from trainwell.core import checks
from trainwell.core.arguments import checked
from trainwell.core.errors import DataError
from trainwell.core.progress import Progress, silent
from trainwell.data import ImageLike, image_list, is_one_image
from trainwell.infer import image_name
from trainwell.report import ImageShown, write_explanations
from trainwell.runs._argument_rules import RULES
from trainwell.runs._explain_maps import METHODS, MapPlan
from trainwell.runs._given_run import RunLike, predictor_of
from trainwell.runs._readable import predict_readable

OnBad = Callable[[str, DataError], None]


@checked(RULES)
def explain(  # noqa: PLR0913
    run: RunLike,
    images: ImageLike | Iterable[ImageLike],
    *,
    methods: Sequence[str] | None = None,
    layer: str | None = None,
    target: str | None = None,
    top: int = 2,
    out: str | PathLike[str] = "explain.html",
    png: str | PathLike[str] | None = None,
    device: str | None = None,
    allow_import: bool = False,
    epoch: int | None = None,
    on_bad: OnBad | None = None,
    progress: Progress = silent,
) -> Path:
    """Write a page that shows what the answers of a run rest on.

    Args:
        run: The folder, or what `train` or `load` returned.
        images: One image, several, a folder or a glob; see `Predictor.predict`.
        methods: Of `grad_cam`, `hires_cam`, `saliency`, `smooth_grad`,
            `integrated_gradients` and `occlusion`; by default Grad-CAM (HiResCAM of
            points), saliency and integrated gradients, as far as the network has maps
            and gradients.
        layer: Layer of Grad-CAM and HiResCAM; the last that puts out maps by default.
        target: Class, label, number or point to explain; by default the best answers.
        top: How many answers of each image.
        out: The page.
        png: Folder for the maps as PNG files, too.
        device: See `predict`.
        allow_import: See `load_predictor`.
        epoch: Epoch of a run with `train.keep=epochs`; the final weights by default.
        on_bad: Called for each image that cannot be read, with the reason; without it,
            the first is an error.
        progress: Shows the advance.

    Returns:
        The page.

    Raises:
        UserError: If the run, an image or an argument cannot be used.

    Example:
        >>> page = explain(run, np.full((12, 12), 250, np.uint8), out="page.html")
        >>> page.read_text().count("<article")
        1
    """
    for method in methods or ():
        checks.one_of("methods", method, METHODS)
    predictor = predictor_of(run, device=device, allow_import=allow_import, epoch=epoch)
    several: list[Any] = [images] if is_one_image(images) else image_list(images)
    named = {image_name(image, i): image for i, image in enumerate(several)}
    answers = predict_readable(predictor, several, silent, on_bad)
    if not answers:
        raise DataError("no image could be read: there is nothing to explain.")
    readable = [named[answer.name] for answer in answers]
    plan = MapPlan(predictor, target, top, layer)
    chosen, notes = plan.usable(methods, readable[0])
    found: list[ImageShown] = []
    with progress("Explaining", len(readable)) as advance:
        for start in range(0, len(readable), plan.at_once):
            part = slice(start, start + plan.at_once)
            found += plan.shown(readable[part], answers[part], chosen)
            advance(len(readable[part]))
    if png is not None:
        _save(found, Path(png))
    name = predictor.metadata.model.name
    model = name if predictor.path is None else f"{name} of {predictor.path}"
    return write_explanations(found, Path(out), model=model, notes=notes)


def _save(images: Sequence[ImageShown], folder: Path) -> None:
    """Write every map as a PNG file, named by its image, answer and method."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, image in enumerate(images):
        for rank, answer in enumerate(image.answers):
            for shown in answer.maps:
                what = f"{Path(image.name).stem}-{answer.name}-{shown.title}"
                name = re.sub(r"[^\w.-]+", "_", f"{number:03d}-{rank}-{what}")
                shown.picture.save(folder / f"{name}.png")
