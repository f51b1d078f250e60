"""The review is the gate: nothing leaves but what it showed, and only when it was asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.entity_types import EntityType
from maskwell.policy import Action
from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.choice import ChoiceScreen
from maskwell.tui.screens.review import ReviewScreen
from support.model_server import ModelServer

from .conftest import PROMPT, held, is_there

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Open, Stage


PLAIN = "the kitchen table is heavy"


def surfaces(stage: Stage) -> list[str]:
    plan = stage.review.state.plan
    return [plan.surface(n) for n in range(len(plan.items))]


def leaving(stage: Stage) -> str:
    protected = stage.review.protected
    assert protected is not None
    return protected.text


async def changed(stage: Stage, *keys: str) -> None:
    await stage.press(*keys)
    await stage.until(lambda: stage.review.protected is not None)


async def test_each_finding_is_shown_in_place_with_its_token_and_its_reason(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed(PROMPT)

        assert "◆Marta Lindqvist" in stage.text
        assert "◆marta@example.com" in stage.text
        assert "1/3  PERSON  Marta Lindqvist" in stage.text
        assert "Why: " in stage.text
        assert "[PERSON_" in leaving(stage)
        assert leaving(stage).split(",")[0] in stage.text
        assert "clipboard → the internet" in stage.text


async def test_escape_goes_back_to_editing_with_nothing_sent(
    open_app: Open, vault: str, board_file: Path
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed(PROMPT)
        await stage.press("space", "escape")
        await stage.on(ChatScreen)

        assert stage.chat.composer.text == PROMPT
        assert not is_there(board_file)
        assert stage.app.desk.shield.vault.ledger.entries() == []
        assert len(stage.app.desk.chat.turns) == 0


async def test_an_enter_typed_too_early_sends_nothing(
    open_app: Open, vault: str, board_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maskwell.tui.screens.review_frame._ARMED_AFTER_S", 3600.0)
    async with open_app(passphrase=vault) as stage:
        await stage.write(PROMPT)
        await stage.until(lambda: "What will leave ·" in stage.text)
        await stage.press("enter")

        assert "press Enter again" in stage.told
        assert stage.review.is_mounted
        assert not is_there(board_file)


async def test_what_was_shown_is_exactly_what_leaves(
    open_app: Open, vault: str, board_file: Path
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed(PROMPT)
        await changed(stage, "tab", "space")
        shown = leaving(stage)
        await stage.press("enter")
        await stage.on(ChatScreen)
        await stage.until(lambda: bool(stage.chat.flow.handed_over))

        assert held(board_file) == shown
        assert "marta@example.com" in shown
        assert "Lindqvist" not in shown


async def test_the_preview_leaves_nothing_in_the_vault(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed(PROMPT)
        await changed(stage, "space")
        await changed(stage, "space")
        await stage.press("escape")
        await stage.on(ChatScreen)

        assert stage.app.desk.shield.vault.entities.list() == []


async def test_space_leaves_a_value_as_it_is_wherever_it_stands_and_masks_it_again(
    open_app: Open, vault: str
) -> None:
    text = "My name is Marta Lindqvist.\n\nThank you,\nMarta Lindqvist"
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed(text)
        await changed(stage, "space")
        kept = leaving(stage)
        await changed(stage, "space")

        assert kept == text
        assert "Marta" not in leaving(stage)


async def test_a_change_can_be_made_at_one_place_and_undone(open_app: Open, vault: str) -> None:
    text = "My name is Marta Lindqvist.\n\nThank you,\nMarta Lindqvist"
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed(text)
        before = leaving(stage)
        await changed(stage, "s")
        one = leaving(stage)
        await changed(stage, "z")

        assert one.count("Marta Lindqvist") == 1
        assert leaving(stage) == before


async def test_the_type_can_be_changed_from_the_keyboard(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed(PROMPT)
        await stage.press("t")
        await stage.on(ChoiceScreen)
        await stage.press("o", "enter")
        await stage.until(lambda: "[ORG_" in (stage.review.protected or stage.review).__repr__())

        assert stage.review.state.item is not None
        assert stage.review.state.item.finding.entity_type is EntityType.ORG
        assert leaving(stage).startswith("My name is [ORG_")


async def test_a_value_can_be_starred_out_or_dropped(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed(PROMPT)
        await stage.press("a")
        await stage.on(ChoiceScreen)
        await stage.press("s", "enter")
        await stage.until(
            lambda: (
                stage.review.state.item is not None
                and stage.review.state.item.action is Action.MASK
                and stage.review.protected is not None
            )
        )

        assert leaving(stage).startswith("My name is ****,")
        assert "starred out" in stage.text


async def test_a_missed_word_is_marked_from_the_keyboard_everywhere_it_stands(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed("the kitchen furniture is heavy; never lift furniture alone")
        assert surfaces(stage) == []
        await stage.press("m", "right", "right")
        assert "Mark as private:   furniture" in stage.text
        await changed(stage, "enter")

        assert surfaces(stage) == ["furniture", "furniture"]
        assert "furniture" not in leaving(stage)


async def test_several_words_are_taken_in_with_shift(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed("we call it green wooden door internally")
        await stage.press("m", "right", "right", "right", "shift+right", "shift+right")
        await changed(stage, "enter")

        assert surfaces(stage) == ["green wooden door"]


async def test_escape_while_choosing_a_word_stays_in_the_review(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed("plain words only")
        await stage.press("m", "escape")

        assert stage.review.is_mounted
        assert surfaces(stage) == []


async def test_a_word_is_marked_with_the_mouse(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed("the kitchen furniture is heavy")
        await stage.pilot.click("#original", offset=(16, 0))
        await changed(stage, "enter")

        assert surfaces(stage) == ["furniture"]


async def test_a_stretch_is_marked_by_dragging_over_it(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed("the kitchen furniture is heavy")
        await stage.pilot.mouse_down("#original", offset=(5, 0))
        await stage.pilot.hover("#original", offset=(21, 0))
        await stage.pilot.mouse_up("#original", offset=(21, 0))
        await changed(stage, "m")

        assert surfaces(stage) == ["kitchen furniture"]


async def test_a_finding_is_chosen_by_clicking_it(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed(PROMPT)
        await stage.pilot.click("#original", offset=(41, 0))
        await stage.pilot.pause()

        assert "2/3  EMAIL" in stage.text


async def test_never_and_always_are_remembered(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed(PROMPT)
        await changed(stage, "n")
        await stage.until(lambda: bool(stage.app.desk.shield.vault.lexicon.ignored()))
        await changed(stage, "tab", "A")
        await stage.until(lambda: bool(stage.app.desk.shield.vault.lexicon.terms()))
        await stage.press("escape")
        await stage.reviewed("Marta Lindqvist uses marta@example.com daily")

        assert "Marta Lindqvist" not in surfaces(stage)
        assert surfaces(stage) == ["marta@example.com"]


async def test_a_blocked_value_must_be_masked_before_anything_leaves(
    open_app: Open, vault: str, board_file: Path
) -> None:
    async with open_app(
        passphrase=vault, config='[default]\npolicy = "strict"\n[review]\nwhen = "never"\n'
    ) as stage:
        await stage.write("pay with card 4111 1111 1111 1111")
        await stage.until(lambda: "Nothing can leave" in stage.text)
        await stage.press("enter")
        assert not is_there(board_file)
        assert "✗4111" in stage.text
        await stage.press("x")
        assert "Nothing can leave" in stage.text
        await changed(stage, "space")
        assert leaving(stage).startswith("pay with card [CARD_")


async def test_token_like_words_of_the_user_are_shown_as_they_are(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed("what does [PERSON_7QX] or [@click=app.quit]x[/] mean?")

        assert "what does [PERSON_7QX] or [@click=app.quit]x[/] mean?" in stage.text


@pytest.mark.sec
async def test_hidden_characters_are_visible_in_the_review_esc(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed("pay\u202e now\u200b and \x1b[2J clear")

        assert "pay· now· and ␛[2J clear" in stage.text
        assert "\x1b" not in stage.text


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30), (200, 60)])
async def test_the_review_fits(open_app: Open, vault: str, size: tuple[int, int]) -> None:
    async with open_app(passphrase=vault, size=size) as stage:
        await stage.reviewed(PROMPT)
        review = stage.review

        original, outgoing = review.original.region, review.leaving.region
        assert original.height >= 4
        assert outgoing.height >= 4
        assert (original.y == outgoing.y) is (size[0] >= 100)
        for words in ("Enter copy", "Esc edit", "m mark", "F1 keys", "the internet"):
            assert words in stage.text


async def test_a_review_is_not_shown_when_the_user_wants_none(
    open_app: Open, vault: str, board_file: Path
) -> None:
    async with open_app(passphrase=vault, config='[review]\nwhen = "never"\n') as stage:
        await stage.write(PROMPT)
        await stage.until(lambda: is_there(board_file))

        assert "Lindqvist" not in held(board_file)


async def test_a_change_ends_the_choosing_of_a_word(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.reviewed(PROMPT)
        await stage.press("m")
        await stage.until(lambda: "Enter mark it" in stage.text and "Esc cancel" in stage.text)
        await changed(stage, "space")

        assert "Mark as private" not in stage.text
        assert surfaces(stage) == ["Marta Lindqvist", "marta@example.com", "4111 1111 1111 1111"]


@pytest.mark.parametrize(
    ("when", "is_local", "text", "is_shown"),
    [
        ("always", True, PLAIN, True),
        ("not-local", True, PROMPT, False),
        ("not-local", False, PROMPT, True),
        ("uncertain", False, PLAIN, False),
        ("never", False, PROMPT, False),
    ],
)
async def test_the_review_appears_when_it_is_wanted(
    open_app: Open, vault: str, when: str, text: str, *, is_local: bool, is_shown: bool
) -> None:
    with ModelServer() as server:
        config = f'[review]\nwhen = "{when}"\n{server.config if is_local else ""}'
        async with open_app(passphrase=vault, config=config) as stage:
            await stage.write(text)
            if is_shown:
                await stage.on(ReviewScreen)
            else:
                await stage.until(lambda: bool(stage.app.desk.chat.turns))

            assert isinstance(stage.app.screen, ReviewScreen) is is_shown
