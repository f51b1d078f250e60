import threading

import pytest

from maskwell.errors import InputUnreadable, UnknownName, UsageError, WrongPassphrase
from maskwell.vault import FLOOR_KDF, KdfParameters, Vault
from maskwell.vault.attempts import FREE_ATTEMPTS, counted_attempt
from maskwell.vault.header import read_header
from maskwell.vault.keyfile import make_key_file, read_key_file
from maskwell.vault.slots import SlotKind
from maskwell.vault.unlocking import Secret, passphrase_secret, recovery_secret, unlock

from .conftest import PASSPHRASE


def opens(home, secret: Secret) -> bool:
    try:
        unlock(read_header(home.header), secret).wipe()
    except WrongPassphrase:
        return False
    return True


@pytest.mark.sec
def test_recover_the_code_opens_the_vault_with_nothing_else(vault, scope, home):
    code = vault.slots.new_recovery_code()
    vault.close()

    with Vault.open_with_secret(home, recovery_secret(code)) as opened:
        assert opened.scopes.get("acme") == scope


@pytest.mark.sec
def test_recover_a_new_code_ends_the_old_one(vault, home):
    old = vault.slots.new_recovery_code()
    new = vault.slots.new_recovery_code()

    assert not opens(home, recovery_secret(old))
    assert opens(home, recovery_secret(new))
    assert opens(home, passphrase_secret(PASSPHRASE))


@pytest.mark.sec
def test_recover_the_code_is_kept_nowhere(vault, home):
    code = vault.slots.new_recovery_code()
    vault.close()

    files = [path.read_bytes() for path in home.root.iterdir()]

    secret = recovery_secret(code).material
    for form in (code.encode(), code.replace("-", "").encode(), secret, secret.hex().encode()):
        assert not any(form in content for content in files)


def test_a_changed_passphrase_opens_and_the_old_one_does_not(vault, home):
    vault.slots.change_passphrase("new words", kdf=FLOOR_KDF)

    assert opens(home, passphrase_secret("new words"))
    assert not opens(home, passphrase_secret(PASSPHRASE))


def test_changing_the_passphrase_leaves_the_data_as_it_was(vault, home):
    before = home.vault.read_bytes()[4096:]

    vault.slots.change_passphrase("new words", kdf=FLOOR_KDF)

    assert home.vault.read_bytes()[4096:] == before


@pytest.mark.sec
def test_kdf_parameters_can_be_raised_and_are_stored(vault, home):
    raised = KdfParameters(80 * 1024, 3, 4)

    vault.slots.change_passphrase(PASSPHRASE, kdf=raised)

    assert read_header(home.header).slots[0].kdf == raised
    assert opens(home, passphrase_secret(PASSPHRASE))


def test_with_a_key_file_neither_opens_alone(vault, home, tmp_path):
    make_key_file(tmp_path / "key")
    (tmp_path / "other").write_bytes(b"o" * 40)
    vault.slots.change_passphrase(PASSPHRASE, key_file=tmp_path / "key", kdf=FLOOR_KDF)

    assert opens(home, passphrase_secret(PASSPHRASE, tmp_path / "key"))
    assert not opens(home, passphrase_secret(PASSPHRASE, tmp_path / "other"))
    assert not opens(home, passphrase_secret("wrong", tmp_path / "key"))
    with pytest.raises(WrongPassphrase, match="a passphrase and a key file"):
        unlock(read_header(home.header), passphrase_secret(PASSPHRASE))


def test_a_key_file_is_private_and_never_overwritten(tmp_path):
    make_key_file(tmp_path / "key")
    content = (tmp_path / "key").read_bytes()

    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(UsageError):
        make_key_file(tmp_path / "key")
    assert (tmp_path / "key").read_bytes() == content


@pytest.mark.parametrize("size", [0, 31, (1 << 20) + 1])
def test_a_key_file_too_small_or_too_large_is_refused(tmp_path, size):
    (tmp_path / "key").write_bytes(b"k" * size)

    with pytest.raises(InputUnreadable):
        read_key_file(tmp_path / "key")


def test_a_missing_key_file_is_unreadable_input(tmp_path):
    with pytest.raises(InputUnreadable, match="cannot be read"):
        read_key_file(tmp_path / "none")


def test_the_last_passphrase_cannot_be_removed(vault):
    vault.slots.new_recovery_code()
    passphrase, recovery = vault.slots.all()

    with pytest.raises(UsageError):
        vault.slots.remove(passphrase.id)
    vault.slots.remove(recovery.id)

    assert [slot.kind for slot in vault.slots.all()] == [SlotKind.PASSPHRASE]


def test_an_unknown_slot_is_named_as_such(vault):
    with pytest.raises(UnknownName, match="no key slot 9"):
        vault.slots.remove(9)


def test_slots_and_audit_anchor_changed_from_several_threads_are_all_kept(vault, home):
    def record_many() -> None:
        for _ in range(15):
            vault.audit.record("reveal")

    before = read_header(home.header).anchor_count
    threads = [threading.Thread(target=record_many) for _ in range(3)]
    for thread in threads:
        thread.start()
    codes = [vault.slots.new_recovery_code() for _ in range(10)]
    for thread in threads:
        thread.join()

    assert opens(home, recovery_secret(codes[-1]))
    assert read_header(home.header).anchor_count == before + 3 * 15 + 10
    assert vault.audit.verify().is_whole


def test_every_change_of_the_slots_is_in_the_audit_trail(vault):
    vault.slots.new_recovery_code()
    vault.slots.remove(vault.slots.all()[1].id)

    events = [(entry.event, entry.subject) for entry in vault.audit.entries(2)]

    assert events == [("slot.remove", "recovery"), ("slot.add", "recovery")]
    assert vault.audit.verify().is_whole


def test_a_secret_does_not_show_itself():
    assert "hunter" not in repr(passphrase_secret("hunter2"))


def test_after_five_wrong_attempts_the_next_ones_wait_longer_and_longer(tmp_path):
    counter, waits = tmp_path / "attempts", []

    def fail() -> None:
        with counted_attempt(counter, sleep=waits.append):
            raise WrongPassphrase("no")

    for _ in range(FREE_ATTEMPTS + 8):
        with pytest.raises(WrongPassphrase):
            fail()

    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


def test_a_right_secret_ends_the_waiting(tmp_path):
    counter, waits = tmp_path / "attempts", []
    counter.write_text("7 0")

    for _ in range(2):
        with counted_attempt(counter, sleep=waits.append):
            pass

    assert waits == [4]
    assert not counter.exists()
