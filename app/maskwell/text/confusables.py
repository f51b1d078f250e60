"""Characters that look like an ASCII one, so that a disguised value is read as the eye reads it.

Only look-alikes that NFKC leaves alone are listed. Invariant: every value is one ASCII
character, so replacing keeps offsets.
"""

from __future__ import annotations

from typing import Final

__all__ = ["LETTERS", "PUNCTUATION", "SCRIPTS"]


def _pairs(originals: str, lookalikes: str) -> dict[str, str]:
    return dict(zip(originals, lookalikes, strict=True))


_CYRILLIC: Final = _pairs(
    "АВЕЅІЈКМНОРСТУХҮԌԚԜҺӀѴаеѕіјорсухһԁԛԝѵүӏ",
    "ABESIJKMHOPCTYXYGQWHIVaesijopcyxhdqwvyl",
)
_GREEK: Final = _pairs("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιαρυκϲϳ", "ABEZHIKMNOPTYXoviapukcj")
_ARMENIAN: Final = _pairs("ՕՍԼոսցօհզ", "OULnugohq")
_CHEROKEE: Final = _pairs("ᎠᎡᎢᎥᎪᎫᎬᎳᎷᎻᎽᏀᏃᏆᏔᏙᏚᏞᏟᏢᏦᏧᏴ", "DRTIAJEWMHYGZIWVSLCPKdB")
_LATIN: Final = _pairs(
    "ıɑɡɩʟɪɴʀʏʙɢʜᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢⱺꜰꜱƖǀ",
    "iagilinrybghacdejkmoptuvwzofsll",
)
_SQUARED: Final = {
    chr(start + i): chr(ord("A") + i) for start in (0x1F150, 0x1F170) for i in range(26)
}

SCRIPTS: Final = {
    "cyrillic": ("\u0400", "\u052f", _CYRILLIC),
    "greek": ("\u0370", "\u03ff", _GREEK),
    "armenian": ("\u0530", "\u058f", _ARMENIAN),
    "cherokee": ("\u13a0", "\u13ff", _CHEROKEE),
}
"""First and last letter of a script, and those of its letters that pass for Latin ones."""

LETTERS: Final = {**_LATIN, **_SQUARED}
"""Latin-like letters that no language needs told apart here."""

PUNCTUATION: Final = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\u2043\u02d7\u06d4\u2796", "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    **dict.fromkeys("\u3002\uff61\u0701\u0702\ua4f8", "."),
    **dict.fromkeys("\u2044\u2215\u29f8\u2571", "/"),
    **dict.fromkeys("\u2236\ua789\u02d0\u05c3\u0589", ":"),
    **dict.fromkeys("\u2028\u2029\u0085", "\n"),
    "\u066b": ".",
    "\u066c": ",",
    "\u204e": "*",
    "\u1680": " ",
}
