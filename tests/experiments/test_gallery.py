"""The gallery: all that was measured, on one page without anything from outside."""

import re

from trainwell.experiments import (
    explanation,
    how_it_was_made,
    measure_claim,
    write_claims,
)
from trainwell.runs import Quiet


def test_a_page_of_two_claims(tmp_path):
    names = ("batch_norm_identity", "adam_bias")
    results = [measure_claim(n, quick=True, reporter=Quiet()) for n in names]
    page = write_claims(results, tmp_path / "deep" / "index.html").read_text()
    assert page.index('id="adam_bias"') < page.index('id="batch_norm_identity"')
    assert re.findall(r"<dd>(\d) <small>of 2", page) == ["1", "1", "0"]
    assert page.count("<svg") == 2
    assert not re.search(r'(src|href)="(?!#|data:)', page)
    assert all(word in page for word in ('class="word held"', 'class="word not-held"'))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert how_it_was_made(results[0]) in page


def test_an_explanation_is_paragraphs():
    first, *rest = explanation("valley")
    assert first.endswith(".")
    assert rest
    assert not any("\n" in part for part in rest)
