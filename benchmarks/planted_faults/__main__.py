"""Planted faults: what the diagnosis says of broken trainings, and of healthy ones.

    python -m benchmarks.planted_faults

A fault counts as named if the first fail (or, without one, the first warning) has its
name. A healthy training must have neither. Mild faults show how far it reaches.
"""

import torch

from benchmarks.planted_faults._curves import CURVES, SOUND, judged
from benchmarks.planted_faults._faults import FAULTS
from benchmarks.planted_faults._healthy import HEALTHY
from benchmarks.planted_faults._mild import MILD
from trainwell.diagnose import check_training, faults


def main() -> None:
    torch.set_num_threads(1)
    broken("fault", FAULTS)
    broken("mild fault", MILD)
    alarms = 0
    print("| healthy training | alarms | last finding |\n|---|---|---|")
    for healthy, make in HEALTHY.items():
        found = check_training(make())
        alarmed = faults(found.findings)
        alarms += bool(alarmed)
        said = "; ".join(f"{f.name}: {f.what}" for f in alarmed) or "none"
        print(f"| {healthy} | {said} | {found.findings[-1].what} |", flush=True)
    print(f"\n{alarms} of {len(HEALTHY)} healthy trainings alarmed.\n")
    curves()


def broken(title: str, trainings: dict) -> None:
    named = 0
    print(f"| {title} | named | what was said | to try | also |\n|---|---|---|---|---|")
    for fault, (name, make) in trainings.items():
        found = check_training(make())
        cause = found.cause
        right = cause is not None and cause.name == name
        named += right
        also = ", ".join(f.name for f in faults(found.findings) if f is not cause)
        said = f"{cause.what} | {cause.try_next}" if cause else "nothing |"
        print(f"| {fault} | {'yes' if right else 'NO'} | {said} | {also} |", flush=True)
    print(f"\n{named} of {len(trainings)} named.\n")


def curves() -> None:
    named = 0
    print("| what was trained | named | verdict from the curves |\n|---|---|---|")
    for fault, (kind, epochs, make) in CURVES.items():
        verdict = judged(make(), epochs)
        named += verdict.kind == kind
        right = "yes" if verdict.kind == kind else f"NO, not as {kind}"
        print(f"| {fault} | {right} | {verdict.text} |", flush=True)
    print(f"\n{named} of {len(CURVES)} named.\n")
    print("| healthy training | verdict from the curves |\n|---|---|")
    for healthy, make in SOUND.items():
        print(f"| {healthy} | {judged(make()).text} |", flush=True)


if __name__ == "__main__":
    main()
