import html
import re
import subprocess
import sys

import pytest

from trainwell.report import write_report


def text_of(page):
    """Return the words of a page, without tags, styles and pictures."""
    body = re.sub(r"<(style|svg).*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def report_of(run, summary):
    return write_report(run, summary).read_text()


def test_it_has_every_part(write_run):
    run, summary = write_run()
    path = write_report(run, summary)
    assert path == run / "report.html"
    page = path.read_text()
    text = text_of(page)
    for part in (
        "lenet on photos",
        "1,200 colour images <in> 3 classes.",
        "It fits <b>well</b>.",
        "Best epoch 3 of 4",
        "moving average of 5",
        "Most frequent mistakes",
        "The worst mistakes",
        "The least certain",
        "mean of classes",
        "expected calibration error",
        "0123abcd",
        "Nothing to warn of",
        f"trainwell train photos --recipe {run}/recipe.yaml",
        "label_smoothing: 0.2",
        "cores 2 accelerator none",
    ):
        assert part in text, part
    assert page.count("<svg") == 5
    titles = re.findall(r"<title>(.*?)</title>", page)
    assert titles == ["lenet on photos · trainwell"]


def test_the_headline_is_the_accuracy_of_the_test_images(write_run):
    run, summary = write_run(n=40)
    text = text_of(report_of(run, summary))
    found = re.search(r"(0\.\d{4}) test accuracy (\d+) mistakes in 40 images", text)
    accuracy, mistakes = float(found[1]), int(found[2])
    assert accuracy == pytest.approx(1 - mistakes / 40)
    assert 0 < mistakes < 40
    assert "Validation 0.6600" in text
    assert "no test split" not in text


def test_without_a_test_split_it_says_so(write_run):
    run, summary = write_run(split="val", evaluations=1)
    text = text_of(report_of(run, summary))
    assert "validation accuracy" in text
    assert "there is no test split: expect a little less" in text
    assert "Validation 0.6600" not in text
    assert "best epoch, 4" in text


def test_a_run_that_ended_by_the_clock_is_not_promised_to_repeat(write_run):
    run, summary = write_run()
    assert "by the clock" not in report_of(run, summary)
    timed = summary | {"stopped_by": "time"}
    assert "ends by the clock may take more or fewer" in report_of(run, timed)


def test_the_same_run_gives_the_same_page(write_run):
    run, summary = write_run()
    assert report_of(run, summary) == report_of(run, summary)


def test_what_the_audit_found_is_listed(write_run):
    def pair(kind):
        return {
            "first_split": "train",
            "first": f"{kind}/1.png",
            "second_split": "test",
            "second": f"{kind}/2.png",
        }

    audit = {
        "warnings": ["3 bad images left out.", "Look at <these>."],
        "bad_images": [
            {"path": f"bad{i}.jpg", "reason": "cut off"} for i in range(501)
        ],
        "exact_duplicates": {"count": 7, "pairs": [pair("exact")]},
        "near_duplicates": {"count": 1, "pairs": [pair("near")]},
        "label_conflicts": [["cat/x.png", "dog/x.png"]],
        "num_label_conflicts": 4,
        "ignored": ["notes.txt"],
        "num_ignored": 1,
    }
    run, summary = write_run(audit=audit)
    text = text_of(report_of(run, summary))
    for part in (
        "3 bad images left out. Look at <these>.",
        "501 files left out",
        "bad499.jpg cut off",
        "And 1 more, in audit.json",
        "7 exact duplicates across splits",
        "exact/2.png test exact/1.png training",
        "And 6 more.",
        "1 possible near duplicate across splits",
        "4 images under several labels",
        "cat/x.png and dog/x.png",
        "1 file ignored",
        "notes.txt",
    ):
        assert part in text, part
    assert "bad500.jpg" not in text
    assert "Nothing to warn of" not in text


def test_few_classes_have_a_table(write_run):
    run, summary = write_run()
    page = report_of(run, summary)
    assert 'aria-label="Confusion matrix"' in page
    assert "The 3 classes of the lowest F1" not in page


def test_many_classes_stay_readable(write_run):
    classes = [f"class {i:03d}" for i in range(120)]
    run, summary = write_run(classes, n=480)
    page = report_of(run, summary)
    assert 'aria-label="Confusion matrix"' not in page
    assert 'alt="Confusion matrix of 120 classes"' in page
    text = text_of(page)
    assert "The 10 classes of the lowest F1" in text
    assert "All 120 classes" in text
    assert len(page) < 400_000


def test_a_thousand_classes_with_large_noise_stay_under_3_mb(write_run):
    classes = [f"class {i:04d}" for i in range(1000)]
    run, summary = write_run(classes, n=2000, size=512)
    page = report_of(run, summary)
    assert len(page) < 3_000_000
    text = text_of(page)
    assert text.count("And 500 more.") == 2  # scores, and images per class
    listed = 10 + 11 + 501 + 500  # mistakes; scores: lowest, all; images per class
    assert page.count('<tr><th scope="row">') == listed


@pytest.mark.parametrize(
    ("channels", "words"),
    [
        (1, None),
        (2, "Of 2 channels the first is shown"),
        (3, None),
        (5, "Of 5 channels the first three are shown"),
    ],
)
def test_channels_that_are_not_shown_are_said(write_run, channels, words):
    run, summary = write_run(channels=channels)
    text = text_of(report_of(run, summary))
    assert (words or "As the network saw them") in text
    assert ("channels the first" in text) == (words is not None)


def test_importing_the_package_is_cheap():
    heavy = {"torch", "matplotlib", "sklearn", "jinja2", "numpy", "PIL"}
    code = f"import sys, trainwell.report; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_zeros_of_a_pruned_run_are_listed_by_layer(write_run):
    run, summary = write_run()
    assert "Sparsity" not in text_of(report_of(run, summary))
    layers = [
        {"name": "<first>", "num_weights": 1000, "num_zeros": 125, "zeros": 0.125},
        {"name": "last", "num_weights": 4000, "num_zeros": 3999, "zeros": 0.99975},
    ]
    pruned = summary | {"sparsity": {"zeros": 0.8248, "layers": layers}}
    text = text_of(report_of(run, pruned))
    assert "82 % of the weights are zero" in text
    assert "1,000 12 % 875" in text.replace("\n", " ")
    assert "4,000 100 % 1" in text.replace("\n", " ")
