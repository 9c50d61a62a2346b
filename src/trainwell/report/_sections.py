"""The sections of a report that a task names: what each shows, by which template."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from trainwell.report import (
    _class_section,
    _label_section,
    _number_section,
    _ordered_section,
    _point_section,
)
from trainwell.report._run_files import RunFiles


@dataclass(frozen=True)
class ReportSection:
    """A part of the page.

    Attributes:
        template: File of the template.
        links: Anchor and name of each heading, for the bar at the top.
        noun: What there is one of for each of the task's labels.
        content: Returns the values of the template. `note` is a sentence or two that
            stand beside the number at the top.
    """

    template: str
    links: tuple[tuple[str, str], ...]
    noun: str
    content: Callable[[RunFiles], dict[str, Any]]


SECTIONS = {
    "classes": ReportSection(
        "classes.html.j2",
        (
            ("confusions", "Confusions"),
            ("images", "Images"),
            ("classes", "Classes"),
            ("calibration", "Calibration"),
        ),
        "class",
        _class_section.content,
    ),
    "ordered": ReportSection(
        "ordered.html.j2",
        (("confusions", "Confusions"), ("images", "Images"), ("classes", "Classes")),
        "class",
        _ordered_section.content,
    ),
    "labels": ReportSection(
        "labels.html.j2",
        (("labels", "Labels"), ("together", "Together"), ("images", "Images")),
        "label",
        _label_section.content,
    ),
    "numbers": ReportSection(
        "numbers.html.j2",
        (("numbers", "Numbers"), ("images", "Images")),
        "number",
        _number_section.content,
    ),
    "points": ReportSection(
        "points.html.j2",
        (("points", "Points"), ("images", "Images")),
        "point",
        _point_section.content,
    ),
}
"""Every section by the name that tasks use."""
