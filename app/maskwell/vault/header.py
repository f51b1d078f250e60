"""The header file: the key slots and what must be known before the database can be read.

One line of canonical JSON beside the database, replaced whole and never edited. It carries two
seals. `checksum` (SHA-256) needs no key and tells a damaged file from a wrong passphrase;
`seal` (HMAC under the data key) is checked once the vault is open and tells that somebody
without the key changed, added or removed a slot.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from maskwell.errors import IntegrityError, MaskwellError, UsageError, VaultTooNew
from maskwell.vault.files import file_ready, remove_leftovers, replace_file
from maskwell.vault.keys import DataKey, wipe
from maskwell.vault.migrate import TOO_NEW
from maskwell.vault.slots import Slot, canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

__all__ = [
    "HEADER_VERSION",
    "LARGEST_BYTES",
    "Header",
    "HeaderFile",
    "check_seal",
    "parse_header",
    "read_header",
    "write_header",
]

FORMAT = "maskwell-vault"
HEADER_VERSION = 1
LARGEST_BYTES = 1 << 20

DAMAGED = (
    "The vault's header file is damaged; nothing was changed. Mend it with `maskwell vault "
    "repair`, which needs the passphrase or, with --recovery-code-file, the recovery code; if that "
    "fails, put it back from a backup with `maskwell vault restore FILE`."
)


@dataclass(frozen=True, slots=True)
class Header:
    """Everything the header file says."""

    vault_id: str
    """32 hex digits, random; the same in the database."""
    schema: int
    """The newest schema version the database may have."""
    slots: tuple[Slot, ...]
    anchor: str = ""
    """The audit chain's head when the header was last written; "" before the first entry."""
    anchor_count: int = 0
    is_pending: bool = False
    """Whether a database made under another name is to take the place of the one there is."""
    seal: str = ""
    """HMAC-SHA256 over all the rest, 64 hex digits."""

    @property
    def binding(self) -> bytes:
        """What every slot's wrapping is bound to besides the slot itself."""
        return canonical({"format": FORMAT, "vault_id": self.vault_id, "version": HEADER_VERSION})

    def next_slot_id(self) -> int:
        """Return a number that no slot has."""
        return 1 + max((slot.id for slot in self.slots), default=0)

    def sealed(self, key: DataKey) -> Header:
        """Return this header with its seal renewed."""
        return replace(self, seal=_seal(self, key))

    def _body(self) -> dict[str, Any]:
        return {
            "anchor": {"count": self.anchor_count, "head": self.anchor},
            "format": FORMAT,
            "pending": self.is_pending,
            "schema": self.schema,
            "slots": [slot.as_json() for slot in self.slots],
            "vault_id": self.vault_id,
            "version": HEADER_VERSION,
        }


class HeaderFile:
    """The header of an open vault: what it says, and the way to change it."""

    def __init__(self, path: Path, header: Header, key: DataKey) -> None:
        self._path = path
        self._header = header
        self._key = key
        self.lock: AbstractContextManager[object] = threading.RLock()
        """Held while the file changes; take it to keep a look and a change together."""

    @property
    def header(self) -> Header:
        """What the file says."""
        return self._header

    def renew(self, header: Header) -> None:
        """Go on with a header that was written under a new key."""
        self._header = header

    def update(self, **changes: Any) -> Header:
        """Change some fields, in the file first.

        Raises:
            VaultWriteFailed: the disk refused; the old header stands.
        """
        with self.lock:
            self._header = write_header(self._path, replace(self._header, **changes), self._key)
            return self._header

    @contextmanager
    def ready(self, **changes: Any) -> Iterator[Callable[[], None]]:
        """Write a changed header beside the file; the block puts it there by calling what it gets.

        That call needs no more room on the disk. Nothing else may change the header meanwhile.

        Raises:
            VaultWriteFailed: the disk refused, here or in the call; the old header stands.
        """
        with self.lock:
            header = replace(self._header, **changes).sealed(self._key)
            with file_ready(self._path, _content(header)) as put:

                def change() -> None:
                    put()
                    self._header = header

                yield change


def check_seal(header: Header, key: DataKey) -> None:
    """Prove that the holder of the data key wrote this header.

    Raises:
        IntegrityError: somebody else changed it.
    """
    if not hmac.compare_digest(header.seal, _seal(header, key)):
        raise IntegrityError(
            "The vault's header was changed by something other than Maskwell; put it back "
            "from a backup with `maskwell vault restore FILE`."
        )


def write_header(path: Path, header: Header, key: DataKey) -> Header:
    """Seal `header`, write it to `path` whole or not at all, and return it as written.

    Raises:
        VaultWriteFailed: the disk refused; the old header stands.
    """
    header = header.sealed(key)
    replace_file(path, _content(header))
    remove_leftovers(path)
    return header


def _content(header: Header) -> bytes:
    """Return the file's bytes for a sealed header."""
    body = header._body() | {"seal": header.seal}  # noqa: SLF001  # this module's own class
    body["checksum"] = hashlib.sha256(canonical(body)).hexdigest()
    return canonical(body) + b"\n"


def read_header(path: Path) -> Header:
    """Read and check the header.

    Raises:
        VaultTooNew: a newer program wrote it.
        IntegrityError: it is missing, damaged or not a header at all.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise IntegrityError(
            f"The vault's header {path.name} cannot be read ({error.strerror}); put it back "
            "from a backup with `maskwell vault restore FILE`."
        ) from None
    try:
        return parse_header(raw)
    except MaskwellError as error:
        if isinstance(error, UsageError):
            raise IntegrityError(DAMAGED) from None
        raise
    except (ValueError, KeyError, TypeError, RecursionError):
        raise IntegrityError(DAMAGED) from None


def parse_header(raw: bytes) -> Header:
    """Return what the file's bytes say.

    Raises:
        VaultTooNew: a newer program wrote them.
        ValueError, KeyError, TypeError, RecursionError, UsageError: they are damaged.
    """
    if len(raw) > LARGEST_BYTES:
        raise ValueError("too large for a header")
    body = json.loads(raw.decode("ascii"))
    if not isinstance(body, dict):
        raise TypeError("not an object")
    checksum = body.pop("checksum")
    if hashlib.sha256(canonical(body)).hexdigest() != checksum:
        raise ValueError("checksum")
    if raw != canonical(body | {"checksum": checksum}) + b"\n":
        raise ValueError("not in canonical form")
    if body["format"] != FORMAT:
        raise ValueError("not a Maskwell header")
    if body["version"] > HEADER_VERSION:
        raise VaultTooNew(TOO_NEW)
    return Header(
        vault_id=body["vault_id"],
        schema=int(body["schema"]),
        slots=tuple(Slot.from_json(slot) for slot in body["slots"]),
        anchor=body["anchor"]["head"],
        anchor_count=int(body["anchor"]["count"]),
        is_pending=bool(body["pending"]),
        seal=body["seal"],
    )


def _seal(header: Header, key: DataKey) -> str:
    sealing = key.header_key()
    try:
        return hmac.new(sealing, canonical(header._body()), "sha256").hexdigest()  # noqa: SLF001  # this module's own class
    finally:
        wipe(sealing)
