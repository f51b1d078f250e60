"""A stream cut anywhere gives what the whole gives, and holds back no more than 64 characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masking.corpus import REPLIES
from masking.pieces import PIECES
from maskwell.masking import Restorer, StreamRestorer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.masking import Receipt
    from maskwell.vault import Scope, Vault


def streamed(vault: Vault, scope: Scope, chunks: Iterable[str]) -> tuple[str, Receipt, object]:
    stream = StreamRestorer(vault, scope)
    text = "".join(stream.feed(chunk) for chunk in chunks) + stream.close()
    return text, stream.receipt, stream.spans


@pytest.mark.parametrize("number", range(len(REPLIES)))
def test_a_reply_cut_at_every_place_restores_like_the_whole(
    vault: Vault, cast_scope: Scope, codes: dict[str, str], number: int
) -> None:
    reply = REPLIES[number].format(**codes)
    whole = Restorer(vault, cast_scope).restore(reply)
    expected = (whole.text, whole.receipt, whole.spans)

    assert streamed(vault, cast_scope, reply) == expected
    for cut in range(len(reply) + 1):
        assert streamed(vault, cast_scope, (reply[:cut], reply[cut:])) == expected


@pytest.mark.parametrize("size", [2, 3, 5, 7, 16, 63])
def test_replies_in_equal_chunks_restore_like_the_whole(
    vault: Vault, cast_scope: Scope, codes: dict[str, str], size: int
) -> None:
    reply = "\n\n".join(one.format(**codes) for one in REPLIES)
    whole = Restorer(vault, cast_scope).restore(reply)
    chunks = [reply[place : place + size] for place in range(0, len(reply), size)]

    assert streamed(vault, cast_scope, chunks)[:2] == (whole.text, whole.receipt)


def test_no_more_than_64_characters_are_held_back(
    vault: Vault, cast_scope: Scope, codes: dict[str, str]
) -> None:
    for template in REPLIES:
        stream = StreamRestorer(vault, cast_scope)
        for character in template.format(**codes):
            stream.feed(character)
            assert stream.held_back <= 64


def test_plain_prose_comes_out_at_once(vault: Vault, cast_scope: Scope) -> None:
    stream = StreamRestorer(vault, cast_scope)

    assert stream.feed("Thank you for writing. ") == "Thank you for writing. "


def test_a_token_comes_out_as_soon_as_the_next_character_is_there(
    vault: Vault, cast_scope: Scope, codes: dict[str, str]
) -> None:
    stream = StreamRestorer(vault, cast_scope)

    assert stream.feed(f"Dear [{codes['P']}]") == "Dear "
    assert stream.feed(",") == "Jane Doe,"


def test_spans_say_where_the_values_stand_in_what_came_out(
    vault: Vault, cast_scope: Scope, codes: dict[str, str]
) -> None:
    text, _, spans = streamed(vault, cast_scope, f"Dear [{codes['P']}], {codes['L']}'s mail")

    assert [(text[start:end], token) for start, end, token in spans] == [
        ("Jane Doe", f"[{codes['P']}]"),
        ("Doe", f"[{codes['L']}]"),
    ]


@settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_lines_restored_the_quick_way_are_what_a_stream_gives(
    vault: Vault, cast_scope: Scope, codes: dict[str, str], data: st.DataObject
) -> None:
    ours = st.sampled_from([f"[{codes[name]}]" for name in "PLEC"] + ["\n", "\n", " ", "word "])
    reply = "".join(data.draw(st.lists(st.one_of(ours, ours, PIECES), max_size=14)))
    whole = Restorer(vault, cast_scope, block_chars=1).restore(reply)

    assert streamed(vault, cast_scope, reply) == (whole.text, whole.receipt, whole.spans)
