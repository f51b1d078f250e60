"""Everyone planted into a corner of a file is out of its safe copy; the bench's corpus, in part."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts/bench/documents/planted.py"


@pytest.fixture(scope="module")
def planted() -> Any:
    before = list(sys.path)
    spec = spec_from_file_location("planted", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["planted"] = module
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path[:] = before
        del sys.modules["planted"]


def gone(planted: Any, step: int) -> Any:
    people, totals = planted.People(), planted.Totals()
    for number, one in enumerate(planted.corpus(people)):
        if number % step == 0 or "msg, zip, docx" in one.structures:
            planted.tried(one, people, totals)
    assert totals.left == []
    assert totals.refused == 0
    return totals


@pytest.mark.sec
def test_rescan_r37_nobody_who_was_planted_is_left(planted):
    totals = gone(planted, 4)

    assert len(totals.structures) >= 25


@pytest.mark.sec
@pytest.mark.full
def test_rescan_r37_nobody_who_was_planted_is_left_anywhere(planted):
    totals = gone(planted, 1)

    assert totals.planted >= 300
    assert len(totals.structures) >= 60
