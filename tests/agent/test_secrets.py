"""R10, R13, R39, R40 for the agent: where its key and what it is asked are, and are not."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maskwell.agent.client import unlocked_key
from maskwell.agent.holding import HeldKey
from maskwell.agent.resident import Resident

if TYPE_CHECKING:
    from .conftest import Place

CANARY = "Zelda Quimby"
pytestmark = pytest.mark.sec


def test_core_the_key_is_in_no_file_no_environment_and_no_command_line(shared: Place) -> None:
    shared.run("redact", stdin=f"{CANARY} called.\n")
    agent, key = shared.status(), unlocked_key(shared.home)
    assert agent is not None
    assert key is not None
    raw = bytes(key.raw)
    spelt = {raw, raw.hex().encode(), base64.b64encode(raw)[:-2], CANARY.encode()}

    places = [Path(f"/proc/{agent.process}/{name}") for name in ("cmdline", "environ")]
    folders = (shared.home.root.parent, shared.runtime)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]

    assert len(files) > 5
    for place in [*places, *files]:
        content = place.read_bytes()
        assert not [one for one in spelt if one in content], place


def test_perms_what_the_agent_makes_is_the_users_alone(shared: Place) -> None:
    made = list((shared.runtime / "maskwell").iterdir())

    assert {path.suffix for path in made} == {".sock", ".lock"}
    assert {path.lstat().st_mode & 0o777 for path in made} == {0o600}
    assert (shared.runtime / "maskwell").stat().st_mode & 0o777 == 0o700
    assert shared.home.log.stat().st_mode & 0o777 == 0o600


def test_crash_the_log_says_when_and_never_what(shared: Place) -> None:
    shared.run("redact", stdin=f"{CANARY} called.\n")
    shared.run("history", "search", CANARY)
    shared.run("redact", f"{CANARY}.txt")

    log = shared.home.log.read_text()

    assert "agent unlocked in process" in log
    assert "Zelda" not in log
    assert "Quimby" not in log


@pytest.mark.skipif(sys.platform != "linux", reason="Linux says it in /proc")
def test_core_dumps_are_off_in_the_agent_and_its_children(shared: Place) -> None:
    agent = shared.status()
    assert agent is not None

    limits = Path(f"/proc/{agent.process}/limits").read_text("ascii")

    assert [line.split()[4:6] for line in limits.splitlines() if "core file" in line] == [
        ["0", "0"]
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_core_a_hardened_process_is_not_dumpable() -> None:
    code = (
        "from maskwell.agent.memory import harden; harden(); import ctypes; "
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "0\n"


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_core_a_command_that_opens_the_vault_is_not_dumpable(place: Place) -> None:
    code = (
        "import sys, ctypes; from maskwell.cli.main import run; "
        "run(['--passphrase-file', sys.argv[1], 'entity', 'list']); "
        "import resource; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), "
        "resource.getrlimit(resource.RLIMIT_CORE))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(place.passphrase_file)],
        capture_output=True,
        text=True,
        check=True,
        env=place.environ,
    )

    assert done.stdout.splitlines()[-1] == "0 (0, 0)"


class Clock:
    """Two clocks, of which one counts sleep."""

    def __init__(self) -> None:
        self.awake_s = 100.0
        self.asleep_s = 0.0

    def __call__(self, clock: int) -> float:
        import time

        return self.awake_s + (self.asleep_s if clock == time.CLOCK_BOOTTIME else 0.0)


@pytest.mark.skipif(sys.platform != "linux", reason="CLOCK_BOOTTIME is Linux's")
@pytest.mark.parametrize(
    ("awake_s", "asleep_s", "reason"),
    [
        (10.0, 0.0, ""),
        (299.0, 0.0, ""),
        (301.0, 0.0, "nobody used it"),
        (10.0, 30.0, "the machine was asleep"),
    ],
)
def test_core_the_agent_locks_after_idling_and_after_sleep(
    awake_s: float, asleep_s: float, reason: str
) -> None:
    clock = Clock()
    resident = Resident(
        None,  # type: ignore[arg-type]
        HeldKey("/nowhere", bytearray(32)),
        idle_s=300,
        work=lambda *_: 0,
        fits=lambda _: True,
        now=clock,
    )
    clock.awake_s += awake_s
    clock.asleep_s = asleep_s

    assert resident._is_over() == bool(reason)
    assert resident._reason == reason


def test_core_wiping_leaves_nothing_of_the_key() -> None:
    held = HeldKey("/nowhere", bytearray(range(32)))

    held.wipe()

    assert held.key == bytearray(32)
    assert "key" not in repr(held).replace("HeldKey", "")
