"""The confined child: what it may not do, and what the parent survives."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from maskwell.documents import DEFAULT_LIMITS, nursery, open_document
from maskwell.documents.confinement import confine
from maskwell.documents.limits import Budget
from maskwell.errors import InputTooLarge, InputUnreadable

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the kernel holds it on Linux alone")

FORBIDDEN = {
    "open a socket": "libc.socket(2, 1, 0)",
    "start a program": "libc.execve(b'/bin/true', None, None)",
    "make a process": "libc.fork()",
    "trace a process": "libc.ptrace(16, 1, 0, 0)",
}


def confined(code: str) -> str:
    """Run `code` in a confined process; return what it printed."""
    program = (
        "import ctypes, sys; from maskwell.documents.limits import Limits; "
        "from maskwell.documents.confinement import confine; "
        "libc = ctypes.CDLL(None, use_errno=True); held = confine(Limits()); " + code
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


@LINUX
@pytest.mark.sec
@pytest.mark.parametrize("what", FORBIDDEN)
def test_fuzz_r32_the_kernel_refuses_the_child(what):
    code = FORBIDDEN[what]

    printed = confined(f"print(held, {code}, ctypes.get_errno())")

    assert printed == "True -1 1"


@LINUX
@pytest.mark.sec
def test_fuzz_r32_the_child_cannot_write_a_file(tmp_path):
    target = tmp_path / "out"

    confined(f"import signal; f = open({str(target)!r}, 'wb', 0); f.write(b'leak')")

    assert not target.exists() or target.read_bytes() == b""


@LINUX
@pytest.mark.sec
def test_fuzz_r32_the_child_can_read_libraries_and_nothing_else(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("a secret")
    tried = (
        "from pathlib import Path\n"
        f"for path in ({str(secret)!r}, '/proc/self/mem', '/etc/passwd', '/proc/1/environ'):\n"
        "    try: print('read', len(open(path, 'rb').read(1)))\n"
        "    except OSError as error: print(error.errno)\n"
        "import colorsys; print(colorsys.__name__)"
    )
    has_landlock = confined("from maskwell.documents.landlock import fence; print(fence())")

    printed = confined(f"exec({tried!r})").split()

    if has_landlock != "True":
        pytest.skip("this kernel has no Landlock")
    assert "read" not in printed
    assert printed[-1] == "colorsys"


@pytest.mark.sec
def test_limits_r33_a_child_that_takes_too_long_is_stopped():
    slow = "a: &x [" + ",".join(["y"] * 200_000) + "]"

    with pytest.raises(InputTooLarge, match="seconds"):
        open_document(slow.encode(), "x.yaml", limits=replace(DEFAULT_LIMITS, timeout_s=0.5))


@pytest.mark.sec
def test_limits_r33_a_child_that_needs_too_much_memory_is_refused():
    tight = replace(DEFAULT_LIMITS, memory_bytes=120_000_000)

    with pytest.raises((InputTooLarge, InputUnreadable)):
        open_document(b"a: " + b"y" * 40_000_000, "x.yaml", limits=tight)


def test_an_input_over_the_limit_is_refused():
    with pytest.raises(InputTooLarge, match="50 MB"):
        open_document(b"x" * 50_000_001, "x.txt")


@pytest.mark.sec
def test_bomb_r31_the_budget_counts_what_comes_out():
    budget = Budget(replace(DEFAULT_LIMITS, expanded_bytes=100, entries=2, depth=1))
    budget.expand(100)
    budget.entry()
    budget.entry()
    budget.deeper()

    for one_more in (lambda: budget.expand(1), budget.entry, budget.deeper):
        with pytest.raises(InputTooLarge):
            one_more()
    with pytest.raises(InputTooLarge, match="200 times"):
        budget.ratio(6_000, 1_200_001)


def test_confining_is_what_the_child_does_first(tmp_path):
    assert confine.__module__ == "maskwell.documents.confinement"
    assert open_document(b"a: 1", "x.yaml").segments[0].text == "a"


@pytest.mark.skipif(not nursery.IS_POSSIBLE, reason="children are started one by one here")
def test_a_reader_that_cannot_be_started_is_told_of(monkeypatch):
    nursery._idle.clear()
    monkeypatch.setattr(sys, "executable", "/bin/false")

    with pytest.raises(InputUnreadable, match="did not start"):
        open_document(b"<a>b</a>", "a.xml")
