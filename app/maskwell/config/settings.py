"""The values a user can set, with their defaults: plain, frozen, and valid by construction."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from maskwell.config.addresses import is_loopback
from maskwell.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "CLASSES",
    "DESTINATION_KINDS",
    "ClipboardSettings",
    "DefaultSettings",
    "DestinationSettings",
    "DocumentSettings",
    "HistorySettings",
    "ModelSettings",
    "ReviewSettings",
    "Settings",
    "UiSettings",
    "VaultSettings",
    "near",
]

DESTINATION_KINDS = ("clipboard", "openai", "anthropic", "llama")
CLASSES = ("local", "trusted", "remote")


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultSettings:
    """What a command uses when it is not told."""

    destination: str = "clipboard"
    policy: str = "everyday"
    scope: str = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSettings:
    """When the review is shown before sending; `policy` leaves it to the policy in force."""

    when: str = field(
        default="policy",
        metadata={"choices": ("policy", "always", "uncertain", "not-local", "never")},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UiSettings:
    """How the terminal app looks."""

    theme: str = "maskwell-dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultSettings:
    """How a new vault's passphrase slot is made, and when the terminal app locks the vault."""

    kdf_memory_mib: int = field(default=256, metadata={"range": (64, 4096)})
    """Memory of the Argon2id key derivation, in MiB; RFC 9106's floor for it is 64."""
    auto_lock_minutes: int = field(default=5, metadata={"range": (0, 1440)})
    """Minutes without a key or a touch of the mouse; 0 never locks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySettings:
    """How long chats are kept."""

    keep_days: int = field(default=0, metadata={"range": (0, 36500)})
    """Days after a chat's last use until it is deleted; 0 keeps all. A scope may say otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSettings:
    """What is kept of files of which safe copies are made."""

    notebook_outputs: str = field(default="clear", metadata={"choices": ("clear", "keep")})
    """Whether what a notebook's cells printed is left out of its copy, or protected and kept."""
    originals: str = field(default="keep", metadata={"choices": ("keep", "forget")})
    """Whether the vault keeps a file whose copy leaves something out, so that a copy that comes
    back unchanged is answered with the whole file. "forget" removes those kept before, too."""
    originals_days: int = field(default=30, metadata={"range": (0, 36500)})
    """Days until an original is deleted; 0 keeps it while there is room. It never outlives the
    chats of its scope."""
    original_mib: int = field(default=16, metadata={"range": (1, 50)})
    """The largest file that is kept, in MiB."""
    originals_mib: int = field(default=256, metadata={"range": (1, 65_536)})
    """What all of them may take in the vault, in MiB; the oldest go first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipboardSettings:
    """What becomes of real values that were copied."""

    clear_after_s: int = field(default=60, metadata={"range": (0, 86_400)})
    """Seconds until restored text is cleared from the clipboard if it is still there; 0: never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationSettings:
    """One place protected text may go, as configured; its key lives in the vault."""

    name: str
    kind: str = field(metadata={"choices": DESTINATION_KINDS})
    base_url: str = ""
    model: str = ""
    given_class: str = field(default="", metadata={"key": "class", "choices": CLASSES})
    """The class the user gave it; "" leaves it to the address."""
    region: str = ""
    """Where it keeps what it is sent, in a word of the user's own that policies can name."""
    timeout_s: float = field(default=120.0, metadata={"range": (1, 3600)})
    """Longest silence in seconds: until the first word, and between two words."""
    max_tokens: int = field(default=0, metadata={"range": (0, 1_000_000)})
    """Longest reply in the model's tokens; 0 leaves it to the model."""
    max_input_chars: int = field(default=1_000_000, metadata={"range": (0, 100_000_000)})
    """Longest prompt in characters; here and below 0 sets no limit."""
    requests_per_minute: int = field(default=600, metadata={"range": (0, 100_000)})
    tokens_per_day: int = field(default=0, metadata={"range": (0, 10**12)})
    """Tokens sent and received on one UTC day, estimated at four bytes a token."""
    spend_per_day: float = field(default=0.0, metadata={"range": (0, 10**9)})
    """Cost on one UTC day, in the currency of the two prices."""
    price_in: float = field(default=0.0, metadata={"range": (0, 10**6)})
    """Price of a million tokens sent."""
    price_out: float = field(default=0.0, metadata={"range": (0, 10**6)})
    """Price of a million tokens received."""
    proxy: str = ""
    """The proxy to go through; none in the environment is ever used."""
    context: int = field(default=0, metadata={"range": (0, 4_194_304)})
    """Tokens a local model keeps in mind; 0: what it was made for, at most 8,192."""
    threads: int = field(default=0, metadata={"range": (0, 1024)})
    """Threads a local model computes with; 0: what suits this machine."""
    gpu_layers: int = field(default=-1, metadata={"range": (-1, 10_000)})
    """Layers of a local model a graphics card takes; -1: all, where the engine can."""

    @property
    def reach(self) -> str:
        """How far text sent here goes: `local`, `trusted` or `remote`.

        Only this machine's own addresses, and a model in a process of ours, are local, and
        only the user can say that a network is trusted; everything else, what goes through a
        proxy elsewhere, and what is carried by hand, is remote.
        """
        if self.given_class:
            return self.given_class
        return "local" if self.kind == "llama" or self.is_here else "remote"

    @property
    def is_here(self) -> bool:
        """Whether its address, and its proxy's where it has one, are this machine's."""
        return is_loopback(self.base_url) and (not self.proxy or is_loopback(self.proxy))


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """One model file that may be loaded, and what it was when the user added it."""

    name: str
    path: str
    sha256: str
    """Of the whole file, in hexadecimal; a file with another is refused."""
    source: str = ""
    """Where it was pulled from: `repository@revision/file`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the user set, with defaults for the rest."""

    default: DefaultSettings = DefaultSettings()
    review: ReviewSettings = ReviewSettings()
    ui: UiSettings = UiSettings()
    vault: VaultSettings = VaultSettings()
    history: HistorySettings = HistorySettings()
    documents: DocumentSettings = DocumentSettings()
    clipboard: ClipboardSettings = ClipboardSettings()
    keys: Mapping[str, str] = field(default_factory=dict)
    """The user's key bindings: action id → keys, as Textual writes them ("ctrl+s")."""
    destinations: Mapping[str, DestinationSettings] = field(default_factory=dict)
    models: Mapping[str, ModelSettings] = field(default_factory=dict)

    def destination(self, name: str | None = None) -> DestinationSettings:
        """Return a destination by name, or the default one.

        Raises:
            UnknownName: no destination is called that; near names are listed.
        """
        wanted = name or self.default.destination
        if wanted in self.destinations:
            return self.destinations[wanted]
        raise UnknownName(
            f'There is no destination "{wanted}"{near(wanted, self.destinations)}; '
            "see: maskwell destination list."
        )


def near(word: str, valid: Iterable[str]) -> str:
    """Return ` (did you mean "x"?)` for the nearest valid word, else the valid words."""
    words = sorted(valid)
    if matches := get_close_matches(word, words, n=1, cutoff=0.5):
        return f' (did you mean "{matches[0]}"?)'
    return f" (valid: {', '.join(words)})" if words else ""
