"""A damaged header: what one byte did is undone, and what is left of more still opens."""

import json

import pytest

from maskwell.errors import IntegrityError, VaultTooNew, WrongPassphrase
from maskwell.vault import FLOOR_KDF, Vault, passphrase_secret, recovery_secret
from maskwell.vault.header import read_header
from maskwell.vault.mending import corrected, remains
from maskwell.vault.opening import next_database
from maskwell.vault.repairing import is_damaged, repair_header

from .conftest import PASSPHRASE, open_vault


@pytest.fixture
def code(home, key_bytes):
    """The recovery code of the test's vault, which is closed again."""
    with open_vault(home, key_bytes) as vault:
        vault.scopes.ensure("acme")
        return vault.slots.new_recovery_code()


def change(home, *places, to=b"\0"):
    """Overwrite bytes of the header."""
    raw = bytearray(home.header.read_bytes())
    for at in places:
        raw[at : at + len(to)] = to
    home.header.write_bytes(raw)


def place_of(home, text):
    return home.header.read_bytes().index(text.encode())


def broken_slot(home, kind):
    """Damage the one slot of this kind beyond what can be put right."""
    at = place_of(home, f'"kind":"{kind}"')
    change(home, at + 40, at + 41, to=b"!")


def scopes_of(home, key_bytes):
    with open_vault(home, key_bytes) as vault:
        assert vault.audit.verify().is_whole
        assert vault.audit.entries(2)[1].event == "header.repair"
        return [one.name for one in vault.scopes.all()]


@pytest.mark.sec
def test_header_one_byte_is_put_right_as_it_was(home, code, key_bytes):
    whole = read_header(home.header)
    change(home, 300)
    assert is_damaged(home)

    repaired = repair_header(home, recovery_secret(code))

    assert repaired.is_exact
    assert not repaired.is_end_lost
    assert read_header(home.header).slots == whole.slots
    assert scopes_of(home, key_bytes) == ["acme"]
    assert not list(home.root.glob("vault.attempts"))


@pytest.mark.sec
@pytest.mark.parametrize(
    ("kind", "other"), [("passphrase", "recovery"), ("recovery", "passphrase")]
)
def test_header_whose_one_slot_is_gone_opens_with_the_other(home, code, key_bytes, kind, other):
    broken_slot(home, kind)
    secrets = {"recovery": recovery_secret(code), "passphrase": passphrase_secret(PASSPHRASE)}

    repaired = repair_header(home, secrets[other])

    assert not repaired.is_exact
    assert repaired.slots == (other,)
    assert repaired.is_end_lost, "anybody could have written what has lost its seal"
    assert scopes_of(home, key_bytes) == ["acme"]


@pytest.mark.sec
def test_header_that_forgot_the_trails_end_says_so(home, code, key_bytes):
    at = place_of(home, '"anchor"')
    change(home, at + 20, at + 30)

    repaired = repair_header(home, recovery_secret(code))

    assert repaired.is_end_lost
    assert repaired.slots == ("recovery",)
    with open_vault(home, key_bytes) as vault:
        assert vault.audit.entries(2)[1].detail["end_known"] is False


@pytest.mark.sec
def test_header_of_an_earlier_day_is_no_witness_once_its_seal_is_broken(home, code, key_bytes):
    earlier = home.vault.read_bytes(), home.header.read_bytes()
    with open_vault(home, key_bytes) as vault:
        vault.scopes.set_keep_days("acme", 3)
    home.vault.write_bytes(earlier[0])
    home.header.write_bytes(earlier[1])
    change(home, place_of(home, '"seal"') + 10, place_of(home, '"seal"') + 12, to=b"!")

    assert repair_header(home, recovery_secret(code)).is_end_lost


@pytest.mark.sec
def test_header_longer_than_any_is_not_searched_for_its_one_byte(home):
    assert corrected(b"{" + b" " * 9000 + b"}\n") is None


@pytest.mark.sec
def test_header_mended_to_a_byte_still_tells_of_a_database_put_back(home, code, key_bytes):
    earlier = home.vault.read_bytes()
    with open_vault(home, key_bytes) as vault:
        vault.scopes.set_keep_days("acme", 3)
    home.vault.write_bytes(earlier)
    change(home, 300)

    repair_header(home, recovery_secret(code))

    with open_vault(home, key_bytes) as vault:
        assert not vault.audit.verify().is_whole


@pytest.mark.sec
def test_header_mended_does_not_bring_back_an_older_way_in(home, code, key_bytes):
    """A slot from an older header is genuine, but its passphrase was changed."""
    older = home.header.read_bytes()
    with open_vault(home, key_bytes) as vault:
        vault.slots.change_passphrase("a new one", kdf=FLOOR_KDF)
    old_slot = json.dumps(json.loads(older)["slots"][0], sort_keys=True, separators=(",", ":"))
    slipped_in = home.header.read_bytes().replace(b'"slots":[', f'"slots":[{old_slot},'.encode())
    home.header.write_bytes(slipped_in)

    repaired = repair_header(home, passphrase_secret("a new one"))

    assert repaired.slots == ("passphrase",)
    with pytest.raises(WrongPassphrase):
        Vault.open(home, PASSPHRASE)


@pytest.mark.sec
def test_header_without_a_whole_slot_offers_the_backup(home, code):
    damaged = home.header.read_bytes()[:200]
    home.header.write_bytes(damaged)

    with pytest.raises(IntegrityError, match=r"vault restore FILE.*recovery code"):
        repair_header(home, recovery_secret(code))

    assert home.header.read_bytes() == damaged


@pytest.mark.sec
def test_header_is_left_as_it_is_by_a_wrong_secret(home, code):
    broken_slot(home, "recovery")
    damaged = home.header.read_bytes()

    with pytest.raises(WrongPassphrase, match=r"recovery-code-file.*vault restore FILE"):
        repair_header(home, passphrase_secret("wrong"))

    assert home.header.read_bytes() == damaged
    assert not list(home.root.glob("replaced-*"))
    assert (home.root / "vault.attempts").read_text() == "1 1"


@pytest.mark.sec
def test_header_of_the_future_is_not_mended(home, code):
    raw = home.header.read_bytes().replace(b'"version":1}', b'"version":2}')
    home.header.write_bytes(raw[:200] + b"??" + raw[202:])

    with pytest.raises(VaultTooNew):
        repair_header(home, recovery_secret(code))

    assert not list(home.root.glob("replaced-*"))


def test_a_database_that_waits_for_its_place_is_found_by_the_key(home, code, key_bytes):
    home.vault.rename(next_database(home))
    home.vault.write_bytes(b"another vault" * 1000)
    broken_slot(home, "passphrase")

    repair_header(home, recovery_secret(code))

    assert read_header(home.header).is_pending
    assert scopes_of(home, key_bytes) == ["acme"]


def test_a_damaged_database_is_not_given_a_header(home, code):
    home.vault.write_bytes(b"no database" * 1000)
    broken_slot(home, "passphrase")

    with pytest.raises(IntegrityError, match="database is damaged"):
        repair_header(home, recovery_secret(code))

    assert is_damaged(home)


def test_the_damaged_header_is_kept(home, code):
    broken_slot(home, "passphrase")
    damaged = home.header.read_bytes()

    aside = repair_header(home, recovery_secret(code)).aside

    assert (aside / "vault.header").read_bytes() == damaged
    assert aside.stat().st_mode & 0o777 == 0o700


def test_an_added_end_is_cut_off(home):
    whole = read_header(home.header)
    raw = home.header.read_bytes()

    assert corrected(raw + b"more") == whole
    assert corrected(raw[:-1]) == whole
    assert corrected(raw[:-1] + b"\0") == whole


@pytest.mark.parametrize("raw", [b"", b"\0" * 4096, b"{}\n", b"\n" * 10, b"x" * (2 << 20)])
def test_of_what_is_no_header_nothing_is_left(raw):
    assert corrected(raw) is None
    assert remains(raw) is None


def test_a_header_that_is_gone_offers_the_backup(home, code):
    home.header.unlink()

    with pytest.raises(IntegrityError, match="vault restore FILE"):
        repair_header(home, recovery_secret(code))

    assert not home.header.exists()


def test_two_changed_bytes_are_not_taken_for_one(home):
    change(home, 300, 400)

    assert corrected(home.header.read_bytes()) is None


def test_a_whole_header_is_not_damaged(home):
    assert not is_damaged(home)
    assert Vault.exists(home)
