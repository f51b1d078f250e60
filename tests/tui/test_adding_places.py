"""Adding a destination inside the app: by its address, its key typed hidden and kept."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from maskwell.config import adding
from maskwell.shield.destination_keys import key_of
from maskwell.tui.pick import Pick
from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.choice import ChoiceScreen
from maskwell.tui.screens.place_form import PlaceForm
from maskwell.tui.tick import Tick
from support.model_server import ModelServer

from .conftest import PROMPT, is_there

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.paths import Home

    from .conftest import Open, Stage

KEY = "sk-invented-4242"


async def form(stage: Stage, kind: str = "openai") -> PlaceForm:
    """Ask for the form from where destinations are chosen."""
    await stage.press("ctrl+g")
    await stage.on(ChoiceScreen)
    await stage.press("a", "enter")
    await stage.on(PlaceForm)
    await stage.until(lambda: is_in_name(stage))
    screen = stage.app.screen
    assert isinstance(screen, PlaceForm)
    if screen.query_one(Pick).value != kind:
        await stage.press("up", "space", "enter")
        await stage.until(lambda: is_in_name(stage))
        assert screen.query_one(Pick).value == kind
    return screen


def is_in_name(stage: Stage) -> bool:
    focused = stage.app.focused
    return focused is not None and focused.id == "name"


async def fill(stage: Stage, *values: str) -> None:
    """Fill the lines in their order, with Enter after each."""
    for field, value in zip(stage.app.screen.query(Input), values, strict=True):
        await stage.until(lambda field=field: stage.app.focused is field)
        field.value = value
        await stage.press("enter")


def keys_kept(stage: Stage) -> list[str]:
    return stage.app.desk.shield.vault.credentials.names()


@pytest.mark.sec
@pytest.mark.parametrize("kind", ["openai", "anthropic"])
async def test_a_destination_is_added_chosen_and_answers_with_its_key_in_the_vault_alone(
    open_app: Open, vault: str, home: Home, kind: str
) -> None:
    with ModelServer() as server:
        async with open_app(passphrase=vault, size=(80, 24)) as stage:
            await form(stage, kind)
            address = server.url if kind == "openai" else server.url.removesuffix("/v1")
            await fill(stage, "acme", address, "small", KEY)
            await stage.until(lambda: "acme → this machine" in stage.text)
            await stage.on(ChatScreen)
            await stage.until(lambda: stage.app.focused is stage.chat.composer)
            assert "Its key is in the vault and in no other file" in stage.told
            await stage.sent(PROMPT)
            await stage.until(lambda: "put back" in stage.text)
            held = b"".join(path.read_bytes() for path in home.root.rglob("*") if path.is_file())

        assert any(KEY in value for value in server.received[-1].headers.values())
        assert KEY.encode() not in held
        assert 'model = "small"' in home.config.read_text()


@pytest.mark.sec
@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("acme\rhttps://api.example.com/v1\rsmall\r{key}\r", "openai"),
        ("acme\nhttps://api.example.com/v1\nsmall\n{key}\n", "openai"),
        ("\x1b[A \racme\r\rsmall\r{key}\r", "anthropic"),
        ("acme\rhttps://api.example.com/v1\tsmall\t{key}\r", "openai"),
        (
            "acme\rhttps://api.example.com/v1\rsmally\x7f\r{key}\r",
            "openai",
        ),
        (
            "\x1b[B\x1b[Anone\r\x1b[Aacme\x1b[Bhttps://api.example.com\rsmall\r{key}\rand\r",
            "openai",
        ),
    ],
    ids=["lines", "line feeds", "kind", "tab", "corrected", "arrows"],
)
async def test_what_is_typed_at_once_lands_in_its_lines(
    open_app: Open, vault: str, home: Home, typed: str, kind: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.press("alt+g")
        await stage.on(PlaceForm)
        await stage.until(lambda: is_in_name(stage))
        stage.burst(typed.format(key=KEY))
        await stage.on(ChatScreen)
        await stage.until(lambda: "acme →" in stage.text)

        settings = stage.app.desk.settings.destination("acme")
        assert (settings.kind, settings.model) == (kind, "small")
        assert keys_kept(stage) == ["destination:acme"]
        assert KEY not in home.config.read_text()
        credentials = stage.app.desk.shield.vault.credentials
        assert key_of(credentials, "acme", settings.base_url) == KEY


async def test_a_paste_that_begins_with_an_empty_line_is_not_lost(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        screen = await form(stage)
        stage.burst("\x1b[200~\r\nacme\r\nmore\x1b[201~\rhttps://api.example.com/v1")
        name, address, *_ = screen.query(Input)
        await stage.until(lambda: address.value == "https://api.example.com/v1")

        assert name.value == "acme"


async def test_the_line_that_takes_the_keys_is_in_sight_in_the_lowest_terminal(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault, size=(40, 12)) as stage:
        screen = await form(stage)
        key = screen.query_one("#key", Input)
        stage.burst(f"acme\r\r\r{KEY}")

        await stage.until(lambda: "•" * len(KEY) in stage.text)
        assert stage.app.focused is key


@pytest.mark.sec
@pytest.mark.parametrize("address", ["", "ftp", "http://llm.example.com/v1"])
async def test_a_line_that_is_wrong_does_not_take_what_is_typed_after_it(
    open_app: Open, vault: str, home: Home, address: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        screen = await form(stage)
        stage.burst(f"acme\r{address}\rsmall\r{KEY}\r")
        field = screen.query_one("#address", Input)
        await stage.until(lambda: stage.app.focused is field)

        assert [field.value for field in screen.query(Input)] == ["acme", address, "small", KEY]
        assert "! " in stage.text
        assert KEY not in stage.text
        assert not home.config.exists()
        assert keys_kept(stage) == []


@pytest.mark.sec
async def test_the_key_is_never_on_the_screen_nor_copied_from_it(
    open_app: Open, vault: str, board_file: Path
) -> None:
    async with open_app(passphrase=vault) as stage:
        screen = await form(stage)
        screen.query_one("#key", Input).value = KEY
        await stage.until(lambda: "•" * len(KEY) in stage.text)

        assert KEY not in stage.text
        assert KEY not in repr(screen.wish)
        field = screen.query_one("#key", Input)
        field.focus()
        field.select_all()
        await stage.press("ctrl+c", "ctrl+x")
        await stage.until(lambda: not field.value)

        assert stage.app.clipboard == ""
        assert not is_there(board_file)


async def test_how_far_text_would_travel_is_told_as_the_address_is_typed(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault, size=(60, 20)) as stage:
        screen = await form(stage)
        address = screen.query_one("#address", Input)
        await stage.until(lambda: "will travel is told here" in stage.text)
        for typed, told in (
            ("http://localhost:1/v1", "stays on this machine"),
            ("https://llm.example.com/v1", "travels over the internet"),
        ):
            address.value = typed
            await stage.until(lambda told=told: told in stage.text)
        await stage.pilot.click("#trusted")

        await stage.until(lambda: "stays on this network" in stage.text)
        assert "Esc back" in stage.text


@pytest.mark.parametrize(
    ("kind", "values", "told"),
    [
        ("openai", ("", "https://x.example", "m", ""), ("name", "Give it a name")),
        ("openai", ("a b", "https://x.example", "m", ""), ("name", "Only letters, digits")),
        ("openai", ("desk", "https://x.example", "m", ""), ("name", "has that name")),
        ("openai", ("clipboard", "https://x.example", "m", ""), ("name", "has that name")),
        ("openai", ("a", "", "m", ""), ("address", "Begin it with https://")),
        ("openai", ("a", "llm.example.com", "m", ""), ("address", "Begin it with https://")),
        ("openai", ("a", "http://llm.example.com", "m", ""), ("address", "a network you trust")),
        (
            "openai",
            ("a", "https://me:pw@x.example", "m", ""),
            ("address", "Leave user and password"),
        ),
        ("openai", ("a", "https://x.example", "", ""), ("model", "Say which model")),
        ("openai", ("a", "https://x.example", "m", "two words"), ("key", "one word")),
        ("anthropic", ("a", "", "m", ""), ("key", "answers only with a key")),
    ],
)
async def test_what_is_wrong_is_told_at_its_line_and_nothing_is_added(
    open_app: Open, vault: str, kind: str, values: tuple[str, ...], told: tuple[str, str]
) -> None:
    line, sentence = told
    config = '[destinations.desk]\nkind = "openai"\nbase_url = "http://localhost:1/v1"\n'
    async with open_app(passphrase=vault, config=config) as stage:
        screen = await form(stage, kind)
        for field, value in zip(screen.query(Input), values, strict=True):
            field.value = value
        await stage.until(lambda: screen.wish.model == values[2] and screen.wish.key == values[3])
        screen.query_one("#key", Input).focus()
        await stage.press("enter")

        await stage.until(lambda: sentence in stage.text)
        assert stage.app.focused is screen.query_one(f"#{line}")
        assert list(stage.app.desk.settings.destinations) == ["clipboard", "desk"]


async def test_a_network_one_trusts_may_be_asked_in_the_clear(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        screen = await form(stage)
        name, address, model, key = screen.query(Input)
        name.value, address.value = "office", "http://llm.example.com/v1"
        await stage.press("enter", "enter")
        await stage.until(lambda: "a network you trust" in stage.text)
        await stage.until(lambda: stage.app.focused is model)
        await stage.press("up")
        await stage.until(lambda: isinstance(stage.app.focused, Tick))
        await stage.press("space", "enter")
        await stage.until(lambda: stage.app.focused is model)
        model.value = "large"
        await stage.press("enter")
        await stage.until(lambda: stage.app.focused is key)
        await stage.press("enter")

        await stage.until(lambda: "office → this network" in stage.text)
        assert "without a key" in stage.told


async def test_the_same_again_changes_the_key_and_keeps_the_rest(
    open_app: Open, vault: str, home: Home
) -> None:
    config = (
        '[destinations.desk]\nkind = "openai"\nbase_url = "http://localhost:1/v1"\n'
        'model = "small"\ntimeout_s = 7\n'
    )
    async with open_app(passphrase=vault, config=config) as stage:
        await form(stage)
        field = stage.app.screen.query_one("#name", Input)
        field.value = "desk"
        await stage.press("enter")
        await stage.until(lambda: "http://localhost:1/v1" in stage.text)
        assert "is there already" in stage.text
        await stage.press("enter", "enter")
        field = stage.app.screen.query_one("#key", Input)
        await stage.until(lambda: stage.app.focused is field)
        field.value = KEY
        await stage.press("enter")
        await stage.on(ChatScreen)
        await stage.until(lambda: "desk → this machine" in stage.text)

        assert keys_kept(stage) == ["destination:desk"]
        assert stage.app.desk.settings.destination("desk").model == "small"
        assert "timeout_s = 7" in home.config.read_text()


@pytest.mark.sec
async def test_a_key_kept_for_another_server_is_told_and_not_used(
    open_app: Open, vault: str, home: Home
) -> None:
    async with open_app(passphrase=vault) as stage:
        await form(stage)
        await fill(stage, "acme", "http://localhost:1/v1", "small", KEY)
        await stage.on(ChatScreen)
        home.config.write_text("")
        stage.app.desk.reread()
        await form(stage)
        await fill(stage, "acme", "https://models.example/v1", "small", "")
        await stage.on(ChatScreen)

        await stage.until(lambda: "the one in the vault is for http://localhost" in stage.told)


@pytest.mark.parametrize("address", ["https://llm.example/v1", "http://192.0.2.7:8000/v1"])
async def test_what_is_known_stays_as_near_as_it_was_said_to_be(
    open_app: Open, vault: str, address: str
) -> None:
    config = (
        f'[destinations.office]\nkind = "openai"\nbase_url = "{address}"\n'
        'model = "small"\nclass = "trusted"\n'
    )
    async with open_app(passphrase=vault, config=config) as stage:
        await form(stage)
        await fill(stage, "office", address, "large", "")
        await stage.on(ChatScreen)

        settings = stage.app.desk.settings.destination("office")
        assert (settings.model, settings.reach) == ("large", "trusted")


@pytest.mark.sec
async def test_what_cannot_be_written_leaves_no_key_behind(
    open_app: Open, vault: str, home: Home
) -> None:
    async with open_app(passphrase=vault) as stage:
        await form(stage)
        home.config.write_text("[nonsense]\n")
        await fill(stage, "acme", "http://localhost:1/v1", "small", KEY)

        await stage.until(lambda: 'no section "nonsense"' in " ".join(stage.text.split()))
        assert isinstance(stage.app.screen, PlaceForm)
        assert keys_kept(stage) == []
        assert home.config.read_text() == "[nonsense]\n"


async def test_what_is_being_added_is_said_and_escape_does_not_hide_what_becomes_of_it(
    open_app: Open, vault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, may_go_on = adding.write_setting, threading.Event()
    calls: list[tuple[Any, ...]] = []

    def slow(*told: Any) -> None:
        calls.append(told)
        assert may_go_on.wait(60)
        write(*told)

    monkeypatch.setattr(adding, "write_setting", slow)
    async with open_app(passphrase=vault) as stage:
        screen = await form(stage)
        await fill(stage, "acme", "http://localhost:1/v1", "small", KEY)
        try:
            await stage.until(lambda: "Adding…" in stage.text)
            await stage.press("escape", "enter", "tab", "x")

            assert stage.app.screen is screen
            assert "nothing is added" not in stage.text
            assert all(field.disabled for field in screen.query(Input))
        finally:
            may_go_on.set()
        await stage.on(ChatScreen)
        await stage.until(lambda: "acme → this machine" in stage.text)

        assert "Its key is in the vault" in stage.told
        assert len(calls) == 1
        assert keys_kept(stage) == ["destination:acme"]


async def test_the_palette_key_opens_the_form_and_escape_adds_nothing(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.press("alt+g")
        await stage.on(PlaceForm)
        await stage.press("escape")
        await stage.on(ChatScreen)

        assert list(stage.app.desk.settings.destinations) == ["clipboard"]
