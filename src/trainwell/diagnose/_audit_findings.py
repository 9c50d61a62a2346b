"""Findings from the audit of data.

leaked:   copies across splits; from 1 % of the later split on, a fail
near:     images across splits that look alike; from 1 % on, a warning
missing:  a class without images: fails in training, warns elsewhere
few:      a class of under 10 training images warns
others:   bad files, contradictory labels, 5 % repetitions, imbalance from 5 on
"""

from dataclasses import replace

from trainwell.core import limits
from trainwell.core.plural import plural
from trainwell.data import Audit, Splits
from trainwell.diagnose._check_groups import check_groups
from trainwell.diagnose._finding import Finding
from trainwell.diagnose._mirrored_classes import check_mirrored

_SHOWN = 3
_ONE_SPLIT = "There is one split only."


def audit_findings(splits: Splits) -> list[Finding]:
    """Return one finding, or more, for each question of the audit.

    Args:
        splits: Data as `data.load` returns them.

    Example:
        >>> from trainwell.data import load
        >>> findings = audit_findings(load("digits"))
        >>> [finding.name for finding in findings][:4]
        ['files', 'classes', 'balance', 'leak']
    """
    if not splits.reader.has_classes:
        return _without_classes(splits)
    audit = splits.audit
    return [
        _files(audit),
        *_notes(audit),
        *_classes(audit),
        _imbalance(audit),
        _leaked(audit),
        *check_groups(audit.groups),
        _near(audit),
        _repeated(audit),
        _conflicts(audit),
        check_mirrored(splits),
    ]


def _without_classes(splits: Splits) -> list[Finding]:
    """Return what can be said where images have no class each."""
    val, test = splits.val if splits.held_out else (), splits.test or ()
    parts = {"train": splits.train, "val": val, "test": test}
    counts = {name: {"images": len(part)} for name, part in parts.items()}
    audit = replace(splits.audit, counts=counts)
    groups = check_groups(audit.groups)
    copies = [_leaked(audit), *groups, _near(audit), _repeated(audit)]
    return [_files(audit), *_notes(audit), *copies, _conflicts(audit, "target")]


def _total(audit: Audit) -> int:
    return sum(sum(counts.values()) for counts in audit.counts.values())


def _held_out(audit: Audit) -> int:
    return _total(audit) - sum(audit.counts["train"].values())


def _files(audit: Audit) -> Finding:
    bad, total = audit.bad_images, _total(audit)
    numbers = {"bad": len(bad), "used": total}
    if bad:
        return Finding.warn(
            "bad files",
            f"{len(bad)} files cannot be used, first {bad[0].path}: {bad[0].reason}.",
            numbers,
            "replace or remove them",
        )
    return Finding.passed("files", f"All {total:,} images can be read.", numbers)


def _notes(audit: Audit) -> list[Finding]:
    remedy = "rename, move or convert what should be read otherwise"
    return [Finding.warn("not as named", note, {}, remedy) for note in audit.notes]


def _classes(audit: Audit) -> list[Finding]:
    found = []
    for split, counts in audit.counts.items():
        missing = [name for name, count in counts.items() if not count]
        if missing:
            found.append(
                (Finding.fail if split == "train" else Finding.warn)(
                    "class missing",
                    f"{split} has no image of {_listed(missing)}.",
                    {"missing": len(missing)},
                    "add images, or remove the class from the other splits",
                )
            )
    counts = audit.counts["train"]
    few = [name for name, count in counts.items() if 0 < count < limits.MIN_PER_CLASS]
    if few:
        found.append(
            Finding.warn(
                "few images",
                f"Fewer than {limits.MIN_PER_CLASS} training images of {_listed(few)}.",
                {"classes": len(few)},
                "collect more, or start from a pretrained network",
            )
        )
    message = f"{len(counts)} classes in every split."
    return found or [Finding.passed("classes", message, {"classes": len(counts)})]


def _imbalance(audit: Audit) -> Finding:
    ratio = audit.imbalance
    message = f"The largest class has {ratio:.1f} times the images of the smallest."
    if ratio >= limits.MAX_IMBALANCE:
        remedy = (
            "look at accuracy per class; try loss.class_weights=balanced, "
            "data.sampling=balanced or more images"
        )
        return Finding.warn("class imbalance", message, {"ratio": ratio}, remedy)
    return Finding.passed("balance", message, {"ratio": ratio})


def _leaked(audit: Audit) -> Finding:
    if not _held_out(audit):
        return Finding.untested("leak", _ONE_SPLIT)
    count = audit.exact_duplicates.count
    fraction = count / max(_held_out(audit), 1)
    numbers = {"copies": count, "share": fraction}
    if not count:
        return Finding.passed("leak", "No copies across splits.", numbers)
    pair = audit.exact_duplicates.pairs[0]
    make = Finding.fail if fraction >= limits.MAX_LEAKED_FRACTION else Finding.warn
    return make(
        "leaked images",
        f"{_counted(count, 'copy', 'copies')} across splits ({fraction:.1%}), first "
        f"{pair.second} of {pair.first}.",
        numbers,
        "remove them from one side; scores on them are inflated",
    )


def _near(audit: Audit) -> Finding:
    if not _held_out(audit):
        return Finding.untested("near copies", _ONE_SPLIT)
    least = limits.MIN_COMPARED_SIDE
    if min(audit.heights[1], audit.widths[1]) < least:
        what = f"Images below {least} px are too small to compare by thumbnail."
        return Finding.untested("near copies", what)
    count = audit.near_duplicates.count
    fraction = count / max(_held_out(audit), 1)
    numbers = {"pairs": count, "share": fraction}
    if fraction < limits.MAX_LEAKED_FRACTION:
        message = f"{_counted(count, 'pair')} of similar images across splits."
        return Finding.passed("near copies", message, numbers)
    pair = audit.near_duplicates.pairs[0]
    return Finding.warn(
        "near copies",
        f"{_counted(count, 'pair')} of similar images across splits, first "
        f"{pair.second} and {pair.first}.",
        numbers,
        "look at some; split by object, person or day, not by image",
    )


def _repeated(audit: Audit) -> Finding:
    fraction = audit.repeated / _total(audit)
    message = f"{_counted(audit.repeated, 'copy', 'copies')} inside a split."
    numbers = {"repeated": audit.repeated, "share": fraction}
    if fraction >= limits.MAX_REPEATED_FRACTION:
        return Finding.warn("repeated images", message, numbers, "keep one of each")
    return Finding.passed("repeats", message, numbers)


def _conflicts(audit: Audit, one: str = "label") -> Finding:
    count = audit.num_label_conflicts
    numbers = {"images": count}
    if not count:
        return Finding.passed("conflicts", f"No image has two {one}s.", numbers)
    return Finding.warn(
        "labels contradict",
        f"{_counted(count, 'image')} with several {one}s, first "
        f"{' and '.join(audit.label_conflicts[0][:_SHOWN])}.",
        numbers,
        f"look at each and choose its {one}",
    )


def _counted(count: int, one: str, several: str | None = None) -> str:
    return f"{count} {plural(count, one, several)}"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
