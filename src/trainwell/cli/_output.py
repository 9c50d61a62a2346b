"""What commands print: text that does nothing to a terminal."""

import typer

from trainwell.core.printable import printable


def echo(text: object) -> None:
    """Print a line; control characters in names are written out."""
    typer.echo(printable(str(text)))
