"""Planted faults: what the diagnosis says of broken trainings, and of healthy ones.

    python -m benchmarks.planted_faults

A fault counts as named if the first fail (or, without one, the first warning) has its
name. A healthy training must have neither. Mild faults show how far it reaches.
"""

import torch

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
    print(f"\n{alarms} of {len(HEALTHY)} healthy trainings alarmed.")


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


if __name__ == "__main__":
    main()
