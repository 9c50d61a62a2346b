"""Groups, such as people or patients, that lie in several splits of the source.

Source: none; what the network knows of a person in training it need not infer from the
image that it is judged by.
"""

from trainwell.core.plural import plural
from trainwell.data import SharedGroups
from trainwell.diagnose._finding import Finding

_SHOWN = 3


def check_groups(found: SharedGroups | None) -> list[Finding]:
    """Return what is wrong with the groups; nothing where there are none.

    Args:
        found: As `Audit.groups` holds it.
    """
    if found is None:
        return []
    numbers = {"groups": found.count, "images": found.images}
    if not found.count:
        what = f"None of {found.of:,} groups lies in two splits."
        return [Finding.passed("groups", what, numbers)]
    named = [f"{name} ({' and '.join(splits)})" for name, splits in found.first]
    more = found.count - _SHOWN
    return [
        Finding.warn(
            "groups in two splits",
            f"{found.count:,} of {found.of:,} groups "
            f"{plural(found.count, 'lies', 'lie')} in several splits, {found.images:,} "
            f"{plural(found.images, 'image')} of the later ones: "
            f"{', '.join(named[:_SHOWN])}{f' and {more:,} more' if more > 0 else ''}.",
            numbers,
            "move every group to one side, or leave the splits to data.group_column; "
            "scores on them are inflated",
        )
    ]
