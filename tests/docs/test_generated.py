"""The generated parts of the pages are in the files, and up to date."""

from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *DOCS.glob("techniques/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(DOCS)))
def test_a_page_is_up_to_date(page, docs_module):
    text = page.read_text()
    assert docs_module("_fill").filled(text) == text, "run scripts/write_docs"


def test_every_part_is_on_a_page(docs_module):
    texts = [page.read_text() for page in PAGES]
    for name in docs_module("_fill").PARTS:
        marks = [f"<!-- {name} -->", f"<!-- end of {name} -->"]
        assert [sum(t.count(m) for t in texts) for m in marks] == [1, 1], name


def test_a_chart_and_links_are_added_to_a_page(docs_module):
    path = "trainwell.losses.focal_loss"
    page = f'<a id="focal"></a>\n\n## focal\n\n<!-- chart {path} -->\n\n'
    page += f"**In Python:** `{path}`"
    built = docs_module("hooks").on_page_markdown(page)
    assert built.startswith("## focal {#focal}\n\n<figure")
    assert built.endswith(f"**In Python:** [`{path}`][{path}]")


def test_the_drawn_map_has_every_package():
    drawn = (DOCS / "pictures" / "architecture.svg").read_text()
    packages = (DOCS.parent / "src" / "trainwell").glob("*/__init__.py")
    assert [p.parent.name for p in packages if p.parent.name not in drawn] == []
