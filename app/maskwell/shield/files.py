"""A file through the shield: made safe with its layout, and brought back with its people.

The document room knows formats and no people; the shield knows people and no formats. Here
they meet: every text of the file goes through one plan in one scope, so a person is the same
token in the body, in a comment and in the file's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

from maskwell import documents
from maskwell.documents import Edit, Restored
from maskwell.masking import Receipt
from maskwell.policy import Action
from maskwell.shield.copying import Copying, Write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maskwell.documents import Sanitised
    from maskwell.shield.door import Shield
    from maskwell.shield.foreseeing import OnFound
    from maskwell.vault.originals import Original

__all__ = ["ProtectedFile", "protect_file", "protect_name", "restore_file", "sanitise_file"]

_COMING_BACK = {one.value for one in (Action.KEEP, Action.TOKEN, Action.SURROGATE)}


@dataclass(frozen=True, slots=True)
class ProtectedFile:
    """A safe copy of a file, and what was found in making it."""

    copy: Sanitised
    found: Mapping[tuple[str, str], int]
    """How often a kind of value had an action: ("PERSON", "token") to a number."""
    policy: str
    """The policy it was made under."""


def sanitise_file(
    shield: Shield,
    data: bytes,
    name: str,
    *,
    scope: str,
    policy: str | None = None,
    destination: str | None = None,
    mode: str = "layout",
    keeps_outputs: bool | None = None,
) -> Sanitised:
    """Make a safe copy of a file; nothing unverified is returned.

    Args:
        shield: the open shield.
        data: the whole file, bytes.
        name: its name without folders; the words in it are protected too.
        scope: within which its people are tokens.
        policy: a policy's name; the configured one by default.
        destination: where the copy is to go, which the policy may ask.
        mode: "layout" edits in place, "text" rebuilds plain text.
        keeps_outputs: whether what a notebook's cells printed is protected and kept; by default
            as the settings say.

    Raises:
        InputUnreadable, InputTooLarge: no safe copy could be made; nothing was written.
        BlockedByPolicy: a rule forbids it.
    """
    return protect_file(
        shield,
        data,
        name,
        scope=scope,
        policy=policy,
        destination=destination,
        mode=mode,
        keeps_outputs=keeps_outputs,
    ).copy


def protect_file(
    shield: Shield,
    data: bytes,
    name: str,
    *,
    scope: str,
    policy: str | None = None,
    destination: str | None = None,
    mode: str = "layout",
    keeps_outputs: bool | None = None,
    on_found: OnFound = lambda _done, _all: None,
    is_recorded: bool = True,
    is_original_kept: bool = True,
) -> ProtectedFile:
    """Make a safe copy of a file, and tell what was found in it.

    Args and errors: as for `sanitise_file`; `on_found` is told how far finding is, and without
    `is_recorded` the vault keeps no word of the file. Without `is_original_kept` it keeps no
    original, whatever the settings say.
    """
    chosen = shield.policy(policy)
    with Write(shield) as write:
        work = Copying(
            shield, write, policy=chosen, scope=scope, destination=destination, on_found=on_found
        )
        copy = documents.sanitise(
            data,
            name,
            protect=work.protect,
            on_nameless=work.note_nameless,
            known_values=work.known.values,
            on_read=work.known.read,
            mode=mode,
            keeps=_parts_kept(shield, keeps_outputs),
        )
        write.begin()
        made = ProtectedFile(copy, dict(work.found), chosen.name)
        if is_recorded:
            number = _record_made(shield, made, scope, work.tokens, destination)
            if is_original_kept and _is_worth_keeping(shield, data, made):
                _keep_original(shield, number, data, name, made)
    return made


def _parts_kept(shield: Shield, keeps_outputs: bool | None) -> list[str]:
    """Return what stays in a copy that is left out unless asked for."""
    if keeps_outputs is None:
        keeps_outputs = shield.settings.documents.notebook_outputs == "keep"
    return ["outputs"] if keeps_outputs else []


def _record_made(
    shield: Shield,
    made: ProtectedFile,
    scope: str,
    tokens: Iterable[str],
    destination: str | None,
) -> int:
    """Keep which tokens a safe copy holds; return its number."""
    return shield.vault.files.record(
        "sanitised",
        scope=shield.vault.scopes.ensure(scope),
        name=made.copy.name,
        byte_count=len(made.copy.data),
        digest=made.copy.digest,
        texts=tokens,
        policy=made.policy,
        destination=destination or "",
    )


def _is_worth_keeping(shield: Shield, data: bytes, made: ProtectedFile) -> bool:
    """Whether the settings let the original be kept, and it says more than its copy.

    A text comes back whole from its tokens alone. A value that the policy lets nobody have back
    does not come back inside an original either.
    """
    documents, copy = shield.settings.documents, made.copy
    is_allowed = documents.originals == "keep" and len(data) <= documents.original_mib << 20
    is_plain = copy.kind == "text" and copy.mode == "layout" and not copy.dropped
    return is_allowed and not is_plain and all(action in _COMING_BACK for _, action in made.found)


def _keep_original(
    shield: Shield, number: int, data: bytes, name: str, made: ProtectedFile
) -> None:
    """Keep what the copy with this number was made of, as far as there is room."""
    most = shield.settings.documents.originals_mib << 20
    shield.vault.originals.keep(number, name, data, replaced=made.copy.replaced, most_bytes=most)


def protect_name(
    shield: Shield,
    name: str,
    *,
    scope: str,
    policy: str | None = None,
    destination: str | None = None,
) -> str:
    """Return the name of a folder with its people as the tokens they are in files.

    Raises:
        BlockedByPolicy: a rule forbids it.
    """
    bare = protect_file(
        shield,
        b"\n",
        f"{name}.txt",
        scope=scope,
        policy=policy,
        destination=destination,
        is_recorded=False,
    )
    return bare.copy.name.removesuffix(".txt")


def restore_file(
    shield: Shield,
    data: bytes,
    name: str,
    *,
    scope: str,
    mode: str = "layout",
    ending: str | None = None,
    on_screen: bool = False,
    takes_original: bool = True,
) -> tuple[Restored, Receipt]:
    """Put the real values back into a file that came back.

    A copy that comes back as it left, to the byte, is answered with the file it was made of,
    where the vault kept that.

    Args:
        shield: the open shield.
        data: the whole file, bytes.
        name: its name without folders.
        scope: whose tokens stand in it.
        mode: "layout" puts them back in place, "text" gives the words alone.
        ending: of the name the file is to have (".docx"); an original with another is not
            given. None takes any.
        on_screen: whether it goes to a screen, where guarded values stay masked.
        takes_original: whether it may be answered with the original; a terminal never is.

    Returns:
        The file, and one receipt for all its texts.

    Raises:
        UnknownName: there is no such scope.
        InputUnreadable, InputTooLarge: the file cannot be read; nothing was made.
    """
    is_wanted = takes_original and mode == "layout" and not on_screen
    if is_wanted and (original := _original(shield, data, scope, ending)):
        _record_restored(shield, data, name, scope, original.tokens)
        whole = Restored(original.name, original.data, original.replaced, is_original=True)
        return whole, Receipt(restored=original.replaced)
    receipts: list[Receipt] = []
    tokens: dict[str, None] = {}

    def restore_texts(texts: list[str]) -> list[list[Edit]]:
        edits = []
        for text in texts:
            restored = shield.restore(text, scope=scope, on_screen=on_screen)
            receipts.append(restored.receipt)
            tokens.update(dict.fromkeys(token for _, _, token in restored.spans))
            edits.append([Edit(*change) for change in restored.changes])
        return edits

    made = documents.restore(data, name, restore_texts=restore_texts, mode=mode)
    _record_restored(shield, data, name, scope, tokens)
    return made, Receipt.joined(receipts)


def _original(shield: Shield, data: bytes, scope: str, ending: str | None) -> Original | None:
    """Return what the vault kept of the file whose copy this is, if its name may end so."""
    vault = shield.vault
    if shield.settings.documents.originals != "keep":
        return None
    found = vault.originals.find(vault.scopes.get(scope), sha256(data).hexdigest())
    if found and ending is not None and PurePath(found.name).suffix.lower() != ending.lower():
        return None
    return found


def _record_restored(
    shield: Shield, data: bytes, name: str, scope: str, tokens: Iterable[str]
) -> None:
    """Keep which tokens came back into a file; a vault opened for reading cannot.

    The file may have been renamed to anything since, so only the ending of its name is kept.
    """
    if not shield.vault.is_read_only:
        shield.vault.files.record(
            "restored",
            scope=shield.vault.scopes.get(scope),
            name=PurePath(name).suffix,
            byte_count=len(data),
            digest=sha256(data).hexdigest(),
            texts=tokens,
        )
