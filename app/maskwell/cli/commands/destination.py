"""`maskwell destination`: where protected text may go."""

import sys
from typing import Annotated, Any

import typer

from maskwell.cli.completing import destination_names
from maskwell.cli.options import AsJson, session_of
from maskwell.cli.tables import show, show_json
from maskwell.cli.terminal import ask_secret, can_ask, say
from maskwell.config import CLASSES, DESTINATION_KINDS, remove_setting, write_setting
from maskwell.errors import UsageError

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


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
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
    show(rows, _COLUMNS, as_json=as_json)


_Name = Annotated[str, typer.Argument(metavar="NAME", help="What you will call it.")]
_Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="|".join(DESTINATION_KINDS),
        help="openai is every server with OpenAI's chat API.",
    ),
]
_BaseUrl = Annotated[
    str | None, typer.Option("--base-url", metavar="URL", help="As http://localhost:11434/v1.")
]
_Model = Annotated[
    str | None, typer.Option("--model", metavar="NAME", help="The model to ask for.")
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
    name: _Name,
    *,
    kind: _Kind = None,
    base_url: _BaseUrl = None,
    model: _Model = None,
    given_class: _Class = None,
    key_stdin: _KeyStdin = False,
    default: _Default = False,
) -> None:
    """Add a destination, or change one. Its API key is kept in the vault, never in a file."""
    session = session_of(context)
    given = {"kind": kind, "base_url": base_url, "model": model, "class": given_class}
    table = {key: value for key, value in given.items() if value is not None}
    current = session.settings.destinations.get(name)
    if current is None and kind is None:
        raise UsageError(f"Say what it is with --kind {'|'.join(DESTINATION_KINDS)}.")
    key = _read_key() if key_stdin else None
    if table:
        write_setting(session.home, ("destinations", name), {**_table_of(current), **table})
    if key is not None:
        with session.open() as shield:
            shield.vault.credentials.set(_credential(name), key)
    if default:
        write_setting(session.home, ("default", "destination"), name)
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
            if _credential(name) in shield.vault.credentials.names():
                shield.vault.credentials.delete(_credential(name))
    say(f'"{name}" is forgotten.')


def _table_of(current: Any) -> dict[str, Any]:
    """Return the settings a destination has now, as its table would be written."""
    if current is None:
        return {}
    table = {
        "kind": current.kind,
        "base_url": current.base_url,
        "model": current.model,
        "class": current.given_class,
    }
    kept = {key: value for key, value in table.items() if value}
    return kept if current.timeout_s == 120 else {**kept, "timeout_s": current.timeout_s}


def _read_key() -> str:
    if sys.stdin.isatty() and can_ask():
        key = ask_secret("API key: ")
    else:
        key = sys.stdin.readline(_LONGEST_KEY).strip()
    if not key or not key.isprintable() or not key.isascii():
        raise UsageError("There is no API key on standard input.")
    return key


def _credential(name: str) -> str:
    return f"destination:{name}"
