"""The vocabulary of Office files that is kept, and what within it holds words.

Everything is an allow-list: a part, a namespace or a relationship that is not named here is
left out of the output.
"""

from __future__ import annotations

__all__ = [
    "BLANK_ATTRIBUTES",
    "CORE_TYPE",
    "DROPPED",
    "FORMULAS",
    "HYPERLINK",
    "IMAGE",
    "KNOWN_ATTRIBUTE_SPACES",
    "KNOWN_SPACES",
    "MC",
    "PROSE_ATTRIBUTES",
    "PROSE_VALUES",
    "SETTINGS",
    "SHAPE_TEXTS",
    "SHARED_TYPES",
    "UNWRAPPED",
    "A",
    "P",
    "R",
    "S",
    "W",
]

_OFFICE = "http://schemas.openxmlformats.org/"
_MS = "http://schemas.microsoft.com/office/"
W = f"{{{_OFFICE}wordprocessingml/2006/main}}"
A = f"{{{_OFFICE}drawingml/2006/main}}"
S = f"{{{_OFFICE}spreadsheetml/2006/main}}"
P = f"{{{_OFFICE}presentationml/2006/main}}"
C = f"{{{_OFFICE}drawingml/2006/chart}}"
R = f"{{{_OFFICE}officeDocument/2006/relationships}}"
MC = f"{{{_OFFICE}markup-compatibility/2006}}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_MATH = f"{{{_OFFICE}officeDocument/2006/math}}"

KNOWN_SPACES = frozenset(
    {W, A, S, P, C, R, _V, _O, _MATH}
    | {f"{{{_OFFICE}drawingml/2006/{name}}}" for name in (
        "wordprocessingDrawing", "spreadsheetDrawing", "picture", "diagram", "chartDrawing",
    )}
    | {f"{{{_MS}word/2010/{name}}}" for name in (
        "wordprocessingShape", "wordprocessingGroup", "wordprocessingCanvas",
        "wordprocessingDrawing",
    )}
    | {
        f"{{{_MS}drawing/2008/diagram}}",
        "{urn:schemas-microsoft-com:office:word}",
        "{urn:schemas-microsoft-com:office:excel}",
        "{urn:schemas-microsoft-com:office:powerpoint}",
        f"{{{_OFFICE}package/2006/metadata/core-properties}}",
        "{http://purl.org/dc/elements/1.1/}",
    }
)  # fmt: skip
KNOWN_ATTRIBUTE_SPACES = frozenset({"", W, R, _V, _O, _MATH, _XML})

CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_PREFIX = "application/vnd.openxmlformats-officedocument."
SHARED_TYPES = frozenset(
    {CORE_TYPE, "application/vnd.ms-office.drawingml.diagramDrawing+xml"}
    | {f"{_PREFIX}{name}+xml" for name in (
        "theme", "themeOverride", "drawingml.chart", "drawingml.diagramData",
        "drawingml.diagramLayout", "drawingml.diagramStyle", "drawingml.diagramColors",
        "drawingml.chartshapes",
    )}
)  # fmt: skip

_RELATION = f"{_OFFICE}officeDocument/2006/relationships"
HYPERLINK = f"{_RELATION}/hyperlink"
IMAGE = f"{_RELATION}/image"

UNWRAPPED = frozenset(f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml"))
"""Elements that go while what they hold stays."""

DROPPED = frozenset(
    {f"{W}{name}" for name in (
        "del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
        "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange", "numberingChange",
        "cellDel", "cellIns", "cellMerge", "moveFromRangeStart", "moveFromRangeEnd",
        "moveToRangeStart", "moveToRangeEnd", "proofErr", "permStart", "permEnd", "dataBinding",
        "object", "control", "altChunk", "subDoc", "docPartObj", "placeholder", "rsids",
        "customXmlPr", "smartTagPr", "customXmlInsRangeStart", "customXmlInsRangeEnd",
        "customXmlDelRangeStart", "customXmlDelRangeEnd", "embedRegular", "embedBold",
        "embedItalic", "embedBoldItalic", "printerSettings", "movie",
    )}
    | {f"{A}{name}" for name in ("extLst", "audioFile", "videoFile", "wavAudioFile", "snd")}
    | {f"{P}{name}" for name in (
        "extLst", "timing", "custDataLst", "custShowLst", "embeddedFontLst", "photoAlbum",
        "modifyVerifier", "transition", "smartTags", "control", "controls",
    )}
    | {f"{C}{name}" for name in ("extLst", "externalData", "printSettings", "userShapes")}
    | {f"{_O}{name}" for name in ("OLEObject", "lock", "ink", "signatureline")}
    | {f"{S}extLst"}
)  # fmt: skip
"""Elements that go with all they hold."""

SETTINGS = frozenset(
    f"{W}{name}" for name in (
        "zoom", "compat", "defaultTabStop", "evenAndOddHeaders", "characterSpacingControl",
        "footnotePr", "endnotePr", "themeFontLang", "clrSchemeMapping", "decimalSymbol",
        "listSeparator", "displayBackgroundShape", "mirrorMargins", "autoHyphenation",
        "hyphenationZone", "gutterAtTop", "bordersDoNotSurroundHeader",
        "bordersDoNotSurroundFooter",
    )
)  # fmt: skip
"""What is kept of a Word file's settings; mail merge, variables and templates are not."""

PROSE_ATTRIBUTES = frozenset(
    "descr title tooltip alt author displayText instr string prompt promptTitle error errorTitle "
    "display altText altTextSummary caption text".split()
)
"""Attributes, by local name, that hold words for people."""

PROSE_VALUES = frozenset(
    f"{W}{name}" for name in ("alias", "tag", "helpText", "statusText", "default", "listEntry")
)
"""Elements whose `val` attribute holds words for people."""

BLANK_ATTRIBUTES = frozenset("initials date dt userId providerId dateTime".split())
"""Attributes of comments that say who and when without being needed."""

FORMULAS = frozenset("f formula formula1 formula2 definedName".split())
"""Elements whose text is a formula or a reference."""

SHAPE_TEXTS = frozenset(
    "posOffset align pctPosHOffset pctPosVOffset pctWidth pctHeight formatCode ptCount idx".split()
)
"""Elements whose text is a measure or a format."""
