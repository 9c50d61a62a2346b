"""What the audit of data found, as findings with levels.

leaked:   copies across splits, 1 % of the later split and more fail
near:     images across splits that look alike, 1 % and more warn
missing:  a class without images: fails in training, warns elsewhere
few:      a class of under 10 training images warns
others:   bad files, labels that contradict, 5 % repetitions, imbalance from 5 on
"""

from trainwell.core import limits
from trainwell.data import Audit, Splits
from trainwell.diagnose._finding import Finding

_SHOWN = 3


def audit_findings(splits: Splits) -> list[Finding]:
    """Return a finding for each kind of thing that the audit looked for."""
    audit = splits.audit
    return [
        _files(audit),
        *_classes(audit),
        _imbalance(audit),
        _leaked(audit),
        _near(audit),
        _repeated(audit),
        _conflicts(audit),
    ]


def _total(audit: Audit) -> int:
    return sum(sum(counts.values()) for counts in audit.counts.values())


def _held_out(audit: Audit) -> int:
    return _total(audit) - sum(audit.counts["train"].values())


def _files(audit: Audit) -> Finding:
    bad, total = audit.bad_images, _total(audit)
    numbers = {"bad": len(bad), "used": total}
    if bad:
        return Finding(
            "bad files",
            "warn",
            f"{len(bad)} files cannot be used, first {bad[0].path}: {bad[0].reason}.",
            numbers,
            "replace or remove them",
        )
    return Finding("files", "pass", f"All {total:,} images can be read.", numbers)


def _classes(audit: Audit) -> list[Finding]:
    found = []
    for split, counts in audit.counts.items():
        missing = [name for name, count in counts.items() if not count]
        if missing:
            found.append(
                Finding(
                    "class missing",
                    "fail" if split == "train" else "warn",
                    f"{split} has no image of {_listed(missing)}.",
                    {"missing": len(missing)},
                    "add images, or remove the class from the other splits",
                )
            )
    counts = audit.counts["train"]
    few = [name for name, count in counts.items() if 0 < count < limits.MIN_PER_CLASS]
    if few:
        found.append(
            Finding(
                "few images",
                "warn",
                f"Fewer than {limits.MIN_PER_CLASS} training images of {_listed(few)}.",
                {"classes": len(few)},
                "collect more, or start from a pretrained network",
            )
        )
    words = f"{len(counts)} classes in every split."
    return found or [Finding("classes", "pass", words, {"classes": len(counts)})]


def _imbalance(audit: Audit) -> Finding:
    ratio = audit.imbalance
    words = f"The largest class has {ratio:.1f} times the images of the smallest."
    if ratio >= limits.MAX_IMBALANCE:
        remedy = "look at accuracy per class; try loss.balance=true or more images"
        return Finding("class imbalance", "warn", words, {"ratio": ratio}, remedy)
    return Finding("balance", "pass", words, {"ratio": ratio})


def _leaked(audit: Audit) -> Finding:
    count = audit.exact_duplicates.count
    share = count / max(_held_out(audit), 1)
    numbers = {"copies": count, "share": share}
    if not count:
        return Finding("leak", "pass", "No copies across splits.", numbers)
    pair = audit.exact_duplicates.pairs[0]
    return Finding(
        "leaked images",
        "fail" if share >= limits.MAX_LEAKED_FRACTION else "warn",
        f"{count} copies across splits ({share:.1%}), first {pair.second} of "
        f"{pair.first}.",
        numbers,
        "remove them from one side; scores on them are inflated",
    )


def _near(audit: Audit) -> Finding:
    count = audit.near_duplicates.count
    share = count / max(_held_out(audit), 1)
    numbers = {"pairs": count, "share": share}
    if share < limits.MAX_LEAKED_FRACTION:
        words = f"{count} pairs across splits look alike."
        return Finding("near copies", "pass", words, numbers)
    pair = audit.near_duplicates.pairs[0]
    return Finding(
        "near copies",
        "warn",
        f"{count} pairs across splits look alike, first {pair.second} and "
        f"{pair.first}.",
        numbers,
        "look at some; split by object, person or day, not by image",
    )


def _repeated(audit: Audit) -> Finding:
    share = audit.repeated / _total(audit)
    words = f"{audit.repeated} images repeat another of their split."
    numbers = {"repeated": audit.repeated, "share": share}
    if share >= limits.MAX_REPEATED_FRACTION:
        return Finding("repeated images", "warn", words, numbers, "keep one of each")
    return Finding("repeats", "pass", words, numbers)


def _conflicts(audit: Audit) -> Finding:
    count = audit.num_label_conflicts
    numbers = {"images": count}
    if not count:
        return Finding("conflicts", "pass", "No image has two labels.", numbers)
    return Finding(
        "labels contradict",
        "warn",
        f"{count} images stand under several labels, first "
        f"{' and '.join(audit.label_conflicts[0][:_SHOWN])}.",
        numbers,
        "settle each by looking at it",
    )


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
