"""Every technique has one card, and what stands on the cards is true."""

import re
import shlex
from pathlib import Path

import pytest

from trainwell.recipes import keys, read_recipe, techniques

GROUPS = list(dict.fromkeys(row.group for row in techniques()))


@pytest.fixture
def build(docs_module):
    return docs_module("_cards")


@pytest.mark.parametrize("group", GROUPS)
def test_every_technique_has_one_card_with_every_part(group, build):
    cards = build.cards(group)
    rows = [row for card in cards for row in card.rows]
    assert sorted(r.path for r in rows) == sorted(
        r.path for r in techniques() if r.group == group
    )
    assert len({card.anchor for card in cards}) == len(cards)
    for card in cards:
        text = build.shown(card)
        start = f'<a id="{card.anchor}"></a>\n\n## {card.heading}\n\n'
        assert text.startswith(start)
        for part in ("Use", "Side effects", "In a recipe", "In Python", "Source"):
            assert len(re.findall(rf"^\*\*{part}:\*\* \S", text, re.M)) == 1, part
        for row in card.rows:
            assert row.path in text
            assert build.prose(row.what) in text
            code = "\n".join(re.findall(r"^```text\n(.*?)\n```$", text, re.M | re.S))
            formula = [f for f in row.formula.splitlines() if f.startswith("    ")]
            assert [line[4:] for line in formula] == code.splitlines()


@pytest.mark.parametrize("group", GROUPS)
def test_every_recipe_on_a_card_is_read(group, build):
    for card in build.cards(group):
        for line in card.recipes:
            recipe = read_recipe(None, shlex.split(line))
            assert recipe != read_recipe(None)
            assert line in build.shown(card)


@pytest.mark.parametrize("group", GROUPS)
def test_only_what_no_recipe_reaches_is_in_code_only(group, build):
    for card in build.cards(group):
        in_code = "**In a recipe:** in code only" in build.shown(card)
        assert in_code == (not any(row.recipe for row in card.rows))


@pytest.mark.parametrize("group", GROUPS)
def test_every_argument_has_a_meaning(group, build):
    for card in build.cards(group):
        table = re.findall(r"^\| `(\w+)` \| (.+?) \| (.*) \|$", build.shown(card), re.M)
        assert all(default and meaning for _, default, meaning in table), card.heading


def test_an_argument_of_a_recipe_is_in_the_table(build):
    (elu,) = (c for c in build.cards("Activations") if c.anchor == "elu")
    text = build.shown(elu)
    assert "| `alpha` | `1` | Minus the limit at minus infinity, positive. |" in text
    assert "`activation=elu activation.alpha=1`" in text
    assert "activation.alpha" in keys()


def test_networks_of_one_family_share_a_card(build):
    (vgg,) = (c for c in build.cards("Models") if c.anchor == "vgg16")
    assert vgg.heading == "vgg16 / 19"
    assert vgg.recipes == ("model.name=vgg16", "model.name=vgg19")


def test_parameters_are_those_of_the_papers(build):
    rows = [r for r in techniques() if r.name in ("vgg16", "resnet50", "plain110")]
    counts = {name: (count, of) for name, count, of in map(build.size, rows)}
    assert counts["`vgg16`"] == ("138,357,544", "224 px, 1000 classes")
    assert counts["`resnet50`"] == ("25,557,032", "224 px, 1000 classes")
    assert counts["`plain110`"][0].startswith("1,7")


def test_the_index_links_every_card(build):
    text = build.index()
    for group in GROUPS:
        for card in build.cards(group):
            assert f"({group.lower()}.md#{card.anchor})" in text


def test_signs_of_markdown_are_plain_but_code_is_kept(build):
    assert build.prose("a * b < |c| `d * e`") == (
        "a &#42; b &lt; &#124;c&#124; `d * e`"
    )
    assert build.prose("see https://arxiv.org/abs/1.2, eq. 3") == (
        "see [arxiv.org/abs/1.2](https://arxiv.org/abs/1.2), eq. 3"
    )


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_a_page_with_its_cards(group, build):
    page = Path(__file__).parents[2] / "docs" / "techniques" / f"{group.lower()}.md"
    text = page.read_text()
    for card in build.cards(group):
        assert text.count(f'<a id="{card.anchor}"></a>') == 1
