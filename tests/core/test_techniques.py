"""Every row of the technique table can be resolved, and each section has its choices."""

import inspect

import pytest

from trainwell.core.techniques import ROWS, Row, builders, section_names

ALL = [row for rows in ROWS.values() for row in rows]


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.path)
def test_every_path_leads_to_something(row):
    assert row.value() is not None
    assert inspect.isroutine(row.builder()) or inspect.isclass(row.builder())


def test_titles_and_recipe_names_are_unique():
    for group, rows in ROWS.items():
        titles = [row.title for row in rows]
        assert len(titles) == len(set(titles)), group
    chosen = [row.recipe for row in ALL if row.section]
    assert len(chosen) == len(set(chosen))


def test_every_section_has_choices_and_no_other_is_used():
    assert {row.section for row in ALL} - {""} == set(section_names())
    assert all(len(builders(section)) > 1 for section in section_names())
    assert set(builders("norm")) >= {"group_norm", "weight_norm", "none"}


def test_the_recipe_key_of_a_row():
    assert Row("a", "b.c", section="norm").recipe == "norm.name=a"
    assert Row("a", "b.c", section="norm", name="d").recipe == "norm.name=d"
    assert Row("a", "b.c", key="transfer.cut").recipe == "transfer.cut"
    assert Row("a", "b.c").recipe == ""
