"""A file made safe, and a file brought back: the two journeys, given what floor 3 knows.

Invariant: no bytes are returned that a second library has not searched for every known value
that stood in the input; where the layout cannot be made safe the plain text is tried, and
after that the file is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from maskwell.documents import formats
from maskwell.documents.editing import Blanks, Gathered
from maskwell.documents.limits import DEFAULT_LIMITS, Limits
from maskwell.documents.naming import plain_name, split_name, spoken
from maskwell.documents.opening import MODES, open_document, verify
from maskwell.documents.passages import Divide, Passage, passages
from maskwell.documents.rereading import is_torn, may_hold_names
from maskwell.documents.searching import Words
from maskwell.documents.segments import Edit, Segment, edited
from maskwell.errors import InputTooLarge, InputUnreadable, LayoutUnsafe, UsageError

if TYPE_CHECKING:
    from maskwell.documents.formats import Format
    from maskwell.documents.segments import Document

__all__ = ["Protect", "Restored", "Sanitised", "restore", "sanitise"]

Protect = Callable[[list[str]], list[list[Edit]]]
"""Texts in, for each text its edits out, not overlapping; called a few times per file."""

_FILLER = "\ufffc"
"""Stands for each character of a token while a protected text is read again."""


@dataclass(frozen=True, slots=True)
class Sanitised:
    """A safe copy of a file."""

    name: str
    data: bytes
    kind: str
    """The format's short name ("docx"); what `mode` made of it follows from `name`."""
    mode: str
    """"layout" or "text": the mode that was safe."""
    replaced: int
    """How many places were changed."""
    dropped: tuple[str, ...]
    """What the copy leaves out, one phrase each."""

    @property
    def digest(self) -> str:
        """The SHA-256 of `data` in hexadecimal: a copy that comes back unchanged has it."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Restored:
    """A file with the real values put back."""

    name: str
    data: bytes
    replaced: int
    is_original: bool = False
    """Whether this is the file a copy was made of, whole, and not the copy with values in it."""


def _same_for_each(piece: str, new_text: str) -> str:
    del piece
    return new_text


def sanitise(
    data: bytes,
    name: str,
    *,
    protect: Protect,
    known_values: Callable[[], Iterable[str]],
    divide: Divide = _same_for_each,
    on_read: Callable[[Sequence[str]], None] = lambda _: None,
    mode: str = "layout",
    keeps: Collection[str] = (),
    on_nameless: Callable[[Collection[str]], None] = lambda _: None,
    limits: Limits = DEFAULT_LIMITS,
) -> Sanitised:
    """Make a safe copy of a file.

    Args:
        data: the whole file.
        name: its name, without folders; its words are protected too.
        protect: finds and decides; see `Protect`.
        known_values: every value that must not stand in the output, asked for after `protect`:
            those the policy keeps, and words too common to mean anyone, left out.
        divide: a value may cross cells; gives each piece a token of its own, so that each cell
            comes back with its own text. By default each gets the token of the whole value.
        on_read: told every text of the file, names and settings among them, before `protect`.
        mode: "layout" or "text"; "layout" falls back to "text" when it is not safe.
        keeps: what stays that is left out unless asked for: "outputs" of a notebook's cells.
        on_nameless: told, before each call of `protect`, in which of its texts no names need be
            sought: rules find all there is to find there (see `rereading`).
        limits: what the file may cost.

    Raises:
        InputUnreadable, InputTooLarge: nothing was made; the sentence says why.
    """
    chosen = formats.recognise(data, name)
    if mode not in MODES:
        raise UsageError(f"There is no document mode {mode!r}; use layout or text.")
    is_slow = False
    for attempt in MODES[MODES.index(mode) :]:
        if attempt not in chosen.modes or (is_slow and attempt == "pictures"):
            continue
        try:
            document = open_document(data, name, mode=attempt, keeps=keeps, limits=limits)
            work = _Work(
                document, name, protect, known_values, divide=divide, on_nameless=on_nameless
            )
            on_read(work.texts)
            if made := work.copy(chosen, attempt, limits):
                return made
        except LayoutUnsafe:
            if "text" not in chosen.modes:
                raise
        except InputTooLarge:
            if attempt == "text" or "pictures" not in chosen.modes:
                raise
            is_slow = True
    raise InputUnreadable(
        "No safe copy of the file could be made: a private value still stood in it after "
        "masking; nothing was written."
    )


def restore(
    data: bytes,
    name: str,
    *,
    restore_texts: Protect,
    mode: str = "layout",
    limits: Limits = DEFAULT_LIMITS,
) -> Restored:
    """Put real values back into a file that came back.

    Args:
        data: the whole file.
        name: its name.
        restore_texts: for each text, where its tokens stand and what they stand for.
        mode: "layout" puts them back in place, where that cannot be gives plain text; "text"
            gives plain text.
        limits: what the file may cost.

    Raises:
        InputUnreadable, InputTooLarge: nothing was made; the sentence says why.
    """
    try:
        return _restored(data, name, mode, restore_texts, limits)
    except LayoutUnsafe:
        return _restored(data, name, "text", restore_texts, limits)


def _restored(
    data: bytes, name: str, mode: str, restore_texts: Protect, limits: Limits
) -> Restored:
    document = open_document(data, name, mode=mode, restoring=True, limits=limits)
    segments = list(document.segments)
    results = restore_texts([name, *(segment.text for segment in segments)])
    edits = {s.id: list(found) for s, found in zip(segments, results[1:], strict=True) if found}
    count = sum(map(len, edits.values())) + len(results[0])
    new_name = plain_name(edited(name, results[0]))
    if mode == "text":
        new_name = split_name(new_name)[0] + ".txt"
    return Restored(new_name, document.rewritten(edits), count)


class _Work:
    """One attempt at one file."""

    def __init__(
        self,
        document: Document,
        name: str,
        protect: Protect,
        known_values: Callable[[], Iterable[str]],
        *,
        divide: Divide,
        on_nameless: Callable[[Collection[str]], None],
    ) -> None:
        self._document = document
        self._protect = protect
        self._on_nameless = on_nameless
        self._known_values = known_values
        self._divide = divide
        self._stem, self._ending = split_name(name)
        self._name = Segment("file name", spoken(self._stem), "file")
        self._segments = [*document.segments, self._name]
        self._edits: dict[str, Gathered] = defaultdict(Gathered)

    @property
    def texts(self) -> list[str]:
        """Every text there is."""
        return [segment.text for segment in self._segments]

    def copy(self, chosen: Format, mode: str, limits: Limits) -> Sanitised | None:
        """Return the safe copy, or None when a value is still in it."""
        self._find(self._segments, lambda one: may_hold_names(one.members))
        changed = self._changed()
        torn = {one.id for one in changed if is_torn(one.text, list(self._edits[one.id]))}
        self._find(changed, lambda one: any(member.id in torn for member in one.members))
        known = list(self._known_values())
        words = Words(known, for_sweep=True)
        self._sweep(words, known)
        name_edits = list(self._edits.pop(self._name.id, ()))
        edits = {segment: list(some) for segment, some in self._edits.items() if some}
        output = self._document.rewritten(edits)
        suffix = ".txt" if mode == "text" else chosen.ending_of(self._ending)
        name = plain_name(edited(self._stem, name_edits) + suffix)
        if any(words.find(name)) or not verify(output, name, known, limits=limits).is_clean:
            return None
        count = sum(map(len, edits.values())) + len(name_edits)
        return Sanitised(name, output, chosen.kind, mode, count, tuple(self._document.dropped))

    def _find(self, segments: Iterable[Segment], may_name: Callable[[Passage], bool]) -> None:
        """Protect what stands in the segments as they are now, earlier edits blanked out."""
        before = {segment.id: Blanks(self._edits[segment.id]) for segment in segments}
        some = list(passages(map(self._blanked, segments)))
        results = self._found(some, may_name)
        for passage in some:
            for segment, edit in passage.spread(results[passage.text], self._divide):
                if moved := before[segment.id].moved_back(edit):
                    self._edits[segment.id].add(moved)

    def _found(
        self, some: Sequence[Passage], may_name: Callable[[Passage], bool]
    ) -> dict[str, list[Edit]]:
        """Return the edits of each passage's text, every text read once."""
        texts = list(dict.fromkeys(one.text for one in some))
        if not texts:
            return {}
        self._on_nameless(set(texts) - {one.text for one in some if may_name(one)})
        return dict(zip(texts, self._protect(texts), strict=True))

    def _blanked(self, segment: Segment) -> Segment:
        """Return the segment as a reader of the output sees it, each token a blank as long."""
        edits = self._edits.get(segment.id)
        if not edits:
            return segment
        blank = [Edit(e.start, e.end, _FILLER * len(e.new_text)) for e in edits]
        text = edited(segment.text, blank)
        return Segment(segment.id, text, segment.label, segment.group, segment.is_prose)

    def _changed(self) -> list[Segment]:
        """Return the segments that hold an edit: what is left of them reads differently."""
        return [segment for segment in self._segments if self._edits.get(segment.id)]

    def _sweep(self, words: Words, known: Sequence[str]) -> None:
        """Replace known values wherever they still stand, the longest first."""
        answers = self._answers()
        for segment in self._segments:
            edits = self._edits[segment.id]
            for start, end, number in sorted(words.find(segment.text), key=_longest_first):
                if edits.meets(start, end):
                    continue
                exact = self._answer(segment.text[start:end], answers)
                new_text = self._answer(known[number], answers) if exact is None else exact
                if new_text is not None:
                    edits.add(Edit(start, end, new_text))

    def _answers(self) -> dict[str, str | None]:
        """Return what each replaced text became, the first time."""
        answers: dict[str, str | None] = {}
        for segment in self._segments:
            for edit in self._edits.get(segment.id, ()):
                answers.setdefault(segment.text[edit.start : edit.end], edit.new_text)
        return answers

    def _answer(self, value: str, answers: dict[str, str | None]) -> str | None:
        if value not in answers:
            (edits,) = self._protect([value])
            whole = any(edit.start == 0 and edit.end == len(value) for edit in edits)
            answers[value] = edited(value, edits) if whole else None
        return answers[value]


def _longest_first(found: tuple[int, int, int]) -> tuple[int, int]:
    start, end, _ = found
    return start - end, start
