"""Every action has one id, one place and keys that do not clash; users can rebind them."""

from __future__ import annotations

from collections import Counter

from textual.binding import Binding
from textual.widgets import TextArea

from maskwell.tui.keys import ACTIONS, bindings, key_names, keymap, problems

PAGES = {"vault", "settings", "privacy", "folder"}
PLACES = {"app", "chat", "composer", "list", "thread", "review", "gate", "page", *PAGES}
BY_ID = {action.id: action for action in ACTIONS}


def test_ids_are_unique_and_say_where_they_work() -> None:
    assert all(count == 1 for count in Counter(action.id for action in ACTIONS).values())
    assert {action.place for action in ACTIONS} == PLACES


def test_no_two_actions_of_one_place_share_a_key_as_shipped() -> None:
    for place in PLACES:
        keys = [
            key
            for action in ACTIONS
            if action.place in {place, "app", *({"page"} if place in PAGES else ())}
            for key in action.keys.split(",")
        ]
        assert all(count == 1 for count in Counter(keys).values()), place


def test_the_habits_of_terminal_chats_are_met() -> None:
    expected = {
        "app.help": "f1",
        "app.palette": "ctrl+p",
        "chat.new": "ctrl+n",
        "chat.search": "ctrl+f",
        "chat.stop": "escape",
        "composer.send": "enter",
        "composer.newline": "ctrl+j,shift+enter",
        "composer.editor": "ctrl+o",
    }

    assert {name: BY_ID[name].keys for name in expected} == expected


def test_every_binding_carries_its_stable_id() -> None:
    assert [binding.id for binding in bindings("chat")] == [
        action.id for action in ACTIONS if action.place == "chat"
    ]


def test_a_rebound_key_that_clashes_is_reported_with_both_actions() -> None:
    [problem] = problems({"chat.search": "ctrl+n"})

    assert "chat.new" in problem
    assert "chat.search" in problem


def test_an_unknown_action_is_reported_with_the_nearest_one() -> None:
    [problem] = problems({"chat.serch": "ctrl+e"})

    assert 'did you mean "chat.search"?' in problem
    assert keymap({"chat.serch": "ctrl+e", "app.help": "f5"}) == {"app.help": "f5"}


def test_shipped_keys_have_no_problems() -> None:
    assert problems({}) == []


def test_keys_are_named_as_a_person_reads_them() -> None:
    assert key_names(BY_ID["composer.newline"], {}) == "Ctrl+J · Shift+Enter"
    assert key_names(BY_ID["app.help"], {"app.help": "ctrl+g"}) == "Ctrl+G"


def test_no_key_of_the_chat_is_one_the_composer_edits_with() -> None:
    edits = {
        key.strip()
        for binding in TextArea.BINDINGS
        for key in (binding.key if isinstance(binding, Binding) else binding[0]).split(",")
    }

    for action in ACTIONS:
        if action.place in {"app", "chat", "composer"}:
            assert not edits & set(action.keys.split(",")), action.id
