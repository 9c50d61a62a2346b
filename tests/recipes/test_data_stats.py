"""What was chosen, in one line."""

from trainwell.recipes import choose, read_recipe
from trainwell.recipes._data_stats import summary_line


def test_the_line_by_hand(facts):
    stats = facts(num_train=1234, channels=1, cores=1)
    recipe, summary = choose(read_recipe(None, ["train.time=5m"]), stats)
    assert summary == summary_line(recipe, stats)
    assert summary.startswith("1,234 grey images of about 32x32 px in 10 classes, on ")
    assert "1 core:" in summary
    assert summary.endswith("in 5m.")


def test_the_line_says_that_classes_are_weighted(facts):
    from trainwell.recipes import choose, read_recipe

    known = facts(imbalance=11.0)

    def said(*words, facts=known):
        return choose(read_recipe(None, words), facts)[1]

    assert "classes of 11:1 not weighted, " in said()
    equally = said("loss.class_weights=balanced")
    assert "classes of 11:1 weighted equally, " in equally
    roots = said("loss.class_weights=sqrt")
    assert "classes of 11:1 weighted by square roots, " in roots
    assert "weighted" not in said(facts=facts(imbalance=3.0))


def test_what_is_predicted_is_counted_in_its_own_words(facts):
    def said(task, count):
        known = facts(task=task, num_classes=count)
        return choose(read_recipe(None, []), known)[1]

    assert "px for keypoints (68 points), on" in said("keypoints", 68)
    assert "px for regression (1 number), on" in said("regression", 1)
    assert "px for multilabel (3 labels), on" in said("multilabel", 3)
    assert "px for ordinal (5 classes), on" in said("ordinal", 5)
