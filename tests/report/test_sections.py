"""Every section that a task names is there, with its template."""

from importlib.resources import files

import pytest

from trainwell.report._sections import SECTIONS
from trainwell.tasks import TASKS


@pytest.mark.parametrize("task", TASKS.values(), ids=list(TASKS))
def test_the_sections_of_every_task_are_known(task):
    assert task.sections
    assert {*task.sections} <= {*SECTIONS}


@pytest.mark.parametrize("name", SECTIONS)
def test_every_link_leads_to_a_place_of_the_template(name):
    section = SECTIONS[name]
    text = (files("trainwell.report") / section.template).read_text()
    places = [place for place, _ in section.links]
    assert all(f'<section id="{place}">' in text for place in places)
    assert section.noun in {"class", "label", "number", "point"}
