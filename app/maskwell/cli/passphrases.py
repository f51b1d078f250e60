"""Where a passphrase comes from: a file descriptor, a file, or a person at a terminal."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace

from maskwell.cli.terminal import ask_secret, can_ask, say
from maskwell.errors import UsageError, VaultLocked
from maskwell.text.strength import strength_of

__all__ = ["PassphraseSource"]

_LARGEST_BYTES = 4096
_HOW = "give it with --passphrase-file FILE, --passphrase-fd N, or at a terminal"


@dataclass(frozen=True, slots=True)
class PassphraseSource:
    """How the user chose to give the passphrase; by default a terminal is asked."""

    file: str | None = None
    fd: int | None = None
    is_explicit: bool = False
    """Whether this command line names the place, so that nothing else may open the vault."""
    held: str | None = field(default=None, repr=False)
    """The passphrase, once it was read."""

    @property
    def is_given(self) -> bool:
        """Whether no question is needed."""
        return self.held is not None or self.file is not None or self.fd is not None

    def taken(self) -> PassphraseSource:
        """Return this source with a descriptor's passphrase already read.

        A descriptor may be standard input, with a text behind the passphrase's line: the
        passphrase has to be out before anything else reads.
        """
        return self if self.fd is None else replace(self, held=self._read())

    def remembered(self) -> PassphraseSource:
        """Return this source with the passphrase read, for a vault that is opened more than once.

        Raises:
            VaultLocked: there is none to be had.
        """
        return replace(self, held=self.get())

    def get(self) -> str:
        """Return the passphrase of the vault that is there.

        Raises:
            VaultLocked: there is none to be had.
        """
        if self.is_given:
            return self._read()
        if not can_ask():
            raise VaultLocked(f"The vault is locked and needs its passphrase: {_HOW}.")
        return ask_secret("Passphrase: ")

    def choose(self) -> str:
        """Return the passphrase for a new vault; a person is asked twice and told its strength.

        Raises:
            VaultLocked: there is none to be had.
            UsageError: the two entries differ, or it is empty.
        """
        if self.is_given:
            return self._read()
        if not can_ask():
            raise VaultLocked(f"A new vault needs a passphrase: {_HOW}.")
        first = ask_secret("New passphrase: ")
        if not first:
            raise UsageError("The passphrase is empty, so no vault was made.")
        strength = strength_of(first)
        say(f"Strength: {strength.word}. {strength.advice}".strip())
        if ask_secret("The same again: ") != first:
            raise UsageError("The two passphrases differ, so no vault was made.")
        return first

    def _read(self) -> str:
        if self.held is not None:
            return self.held
        try:
            line = self._first_line()
            passphrase = line.decode().removesuffix("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise VaultLocked(f"The passphrase cannot be read from {self._place}.") from error
        if not passphrase or len(line) > _LARGEST_BYTES:
            raise VaultLocked(f"There is no passphrase in the first line of {self._place}.")
        return passphrase

    def _first_line(self) -> bytes:
        """Read up to the line's end and no byte further: what follows may be someone else's."""
        source = self.fd if self.file is None else os.open(self.file, os.O_RDONLY)
        assert source is not None  # noqa: S101  # is_given
        line = bytearray()
        try:
            while len(line) <= _LARGEST_BYTES and (byte := os.read(source, 1)) not in {b"", b"\n"}:
                line += byte
        finally:
            if self.file is not None:
                os.close(source)
        return bytes(line)

    @property
    def _place(self) -> str:
        return f"the file {self.file}" if self.file is not None else f"descriptor {self.fd}"
