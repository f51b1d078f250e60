"""What went out, in the form the ledger keeps: the request's own JSON with tokens in it.

Invariant: filling the kept form in again gives the exact bytes that were sent, so an entry
can be checked against its digest while the vault is open, and is anonymous while it is not.
"""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from maskwell.masking import render
from maskwell.vault import Applied, Kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maskwell.vault import Scope, Vault

__all__ = ["alone", "digest_of", "kept_request", "rebuild_request"]


def digest_of(body: bytes) -> str:
    """Return the SHA-256 of the sent bytes in hexadecimal."""
    return sha256(body).hexdigest()


def kept_request(body: bytes, sent: Sequence[tuple[str, Kept]]) -> Kept:
    """Return the request body with each message's text in its kept form.

    Args:
        body: the exact bytes of a JSON request, UTF-8.
        sent: for each message in order, the text it carries in `body` and what is kept of it.

    The messages' texts are looked up in the body's own JSON spelling, from front to back. A
    text that is not there as expected is a programming error, and raises ValueError before
    anything is sent.
    """
    text = body.decode()
    pieces: list[str] = []
    applied: list[Applied] = []
    done = length = 0
    for plain, kept in sent:
        spelled = _escaped(plain)
        found = text.index(f'"{spelled}"', done) + 1
        pieces += [text[done:found]]
        length += found - done
        spelled_kept, moved = _spelled(kept, length)
        pieces += [spelled_kept]
        applied += moved
        length += len(spelled_kept)
        done = found + len(spelled)
    return Kept("".join([*pieces, text[done:]]), tuple(applied))


def rebuild_request(vault: Vault, scope: Scope, kept: Kept) -> bytes:
    """Return the bytes that were sent, with the values that were sent as they are put back."""
    pieces: list[str] = []
    done = 0
    for one in kept.applied:
        value = render(vault, scope, alone(kept, one))
        pieces += [kept.text[done : one.start], _escaped(value)]
        done = one.end
    return "".join([*pieces, kept.text[done:]]).encode()


def alone(kept: Kept, one: Applied) -> Kept:
    """Return one token of a kept text, with its action, as a text of its own."""
    token = kept.text[one.start : one.end]
    return Kept(token, (replace(one, start=0, end=len(token)),))


def _spelled(kept: Kept, offset: int) -> tuple[str, list[Applied]]:
    """Return a kept text in JSON's spelling, and its actions moved to where they stand then."""
    pieces: list[str] = []
    applied: list[Applied] = []
    done = length = 0
    for one in kept.applied:
        before, token = _escaped(kept.text[done : one.start]), kept.text[one.start : one.end]
        start = offset + length + len(before)
        applied.append(replace(one, start=start, end=start + len(token)))
        pieces += [before, token]
        length += len(before) + len(token)
        done = one.end
    return "".join([*pieces, _escaped(kept.text[done:])]), applied


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
