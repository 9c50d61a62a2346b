"""Numbers and names in a readable form."""

import math
import re
import shlex
from pathlib import Path

from markupsafe import Markup

from trainwell.core.plural import plural

SPLITS = {"train": "training", "val": "validation", "test": "test"}


def score(value: float) -> str:
    """Return a fraction with three decimals; a dash for NaN."""
    return f"{value:.3f}" if value == value else "–"


def digits(value: float | None, count: int = 3) -> str:
    """Return a number of any size with `count` digits; a dash for none.

    Example:
        >>> digits(0.012345), digits(123456.0), digits(None)
        ('0.0123', '1.2e5', '–')
    """
    if value is None or value != value:
        return "–"
    if abs(value) == float("inf"):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 10**count:
        places = max(0, count - 1 - math.floor(math.log10(abs(value))))
        return f"{value:.{places}f}".replace("-", "−")
    mantissa, exponent = f"{value:.{count - 2}e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")


def percent(share: float | None) -> str:
    """Return a fraction in percent, such as 12 %, 0.4 % or 0 %; a dash for none.

    Example:
        >>> percent(0.12), percent(0.004), percent(0), percent(None)
        ('12 %', '0.4 %', '0 %', '–')
    """
    if share is None:
        return "–"
    if 0 < share < 0.001:
        return "< 0.1 %"
    return f"{100 * share:.{0 if share == 0 or share >= 0.0995 else 1}f} %"


def duration(seconds: float) -> str:
    """Return 13.9 s, 4 min 10 s, or 1 h 05 min."""
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02d} s"
    return f"{minutes // 60} h {minutes % 60:02d} min"


def many(count: int, one: str, several: str | None = None) -> str:
    """Return 1 image, 1,200 images."""
    return f"{count:,} {plural(count, one, several)}"


def span(low_high: tuple[int, int]) -> str:
    """Return 28, or 160 to 374."""
    low, high = low_high
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def short_name(source: str) -> str:
    """Return the last part of a path, the usual name of the data."""
    return Path(source).name or source


def breakable(path: str) -> Markup:
    """Return a path, escaped, with line breaks allowed after its slashes."""
    return Markup("/<wbr>").join(path.split("/"))


def command(source: str, file: Path, model: str) -> str:
    """Return the command that trains by a recipe; for arrays, the call in Python."""
    from trainwell.models import is_import  # brings PyTorch

    recipe, imported = str(file), is_import(model)
    if source == "arrays":
        allowed = ", allow_import=True" if imported else ""
        return f"trainwell.train((images, targets), recipe={recipe!r}{allowed})"
    words = ["trainwell", "train", source, "--recipe", recipe]
    return shlex.join(words + ["--allow-import"] * imported)


def sections(recipe: str) -> list[str]:
    """Return a YAML text cut before each key at its left margin that opens a section.

    Joined by newlines they are the text again.
    """
    parts = re.split(r"\n(?=\S+:\n)", recipe.rstrip("\n"))
    return [part for part in parts if part]


def value_text(value: object) -> str:
    """Return a name as it is, a number by its digits, and a dash for nothing."""
    if isinstance(value, str) and value:
        return value
    return digits(value) if isinstance(value, float | int) else digits(None)


def short_key(key: str) -> str:
    """Return a key of a recipe in few words.

    Example:
        >>> short_key("optimizer.weight_decay"), short_key("model.name")
        ('weight decay', 'model')
        >>> short_key("noise.p")
        'noise p'
    """
    section, _, field = key.partition(".")
    if field == "name":
        return section
    words = field.replace("_", " ")
    return words if len(words) > 1 else f"{section} {words}"
