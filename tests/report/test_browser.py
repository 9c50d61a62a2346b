"""The page in Chromium: what people see, not what was written."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from trainwell.diagnose import InitReport, Verdict
from trainwell.report import InitCase, write_init_report, write_report

from .conftest import layer_row

SCHEMES = ("light", "dark")
WIDTHS = (1200, 390)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("these tests need Chromium: install the package `chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Return a function that opens a report; what it complained of lands on `said`."""
    contexts = []

    def open_(path, scheme="light", width=1200):
        context = chromium.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 900}
        )
        contexts.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.said.append(request.url))
        page.goto(path.as_uri(), wait_until="load")
        own, *page.said = [said for said in page.said if not said.startswith("data:")]
        assert own == path.as_uri()
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_it_loads_alone_and_fits(open_page, write_run, scheme, width):
    path = write_report(*write_run())
    assert path.stat().st_size < 3_000_000
    page = open_page(path, scheme, width)
    assert page.said == []
    widths = page.evaluate("[...document.images].map(i => i.naturalWidth)")
    assert len(widths) > 12
    assert all(width > 0 for width in widths)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.documentElement.scrollHeight") > 2000


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_page_on_a_start_loads_alone_and_fits(open_page, tmp_path, scheme, width):
    name = "<script>console.error('layer')</script>" + ".block" * 9
    rows = [
        layer_row(name=f"{name}.{i}", depth=i, role=role, gradient_norm=0.1 * i)
        for i in range(1, 20)
        for role in ("weight", "activation")
    ]
    verdict = Verdict("vanishing", "Activations shrink.")
    report = InitReport(tuple(rows), 2.3, 10, 64, (), verdict)
    command = "trainwell check init six_layers " + "init.std=0.01 " * 9
    case = InitCase("six_layers", "As it is.", "noise", command, {"trainwell": "0.1"})
    page = open_page(
        write_init_report(report, case, tmp_path / "a.html"), scheme, width
    )
    assert page.said == []
    assert page.locator("script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == width
    boxes = page.locator("svg").evaluate_all(
        "all => all.map(x => x.getBoundingClientRect().width)"
    )
    assert len(boxes) == len(rows) + 2
    assert all(box > 50 for box in boxes)


def test_a_request_would_be_seen(open_page, tmp_path):
    path = tmp_path / "other.html"
    path.write_text("<img src='missing.png'><script>console.error('heard')</script>")
    said = open_page(path).said
    assert any(text.endswith("missing.png") for text in said)
    assert "heard" in said


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_names_are_text(open_page, hostile_run, width):
    page = open_page(write_report(*hostile_run), width=width)
    assert page.said == []
    assert page.locator("script, iframe, [onerror], [onload]").count() == 0
    text = page.inner_text("body")
    assert "<script>console.error('class')</script>" in text
    assert "a&b \"quoted\" 'name' </td></table>" in text
    assert "{{ 7 * 7 }} $x^2$ \\frac" in text
    assert "on <script>console.error('source')<!-- it's" in text
    files = page.locator(".file").evaluate_all("all => all.map(x => x.title)")
    assert files
    start = "<img src=x onerror=console.error('file')>/\\udc80"
    assert all(name.startswith(start) for name in files)
    assert "first <iframe src=x>." in text
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("main > section").count() == 8


@pytest.mark.parametrize("count", [2, 24, 120])
def test_any_number_of_classes_fits_a_phone(open_page, write_run, count):
    classes = [f"a class of some length, number {i}" for i in range(count)]
    page = open_page(write_report(*write_run(classes, n=2 * count)), width=390)
    assert page.said == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390


COLORS = """
() => {
  const style = (selector, name) =>
    getComputedStyle(document.querySelector(selector)).getPropertyValue(name);
  return {
    paper: style("body", "background-color"),
    ink: style("body", "color"),
    note: style(".note", "color"),
    zero: style(".zero", "color"),
    axis: style("svg.plot text", "fill"),
    wrong: style(".wrong .mark", "color"),
    line: style("svg.plot path[style*='--accent']", "stroke"),
  };
}
"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_stands_out_from_the_page(open_page, write_run, scheme):
    colors = open_page(write_report(*write_run()), scheme).evaluate(COLORS)
    paper = luminance(colors.pop("paper"))
    assert (paper > 0.5) == (scheme == "light")
    line = colors.pop("line")
    ratios = {name: contrast(luminance(c), paper) for name, c in colors.items()}
    assert min(ratios.values()) >= 4.5, ratios
    assert contrast(luminance(line), paper) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_numbers_stand_out_from_the_deepest_cell(open_page, write_run, scheme):
    page = open_page(write_report(*write_run(n=600)), scheme)
    for kind in (".confusion .right", ".confusion td[style]:not(.right)"):
        colors = page.locator(kind).evaluate_all(
            """all => all.map(cell => [
                 getComputedStyle(cell).color, getComputedStyle(cell).backgroundColor])"""
        )
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        worst = min(
            contrast(luminance(ink), luminance(over(background, paper)))
            for ink, background in colors
        )
        assert worst >= 4.5


def test_the_pictures_take_the_font_of_the_page(open_page, write_run):
    page = open_page(write_report(*write_run()))
    fonts = page.evaluate(
        """() => ["body", "svg.plot text"].map(
             name => getComputedStyle(document.querySelector(name)).fontFamily)"""
    )
    assert fonts[0] == fonts[1]


def test_every_picture_table_and_image_is_named(open_page, write_run):
    page = open_page(write_report(*write_run()))
    for selector in ("svg.plot", "img"):
        names = page.locator(selector).evaluate_all(
            "all => all.map(x => x.getAttribute('aria-label') || x.alt)"
        )
        assert names
        assert all(names)
    lacking = page.evaluate(
        "[...document.querySelectorAll('table')].filter(x => !x.querySelector('th')).length"
    )
    assert lacking == 0


def numbers(color):
    parts = color[color.index("(") + 1 : -1].replace(",", " ").replace("/", " ").split()
    return [float(part) for part in parts]


def luminance(color):
    """Relative luminance, WCAG 2.2."""
    channels = [c / 255 for c in numbers(color)[:3]]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Contrast ratio, WCAG 2.2."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def over(color, paper):
    """The opaque colour of one, perhaps translucent, over another."""
    *top, alpha = (numbers(color) + [1.0])[:4]
    mixed = [
        alpha * t + (1 - alpha) * p for t, p in zip(top, numbers(paper), strict=True)
    ]
    return f"rgb({mixed[0]} {mixed[1]} {mixed[2]})"
