"""How values are marked in the thread, what is guarded, and matters that chats share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.choice import ChoiceScreen, TextScreen
from maskwell.tui.screens.review import ReviewScreen
from maskwell.tui.values import LOOKS

if TYPE_CHECKING:
    from maskwell.paths import Home

    from .conftest import Open

CARD = "My name is Marta Lindqvist and my card is 4111 1111 1111 1111."
OWN = """\
title = "Own"
description = "One of each."
default = "token"

[[rules]]
types = ["PERSON"]
action = "surrogate"

[[rules]]
types = ["EMAIL"]
action = "keep"

[[rules]]
types = ["DATE"]
action = "generalise"

[[rules]]
types = ["PHONE"]
action = "drop"
"""


def test_every_look_has_a_form_of_its_own_beside_its_colour() -> None:
    forms = [style.partition(" ")[2] for style in LOOKS.values()]

    assert len(set(forms)) == len(forms)


async def test_a_prompt_shows_what_became_of_each_value(
    open_app: Open, vault: str, home: Home
) -> None:
    home.policies.mkdir()
    (home.policies / "own.toml").write_text(OWN)
    async with open_app(passphrase=vault, config='[default]\npolicy = "own"\n') as stage:
        await stage.sent(
            "Marta Lindqvist, marta@example.com, (415) 555-0132, was born on 4 May 1987 in Leeds."
        )
        await stage.until(lambda: bool(stage.chat.flow.handed_over))
        [view] = stage.chat.thread.messages
        marked = view.body.marked
        looks = {marked.text[one.start : one.end]: one.look for one in marked.values}

        assert looks == {
            "Marta Lindqvist": "stand_in",
            "marta@example.com": "kept",
            "(415) 555-0132": "dropped",
            "4 May 1987": "changed",
            "Leeds": "restored",
        }
        assert marked.with_tokens() == stage.chat.flow.handed_over


async def test_a_guarded_value_shows_dots_until_it_is_asked_for_with_a_reason(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.sent(CARD)
        await stage.until(lambda: bool(stage.chat.flow.handed_over))
        await stage.until(lambda: "••••]" in stage.text)
        assert "4111" not in stage.text
        await stage.press("alt+r")
        await stage.on(TextScreen)
        await stage.fill("to check the refund")
        await stage.on(ChatScreen)
        await stage.until(lambda: "4111 1111 1111 1111" in stage.text)

        [entry] = [
            one for one in stage.app.desk.shield.vault.audit.entries() if one.event == "reveal"
        ]
        assert entry.detail["purpose"] == "to check the refund"


@pytest.mark.sec
async def test_what_comes_after_a_reveal_is_guarded_again(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.sent(CARD)
        await stage.until(lambda: bool(stage.chat.flow.handed_over))
        await stage.press("alt+r")
        await stage.on(TextScreen)
        await stage.fill("to check the refund")
        await stage.on(ChatScreen)
        await stage.until(lambda: "4111 1111 1111 1111" in stage.text)
        await stage.press("escape")
        await stage.until(lambda: not stage.chat.flow.handed_over)
        await stage.sent("And Oskar Brandt has 5555 5555 5555 4444.")
        await stage.until(lambda: bool(stage.chat.flow.handed_over))

        shown = [view.body.marked.text for view in stage.chat.thread.messages]
        assert "5555 5555" not in "".join(shown)
        assert "••••]" in shown[-1]


async def test_chats_of_one_matter_share_their_tokens(open_app: Open, vault: str) -> None:
    sent = []
    async with open_app(passphrase=vault) as stage:
        for step in ("new", "again"):
            await stage.press("alt+m")
            await stage.on(ChoiceScreen)
            await stage.press("enter")
            if step == "new":
                await stage.on(TextScreen)
                await stage.fill("acme")
            await stage.on(ChatScreen)
            await stage.until(lambda: "matter acme" in stage.text)
            await stage.sent("Ask Marta Lindqvist about it.")
            await stage.until(lambda: bool(stage.chat.flow.handed_over))
            sent.append(stage.chat.flow.handed_over)

    assert sent[0] == sent[1]


async def test_two_names_of_one_person_get_one_token_in_the_review(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed("Marta Lindqvist is known as Oskar Brandt at work.")
        await stage.press("tab", "M")
        await stage.on(ChoiceScreen)
        await stage.press("enter")
        await stage.on(ReviewScreen)
        await stage.until(lambda: stage.review.is_ready)
        await stage.press("enter")
        await stage.on(ChatScreen)
        await stage.until(lambda: bool(stage.chat.flow.handed_over))

        left = stage.chat.flow.handed_over
        first, second = (word for word in left.split() if word.startswith("[PERSON"))
        assert second.partition(":")[0] == first.strip("]")
        desk = stage.app.desk
        assert desk.shield.restore(left, scope=desk.chat.scope).text == (
            "Marta Lindqvist is known as Oskar Brandt at work."
        )


async def test_a_recovery_code_is_offered_until_there_is_one(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        assert "a recovery code" in stage.text
        await stage.press("alt+c")
        await stage.until(lambda: "Your recovery code" in stage.text)
        await stage.press("enter")

        await stage.until(lambda: "Nothing has left" in stage.text)
        assert "a recovery code" not in stage.text
