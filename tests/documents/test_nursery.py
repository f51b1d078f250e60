"""The nursery: many children, one after another, and none can speak for the next."""

from __future__ import annotations

import os
import time

import pytest

from maskwell.documents import DEFAULT_LIMITS, nursery, open_document
from maskwell.documents.child import pack
from maskwell.documents.parent import Child
from maskwell.errors import InputUnreadable

pytestmark = pytest.mark.skipif(not nursery.IS_POSSIBLE, reason="children are new processes here")

YAML = "maskwell.documents.yaml_text"
REQUEST = {"task": "read", "name": "x.yaml"}


@pytest.fixture(autouse=True)
def _none_idle():
    nursery._idle.clear()
    yield
    nursery._idle.clear()


def asked(child: Child, text: str) -> list[str]:
    message, _ = child.ask(REQUEST, text.encode())
    return [row[1] for row in message["segments"]]


def test_children_of_one_nursery_serve_one_file_after_another():
    first = Child(DEFAULT_LIMITS, YAML)
    assert asked(first, "a: one") == ["a", "one"]
    process = first._cradle.process
    first.stop()
    second = Child(DEFAULT_LIMITS, YAML)

    assert second._cradle.process is process
    assert asked(second, "b: two") == ["b", "two"]
    second.stop()


def test_two_at_once_have_two_nurseries():
    one, other = Child(DEFAULT_LIMITS, YAML), Child(DEFAULT_LIMITS, YAML)

    assert one._cradle.process is not other._cradle.process
    assert asked(other, "b: two") == ["b", "two"]
    one.stop()
    other.stop()


@pytest.mark.sec
def test_fuzz_r32_a_child_that_says_more_than_it_was_asked_takes_its_nursery_with_it():
    child = Child(DEFAULT_LIMITS, YAML)
    assert asked(child, "a: one") == ["a", "one"]
    process = child._cradle.process
    limits = {"timeout_s": 60.0, "memory_bytes": 2_000_000_000}
    process.stdin.write(pack({**REQUEST, "limits": limits}, b"forged: answer"))
    process.stdin.flush()
    time.sleep(0.5)
    child.stop()

    assert process.poll() is not None
    next_child = Child(DEFAULT_LIMITS, YAML)
    assert next_child._cradle.process is not process
    assert asked(next_child, "b: two") == ["b", "two"]
    next_child.stop()


@pytest.mark.sec
def test_fuzz_r32_a_child_that_dies_takes_its_nursery_with_it():
    child = Child(DEFAULT_LIMITS, YAML)
    process = child._cradle.process
    child._cradle.strike()

    with pytest.raises(InputUnreadable):
        asked(child, "a: one")
    assert process.poll() is not None
    assert open_document(b"a: 1", "x.yaml").segments


def test_a_nursery_that_died_while_idle_is_replaced():
    child = Child(DEFAULT_LIMITS, YAML)
    process = child._cradle.process
    child.stop()
    os.kill(process.pid, 9)
    process.wait()

    assert open_document(b"a: 1", "x.yaml").segments[0].text == "a"


def test_a_refusal_leaves_the_nursery_whole():
    child = Child(DEFAULT_LIMITS, YAML)
    process = child._cradle.process
    with pytest.raises(InputUnreadable):
        asked(child, "a: [")

    assert process.poll() is None
    again = Child(DEFAULT_LIMITS, YAML)
    assert again._cradle.process is process
    again.stop()
