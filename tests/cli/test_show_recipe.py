"""Keys that begin alike, and those that there are not."""


def test_nothing_begins_like_this(refused):
    said = refused("show", "recipe", "optimiser")
    assert (
        "no key of a recipe begins with 'optimiser'. Did you mean `optimizer`" in said
    )


def test_help_says_what_is_shown(invoke):
    shown = " ".join(invoke("show", "recipe", "--help").stdout.split())
    assert "default, range or choices, and meaning" in shown
