"""The templates of pages. Whatever comes from the user is escaped."""

from pathlib import Path

import jinja2

from trainwell.report import _words


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
        "score": _words.score,
        "digits": _words.digits,
        "percent": _words.percent,
        "duration": _words.duration,
        "many": _words.many,
        "span": _words.span,
        "breakable": _words.breakable,
    }
    return environment.get_template(name)
