"""What putting values back gives: the text, and a receipt of what was done and what was not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maskwell.vault import Kept

__all__ = ["Receipt", "Restored"]

_KINDS = (
    "unknown",
    "foreign",
    "withheld",
    "erased",
    "strangers",
    "guarded",
    "masked",
    "generalised",
    "hashed",
    "dropped",
)
_LOST = {"mask": "masked", "generalise": "generalised", "hash": "hashed", "drop": "dropped"}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What restoring did. Tokens are named once each, in the order they appeared."""

    restored: int = 0
    """How many values were put back, the altered ones included."""
    altered: int = 0
    """How many of those were recognised though their token was changed on the way."""
    unknown: tuple[str, ...] = ()
    """Read as tokens, but this vault never issued them."""
    foreign: tuple[str, ...] = ()
    """Tokens of another scope."""
    withheld: tuple[str, ...] = ()
    """Tokens of this scope inside a link, an image source or a URL."""
    erased: tuple[str, ...] = ()
    """Tokens whose value the user erased."""
    strangers: tuple[str, ...] = ()
    """Words left as they are: written like a stand-in, but beside somebody else's name."""
    guarded: tuple[str, ...] = ()
    """Tokens of guarded values, which were masked because the text goes to a screen."""

    masked: tuple[str, ...] = ()
    """Tokens of what was sent as `****` in this exchange, and so cannot come back."""
    generalised: tuple[str, ...] = ()
    """Tokens of what was sent as something less exact."""
    hashed: tuple[str, ...] = ()
    """Tokens of what was sent as a keyed hash."""
    dropped: tuple[str, ...] = ()
    """Tokens of what was not sent."""

    def of_exchange(self, sent: Iterable[Kept]) -> Receipt:
        """Return the receipt with what the texts that were sent before do not bring back."""
        lost: dict[str, dict[str, None]] = {}
        for kept in sent:
            for one in kept.applied:
                if field := _LOST.get(one.action):
                    lost.setdefault(field, {})[kept.text[one.start : one.end]] = None
        named = {field: tuple(lost.get(field, ())) for field in _LOST.values()}
        return replace(
            self,
            masked=named["masked"],
            generalised=named["generalised"],
            hashed=named["hashed"],
            dropped=named["dropped"],
        )

    @classmethod
    def joined(cls, receipts: Sequence[Receipt]) -> Receipt:
        """Return one receipt for texts that were restored one by one."""
        kinds = _KINDS
        return cls(
            sum(one.restored for one in receipts),
            sum(one.altered for one in receipts),
            **{
                k: tuple(dict.fromkeys(t for one in receipts for t in getattr(one, k)))
                for k in kinds
            },
        )

    def as_dict(self) -> dict[str, int | list[str]]:
        """Return the receipt as plain JSON values."""
        lists = {kind: list(getattr(self, kind)) for kind in _KINDS}
        return {"restored": self.restored, "altered": self.altered, **lists}


@dataclass(frozen=True, slots=True)
class Restored:
    """A text with its values put back."""

    text: str
    receipt: Receipt
    spans: tuple[tuple[int, int, str], ...] = ()
    """(start, end, token) of every value put back: characters of `text`."""
    changes: tuple[tuple[int, int, str], ...] = ()
    """(start, end, what stands there now) of each: characters of the text that was restored."""
