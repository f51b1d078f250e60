"""The six-number matrices of PDF: (a, b, c, d, e, f) maps (x, y) to (ax+cy+e, bx+dy+f)."""

from __future__ import annotations

from math import hypot
from typing import Any

__all__ = ["IDENTITY", "Matrix", "applied", "matrix_of", "product", "scaling"]

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def product(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does `first`, then `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i, a * h + b * j, c * g + d * i,
        c * h + d * j, e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a point goes."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def scaling(matrix: Matrix) -> tuple[float, float]:
    """Return how much longer a step across and a step up become."""
    return hypot(matrix[0], matrix[1]), hypot(matrix[2], matrix[3])


def matrix_of(values: Any, default: Matrix = IDENTITY) -> Matrix:
    """Return six PDF numbers as a matrix; the default when they are not six numbers."""
    try:
        a, b, c, d, e, f = (float(value) for value in values)
    except (TypeError, ValueError):
        return default
    return a, b, c, d, e, f
