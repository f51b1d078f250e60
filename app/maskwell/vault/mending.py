"""What a damaged header still says.

One changed byte is found and put right: the checksum tells which of all the one-byte changes
undoes it. Of a header that is damaged further, the slots whose description is whole are read;
each vouches for itself, because its wrapping is authenticated. Nothing here needs a key, and
nothing is believed until a slot has opened.
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from operator import ne
from typing import TYPE_CHECKING

from maskwell.errors import UsageError, VaultTooNew
from maskwell.vault.header import HEADER_VERSION, LARGEST_BYTES, Header, parse_header
from maskwell.vault.migrate import TOO_NEW, latest_version
from maskwell.vault.slots import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["corrected", "remains"]

_CHECKSUM = re.compile(rb'"checksum":"[0-9a-f]{64}",')
_CHECKSUM_BYTES = len('"checksum":"",') + 64
_AFTER_CHECKSUM = b'"format":"'
_PRINTABLE = [bytes([value]) for value in range(0x20, 0x7F)]
"""A header is JSON in printable ASCII, so what a byte was before is one of these."""

_LARGEST_CORRECTED_BYTES = 8192
"""The search takes time with the square of the length; no header of ten slots is as long."""

_SLOT = re.compile(
    r'\{"created_at":\d+,"id":\d+,"kdf":\{[^{}]*\},"kind":"[^"]*",'
    r'"nonce":"[^"]*","salt":"[^"]*","wrapped":"[^"]*"\}'
)
_VAULT_ID = re.compile(r'"vault_id":"([0-9a-f]{32})"')
_ANCHOR = re.compile(r'"anchor":\{"count":(\d{1,15}),"head":"([0-9a-f]{64})?"\}')
_NEWER = re.compile(r'"(version|schema)":(\d{1,9})[,}]')


def corrected(raw: bytes) -> Header | None:
    """Return the header as it was written if one byte of it was changed, or some were added.

    Raises:
        VaultTooNew: it was written by a newer program.
    """
    if len(raw) > _LARGEST_CORRECTED_BYTES:
        return None
    for content in _one_byte_less_wrong(raw):
        with suppress(ValueError, KeyError, TypeError, RecursionError, UsageError):
            return parse_header(content)
    return None


def remains(raw: bytes) -> Header | None:
    """Return what can still be read: the vault's id and the slots whose form is whole.

    Its seal is empty, and its anchor is empty where that cannot be read. None when no slot is
    left, or the vault's id is gone, without which none of them opens.

    Raises:
        VaultTooNew: it says that it was written by a newer program.
    """
    text = raw[:LARGEST_BYTES].decode("latin-1")
    known = {"version": HEADER_VERSION, "schema": latest_version()}
    if any(int(number) > known[name] for name, number in _NEWER.findall(text)):
        raise VaultTooNew(TOO_NEW)
    vault_id, anchor = _VAULT_ID.search(text), _ANCHOR.search(text)
    slots = tuple(_slots(text))
    if vault_id is None or not slots:
        return None
    return Header(
        vault_id=vault_id[1],
        schema=latest_version(),
        slots=slots,
        anchor=(anchor[2] or "") if anchor else "",
        anchor_count=int(anchor[1]) if anchor else 0,
    )


def _slots(text: str) -> Iterator[Slot]:
    for found in _SLOT.finditer(text):
        with suppress(ValueError, KeyError, TypeError, UsageError):
            yield Slot.from_json(json.loads(found[0]))


def _one_byte_less_wrong(raw: bytes) -> Iterator[bytes]:
    """Yield the contents that the header may have had."""
    for line in dict.fromkeys((raw.partition(b"\n")[0], raw[:-1])):
        yield line + b"\n"
        for start in _places_of_checksum(line):
            before, after = line[:start], line[start + _CHECKSUM_BYTES :]
            whole = _with_checksum(before, after)
            if sum(map(ne, whole, line)) <= 1:
                yield whole
            stored = line[start + 12 : start + 76]
            yield from (_with_checksum(*parts) for parts in _undone(before, after, stored))


def _places_of_checksum(line: bytes) -> Iterator[int]:
    """Yield where the checksum begins, by its own name and by what stands behind it."""
    by_name = _CHECKSUM.search(line)
    if by_name is not None:
        yield by_name.start()
    behind = line.find(_AFTER_CHECKSUM)
    if by_name is None and behind >= _CHECKSUM_BYTES:
        yield behind - _CHECKSUM_BYTES


def _undone(before: bytes, after: bytes, stored: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the one-byte changes of the two parts that fit the stored checksum."""
    whole = before + after
    for at in range(len(whole)):
        begun, rest = hashlib.sha256(whole[:at]), whole[at + 1 :]
        for byte in _PRINTABLE:
            tried = begun.copy()
            tried.update(byte + rest)
            if tried.hexdigest().encode() == stored:
                mended = whole[:at] + byte + rest
                yield mended[: len(before)], mended[len(before) :]


def _with_checksum(before: bytes, after: bytes) -> bytes:
    checksum = hashlib.sha256(before + after).hexdigest().encode()
    return before + b'"checksum":"' + checksum + b'",' + after + b"\n"
