"""Detection keeps nothing of the texts it has read: a vault that is locked again must hold true."""

from __future__ import annotations

import gc
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from maskwell.detection import Detector, Lexicon, Term
from maskwell.detection.recognizers.headings import heading_of
from maskwell.detection.recognizers.secrets_names import Promise, promise_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STEM = ("Zwob", "hart")
"""Joined while the test runs, so that no constant of this module holds it."""
_FIGURES = ("7319", "4862")
_LANGUAGES = ("is a good friend of mine.", "ist mit der Oma in der Stadt und nicht zu Hause.")


def _texts(name: str, figures: str) -> Iterator[str]:
    yield f"First name | {name} | Surname | {name}ina\nStreet | {figures} Elm Road | Town | {name}"
    yield f"first_name,surname,phone\n{name},{name}son,0{figures}12\nRosa,{name}field,0{figures}3\n"
    yield f"COPY p (first_name, surname) from stdin\n{name}\t{name}ova\n\\.\n"
    yield f'{{"surname": "{name}", "{name}_name": "x", "password": "my{name}Pass{figures}"}}'
    yield f"my{name}Pass = x; {name}Token{figures}: y\nuser;password\n{name};{name}Pass{figures}"
    yield f"Dear {name},\ncall 0{figures}99 or {name}@{name}.example, passport no {figures}"
    yield f"PID|1||{figures}||{name}^{name}|{name}|19610312\nMSH|^~\\&|{name}\n"
    yield f"key-{figures}-{name} and {name}-{figures}.{figures} 4111 {figures} {figures} 1111"
    yield f"from {name}.models import {name}Form  # {name}(8)\n@{name}_{figures} $ {name}->{name}"
    yield f"my password is {name}{figures}! İ {name}\u0301 ok, {name} v{figures}.1 {name}@x.example"
    yield from (f"{name} {rest} {name.lower()}, {name.upper()}" for rest in _LANGUAGES)


def _strings(roots: Iterable[object]) -> Iterator[str]:
    """Yield every string that can be reached, tracked by the collector itself or not."""
    pending = list(roots)
    seen = {id(one) for one in pending}
    while pending:
        one = pending.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, bytes):
            yield one.decode("latin-1")
        else:
            more = [other for other in gc.get_referents(one) if id(other) not in seen]
            seen.update(map(id, more))
            pending += more


def _kept(stem: str, figures: str) -> list[str]:
    gc.collect()
    own = {id(stem), id(figures)}
    return [
        text
        for text in _strings(gc.get_objects())
        if id(text) not in own and (stem in text or stem.lower() in text.lower() or figures in text)
    ]


def _read(detector: Detector, stem: str, figures: str) -> int:
    texts = list(_texts(stem, figures))
    lexicon = Lexicon(
        terms=(Term(f"{stem}shire"), Term(f"{stem}é"), Term(f"{stem}[xyz]", is_pattern=True)),
        ignored=frozenset({f"{stem}ignored"}),
    )
    found = [*detector.detect_all(texts), *[detector.detect(text, lexicon) for text in texts]]
    return sum(map(len, found))


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


def test_nothing_of_a_text_outlives_its_reading(detector: Detector) -> None:
    stem, figures = "".join(_STEM), "".join(_FIGURES)

    assert _read(detector, stem, figures) > 0

    assert _kept(stem, figures) == []


@lru_cache
def _remembering(name: str, size: int) -> int:
    return len(name) + size


def test_the_search_itself_finds_what_a_cache_holds() -> None:
    stem, figures = "".join(_STEM), "".join(_FIGURES)
    re.search(f"(?i){stem}field", "")
    _remembering(f"my{stem}Pass", 1)

    kept = _kept(stem, figures)
    re.purge()
    _remembering.cache_clear()

    assert {f"(?i){stem}field", f"my{stem}Pass"} <= set(kept)


@pytest.mark.parametrize("judge", [heading_of, promise_of])
def test_what_judges_a_name_that_may_be_a_value_has_no_cache(judge: object) -> None:
    assert not hasattr(judge, "cache_info")


def test_judging_a_name_anew_says_the_same() -> None:
    first, again = heading_of("patientFirstName"), heading_of("patientFirstName")

    assert first is not None
    assert first is again
    assert promise_of("db_password") is promise_of("dbPassword") is Promise.STRONG
