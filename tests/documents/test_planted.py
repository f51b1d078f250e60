"""Everyone planted into a corner of a file is out of its safe copy; the bench's corpus, in part."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPTS = Path(__file__).parents[2] / "scripts/bench/documents"


@contextmanager
def script(name: str) -> Iterator[Any]:
    """Load a bench script as a module; what it changes is put back."""
    before, loaded = list(sys.path), set(sys.modules)
    spec = spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path[:] = before
        for one in {"planted", "leaks", "mutants"} & (set(sys.modules) - loaded):
            del sys.modules[one]


@pytest.fixture(scope="module")
def planted() -> Iterator[Any]:
    with script("planted") as module:
        yield module


def gone(planted: Any, step: int, *, with_pages: bool) -> Any:
    people, totals = planted.People(), planted.Totals()
    for number, one in enumerate(planted.corpus(people, with_pages=with_pages)):
        if number % step == 0 or "msg, zip, docx" in one.structures:
            planted.tried(one, people, totals)
    assert totals.left == []
    assert totals.refused == 0
    return totals


@pytest.mark.sec
def test_rescan_r37_nobody_who_was_planted_is_left(planted):
    totals = gone(planted, 4, with_pages=False)

    assert len(totals.structures) >= 25


@pytest.mark.sec
@pytest.mark.full
def test_rescan_r37_nobody_who_was_planted_is_left_anywhere(planted):
    totals = gone(planted, 1, with_pages=True)

    assert totals.planted >= 400
    assert len(totals.structures) >= 150


@pytest.mark.sec
def test_fuzz_r32_damaged_files_are_refused_or_made_safe():
    with script("mutants") as mutants:
        assert mutants.run(90, seed=3)["faults"] == 0
