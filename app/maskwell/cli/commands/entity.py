"""`maskwell entity`: what the vault knows, and the words you teach it."""

from typing import Annotated

import typer

from maskwell.cli.guarded import summaries
from maskwell.cli.inputs import read_input
from maskwell.cli.options import AsJson, session_of
from maskwell.cli.revealing import Purpose, Reveal, showing
from maskwell.cli.tables import show
from maskwell.cli.terminal import say
from maskwell.entity_types import EntityType
from maskwell.errors import UsageError

__all__ = ["app", "entity_type", "value_from"]

app = typer.Typer(
    help="What the vault knows, and the words you teach it.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
_TYPES = [one.value for one in EntityType if one is not EntityType.LITERAL]
_COLUMNS = {"type": "type", "value": "value", "variants": "also as", "scopes": "scopes"}
_TERM_COLUMNS = {"kind": "kind", "type": "type", "value": "value"}

_TypeName = Annotated[
    str, typer.Option("--type", metavar="TYPE", help=f"One of: {', '.join(_TYPES)}.")
]
_Remove = Annotated[bool, typer.Option("--remove", help="Take it off the list again.")]


@app.command("list")
def list_(
    context: typer.Context,
    *,
    type_name: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="Only entities of this type.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="The most to list.")
    ] = 1000,
    own: Annotated[
        bool, typer.Option("--own", help="List your own words and ignored values instead.")
    ] = False,
    reveal: Reveal = False,
    purpose: Purpose = None,
    as_json: AsJson = False,
) -> None:
    """List real values the vault keeps, or the words you taught it."""
    shown = showing(reveal=reveal, purpose=purpose).everywhere()
    wanted = None if type_name is None else entity_type(type_name)
    with session_of(context).open() as shield:
        if own:
            lexicon = shield.vault.lexicon
            rows = [
                {"kind": "pattern" if is_pattern else "protect", "type": kind.value, "value": text}
                for text, kind, is_pattern in lexicon.terms()
            ] + [{"kind": "ignore", "type": "", "value": value} for value in lexicon.ignored()]
            show(rows, _TERM_COLUMNS, as_json=as_json, empty="You taught it no words yet.")
            return
        found = shield.vault.entities.list(entity_type=wanted, limit=limit)
        show(
            summaries(shield, found, shown),
            _COLUMNS,
            as_json=as_json,
            empty="The vault knows nobody yet.",
        )


@app.command()
def add(
    context: typer.Context,
    value: Annotated[
        str,
        typer.Argument(metavar="VALUE", help="What to protect from now on; - reads it from stdin."),
    ],
    type_name: _TypeName = EntityType.TERM.value,
    pattern: Annotated[
        bool, typer.Option("--pattern", help="VALUE is a regular expression.")
    ] = False,
    remove: _Remove = False,
) -> None:
    """Protect a word of your own: a project's name, a nickname, a form of your file numbers."""
    kind = entity_type(type_name)
    value = value_from(value)
    if pattern:
        _check_pattern(value)
    with session_of(context).open() as shield:
        if remove:
            shield.vault.lexicon.remove_term(value)
            say("It is no longer on your list.")
        else:
            shield.vault.lexicon.add_term(value, kind, is_pattern=pattern)
            say(f"It is protected as {kind.value} from now on.")


@app.command()
def ignore(
    context: typer.Context,
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help="What to leave alone; - reads it from stdin.")
    ],
    remove: _Remove = False,
) -> None:
    """Leave a value alone: the name of your own product, a public address."""
    value = value_from(value)
    with session_of(context).open() as shield:
        if remove:
            shield.vault.lexicon.unignore(value)
            say("It is no longer ignored.")
        else:
            shield.vault.lexicon.ignore(value)
            say("It is left alone from now on.")


def value_from(given: str) -> str:
    """Return the value; "-" is the first line of stdin, which no shell keeps a history of."""
    if given != "-":
        return given
    lines = read_input("-").text.splitlines()
    return lines[0] if lines else ""


def entity_type(word: str) -> EntityType:
    """Return the type a word names.

    Raises:
        UsageError: it names none; the nearest that does is named.
    """
    from maskwell.config import near  # noqa: PLC0415  # for the mistake alone

    if word.upper() in _TYPES:
        return EntityType(word.upper())
    raise UsageError(f'There is no type "{word}"{near(word.upper(), _TYPES)}.')


def _check_pattern(pattern: str) -> None:
    import re  # noqa: PLC0415  # here alone

    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise UsageError(f"The pattern is no regular expression: {error}.") from error
