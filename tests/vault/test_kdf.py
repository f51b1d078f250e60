"""R14: what the passphrase costs, and that it is Argon2id as RFC 9106 defines it."""

from __future__ import annotations

import pytest
from argon2.low_level import ARGON2_VERSION, Type, core, ffi
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from maskwell.errors import UsageError
from maskwell.vault import DEFAULT_KDF, FLOOR_KDF, KdfParameters
from maskwell.vault.kdf import derive, passphrase_bytes

RFC_9106_ARGON2ID_TAG = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


@pytest.mark.sec
def test_kdf_library_gives_the_tag_of_rfc_9106():
    out = ffi.new("uint8_t[]", 32)
    buffers = [
        ffi.new("uint8_t[]", content)
        for content in (b"\x01" * 32, b"\x02" * 16, b"\x03" * 8, b"\x04" * 12)
    ]
    password, salt, secret, extra = buffers
    context = ffi.new(
        "argon2_context *",
        {
            "version": ARGON2_VERSION,
            "out": out,
            "outlen": 32,
            "pwd": password,
            "pwdlen": 32,
            "salt": salt,
            "saltlen": 16,
            "secret": secret,
            "secretlen": 8,
            "ad": extra,
            "adlen": 12,
            "t_cost": 3,
            "m_cost": 32,
            "lanes": 4,
            "threads": 4,
            "allocate_cbk": ffi.NULL,
            "free_cbk": ffi.NULL,
            "flags": 0,
        },
    )

    status = core(context, Type.ID.value)

    assert status == 0
    assert bytes(out).hex()[:64] == RFC_9106_ARGON2ID_TAG


@pytest.mark.sec
def test_kdf_agrees_with_another_implementation_of_the_rfc():
    salt = bytes(range(32))
    other = Argon2id(
        salt=salt,
        length=32,
        iterations=FLOOR_KDF.time_cost,
        lanes=FLOOR_KDF.parallelism,
        memory_cost=FLOOR_KDF.memory_kib,
    )

    assert derive(b"passphrase", salt, FLOOR_KDF) == other.derive(b"passphrase")


@pytest.mark.sec
@pytest.mark.parametrize(
    ("memory_kib", "time_cost", "parallelism"),
    [
        (64 * 1024 - 1, 3, 4),
        (64 * 1024, 2, 4),
        (64 * 1024, 3, 3),
        (8 * 1024 * 1024, 3, 4),
        (64 * 1024, 10_000, 4),
        (64 * 1024, 3, 10_000),
    ],
)
def test_kdf_below_the_floor_or_over_the_ceiling_is_refused(memory_kib, time_cost, parallelism):
    with pytest.raises(UsageError):
        KdfParameters(memory_kib, time_cost, parallelism)


def test_the_default_costs_256_mebibytes_and_three_passes():
    assert KdfParameters(memory_kib=262_144, time_cost=3, parallelism=4) == DEFAULT_KDF


def test_one_passphrase_typed_composed_or_decomposed_is_one():
    assert passphrase_bytes("caf\u00e9") == passphrase_bytes("cafe\u0301")


def test_a_passphrase_with_a_lone_surrogate_has_bytes():
    assert passphrase_bytes("\ud800") == b"\xed\xa0\x80"
