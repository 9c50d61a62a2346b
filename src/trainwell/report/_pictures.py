"""Pictures for other packages: inside a page, or as files of their own.

matplotlib is imported only when one is drawn.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup
    from matplotlib.figure import Figure

Paint = Callable[["Figure"], None]


def inline_svg(
    paint: Paint, *, name: str, label: str, size: tuple[float, float]
) -> "Markup":
    """Return a picture for a page, whose colours it takes.

    Args:
        paint: Receives the empty figure.
        name: Unlike that of every other picture on the page: ids begin with it.
        label: What it shows, in words.
        size: Width and height in inches.

    Example:
        >>> inline_svg(lambda figure: None, name="a", label="Nothing", size=(2, 1))[:10]
        Markup('<svg class')
    """
    from trainwell.report._svg import draw

    return draw(paint, name=name, label=label, size=size)


def standalone_svg(
    paint: Paint,
    *,
    name: str,
    label: str,
    size: tuple[float, float] = (6.4, 3.2),
) -> str:
    """Return a picture as a file of its own, in the light or dark of its reader.

    Args:
        paint: Receives the empty figure.
        name: Ids begin with it.
        label: What it shows, in words.
        size: Width and height in inches.

    Example:
        >>> standalone_svg(lambda figure: None, name="none", label="Nothing")[:30]
        '<svg xmlns="http://www.w3.org/'
    """
    inner = str(inline_svg(paint, name=name, label=label, size=size))
    head, body = inner.split(">", 1)
    space = (
        'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    css = (Path(__file__).parent / "series.css").read_text(encoding="utf-8")
    return f"{head.replace('<svg', f'<svg {space}')}><style>{css}</style>{body}\n"
