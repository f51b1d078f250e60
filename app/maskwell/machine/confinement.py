"""What a child process gives up before it meets its first untrusted byte.

On Linux the kernel holds it: no sockets, no new programs, no writing to files, bounded
resources. Elsewhere the limits the system has are set and an audit hook refuses the rest,
which stops accidents rather than exploits.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["confine", "confine_engine"]

_NUMBERS = {
    # socket, connect, accept, sendto, sendmsg, bind, listen, socketpair, clone, fork, execve,
    # kill, ptrace, mount, tkill, keys, unshare, accept4, perf, by-handle, setns, process_vm,
    # bpf, execveat, userfaultfd, io_uring, pidfd
    "x86_64": (
        0xC000003E,
        (
            b"41 42 43 44 46 49 50 53 56 57 58 59 62 101 165 200 248 249 250 272 288 298 304 308 "
            b"310 311 321 322 323 425 426 427 434 435 438"
        ),
    ),
    "aarch64": (
        0xC00000B7,
        (
            b"198 199 200 201 202 203 206 211 242 221 281 220 117 40 129 130 217 218 219 97 241 "
            b"265 268 270 271 280 282 425 426 427 434 435 438"
        ),
    ),
}
_MAKES_THREADS = {"x86_64": {56, 435}, "aarch64": {220, 435}}
"""clone and clone3: without execve a process they make can run nothing but what it is."""
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
_X32_BIT = 0x40000000
_SET_NO_NEW_PRIVS, _SET_DUMPABLE, _SET_SECCOMP = 38, 4, 22
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_FILTER, _ALL_THREADS = 1, 1
_FORBIDDEN_EVENTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")


def confine(resources: Mapping[str, int], *, with_threads: bool = False) -> bool:
    """Give up what the work does not need; return whether the kernel holds all of it.

    Args:
        resources: names of the `resource` module ("RLIMIT_AS") and what they are set to.
        with_threads: the work makes threads.
    """
    _limit(resources)
    sys.addaudithook(_refuse)
    return sys.platform == "linux" and _filter_calls(with_threads=with_threads)


def confine_engine(*, with_devices: bool) -> bool:
    """Confine a process that computes with a model; return whether the kernel holds all of it.

    Its memory has no limit here: what a model needs is the user's choice. A driver of a
    graphics card writes files of its own, so with one that is not forbidden.
    """
    resources = {"RLIMIT_CORE": 0, "RLIMIT_NOFILE": 1024}
    if not with_devices:
        resources |= {"RLIMIT_FSIZE": 0, "RLIMIT_NOFILE": 64}
    return confine(resources, with_threads=True)


def _limit(resources: Mapping[str, int]) -> None:
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    for name, value in resources.items():
        try:
            resource.setrlimit(getattr(resource, name), (value, value))
        except (AttributeError, ValueError, OSError):
            continue


def _filter_calls(*, with_threads: bool) -> bool:
    """Install a seccomp filter that answers "not permitted"; return whether it holds."""
    machine = _NUMBERS.get(platform.machine())
    if machine is None:
        return False
    arch, listed = machine
    spared = _MAKES_THREADS[platform.machine()] if with_threads else set()
    program = _program(arch, tuple(one for one in map(int, listed.split()) if one not in spared))
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    if libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    filters = ctypes.create_string_buffer(header)
    # Every thread there is, not this one alone: code that was taken over could use another.
    if libc.syscall(_SECCOMP[platform.machine()], _FILTER, _ALL_THREADS, filters) == 0:
        return True
    return bool(libc.prctl(_SET_SECCOMP, 2, filters, 0, 0) == 0) and len(_threads()) == 1


def _threads() -> list[str]:
    return os.listdir("/proc/self/task")  # noqa: PTH208  # a count is all that is asked


def _program(arch: int, numbers: tuple[int, ...]) -> bytes:
    """Return a classic BPF program: a wrong architecture dies, a listed call is refused."""
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, arch),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, len(numbers) + 1, 0, _X32_BIT),
    ]
    for place, number in enumerate(numbers):
        steps.append((_EQUAL, len(numbers) - place, 0, number))
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _refuse(event: str, _: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN_EVENTS):
        raise PermissionError(f"{event} is not permitted in a confined process")
