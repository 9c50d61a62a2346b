"""The pictures show what the techniques compute, read back off the SVG."""

import math
from xml.etree import ElementTree

import numpy as np
import pytest

from trainwell.recipes import techniques

SVG = "{http://www.w3.org/2000/svg}"
ROWS = {row.path.removeprefix("trainwell."): row for row in techniques()}


@pytest.fixture
def chart_of(docs_module):
    return docs_module("_pictures").chart_of


@pytest.fixture
def plot(docs_module):
    return docs_module("_plot")


def _scale(picture, axis):
    """Return pixel -> value along an axis, by its first and last label."""
    labels = [t for t in picture.iter(f"{SVG}text") if t.get("class") == axis]
    baseline = 4 if axis == "y" else 0  # text stands so far below its line
    points = [
        (float(t.get(axis)) - baseline, float(t.text.replace("\N{MINUS SIGN}", "-")))
        for t in labels
    ]
    (p1, v1), *_, (p2, v2) = sorted(points)
    return lambda pixel: v1 + (pixel - p1) / (p2 - p1) * (v2 - v1)


def _shown(svg, curve, x):
    """Return what a curve of the picture shows at x."""
    picture = ElementTree.fromstring(svg)
    (line,) = (
        p for p in picture.iter(f"{SVG}polyline") if p.get("class") == f"curve-{curve}"
    )
    pixels = np.array([p.split(",") for p in line.get("points").split()], float)
    xs, ys = _scale(picture, "x")(pixels[:, 0]), _scale(picture, "y")(pixels[:, 1])
    return np.interp(x, xs, ys)


SIGMOID = 1 / (1 + math.exp(-2))
KNOWN = [
    ("layers.activations.ReLU", 0, {-1: 0, 2: 2}),
    ("layers.activations.ReLU", 1, {-1: 0, 2: 1}),
    ("layers.activations.ELU", 0, {-1: math.exp(-1) - 1, 2: 2}),
    ("layers.activations.ELU", 1, {-1: math.exp(-1), 2: 1}),
    ("layers.activations.Sigmoid", 0, {0: 0.5, 2: SIGMOID}),
    ("layers.activations.Sigmoid", 1, {0: 0.25, 2: SIGMOID * (1 - SIGMOID)}),
    ("layers.activations.Maxout", 0, {-2: 0.6, 0: 0.3, 2: 1}),
    ("schedules.cosine", 0, {0: 1, 0.5: 0.5, 1: 0}),
    ("schedules.one_cycle", 0, {0: 0.04, 0.3: 1, 1: 1e-4}),
    ("schedules.step", 0, {0.2: 1, 0.5: 0.1, 0.9: 0.01}),
    ("schedules.constant", 0, {0: 1, 1: 1}),
    ("schedules.warmup", 0, {0: 0.01, 0.1: 1, 0.55: 0.5, 1: 0}),
    ("schedules.reduce_on_plateau", 0, {1: 1, 30: 0.01}),
    ("schedules.scale_rate", 0, {512: 0.2, 1024: 0.4}),
    ("schedules.scale_rate", 1, {1024: 0.2}),
    ("losses.penalties.l1", 0, {-2: 2, 1: 1}),
    ("losses.penalties.l1", 1, {-2: -1, 1: 1}),
    ("losses.penalties.weight_elimination", 0, {0: 0, 1: 0.5, 3: 0.9}),
    ("losses.penalties.soft_threshold_", 0, {-2: -1.5, 0.25: 0, 1: 0.5}),
    ("losses.hinge_loss", 0, {-2: 3, 0: 1, 2: 0}),
    ("losses.cross_entropy", 0, {0: math.log(2), 2: math.log1p(math.exp(-2))}),
    ("losses.focal_loss", 0, {0: math.log(2) / 4}),
    ("losses.smooth_l1_loss", 0, {0.5: 0.125, 2: 1.5}),
    ("losses.wing_loss", 0, {0: 0, 10: 10 * math.log(6)}),
    ("losses.adaptive_wing_loss", 0, {0: 0, 0.3: 14 * math.log1p(0.3**2.1)}),
    ("losses.adaptive_wing_loss", 2, {-0.3: 14 * math.log1p(0.3**1.1)}),
    ("prune.gradual_share", 0, {0.1: 0, 0.45: 0.7, 1: 0.8}),
]


@pytest.mark.parametrize(("path", "curve", "values"), KNOWN)
def test_a_curve_passes_through_known_points(path, curve, values, chart_of, plot):
    svg = plot.svg(chart_of(ROWS[path]))
    for x, y in values.items():
        # half a hundredth of a pixel of rounding, and chords between samples
        assert _shown(svg, curve, x) == pytest.approx(y, abs=0.01), x


@pytest.mark.parametrize("path", ROWS)
def test_a_picture_is_valid_and_inside_its_frame(path, chart_of, plot):
    chart = chart_of(ROWS[path])
    if chart is None:
        return
    block = ElementTree.fromstring(plot.figure(chart))
    assert len(block.findall(".//figcaption/span")) == (
        len(chart.curves) if len(chart.curves) > 1 else 0
    )
    for line in block.iter(f"{SVG}polyline"):
        pixels = np.array([p.split(",") for p in line.get("points").split()], float)
        assert np.isfinite(pixels).all()
        assert (pixels >= 0).all()
        assert (pixels <= (360, 220)).all()
    assert len([t for t in block.iter(f"{SVG}text") if t.get("class") == "x"]) >= 3


@pytest.mark.parametrize("kind", ["layers.activations.", "schedules.", "losses.penal"])
def test_each_kind_has_pictures(kind, chart_of):
    without = {p for p, row in ROWS.items() if p.startswith(kind) and not chart_of(row)}
    assert without <= {"layers.activations.gain", "layers.activations.swap_activation"}


def test_an_optimizer_starts_where_its_first_step_leads(chart_of):
    sgd = chart_of(ROWS["optim.SGD"]).curves[0]
    first = (sgd.xs[1], sgd.ys[1])
    assert first == pytest.approx((-4 * (1 - 0.08), 1.5 * (1 - 20 * 0.08)))
    newton = chart_of(ROWS["optim.Newton"]).curves[0]
    assert (newton.xs[1], newton.ys[1]) == pytest.approx((0, 0), abs=1e-3)


def test_ticks_are_round_and_within_the_ends(plot):
    assert plot.ticks(-5, 5) == [-4, -2, 0, 2, 4]
    assert plot.ticks(0, 1) == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1])
    assert len(plot.ticks(-0.03, 0.041)) <= 6
