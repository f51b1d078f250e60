"""Untrusted text made harmless for a terminal, a file or another program to show.

Invariant: the result holds no ESC, no C0 or C1 control but tab and newline, no character
that changes direction and none that is invisible by design.
"""

from __future__ import annotations

import re
from typing import Final

from maskwell.text.folding import DEFAULT_IGNORABLE

__all__ = ["inert"]

_NEWLINES: Final = re.compile("\r\n?|\x85|\u2028|\u2029|\x0b|\x0c")
_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE: Final = re.compile(f"[{DEFAULT_IGNORABLE}{_BIDI}\ufff9-\ufffb]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_REPLACEMENT: Final = "\ufffd"


def inert(untrusted_text: str, *, keep_newlines: bool = True) -> str:
    """Return the text with everything that could act taken out or made visible.

    C0 controls become their visible pictures (U+2400…), C1 controls and lone surrogates
    U+FFFD; direction controls and invisible characters vanish. The length may change.

    Args:
        untrusted_text: any text, in any state.
        keep_newlines: False also turns newlines and tabs into spaces, for one-line places.
    """
    plain = _NEWLINES.sub("\n", untrusted_text)
    if not keep_newlines:
        plain = plain.replace("\n", " ").replace("\t", " ")
    return _CONTROL.sub(_picture, _INVISIBLE.sub("", plain))


def _picture(control: re.Match[str]) -> str:
    code = ord(control.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else _REPLACEMENT
