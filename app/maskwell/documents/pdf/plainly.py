"""Small PDF objects copied by an allow-list: numbers, names, listed keys; nothing else.

Text cannot pass here: strings are copied for colour tables alone, cut to the length they need,
profiles are replaced by the plain colour space they stand for, comments are dropped.
"""

from __future__ import annotations

import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

__all__ = ["box", "colour_space", "graphics_state", "plain"]

_KEYS = frozenset(
    "/WhitePoint /BlackPoint /Gamma /Matrix /Range /FunctionType /Domain /C0 /C1 /N /Functions "
    "/Bounds /Encode /Decode /Size /BitsPerSample /Order /ShadingType /ColorSpace /Background "
    "/BBox /AntiAlias /Coords /Extend /Function /BitsPerCoordinate /BitsPerComponent "
    "/BitsPerFlag /VerticesPerRow /Type /PatternType /Shading /S /CS /I /K /Colorants".split()
)
_STATE_KEYS = frozenset(
    "/Type /LW /LC /LJ /ML /D /RI /OP /op /OPM /SA /BM /CA /ca /AIS /TK /FL /SM".split()
)
_DEVICES = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}
_SPACES = frozenset("/ICCBased /Indexed /CalRGB /CalGray /Lab /Separation /DeviceN".split())
_DEEPEST = 12
_COMMENT = re.compile(rb"%[^\r\n]*")


def plain(pdf: pikepdf.Pdf, value: Any, keys: frozenset[str] = _KEYS, depth: int = 0) -> Any:
    """Return a copy of numbers, names, arrays, and of the listed keys of dictionaries."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, pikepdf.Stream):
        data = value.read_bytes()
        made = pdf.make_stream(_COMMENT.sub(b"", data) if _is_code(value) else data)
        for key, one in _pairs(pdf, value, keys, depth):
            made[key] = one
        return pdf.make_indirect(made)
    if isinstance(value, Dictionary):
        return Dictionary(dict(_pairs(pdf, value, keys, depth)))
    if isinstance(value, Array):
        if len(value) and isinstance(value[0], Name) and str(value[0]) in _SPACES:
            return colour_space(pdf, value, depth + 1)
        return Array([plain(pdf, one, keys, depth + 1) for one in value])
    return pikepdf.String("") if isinstance(value, pikepdf.String) else value


def _pairs(pdf: pikepdf.Pdf, value: Any, keys: frozenset[str], depth: int) -> list[tuple[str, Any]]:
    listed = [(key, one) for key, one in value.items() if key in keys]
    return [
        (key, colour_space(pdf, one, depth + 1) if key in {"/ColorSpace", "/CS"}
         else plain(pdf, one, keys, depth + 1))
        for key, one in listed
        if not isinstance(one, pikepdf.String)
    ]  # fmt: skip


def colour_space(pdf: pikepdf.Pdf, space: Any, depth: int = 0) -> Any:
    """Return a colour space; one with a profile becomes the device's of as many parts."""
    if not isinstance(space, Array) or not len(space) or depth > _DEEPEST:
        return space if isinstance(space, Name) else None
    kind = str(space[0])
    if kind == "/ICCBased":
        return _DEVICES.get(int(space[1].get("/N", 3)), Name.DeviceRGB)
    if kind == "/Indexed":
        base = colour_space(pdf, space[1], depth + 1)
        table = space[3]
        raw = table.read_bytes() if isinstance(table, pikepdf.Stream) else bytes(table)
        return Array([Name.Indexed, base, int(space[2]), pikepdf.String(raw[: 256 * 4])])
    return Array([_of_space(pdf, one, depth + 1) for one in space])


def _of_space(pdf: pikepdf.Pdf, one: Any, depth: int) -> Any:
    return (
        colour_space(pdf, one, depth) if isinstance(one, Array) else plain(pdf, one, _KEYS, depth)
    )


def graphics_state(pdf: pikepdf.Pdf, state: Any) -> Any:
    """Return a graphics state's listed keys; a soft mask is for the caller to add."""
    return plain(pdf, state, _STATE_KEYS)


def box(value: Any, default: Any = None) -> Any:
    """Return four numbers as a box, its corners in order."""
    try:
        left, low, right, high = (float(one) for one in value)
    except (TypeError, ValueError):
        return default
    return Array([min(left, right), min(low, high), max(left, right), max(low, high)])


def _is_code(value: Any) -> bool:
    return int(value.get("/FunctionType", 0)) == 4
