"""Which token a surface gets: the one it has, that of its entity, or a new one.

Once a surface has a token in a scope it keeps it. A part of a name joins the entity it is a
part of only where the scope knows exactly one such entity; otherwise it is an entity of its
own. A wrong guess can never restore a wrong person, because every surface is stored exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.masking.keys import canonical_key
from maskwell.masking.labels import choose_label
from maskwell.masking.names import PersonName, read_name
from maskwell.masking.register import Register
from maskwell.masking.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maskwell.vault import Scope, Variant, Vault

__all__ = ["Surface", "join_surfaces", "token_of", "tokens_for"]

Surface = tuple[EntityType, str]


def token_of(variant: Variant) -> Token:
    """Return the token that stands for a variant."""
    return Token(variant.entity_type, variant.number, variant.check, variant.label)


def tokens_for(vault: Vault, scope: Scope, wanted: Iterable[Surface]) -> dict[Surface, Token]:
    """Return a token for every wanted surface, issuing those that are missing.

    Full names are settled before their parts, so the order within a text does not matter.
    The vault is written to only where a surface is new, in one transaction and few statements.
    """
    unique = list(dict.fromkeys(wanted))
    known = Register(vault, scope).known(unique)
    if len(known) < len(unique):
        with vault.transaction():  # another thread may have settled some of them meanwhile
            known = _settled(Register(vault, scope), unique)
    return {surface: token_of(known[surface]) for surface in unique}


def join_surfaces(
    vault: Vault, scope: Scope, entity_type: EntityType, surface: str, other: str
) -> None:
    """Let `surface` be another surface of the entity of `other` from now on.

    A surface that has a token of its own keeps it, so that what is out goes on restoring; then
    the two entities are one.
    """
    mine, theirs = (entity_type, surface), (entity_type, other)
    with vault.transaction():
        tokens_for(vault, scope, [theirs])
        known = vault.entities.find_many(scope, [mine, theirs])
        owner = known[theirs]
        if mine not in known:
            ours = vault.entities.by_code(scope, entity_type, owner.number, owner.check)
            label = choose_label((), {variant.label for variant in ours})
            vault.entities.add_variant(owner, label, surface)
        elif known[mine].entity_id != owner.entity_id:
            vault.merge(owner.entity_id, known[mine].entity_id)


def _settled(register: Register, unique: Sequence[Surface]) -> dict[Surface, Variant]:
    known = register.known(unique)
    clerk = _Clerk(register)
    missing = [surface for surface in unique if surface not in known]
    clerk.read(missing)
    for surface in sorted(missing, key=clerk.settling_order):
        known[surface] = clerk.settle(*surface)
    register.keep()
    return known


class _Clerk:
    """Settles new surfaces of one scope, one after another."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._names: dict[str, PersonName] = {}

    def read(self, surfaces: Sequence[Surface]) -> None:
        """Have the register read all that settling these surfaces will ask for."""
        parts: dict[str, None] = {}
        for entity_type, surface in surfaces:
            if entity_type is EntityType.PERSON:
                looked_up = _looked_up_by(self._name(surface))
                parts.update(dict.fromkeys(f"{part}:{word}" for part, word in looked_up))
        keys = [(entity_type, self._key(entity_type, text)) for entity_type, text in surfaces]
        self._register.consult(keys, parts)

    def settling_order(self, surface: Surface) -> tuple[int, int]:
        """Full names first, longer ones before shorter; all else as it came (sorting is stable)."""
        entity_type, text = surface
        if entity_type is not EntityType.PERSON:
            return 0, 0
        name = self._name(text)
        is_spelt_out = name.is_full and len(name.first) > 1
        return (0 if is_spelt_out else 1 if name.is_full else 2), -len(text.split())

    def settle(self, entity_type: EntityType, surface: str) -> Variant:
        key = self._key(entity_type, surface)
        if entity_type is EntityType.PERSON:
            return self._settle_person(key, surface)
        owner = self._register.with_key(entity_type, key)
        if owner is None:
            return self._register.add(entity_type, key, surface)
        return self._add_variant(owner, _form_labels(surface), surface)

    def _settle_person(self, key: str, surface: str) -> Variant:
        name = self._name(surface)
        owner = self._register.with_key(EntityType.PERSON, key)
        if owner is not None and self._agrees(owner, name):
            return self._add_variant(owner, _name_labels(name, "full", surface), surface)
        if owner is not None:
            return self._register.add(EntityType.PERSON, surface, surface, _filed_under(name))
        part, owner = self._owner_of_part(name)
        if owner is not None:
            return self._add_variant(owner, _name_labels(name, part, surface), surface)
        return self._register.add(EntityType.PERSON, key, surface, _filed_under(name))

    def _key(self, entity_type: EntityType, surface: str) -> str:
        if entity_type is EntityType.PERSON:
            return self._name(surface).key or surface
        return canonical_key(entity_type, surface)

    def _name(self, surface: str) -> PersonName:
        if surface not in self._names:
            self._names[surface] = read_name(surface)
        return self._names[surface]

    def _owner_of_part(self, name: PersonName) -> tuple[str, Variant | None]:
        """Return the one entity that this name is a part of, or that is a part of this name.

        Returns:
            Which part it was found by, and the entity's first variant, or None where there is
            none, more than one, or one that cannot be this person.
        """
        owners: dict[int, tuple[str, Variant]] = {}
        for part, word in _looked_up_by(name):
            for owner in self._register.with_part(f"{part}:{word}"):
                owners.setdefault(owner.number, (part, owner))
        agreeing = [found for found in owners.values() if self._agrees(found[1], name)]
        if len(agreeing) != 1:
            return "", None
        is_only_clue = agreeing[0][0] == "only" or not name.is_full
        return ("", None) if is_only_clue and len(owners) > 1 else agreeing[0]

    def _agrees(self, owner: Variant, name: PersonName) -> bool:
        others = self._register.variants(owner)
        return all(name.may_be(self._name(variant.surface)) for variant in others)

    def _add_variant(self, owner: Variant, wanted: Sequence[str], surface: str) -> Variant:
        taken = {variant.label for variant in self._register.variants(owner)}
        return self._register.add_variant(owner, choose_label(wanted, taken), surface)


def _filed_under(name: PersonName) -> tuple[str, ...]:
    """Return the parts an entity is found by. One word alone may be a first or a last name."""
    if not name.is_full:
        only = name.first or name.last
        return (f"only:{only}",) if only else ()
    return f"first:{name.first}", f"last:{name.last}"


def _looked_up_by(name: PersonName) -> tuple[tuple[str, str], ...]:
    """Return the parts, with what they are filed under, to look a name up by."""
    if name.is_full:
        return ("last", name.last), ("only", name.first), ("only", name.last)
    if name.honorific:
        return ("last", name.last), ("only", name.last)
    word = name.first or name.last
    return ("first", word), ("last", word), ("only", word)


def _name_labels(name: PersonName, part: str, surface: str) -> tuple[str, ...]:
    """Return the words that say how this surface of a known person differs, best first."""
    case = "caps" if surface.isupper() else "small" if surface.islower() else ""
    whole = _form_labels(surface) if case else ("full",)
    by_part = (f"{case}{part}",) if part in ("first", "last") else _form_labels(surface)
    signs = (
        (name.is_possessive, ("whose",)),
        (name.is_reversed, ("reversed",)),
        (bool(name.honorific), ("formal",)),
        (not name.is_full, by_part),
        (len(name.first) == 1, ("initial",)),
        (bool(name.middle), ("middle",)),
    )
    return next((labels for is_so, labels in signs if is_so), whole)


def _form_labels(surface: str) -> tuple[str, ...]:
    """Return the words for another spelling of the same value."""
    if surface.isupper() and surface.upper() != surface.lower():
        return ("upper",)
    if surface.islower():
        return ("lower",)
    if surface.isalnum():
        return ("compact",)
    marks = (("-", "dashed"), (".", "dotted"), (" ", "spaced"))
    return tuple(label for mark, label in marks if mark in surface)
