"""The page on how a network starts: numbers, words, and nothing but text and pictures."""

import html
import math
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

from trainwell.diagnose import InitReport, Verdict
from trainwell.report import InitCase, write_init_report

from .conftest import layer_row

HOSTILE = "</td><script>console.error('name')</script>{{ 7 * 7 }}\udc80"
ENVIRONMENT = {"trainwell": "0.1.0", "accelerator": None}


@pytest.fixture
def page_of(tmp_path):
    """Return a function that writes a page of these rows and reads it."""

    def write(rows, **changes):
        found = {
            "loss": 2.5,
            "num_classes": 7,
            "num_images": 64,
            "useless_biases": (),
            "verdict": Verdict("starts well", "It starts <well>."),
        }
        case = InitCase(
            model=changes.pop("model", "lenet"),
            start="Weights by xavier_normal.",
            images="64 grey images of photos & co, 8 px",
            command="trainwell check init lenet --init xavier_normal",
            environment=ENVIRONMENT,
        )
        report = InitReport(layers=tuple(rows), **{**found, **changes})
        path = write_init_report(report, case, tmp_path / "page.html")
        return path.read_text()

    return write


ROWS = [
    layer_row(name="conv", kind="Conv2d", shape=(6, 8, 8), gradient_norm=0.25),
    layer_row(name="act", role="activation", std=2.0, dead=0.13),
    layer_row(name="fc", depth=2, gradient_norm=0.5),
    layer_row(name="tanh", role="activation", depth=2, std=0.5, saturated=0.375),
    layer_row(name="head", depth=3, mean=-0.0625, gradient_norm=math.inf),
]


def text_of(page):
    body = re.sub(r"<(style|svg).*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def table_of(page):
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = re.findall(r"<tr.*?</tr>", body, flags=re.DOTALL)
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row, flags=re.DOTALL) for row in rows]
    return [[text_of(cell) for cell in row] for row in cells]


def test_it_has_every_part(page_of):
    text = text_of(page_of(ROWS))
    for part in (
        "lenet before the first step",
        "Weights by xavier_normal. Images: 64 grey images of photos & co, 8 px.",
        "It starts <well>.",
        "× 0.250 from the first activation to the last",
        f"Loss 2.500 undecided {math.log(7):.3f}",
        "Gradient over weight 0.250 to 0.500",
        "Dead units 13 % in the worst layer",
        "Saturated 38 % in the worst layer",
        "Layers with weights 3",
        "undecided is log(7)",
        "trainwell check init lenet --init xavier_normal",
        "accelerator none",
    ):
        assert part in text, part


def test_every_layer_is_a_row(page_of):
    assert table_of(page_of(ROWS)) == [
        ["conv Conv2d", "", "0", "1.00", "–", "–", "0.250", "6×8×8"],
        ["act Linear", "", "0", "2.00", "–", "13 %", "–", "4"],
        ["fc Linear", "", "0", "1.00", "–", "–", "0.500", "4"],
        ["tanh Linear", "", "0", "0.500", "38 %", "–", "–", "4"],
        ["head Linear", "", "−0.0625", "1.00", "–", "–", "∞", "4"],
    ]


def test_histograms_of_one_role_share_an_axis(page_of):
    wide = layer_row(role="activation", edges=(-8.0, 0.0, 8.0), std=2.0)
    text = text_of(page_of([*ROWS, wide]))
    assert "after an activation, −7.00 to 7.00" in text
    assert "of a layer with weights, −2.00 to 2.00" in text


def test_useless_biases_are_named(page_of):
    text = text_of(page_of(ROWS, useless_biases=("conv", "fc")))
    assert "A norm cancels the bias of 2 layers: conv, fc" in text
    assert "cancels the bias" not in text_of(page_of(ROWS))


class Assets(HTMLParser):
    """Collects what a browser would load or run, and tags left open."""

    def __init__(self):
        super().__init__()
        self.loaded, self.tags = [], set()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            where = value if name in ("src", "href", "xlink:href") else None
            if name.startswith("on") or (where and where[:1] != "#"):
                self.loaded.append((tag, name, value))


@pytest.mark.parametrize("hostile", [False, True])
def test_it_is_complete_in_itself(page_of, hostile):
    rows = [layer_row(name=HOSTILE, kind=HOSTILE), *ROWS] if hostile else ROWS
    names = {"useless_biases": (HOSTILE,), "model": HOSTILE} if hostile else {}
    page = page_of(rows, **names)
    parser = Assets()
    parser.feed(page)
    assert parser.loaded == [("link", "href", "data:,")]
    assert not parser.tags & {"script", "img", "iframe", "object", "embed"}
    style = "".join(re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL))
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in page
    for svg in re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL):
        ET.fromstring(svg.replace("xlink:href", "href"))
    assert page.count("<svg") == len(rows) + 3


def test_hostile_names_are_text(page_of):
    row = layer_row(name=HOSTILE, kind=HOSTILE)
    page = page_of([row], useless_biases=(HOSTILE,), model=HOSTILE)
    assert "<script" not in page
    shown = HOSTILE.replace("\udc80", "\\udc80")
    assert html.unescape(page).count(shown) == 7  # two titles, two labels


def test_ids_of_the_pictures_are_unlike(page_of):
    ids = re.findall(r'\bid="([^"]+)"', page_of(ROWS))
    assert len(ids) == len(set(ids))


def broken(**changes):
    numbers = {"mean": math.nan, "std": math.nan, "counts": (0, 0), "edges": (0, 0, 0)}
    return layer_row(gradient_norm=math.nan, **numbers, **changes)


def test_a_network_of_nothing_finite(page_of):
    rows = [broken(), broken(role="activation")]
    page = page_of(rows, loss=math.nan)
    assert table_of(page)[0][2:7] == ["–"] * 5
    assert "Loss – undecided" in text_of(page)
    assert "– from the first activation to the last" in text_of(page)


def test_a_network_of_one_layer(page_of):
    text = text_of(page_of([layer_row(gradient_norm=0.5)]))
    assert "× 1.00 from the first activation to the last" in text
    assert "Dead units" not in text
    assert "Saturated 0" not in text
