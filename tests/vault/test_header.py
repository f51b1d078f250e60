import hashlib
import json
from dataclasses import replace

import pytest

from maskwell.errors import IntegrityError, VaultTooNew, WrongPassphrase
from maskwell.vault import FLOOR_KDF, Vault
from maskwell.vault.header import check_seal, read_header, write_header
from maskwell.vault.keys import DataKey
from maskwell.vault.migrate import latest_version
from maskwell.vault.slots import Slot, SlotKind, canonical, unwrap, wrap

from .conftest import PASSPHRASE as SECRET

BINDING = b"one vault"


def wrapped_slot(key: DataKey, secret: bytes = b"secret") -> Slot:
    return wrap(
        key,
        secret,
        slot_id=1,
        kind=SlotKind.RECOVERY,
        kdf=None,
        binding=BINDING,
        created_at=0,
    )


def test_a_passphrase_slot_opens_with_its_passphrase_only():
    key = DataKey.random()
    slot = wrap(
        key,
        b"secret",
        slot_id=1,
        kind=SlotKind.PASSPHRASE,
        kdf=FLOOR_KDF,
        binding=BINDING,
        created_at=0,
    )

    opened = unwrap(slot, b"secret", binding=BINDING)

    assert opened is not None
    assert opened.raw == key.raw
    assert unwrap(slot, b"Secret", binding=BINDING) is None


def test_a_slot_opens_with_its_secret_only():
    key = DataKey.random()
    slot = wrapped_slot(key)

    opened = unwrap(slot, b"secret", binding=BINDING)

    assert opened is not None
    assert opened.raw == key.raw
    assert unwrap(slot, b"other", binding=BINDING) is None


@pytest.mark.parametrize(
    "change",
    [
        {"kind": SlotKind.KEYRING},
        {"id": 2},
        {"created_at": 1},
        {"nonce": bytes(12)},
        {"wrapped": bytes(48)},
    ],
)
def test_a_slot_that_was_changed_does_not_open(change):
    slot = replace(wrapped_slot(DataKey.random()), **change)

    assert unwrap(slot, b"secret", binding=BINDING) is None


def test_a_slot_of_another_vault_does_not_open():
    assert unwrap(wrapped_slot(DataKey.random()), b"secret", binding=b"another vault") is None


def test_the_same_secret_never_gives_the_same_slot():
    key = DataKey.random()

    assert wrapped_slot(key).wrapped != wrapped_slot(key).wrapped


def test_a_header_comes_back_as_it_was_written(home, key_bytes):
    key = DataKey(bytearray(key_bytes))
    header = read_header(home.header)
    check_seal(header, key)

    written = write_header(home.header, replace(header, anchor="ab", anchor_count=3), key)

    assert read_header(home.header) == written
    check_seal(written, key)


def test_writing_a_header_leaves_no_temporary_file(home, key_bytes):
    (home.root / "vault.header.dead.part").write_bytes(b"left by a killed writer")

    write_header(home.header, read_header(home.header), DataKey(bytearray(key_bytes)))

    assert sorted(path.name for path in home.root.glob("vault.header*")) == ["vault.header"]


@pytest.mark.sec
def test_header_changed_without_the_key_is_noticed_on_opening(home, key_bytes):
    header = read_header(home.header)
    write_header(home.header, replace(header, anchor_count=9), DataKey.random())

    with pytest.raises(IntegrityError, match="changed by something other than Maskwell"):
        Vault.open_with(home, lambda _header: DataKey(bytearray(key_bytes)))


@pytest.mark.sec
def test_header_of_a_newer_version_is_refused_before_any_key_is_derived(home, key_bytes):
    header = read_header(home.header)
    write_header(
        home.header, replace(header, schema=latest_version() + 1), DataKey(bytearray(key_bytes))
    )
    before = {path.name: path.read_bytes() for path in home.root.iterdir()}

    with pytest.raises(VaultTooNew):
        Vault.open(home, "not even the passphrase")

    assert {path.name: path.read_bytes() for path in home.root.iterdir()} == before


@pytest.mark.sec
def test_header_asking_for_a_weak_or_monstrous_derivation_is_refused(home):
    for memory_kib in (8, 1 << 40):
        body = json.loads(home.header.read_bytes())
        body["slots"][0]["kdf"]["memory_kib"] = memory_kib
        _rewrite(home, body)

        with pytest.raises(IntegrityError):
            read_header(home.header)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"null\n", b"[" * 100_000, b"\xff\xfe", b'{"checksum":1}', b"x" * 2**21]
)
def test_what_is_no_header_is_damage(home, content):
    home.header.write_bytes(content)

    with pytest.raises(IntegrityError):
        read_header(home.header)


def test_a_wrong_passphrase_says_nothing_more(home):
    with pytest.raises(WrongPassphrase, match=r"^The passphrase does not open this vault\.$"):
        Vault.open(home, SECRET + "x")


def _rewrite(home, body) -> None:
    body.pop("checksum", None)
    body["checksum"] = hashlib.sha256(canonical(body)).hexdigest()
    home.header.write_bytes(canonical(body) + b"\n")
