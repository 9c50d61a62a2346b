"""`trainwell explain`."""

from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli._arguments import AllowImport, Epoch

EXAMPLES = """Examples:

  trainwell explain runs/photos-1 cat.jpg dog.png

  trainwell explain runs/photos-1 new/ --top 3 --out looks.html

  trainwell explain runs/photos-1 cat.jpg --target dog --method occlusion

  trainwell explain runs/photos-1 cat.jpg --method grad_cam --layer layer3 --png maps/
"""


def explain(  # noqa: PLR0913
    run: Annotated[
        Path, typer.Argument(help="The run folder.", metavar="RUN", show_default=False)
    ],
    images: Annotated[
        list[str],
        typer.Argument(
            help="Image files, folders, glob patterns or addresses, as for predict.",
            metavar="IMAGE",
            show_default=False,
        ),
    ],
    method: Annotated[
        list[str] | None,
        typer.Option(
            help="grad_cam, hires_cam, saliency, smooth_grad, integrated_gradients or "
            "occlusion; may be repeated. By default Grad-CAM, saliency and integrated "
            "gradients.",
            show_default=False,
        ),
    ] = None,
    layer: Annotated[
        str | None,
        typer.Option(
            help="Layer of Grad-CAM and HiResCAM; by default the last that has maps."
        ),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Class, label, number or point to explain; the best ones by default.",
        ),
    ] = None,
    top: Annotated[
        int, typer.Option(min=1, help="Number of answers to explain per image.")
    ] = 2,
    out: Annotated[Path, typer.Option(help="The page to write.")] = Path(
        "explain.html"
    ),
    png: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the maps as PNG files here, too."),
    ] = None,
    allow_import: AllowImport = False,
    epoch: Epoch = None,
) -> None:
    """Show what answers rest on: maps of each image, and what would fool it."""
    from trainwell.cli._inputs import named_inputs
    from trainwell.cli._output import echo
    from trainwell.cli._own_code import import_from_here
    from trainwell.core.errors import DataError
    from trainwell.runs import Console
    from trainwell.runs import explain as write_page

    if allow_import:
        import_from_here()
    console, bad = Console(), list[str]()

    def note(name: str, error: DataError) -> None:
        bad.append(name)
        console.warn(f"{error}")

    with named_inputs(images) as inputs:
        page = write_page(
            run,
            inputs.files,
            methods=method or None,
            layer=layer,
            target=target,
            top=top,
            out=out,
            png=png,
            allow_import=allow_import,
            epoch=epoch,
            on_bad=note,
            progress=console.progress,
        )
    echo(f"{page}")
    if bad:
        console.warn(f"{len(bad)} of {len(inputs.files)} images were not explained.")
        raise typer.Exit(2)
