"""R16: the system's keyring is used only where it keeps secrets, gives them back, and answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
import time
from contextlib import suppress

import pytest
from keyring.backends import chainer, fail, null

from maskwell.errors import VaultBusy, VaultError
from maskwell.vault import Vault
from maskwell.vault.keys import DataKey
from maskwell.vault.lock import WriterLock
from maskwell.vault.slots import SlotKind
from maskwell.vault.systemkeyring import fetch_secret, find_keyring, secret_stored, store_secret
from maskwell.vault.turns import Turns

has_desktop = all(map(shutil.which, ("dbus-run-session", "gnome-keyring-daemon")))
needs_desktop = pytest.mark.skipif(
    not has_desktop, reason="dbus-run-session and gnome-keyring are not installed"
)


def backend(**methods: object) -> object:
    """Return an object that passes for an allowed backend and behaves as told."""
    kept: dict[tuple[str, str], str] = {}
    behaviour = {
        "__module__": "keyring.backends.SecretService",
        "set_password": lambda _self, service, name, text: kept.update({(service, name): text}),
        "get_password": lambda _self, service, name: kept.get((service, name)),
        "delete_password": lambda _self, service, name: kept.pop((service, name)),
    }
    return type("Keyring", (), behaviour | methods | {"kept": kept})()


def raise_error(*_: object) -> None:
    raise RuntimeError("desktop says no, and quotes hunter2")


@pytest.mark.sec
@pytest.mark.parametrize("kind", [null.Keyring, fail.Keyring, chainer.ChainerBackend])
def test_keyring_backends_that_keep_nothing_safe_are_refused(kind):
    with pytest.raises(VaultError, match=r"keyring\.backends\..* is not one that is known"):
        store_secret("id", kind())


@pytest.mark.sec
def test_keyring_named_by_the_environment_is_not_used(monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")

    with pytest.raises(VaultError, match="no keyring that keeps secrets encrypted"):
        find_keyring()


@pytest.mark.sec
def test_keyring_of_an_unknown_system_is_none():
    with pytest.raises(VaultError):
        find_keyring("plan9")


@pytest.mark.sec
@pytest.mark.parametrize(
    "methods",
    [
        {"set_password": lambda *_: None},
        {"get_password": lambda *_: "something else"},
        {"get_password": lambda *_: None},
    ],
)
def test_keyring_that_does_not_give_back_what_was_stored_is_refused(methods):
    with pytest.raises(VaultError, match="did not keep what was stored"):
        store_secret("id", backend(**methods))


@pytest.mark.sec
@pytest.mark.parametrize("method", ["set_password", "get_password"])
def test_keyring_that_does_not_answer_is_given_up(method):
    started = time.monotonic()

    with pytest.raises(VaultError, match=r"did not answer within 0\.05 seconds"):
        store_secret("id", backend(**{method: lambda *_: time.sleep(2)}), timeout_s=0.05)

    assert time.monotonic() - started < 2


@pytest.mark.sec
def test_keyring_errors_say_no_more_than_their_kind():
    with pytest.raises(VaultError, match="RuntimeError") as caught:
        store_secret("id", backend(set_password=raise_error))

    assert "hunter2" not in str(caught.value)


@pytest.mark.sec
@pytest.mark.parametrize("stored", [None, "", "not hex"])
def test_keyring_that_holds_nothing_for_the_vault_says_so(stored):
    with pytest.raises(VaultError, match="holds nothing for this vault"):
        fetch_secret("id", backend(get_password=lambda *_: stored))


@pytest.mark.sec
def test_keyring_slot_opens_the_vault_until_it_is_forgotten(vault, scope, home):
    ring = backend()
    vault.use_keyring(ring)
    assert [slot.kind for slot in vault.slots.all()][-1] is SlotKind.KEYRING
    vault.close()

    with type(vault).open_with_keyring(home, ring) as opened:
        assert opened.scopes.get("acme") == scope
        opened.forget_keyring(ring)

    with pytest.raises(VaultError, match="holds nothing"):
        type(vault).open_with_keyring(home, ring)


@pytest.mark.sec
@pytest.mark.parametrize("held_before", [False, True], ids=["nothing", "a secret"])
@pytest.mark.parametrize("refusing", ["header", "audit trail"])
def test_keyring_holds_what_it_held_when_the_vault_cannot_take_the_slot(
    vault, home, tmp_path, refusing, held_before
):
    ring = backend()
    if held_before:
        vault.use_keyring(ring)
    held, slots = dict(ring.kept), vault.slots.all()
    away = tmp_path / "away"

    def refuse(_self: object, service: str, name: str, text: str) -> None:
        ring.kept[service, name] = text
        if refusing == "audit trail":
            vault._database._connection.execute("PRAGMA query_only = ON")
        elif not away.exists():
            home.root.rename(away)

    type(ring).set_password = refuse
    with pytest.raises(VaultError) as refused:
        vault.use_keyring(ring)
    if away.exists():
        away.rename(home.root)
    vault._database._connection.execute("PRAGMA query_only = OFF")

    assert ring.kept == held
    assert vault.slots.all() == slots
    assert "may still hold" not in str(refused.value)


class Robbed(Turns):
    """Turns; as soon as one is over, another process has the lock, and nobody waits for it."""

    def __init__(self, turns, robber):
        super().__init__(turns._lock, turns._look)
        self.wait_s = 0.0
        self.robber = robber

    def __exit__(self, *error):
        super().__exit__(*error)
        if not self._depth:
            self.robber.acquire(wait_s=0)


@pytest.mark.sec
@pytest.mark.parametrize("held_before", [False, True], ids=["nothing", "a secret"])
def test_keyring_and_slot_fit_whoever_takes_the_lock_next(home, key_bytes, held_before):
    ring, robber = backend(), WriterLock(home.root / "vault.lock")
    vault = Vault.open_unlocked(home, DataKey(bytearray(key_bytes)))
    if held_before:
        vault.use_keyring(ring)
    turns = vault._turns = vault._file.lock = Robbed(vault._turns, robber)
    vault._database.turn = lambda: turns

    with suppress(VaultBusy):
        vault.use_keyring(ring)
    robber.release()
    vault.close()
    robber.release()

    with Vault.open_with_keyring(home, ring) as opened:
        added = [one for one in opened.audit.entries() if one.subject == SlotKind.KEYRING]
        assert len([one for one in added if one.event == "slot.add"]) == 1 + held_before


@pytest.mark.sec
def test_keyring_that_cannot_be_cleared_again_is_said_to_hold_something():
    def forget(*_: object) -> None:
        raise RuntimeError("no")

    ring = backend(delete_password=forget)
    with (
        pytest.raises(VaultError, match=r"disk is full\. .* may still hold an entry"),
        secret_stored("id", ring),
    ):
        raise VaultError("The disk is full.")


@pytest.mark.sec
def test_chain_a_whole_vault_put_back_is_noticed_where_the_keyring_remembers(vault, home, tmp_path):
    ring = backend()
    vault.use_keyring(ring)
    vault.close()
    for path in (home.vault, home.header):
        shutil.copy(path, tmp_path / path.name)
    with type(vault).open_with_keyring(home, ring) as later:
        assert later.audit.verify().is_whole
        later.lexicon.ignore("Heron Ltd")
    for path in (home.vault, home.header):
        shutil.copy(tmp_path / path.name, path)

    for _ in range(2):
        with type(vault).open_with_keyring(home, ring) as put_back:
            report = put_back.audit.verify()

        assert not report.is_whole
        assert report.first_bad


@needs_desktop
@pytest.mark.sec
def test_keyring_of_a_real_desktop_opens_the_vault(home, key_bytes, tmp_path):
    script = textwrap.dedent(
        f"""
        from pathlib import Path
        from maskwell.paths import Home
        from maskwell.vault import Vault
        from maskwell.vault.keys import DataKey
        home = Home(Path({str(home.root)!r}))
        key = bytes.fromhex({key_bytes.hex()!r})
        with Vault.open_with(home, lambda _header: DataKey(bytearray(key))) as vault:
            vault.use_keyring()
        with Vault.open_with_keyring(home) as vault:
            print("opened", vault.slots.all()[-1].kind)
            vault.forget_keyring()
        """
    )
    (tmp_path / "script.py").write_text(script)
    shell = 'printf pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$@"'
    environment = os.environ | {
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "HOME": str(tmp_path),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }

    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", shell, "sh", sys.executable, "script.py"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=tmp_path,
        env=environment,
    )

    assert done.stdout == "opened keyring\n", done.stderr
