"""`maskwell destination`: where protected text may go."""

import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maskwell.cli.commands.model import add_model
from maskwell.cli.completing import destination_names
from maskwell.cli.options import AsJson, Yes, session_of
from maskwell.cli.tables import show, show_json
from maskwell.cli.terminal import ask_secret, can_ask, confirm, say
from maskwell.config import (
    CLASSES,
    DESTINATION_KINDS,
    add_destination,
    is_key,
    load_settings,
    remove_setting,
    write_setting,
)
from maskwell.config.rules import is_readable_on_the_way
from maskwell.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.cli.session import Session
    from maskwell.shield.places import Found

__all__ = ["app"]

app = typer.Typer(help="Where protected text may go.", rich_markup_mode=None, no_args_is_help=True)
_COLUMNS = {
    "name": "name",
    "kind": "kind",
    "class": "class",
    "base_url": "address",
    "model": "model",
    "default": "default",
}
_LONGEST_KEY = 4096


_Probe = Annotated[
    bool,
    typer.Option("--probe", help="Look for Ollama, llama.cpp and LM Studio on this machine."),
]


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False, probe: _Probe = False) -> None:
    """List the destinations; needs no passphrase."""
    settings = session_of(context).settings
    rows = [
        {
            "name": one.name,
            "kind": one.kind,
            "class": one.reach,
            "base_url": one.base_url,
            "model": one.model,
            "default": one.name == settings.default.destination,
        }
        for one in settings.destinations.values()
    ]
    if probe:
        rows += [_found_row(one) for one in _look_around(session_of(context), None)]
    show(rows, _COLUMNS, as_json=as_json)


_Name = Annotated[
    str | None,
    typer.Argument(metavar="NAME", show_default=False, help="What you will call it."),
]
_Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="|".join(DESTINATION_KINDS),
        help="openai is every server with OpenAI's chat API; llama is a model file.",
    ),
]
_BaseUrl = Annotated[
    str | None, typer.Option("--base-url", metavar="URL", help="As http://localhost:11434/v1.")
]
_Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME|PATH", help="The model to ask for; a file for llama."),
]
_Class = Annotated[
    str | None,
    typer.Option(
        "--class",
        metavar="|".join(CLASSES),
        help="How far it is, when the address does not tell.",
    ),
]
_KeyStdin = Annotated[
    bool, typer.Option("--key-stdin", help="Read its API key from standard input, for the vault.")
]
_Default = Annotated[bool, typer.Option("--default", help="Use it when no destination is named.")]


@app.command()
def add(
    context: typer.Context,
    name: _Name = None,
    *,
    kind: _Kind = None,
    base_url: _BaseUrl = None,
    model: _Model = None,
    given_class: _Class = None,
    key_stdin: _KeyStdin = False,
    default: _Default = False,
    probe: _Probe = False,
    yes: Yes = False,
) -> None:
    """Add a destination, or change one. Its API key is kept in the vault, never in a file."""
    session = session_of(context)
    if probe:
        _add_found(session, name, model, default=default, yes=yes)
        return
    if name is None:
        raise UsageError("Say what to call it: maskwell destination add NAME --kind KIND.")
    model = _model_of(session, name, kind, model)
    given = {"kind": kind, "base_url": base_url, "model": model, "class": given_class}
    table = {key: value for key, value in given.items() if value is not None}
    current = session.settings.destinations.get(name)
    if current is None and kind is None:
        raise UsageError(f"Say what it is with --kind {'|'.join(DESTINATION_KINDS)}.")
    key = _read_key() if key_stdin else None
    add_destination(
        session.home, current, name, table, beside=partial(_keeping, session, name, key)
    )
    if default:
        write_setting(session.home, ("default", "destination"), name)
    if is_readable_on_the_way(load_settings(session.home).destination(name)):
        say("http:// can be read on the way; with https:// it cannot.")
    say(f'"{name}" is ready; try it with: maskwell destination test {name}')


@app.command("test")
def try_destination(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", autocompletion=destination_names, help="The destination to try."
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Try a destination's address and key without sending any text."""
    session = session_of(context)
    settings = session.settings.destination(name)
    if settings.kind == "clipboard":
        say("The clipboard needs no address; see how it is reached with: maskwell doctor.")
        return
    with session.open(offer_vault=True) as shield:
        models = shield.destination(name).models()
    is_known = not settings.model or settings.model in models
    if as_json:
        show_json({"name": name, "reachable": True, "models": models, "model_listed": is_known})
    else:
        sys.stdout.write("".join(f"{one}\n" for one in models))
    if not is_known:
        say(f'It answers, but does not list the model "{settings.model}"; it lists {len(models)}.')
    else:
        say(f'"{name}" answers.')


@app.command()
def remove(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", autocompletion=destination_names, help="The destination to forget."
        ),
    ],
) -> None:
    """Forget a destination and its API key."""
    session = session_of(context)
    session.settings.destination(name)
    is_removed = remove_setting(session.home, ("destinations", name))
    if not is_removed:
        raise UsageError(f'"{name}" is built in and stays.')
    if session.settings.default.destination == name:
        remove_setting(session.home, ("default", "destination"))
        say("It was the default; that is the clipboard again.")
    if session.has_vault:
        with session.open() as shield:
            from maskwell.shield.destination_keys import forget_key  # noqa: PLC0415  # with it

            forget_key(shield.vault.credentials, name)
    say(f'"{name}" is forgotten.')


def _model_of(session: "Session", name: str, kind: str | None, model: str | None) -> str | None:
    """Return the model to write down; a file that was not added yet is added first."""
    current = session.settings.destinations.get(name)
    is_local = (kind or (current.kind if current else "")) == "llama"
    if not is_local or model is None or model in session.settings.models:
        return model
    if not Path(model).expanduser().is_file():
        raise UsageError(f'There is no model "{model}" and no such file; see: maskwell model list.')
    return add_model(session, Path(model)).name


def _look_around(session: "Session", name: str | None) -> "list[Found]":
    """Return the servers found on this machine that are not destinations yet."""
    from maskwell.shield import places  # noqa: PLC0415  # not for help

    known = {one.base_url for one in session.settings.destinations.values()}
    known |= {url.replace("localhost", "127.0.0.1") for url in known}
    ports = {kind: port for kind, port in places.PORTS.items() if name in {None, kind}}
    found = [one for one in places.probe(ports or places.PORTS) if one.base_url not in known]
    if not found:
        say("No further model server answers on this machine.")
    return found


def _add_found(
    session: "Session", name: str | None, model: str | None, *, default: bool, yes: bool
) -> None:
    """Offer each server that was found; one to whom nobody says no is added."""
    for one in _look_around(session, name):
        chosen = model or (one.models[0] if one.models else "")
        if not yes and not can_ask():
            raise UsageError(f"Found {one.name} at {one.base_url}; add it with --yes.")
        if not yes and not confirm(
            f'Add {one.name} at {one.base_url} with the model "{chosen}"?', default=True
        ):
            continue
        called = name or one.name
        table = {"kind": "openai", "base_url": one.base_url, "model": chosen}
        write_setting(session.home, ("destinations", called), table)
        if default:
            write_setting(session.home, ("default", "destination"), called)
        say(f'"{called}" is ready; try it with: maskwell destination test {called}')


def _found_row(found: "Found") -> dict[str, Any]:
    return {
        "name": found.name,
        "kind": "found",
        "class": "local",
        "base_url": found.base_url,
        "model": ", ".join(found.models),
        "default": False,
    }


@contextmanager
def _keeping(session: "Session", name: str, key: str | None, address: str) -> "Iterator[None]":
    """Keep a key in the vault, which is opened for it; without one there is nothing to open."""
    if key is None:
        yield
        return
    with session.open() as shield:
        from maskwell.shield.destination_keys import key_kept  # noqa: PLC0415  # with it

        with key_kept(shield.vault.credentials, name, address, key):
            yield


def _read_key() -> str:
    if sys.stdin.isatty() and can_ask():
        key = ask_secret("API key: ")
    else:
        key = sys.stdin.readline(_LONGEST_KEY).strip()
    if not is_key(key):
        raise UsageError("There is no API key on standard input.")
    return key
