"""A file through the shield: made safe with its layout, and brought back with its people.

The document room knows formats and no people; the shield knows people and no formats. Here
they meet: every text of the file goes through one plan in one scope, so a person is the same
token in the body, in a comment and in the file's name.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Self

from maskwell import documents
from maskwell.documents import Edit, Restored
from maskwell.masking import Receipt
from maskwell.policy import Action
from maskwell.shield.knowledge import is_telling, telling_values
from maskwell.shield.sheaves import protect_all
from maskwell.vault.mentions import token_texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from types import TracebackType

    from maskwell.detection import Finding
    from maskwell.documents import Sanitised
    from maskwell.masking import Marked, Protected
    from maskwell.shield.door import Shield
    from maskwell.shield.foreseeing import OnFound
    from maskwell.shield.plan import Plan
    from maskwell.vault.originals import Original

__all__ = ["ProtectedFile", "protect_file", "protect_name", "restore_file", "sanitise_file"]

_ALL_SOUGHT = 60
"""A scope that knows no more values has all of them looked for in every copy."""
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
    if keeps_outputs is None:
        keeps_outputs = shield.settings.documents.notebook_outputs == "keep"
    known = _Known(shield, scope)
    found: Counter[tuple[str, str]] = Counter()
    tokens: dict[str, None] = {}
    nameless = set[str]()

    def plan(text: str, detected: Sequence[Finding]) -> Plan:
        return shield.plan(
            text, scope=scope, policy=chosen, destination=destination, found=detected
        )

    def count(protected: Protected) -> None:
        tokens.update(dict.fromkeys(token_texts(protected.kept.text)))
        for one in protected.findings:
            found[one.finding.entity_type.value, one.action.value] += 1
            known.met(one)

    def note(texts: Collection[str]) -> None:
        nameless.clear()
        nameless.update(texts)

    def protect(texts: list[str]) -> list[list[Edit]]:
        detected = shield.found_in(texts, on_found, nameless=nameless)
        write.begin()
        changes = protect_all(texts, detected, plan, shield.apply, count)
        return [[Edit(*change) for change in some] for some in changes]

    with _Write(shield) as write:
        copy = documents.sanitise(
            data,
            name,
            protect=protect,
            on_nameless=note,
            known_values=known.values,
            on_read=known.read,
            mode=mode,
            keeps=["outputs"] if keeps_outputs else [],
        )
        write.begin()
        made = ProtectedFile(copy, dict(found), chosen.name)
        if is_recorded:
            number = _record_made(shield, made, scope, tokens, destination)
            if is_original_kept and _is_worth_keeping(shield, data, copy, found):
                most = shield.settings.documents.originals_mib << 20
                shield.vault.originals.keep(
                    number, name, data, replaced=copy.replaced, most_bytes=most
                )
    return made


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


def _is_worth_keeping(
    shield: Shield, data: bytes, copy: Sanitised, found: Mapping[tuple[str, str], int]
) -> bool:
    """Whether the settings let the original be kept, and it says more than its copy.

    A text comes back whole from its tokens alone. A value that the policy lets nobody have back
    does not come back inside an original either.
    """
    documents = shield.settings.documents
    is_allowed = documents.originals == "keep" and len(data) <= documents.original_mib << 20
    is_plain = copy.kind == "text" and copy.mode == "layout" and not copy.dropped
    return is_allowed and not is_plain and all(action in _COMING_BACK for _, action in found)


class _Write:
    """One transaction for all of a file, begun when there is first something to keep.

    Until then, while the file is taken apart and read, others may write to the vault.
    """

    def __init__(self, shield: Shield) -> None:
        self._vault = shield.vault
        self._stack = ExitStack()
        self._is_begun = False

    def begin(self) -> None:
        """Begin the transaction, unless it has begun."""
        if not self._is_begun:
            self._stack.enter_context(self._vault.transaction())
            self._is_begun = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)


class _Known:
    """The values that must not stand in a copy: those of the scope that stand in the file.

    While the scope knows few values, all of them are looked for, whatever the file seemed to
    hold. Thousands would make each file slower than the last.
    """

    def __init__(self, shield: Shield, scope: str) -> None:
        self._shield = shield
        self._scope = scope
        self._texts: Sequence[str] = ()
        self._met: set[str] = set()
        self._allowed: set[str] = set()

    def read(self, texts: Sequence[str]) -> None:
        """Note what the file's texts are."""
        self._texts = texts

    def met(self, one: Marked) -> None:
        """Note a value that was found and what the policy does with it."""
        if one.action is Action.KEEP:
            self._allowed.add(one.surface)
        elif is_telling(one.finding.entity_type, one.surface):
            self._met.add(one.surface)

    def values(self) -> list[str]:
        """Return the values, those the policy keeps left out."""
        where = self._shield.vault.scopes.ensure(self._scope)
        index = self._shield.index(where)
        if index.size <= _ALL_SOUGHT:
            values = set(telling_values(self._shield.vault, where)) | self._met
        else:
            hits = (hit for text in self._texts for hit in index.find(text))
            values = self._met | {variant.surface for _, _, variant in hits}
        return sorted(values - self._allowed)


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
