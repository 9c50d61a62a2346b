"""Templates escape, and know the formats of numbers."""

import jinja2
import pytest

from trainwell.report._templates import template


def test_filters_escaping_and_strictness():
    environment = template("page.html.j2").environment
    make = environment.from_string
    assert make("{{ 0.5|score }} {{ 0.1234|percent }}").render() == "0.500 12 %"
    assert make('{{ 2|many("image") }}').render() == "2 images"
    assert make("{{ x }}").render(x="<b>") == "&lt;b&gt;"
    with pytest.raises(jinja2.UndefinedError):
        make("{{ missing }}").render()
