"""Files with a form of their own (Word, PDF, e-mail, tables …): safe copies out, people back in."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maskwell.cli.inputs import MAX_INPUT_BYTES
from maskwell.cli.outputs import write_out
from maskwell.cli.terminal import say
from maskwell.errors import InputTooLarge, InputUnreadable, UsageError
from maskwell.text.inert import inert

if TYPE_CHECKING:
    from maskwell.cli.revealing import Showing
    from maskwell.documents import Sanitised
    from maskwell.masking import Receipt
    from maskwell.shield import Shield

__all__ = ["copy_back", "is_copy", "is_document", "make_copies", "read_bytes"]

_STARTS = (
    b"PK\x03\x04",
    b"%PDF-",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\x78\x9f\x3e\x22",
)
"""How files begin that are no plain text whatever they are called."""
_TEXT_ENDINGS = frozenset((".txt", ".md"))
_PAGED_ENDINGS = frozenset(
    ".pdf .png .jpg .jpeg .tif .tiff .docx .xlsx .pptx .odt .rtf .msg".split()
)
"""Of files whose words alone are another kind of file."""


def is_document(name: str) -> bool:
    """Whether a file is read by its format rather than as plain text."""
    from maskwell.documents import formats  # noqa: PLC0415  # not needed for plain text

    path = Path(name)
    if name == "-" or not path.is_file():
        return False
    kinds = [one for one in formats.FORMATS.values() if path.suffix.lower() in one.suffixes]
    if kinds and kinds[0].kind != "text":
        return True
    with suppress(OSError), path.open("rb") as file:
        return file.read(8).startswith(_STARTS)
    return False


def is_copy(name: str, output: str | None) -> bool:
    """Whether a file that came back goes back as a file of a kind, not as plain text.

    The words of a PDF may come back as text and be asked for as the PDF they were.
    """
    is_paged = output is not None and Path(output).suffix.lower() in _PAGED_ENDINGS
    return is_document(name) or (is_paged and Path(name).is_file())


def make_copies(
    shield: Shield,
    names: list[str],
    output: str | None,
    chosen: dict[str, Any],
    *,
    keeps_outputs: bool = False,
) -> None:
    """Write a safe copy of each file: to OUT, into the folder OUT, or to standard output.

    With `keeps_outputs` what notebooks' cells printed is in their copies, whatever the settings
    say.

    Raises:
        InputUnreadable: no safe copy of a file could be made; nothing was written for it.
    """
    from maskwell.shield.files import sanitise_file  # noqa: PLC0415  # loads the formats

    chosen = {**chosen, "keeps_outputs": keeps_outputs or None}
    is_folder = len(names) > 1
    if is_folder and output in {None, "-"}:
        raise UsageError("Several files need a folder to go to; name it with -o.")
    for name in names:
        mode = _mode(name, None if is_folder else output)
        made = sanitise_file(shield, read_bytes(name), Path(name).name, mode=mode, **chosen)
        _refuse_terminal(output, made.data)
        _refuse_other_kind(name, None if is_folder else output, made.name)
        write_out(str(_inside(output, made.name)) if is_folder else output, made.data)
        _tell(name, made)


def copy_back(shield: Shield, name: str, output: str | None, scope: str, shown: Showing) -> Receipt:
    """Write the file with its real values; return the receipt of all its texts."""
    from maskwell.shield.files import restore_file  # noqa: PLC0415  # loads the formats

    made, receipt = restore_file(
        shield,
        read_bytes(name),
        Path(name).name,
        scope=scope,
        mode=_mode(name, output),
        on_screen=shown.masks,
        takes_original=not shown.on_screen,
        ending=None if output in {None, "-"} else Path(output).suffix,
    )
    _refuse_terminal(output, made.data)
    _refuse_other_kind(name, output, made.name)
    write_out(output, made.data)
    if made.is_original:
        say("The copy came back as it left, so this is the original file, whole.")
    return receipt


def read_bytes(name: str) -> bytes:
    """Return a whole file.

    Raises:
        InputUnreadable, InputTooLarge: it cannot be read, or holds 50 MB or more.
    """
    try:
        with Path(name).open("rb") as file:
            data = file.read(MAX_INPUT_BYTES)
    except OSError as error:
        raise InputUnreadable(f"{name} cannot be read ({error.strerror}).") from error
    if len(data) >= MAX_INPUT_BYTES:
        raise InputTooLarge(f"{name} holds 50 MB or more; split it.")
    return data


def _mode(name: str, output: str | None) -> str:
    """Return the mode the output's ending asks for: the words alone in a text file."""
    wants_text = output is not None and Path(output).suffix.lower() in _TEXT_ENDINGS
    return "text" if wants_text and Path(name).suffix.lower() in _PAGED_ENDINGS else "layout"


def _refuse_other_kind(name: str, output: str | None, made_name: str) -> None:
    """Refuse to write plain text under a name that promises pages."""
    if output is None:
        return
    if not made_name.endswith(".txt"):
        _refuse_wrong_ending(name, output, Path(made_name).suffix.lower())
    elif Path(output).suffix.lower() in _PAGED_ENDINGS:
        raise InputUnreadable(
            f"{name} can only come out as plain text; name an output that ends in .txt."
        )


def _refuse_wrong_ending(name: str, output: str, ending: str) -> None:
    """Refuse to write a file of pages under a name that promises text."""
    if ending in _PAGED_ENDINGS and Path(output).suffix.lower() in _TEXT_ENDINGS:
        raise InputUnreadable(
            f"{name} is no text, whatever its name says; name an output that ends in {ending}."
        )


def _inside(output: str | None, name: str) -> Path:
    folder = Path(str(output))
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} is not a folder that can be written to.") from error
    target = folder / name
    if target.exists():
        raise UsageError(f"{target} is there already; choose another folder.")
    return target


def _refuse_terminal(output: str | None, data: bytes) -> None:
    if output in {None, "-"} and sys.stdout.isatty() and b"\0" in data[:4096]:
        raise UsageError("This file is not text; name an output with -o.")


def _tell(name: str, made: Sanitised) -> None:
    say(f"{inert(name, keep_newlines=False)}: {made.replaced} places protected in its {made.mode}.")
    if made.dropped:
        say(f"Left out of the copy: {', '.join(made.dropped)}.")
