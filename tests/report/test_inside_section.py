"""The section on the inside of a network, on the page."""

import re

import numpy as np
import pytest

from trainwell.report import write_report


@pytest.fixture
def page(write_run):
    """Return a page with these arrays kept."""

    def written(**arrays):
        run, summary = write_run()
        np.savez(run / "inside.npz", **arrays)
        return write_report(run, summary).read_text()

    return written


def test_a_run_without_it_has_no_section(write_run):
    run, summary = write_run()
    text = write_report(run, summary).read_text()
    assert 'id="inside"' not in text
    assert 'href="#inside"' not in text


def test_maps_of_the_examples(page):
    text = page(maps=np.random.default_rng(0).random((4, 8, 8)).astype(np.float16))
    assert text.count('alt="Grad-CAM of') == 4
    section = text[text.index('id="inside"') :]
    words = re.findall(r'class="said"><bdi>([^<]*)', section)
    assert len(words) == 4
    assert ", predicted " in words[0]  # the worst first
    assert 'href="#inside"' in text
    assert "Filters of the first" not in text


def test_a_map_of_features_with_wrong_answers(page):
    right = np.array([True] * 7 + [False] * 2)
    places = np.random.default_rng(0).random((9, 2))
    text = page(places=places, right=right)
    assert "Map of 9 images, 2 of them wrong" in text
    assert "Crosses: 2 wrong answers." in text


def test_filters(page):
    text = page(filters=np.random.default_rng(0).random((20, 3, 5, 5)))
    assert 'alt="Filters of the first convolution"' in text


def test_neighbours_of_mistakes_with_their_labels(page):
    text = page(
        near_rows=np.array([1]),
        near_images=np.zeros((1, 2, 8, 8, 3), np.uint8),
        near_distances=np.array([[0.125, 0.5]]),
        near_captions=np.array([["<cat>", "owl"]]),
    )
    section = text[text.index('id="inside"') :]
    assert "<bdi>&lt;cat&gt;</bdi><b>0.12</b>" in section
    assert "<bdi>owl</bdi><b>0.50</b>" in section
    assert section.count("<img") == 3
