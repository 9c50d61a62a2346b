"""`trainwell show`: what there is to choose from."""

import typer

app = typer.Typer(help="Show what there is to choose from.", no_args_is_help=True)


@app.command()
def recipe() -> None:
    """List every key of a recipe with what it means."""
    from trainwell.recipes import keys

    for key, meaning in keys().items():
        typer.echo(f"{key:<28}{meaning}")


@app.command()
def models() -> None:
    """List the networks that model.name may name."""
    from trainwell.models import names

    for name in names():
        typer.echo(name)
    typer.echo("timm:NAME                 any network of timm (trainwell[timm])")
    typer.echo("hf:NAME                   any image classifier of Hugging Face")
    typer.echo("package.module:Class      your own torch.nn.Module")


@app.command()
def presets() -> None:
    """List the presets that --recipe may name."""
    from trainwell.recipes import PRESETS

    for name, preset in PRESETS.items():
        typer.echo(f"{name:<12}{' '.join((preset.__doc__ or '').split())}")
