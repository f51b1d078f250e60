"""What a recogniser is: something that reads a shared scan and names spans of it.

Offsets of a `Match` are characters of the folded text; the detector takes them home.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from maskwell.detection.scan import Scan
    from maskwell.entity_types import EntityType

__all__ = ["Match", "Recognizer"]


class Match(NamedTuple):
    """A span of the folded text that a recogniser claims."""

    start: int
    end: int
    entity_type: EntityType
    score: float
    recognizer: str
    reason: str = ""
    subtype: str = ""


class Recognizer(ABC):
    """Finds the values of one family. Stateless, so safe in several threads."""

    name: ClassVar[str]
    """The word that findings carry."""
    entity_types: ClassVar[tuple[EntityType, ...]]
    wants_shapes: ClassVar[bool] = False
    """Whether `wants` is to be asked and `Scan.atoms` filled for it."""
    is_slow: ClassVar[bool] = False
    """Whether it is left out where a caller knows that no name can stand."""

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """Cue words by kind, in lower case; found for all recognisers in one pass."""
        return {}

    def wants(self, shape: str) -> bool:  # noqa: ARG002  # the default wants none
        """Whether atoms of this shape (digits as 9, letters as A) may begin a value."""
        return False

    @abstractmethod
    def find(self, scan: Scan) -> Iterable[Match]:
        """Return the spans claimed, in any order; they may overlap. Linear in the text."""

    def find_all(self, scans: Sequence[Scan]) -> list[Iterable[Match]]:
        """Return the spans claimed in each of many texts."""
        return [self.find(scan) for scan in scans]
