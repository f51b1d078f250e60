"""What annotations and form fields draw, made part of the page; the rest of them is left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf

from maskwell.documents.pdf.matrices import Matrix, applied, matrix_of, product

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Drawing", "appearances", "full_matrix", "left_out"]

_HIDDEN, _NO_VIEW = 2, 32
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Drawing:
    """An appearance and where it stands."""

    form: Any
    matrix: Matrix
    """From the form's own space (its Matrix done) to the page's."""


def appearances(page: Any) -> Iterator[Drawing]:
    """Yield what a page's annotations show on the screen."""
    for note in _notes(page):
        flags = int(note.get("/F", 0))
        if flags & (_HIDDEN | _NO_VIEW) or str(note.get("/Subtype", "")) == "/Popup":
            continue
        if (form := _appearance(note)) is not None and (drawn := _fitted(note, form)):
            yield drawn


def left_out(page: Any) -> Counter[str]:
    """Count what stands in a page's annotations and is not drawn."""
    found: Counter[str] = Counter()
    for note in _notes(page):
        kind = str(note.get("/Subtype", ""))
        if kind == "/Link":
            found["link"] += 1
        elif kind == "/Widget":
            found["form field's function"] += 1
            if _appearance(note) is None and "/V" in note:
                found["form value that no one drew"] += 1
        elif kind != "/Popup":
            found["note behind a mark"] += 1
    return found


def _notes(page: Any) -> Iterator[Any]:
    listed = page.get("/Annots")
    for note in list(listed)[:_MOST] if isinstance(listed, pikepdf.Array) else ():
        if isinstance(note, pikepdf.Dictionary):
            yield note


def _appearance(note: Any) -> Any:
    looks = note.get("/AP")
    normal = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if isinstance(normal, pikepdf.Stream):
        return normal
    if isinstance(normal, pikepdf.Dictionary):
        chosen = normal.get(str(note.get("/AS", "/Off")))
        return chosen if isinstance(chosen, pikepdf.Stream) else None
    return None


def _fitted(note: Any, form: Any) -> Drawing | None:
    """Return the appearance with the matrix that fits its box into the annotation's."""
    try:
        left, low, right, high = _ordered(note.Rect)
        x0, y0, x1, y1 = _ordered(form.BBox)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    own = matrix_of(form.get("/Matrix"))
    corners = [applied(own, x, y) for x in (x0, x1) for y in (y0, y1)]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    width, height = max(across) - min(across), max(up) - min(up)
    if width <= 0 or height <= 0:
        return None
    wide, tall = (right - left) / width, (high - low) / height
    fit = (wide, 0.0, 0.0, tall, left - min(across) * wide, low - min(up) * tall)
    return Drawing(form, fit)


def full_matrix(drawn: Drawing) -> Matrix:
    """Return the matrix from the form's content to the page."""
    return product(matrix_of(drawn.form.get("/Matrix")), drawn.matrix)


def _ordered(values: Any) -> tuple[float, float, float, float]:
    a, b, c, d = (float(one) for one in values)
    return min(a, c), min(b, d), max(a, c), max(b, d)
