"""What the machine has, and settings of the process that make it faster."""

import ctypes
import os
import platform
from pathlib import Path
from typing import Any

import torch

from trainwell.core.errors import UserError

_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_MAX = -1, -2, -4


def num_cores() -> int:
    """Return the processor cores that this process may use.

    `OMP_NUM_THREADS`, which PyTorch obeys too, lowers the number.

    Example:
        >>> from trainwell.core.device import num_cores
        >>> num_cores() >= 1
        True
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    return min(cores, int(wanted)) if wanted.isdigit() and int(wanted) else cores


def pick_device(name: str) -> torch.device:
    """Return the device of that name; `auto` takes an accelerator if there is one.

    Raises:
        UserError: If there is no such device.

    Example:
        >>> from trainwell.core.device import pick_device
        >>> pick_device("cpu")
        device(type='cpu')
    """
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    try:
        device = torch.device(name)
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError) as error:
        raise UserError(
            f"device {name!r} cannot be used here; auto, cpu"
            + (", cuda" if torch.cuda.is_available() else "")
            + " can."
        ) from error
    return device


def computes_in_bfloat16(device: torch.device) -> bool:
    """Tell whether a device multiplies bfloat16 faster than float32.

    Example:
        >>> from trainwell.core.device import computes_in_bfloat16
        >>> isinstance(computes_in_bfloat16(torch.device("cpu")), bool)
        True
    """
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    if device.type != "cpu":
        return False
    supported: bool = torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return supported


def keep_freed_memory() -> None:
    """Let the C library keep freed blocks instead of returning them to the system.

    Training frees and asks for the same large blocks in every step; without this,
    each is mapped and zeroed by the kernel every time (a tenth of the step on two
    cores). Does nothing where the C library is not glibc.
    """
    if platform.libc_ver()[0] != "glibc":
        return
    libc = ctypes.CDLL(None)
    libc.mallopt(_M_MMAP_MAX, 0)
    libc.mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)
    libc.mallopt(_M_TOP_PAD, 64 << 20)


def describe() -> dict[str, Any]:
    """Return what to remember of the machine and the software, ready for JSON."""
    from importlib.metadata import version

    packages = ("numpy", "pillow", "numba", "simplejpeg", "safetensors")
    return {
        "trainwell": version("trainwell"),
        "python": platform.python_version(),
        "torch": torch.__version__,
        **{name: version(name) for name in packages},
        "platform": platform.platform(),
        "processor": _processor(),
        "cores": num_cores(),
        "threads": torch.get_num_threads(),
        "accelerator": (
            torch.cuda.get_device_name() if torch.cuda.is_available() else None
        ),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [x.partition(":")[2].strip() for x in lines if x.startswith("model name")]
    return names[0] if names else platform.processor()


def memory_bytes() -> int:
    """Return the bytes of this machine's memory; 16 GiB where it does not say.

    Example:
        >>> from trainwell.core.device import memory_bytes
        >>> memory_bytes() > 1 << 28
        True
    """
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):  # not on Windows
        return 1 << 34
