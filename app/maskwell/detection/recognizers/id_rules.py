"""What one kind of identity number looks like, and what proves it.

A shape spells digits as 9 and letters as A; "~" stands for nothing, a space, a hyphen or a
dot, the same throughout. A `check` names a `stdnum` module ("us.ssn") or a function of
`id_checks` ("own:npi"). The lines of rules are in `ids_europe` and `ids_world`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["IdRule", "rules_from", "spelled_shapes"]

_SEPARATORS = ("", " ", "-", ".")


@dataclass(frozen=True, slots=True)
class IdRule:
    """One kind of number."""

    subtype: str
    what: str
    """For people: "a US social security number"."""
    shapes: tuple[str, ...]
    check: str
    cues: tuple[str, ...]
    distinct: float
    """The score with the check passed, no cue, in a shape with separators or letters."""
    plain: float
    """The score with the check passed, no cue, as a bare run of digits; 0: needs a cue."""
    entity_type: EntityType = EntityType.ID


def rules_from(table: str) -> Iterator[IdRule]:
    """Read rules, one a line: subtype; what; shapes; check; distinct; plain; cues."""
    for line in table.strip().splitlines():
        if not line.strip():
            continue
        subtype, what, shapes, check, distinct, plain, cues = (p.strip() for p in line.split(";"))
        yield IdRule(
            subtype=subtype,
            what=what,
            shapes=tuple(spelled_shapes(shapes.split(" | "))),
            check=check,
            cues=tuple(c.strip() for c in cues.split(",") if c.strip()),
            distinct=float(distinct),
            plain=float(plain),
        )


def spelled_shapes(shapes: Iterable[str]) -> Iterator[str]:
    """Yield every spelling of the shapes, "~" replaced by each separator."""
    for shape in shapes:
        if "~" in shape:
            yield from (shape.replace("~", separator) for separator in _SEPARATORS)
        else:
            yield shape
