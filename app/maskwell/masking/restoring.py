"""Putting the real values back, whole or as a reply streams in.

The scanners propose, the vault disposes: only a token this scope issued, written so that its
check letters hold, or a stand-in it sent becomes a value, and never inside a link. What stays
as it is gets named on the receipt. Invariant: a stream cut anywhere gives the text and the
receipt of the whole, and a restored value is never read again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maskwell.masking.contexts import LINK_TRIGGER
from maskwell.masking.grammar import EXACT, SUSPECT
from maskwell.masking.json_strings import JsonWalk
from maskwell.masking.receipts import Receipt, Restored
from maskwell.masking.scanning import Proposal, Scanner, scan
from maskwell.masking.surrogates.cache import stand_ins_of
from maskwell.masking.token_book import TokenBook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maskwell.entity_types import EntityType
    from maskwell.masking.surrogates.matching import Hit, StandInScanner
    from maskwell.vault import Scope, Vault

__all__ = ["Restorer", "StreamRestorer"]

_BLOCK = 2048
ERASED = "[erased]"
"""What history shows where somebody was."""
_CARRIED_OVER = re.compile(r"\s{0,2}=")
_NAMED = ("unknown", "foreign", "withheld", "erased", "strangers", "guarded")


class _Weaver:
    """Turns decided text and its proposals into restored text, keeping the receipt."""

    def __init__(
        self, book: TokenBook, *, says_erased: bool = False, is_leaving: bool = False
    ) -> None:
        self._book = book
        self._is_leaving = is_leaving
        self._json = JsonWalk()
        self._says_erased = says_erased
        self._length = 0
        self._read = 0
        self._restored = 0
        self._altered = 0
        self._named: dict[str, dict[str, None]] = {name: {} for name in _NAMED}
        self.spans: list[tuple[int, int, str]] = []
        self.changes: list[tuple[int, int, str]] = []

    def weave(self, text: str, proposals: Sequence[Proposal | Hit]) -> str:
        pieces: list[str] = []
        place, base, known = 0, self._length, 0
        for proposal in proposals:
            surface = self._value(proposal)
            if surface is None:
                continue
            self._json.advance(text[known : proposal.start])
            known = proposal.start
            surface = self._json.fit(surface)
            ending = proposal.ending if isinstance(proposal, Proposal) else ""
            gap = text[place : proposal.start]
            begin = base + len(gap)
            finish = begin + len(surface)
            self.spans.append((begin, finish, f"[{proposal.code}]"))
            put = surface + ending
            self.changes.append((self._read + proposal.start, self._read + proposal.end, put))
            pieces += (gap, surface)
            base, place = finish, proposal.end
            if ending:
                pieces.append(ending)
                base += len(ending)
        self._json.advance(text[known:])
        rest = text[place:]
        pieces.append(rest)
        self._length = base + len(rest)
        self._read += len(text)
        return "".join(pieces)

    def weave_plain(self, block: str) -> str | None:
        """Restore a block of whole lines that holds exact tokens at most, the quick way.

        Returns:
            None, with nothing done, where the block holds anything that needs the scanner.
        """
        if not self._json.passes(block):
            return None
        pieces = EXACT.split(block)
        rest = "\0".join(pieces[::2])
        if SUSPECT.search(rest) or LINK_TRIGGER.search(rest) or _CARRIED_OVER.match(block):
            return None
        place = self._length
        read = self._read
        spans: list[tuple[int, int, str]] = []
        changes: list[tuple[int, int, str]] = []
        codes = pieces[1::2]
        for n, code in zip(range(1, len(pieces), 2), codes, strict=True):
            surface = self._book.surface(code)
            if surface is None:
                return None
            place += len(pieces[n - 1])
            read += len(pieces[n - 1])
            changes.append((read, read + len(code) + 2, surface))
            read += len(code) + 2
            finish = place + len(surface)
            spans.append((place, finish, f"[{code}]"))
            pieces[n] = surface
            place = finish
        self.spans += spans
        self.changes += changes
        self._read += len(block)
        for code in codes:
            self._count(code, altered=False)
        self._length = place + len(pieces[-1])
        return "".join(pieces)

    def _value(self, proposal: Proposal | Hit) -> str | None:
        """Return the value to put back, or None after naming why not."""
        if not isinstance(proposal, Proposal):
            return self._stand_in_value(proposal)
        code = proposal.code
        surface = self._book.surface(code) if proposal.is_sound else None
        if surface is None:
            why = self._book.why_not(code)
            self._named[why][f"[{code}]"] = None
            return ERASED if why == "erased" and self._says_erased else None
        if proposal.refused_until:
            self._named["unknown"][f"[{code}]"] = None
        elif proposal.opening is not None or self._is_leaving:
            self._named["withheld"][f"[{code}]"] = None
        else:
            self._count(code, altered=proposal.altered)
            return surface
        return None

    def _stand_in_value(self, hit: Hit) -> str | None:
        if hit.is_stranger:
            self._named["strangers"][hit.written] = None
        elif hit.is_linked or self._is_leaving:
            self._named["withheld"][f"[{hit.code}]"] = None
        else:
            self._count(hit.code, altered=hit.altered)
            return self._book.masked(hit.code) or hit.value
        return None

    def _count(self, code: str, *, altered: bool) -> None:
        if self._book.is_guarded(code):
            self._named["guarded"][f"[{code}]"] = None
        else:
            self._restored += 1
            self._altered += altered

    def receipt(self) -> Receipt:
        return Receipt(
            self._restored,
            self._altered,
            **{name: tuple(tokens) for name, tokens in self._named.items()},
        )


class StreamRestorer:
    """Restores a reply as it streams in.

    Holds back at most 64 characters, and beside them what may still become a stand-in.
    """

    def __init__(
        self, vault: Vault, scope: Scope, *, guarded: frozenset[EntityType] = frozenset()
    ) -> None:
        """Restore with the values of `scope`, but mask those of the types in `guarded`."""
        self._scanner = Scanner()
        self._stand_ins = _stand_in_scanner(vault, scope)
        self._weaver = _Weaver(TokenBook(vault, scope, guarded))

    def feed(self, chunk: str) -> str:
        """Take the next piece of the reply; return the restored text that is certain now."""
        text, proposals = self._scanner.feed(chunk)
        if self._stand_ins is None:
            return self._weaver.weave(text, proposals)
        return self._weaver.weave(*self._stand_ins.feed(text, proposals))

    def close(self) -> str:
        """Return what was held back; the reply is complete."""
        text, proposals = self._scanner.close()
        if self._stand_ins is None:
            return self._weaver.weave(text, proposals)
        return self._weaver.weave(*self._stand_ins.close(text, proposals))

    @property
    def held_back(self) -> int:
        """How many characters of the reply are not decided yet."""
        return self._scanner.held_back + (self._stand_ins.held_back if self._stand_ins else 0)

    @property
    def receipt(self) -> Receipt:
        """What restoring did so far."""
        return self._weaver.receipt()

    @property
    def spans(self) -> tuple[tuple[int, int, str], ...]:
        """(start, end, token) of the values put back so far: characters of all that came out."""
        return tuple(self._weaver.spans)


class Restorer:
    """Restores whole texts of one scope."""

    def __init__(
        self,
        vault: Vault,
        scope: Scope,
        *,
        guarded: frozenset[EntityType] = frozenset(),
        is_stored: bool = False,
        is_leaving: bool = False,
        block_chars: int = _BLOCK,
    ) -> None:
        """Restore with the values of `scope`.

        Args:
            vault: where the values are.
            scope: whose tokens are restored.
            guarded: types whose values are masked, for a text that goes to a screen.
            is_stored: the texts are stored ones, which hold tokens and no stand-ins; what was
                erased since is shown as "[erased]" in them.
            is_leaving: the texts go on to somewhere else, such as a remote tool: nothing is put
                back, and everything that would have been is named as withheld.
            block_chars: how many characters at least are tried at once the quick way.
        """
        self._vault = vault
        self._scope = scope
        self._guarded = guarded
        self._is_stored = is_stored
        self._is_leaving = is_leaving
        self._block_chars = block_chars

    def restore(self, text: str) -> Restored:
        """Return the text with the values of this scope put back."""
        book = TokenBook(self._vault, self._scope, self._guarded)
        weaver = _Weaver(book, says_erased=self._is_stored, is_leaving=self._is_leaving)
        stand_ins = None if self._is_stored else _stand_in_scanner(self._vault, self._scope)
        if stand_ins is not None:
            pieces = [weaver.weave(*stand_ins.close(text, scan(text)))]
        else:
            pieces = self._by_blocks(text, weaver)
        return Restored(
            "".join(pieces), weaver.receipt(), tuple(weaver.spans), tuple(weaver.changes)
        )

    def _by_blocks(self, text: str, weaver: _Weaver) -> list[str]:
        scanner = Scanner()
        pieces: list[str] = []
        for block in _blocks(text, self._block_chars):
            if (
                not self._is_leaving
                and scanner.is_idle
                and (plain := weaver.weave_plain(block)) is not None
            ):
                pieces.append(plain)
                scanner.skip(block)
            else:
                pieces.append(weaver.weave(*scanner.feed(block)))
        pieces.append(weaver.weave(*scanner.close()))
        return pieces


def _stand_in_scanner(vault: Vault, scope: Scope) -> StandInScanner | None:
    stand_ins = stand_ins_of(vault, scope)
    if stand_ins is None:
        return None
    from maskwell.masking.surrogates.matching import StandInScanner  # noqa: PLC0415  # only where there are some

    return StandInScanner(stand_ins)


def _blocks(text: str, least: int) -> Iterator[str]:
    """Cut a text into blocks that end with a line; the last one may not."""
    place = 0
    while place < len(text):
        cut = text.find("\n", place + least) + 1 or len(text)
        yield text[place:cut]
        place = cut
