"""The templates of pages. Whatever comes from the user is escaped."""

from pathlib import Path

import jinja2

from trainwell.core.headline import capital, spoken
from trainwell.core.image_size import size_text
from trainwell.report import _number_format as formats


def template(name: str) -> jinja2.Template:
    """Return a template of this package with the filters that pages use."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "score": formats.score,
        "digits": formats.digits,
        "value": formats.value_text,
        "key": formats.short_key,
        "percent": formats.percent,
        "duration": formats.duration,
        "many": formats.many,
        "span": formats.span,
        "breakable": formats.breakable,
        "size": size_text,
        "spoken": spoken,
        "capital": capital,
    }
    return environment.get_template(name)
