"""`maskwell entity show|merge|split|erase`: one entity at a time."""

from typing import TYPE_CHECKING, Annotated

import typer

from maskwell.cli.commands.entity import app, value_from
from maskwell.cli.guarded import summaries
from maskwell.cli.options import AsJson, Yes, session_of
from maskwell.cli.revealing import Purpose, Reveal, showing
from maskwell.cli.tables import show as show_rows
from maskwell.cli.terminal import can_ask, confirm, say
from maskwell.errors import Interrupted, UnknownName, UsageError

if TYPE_CHECKING:
    from maskwell.shield import Shield
    from maskwell.vault import EntitySummary

__all__ = ["entities_of", "erase", "merge", "show", "split"]

_COLUMNS = {
    "id": "id",
    "type": "type",
    "value": "value",
    "variants": "also as",
    "scopes": "scopes",
    "created_at": "since",
}

_Value = Annotated[
    str, typer.Argument(metavar="VALUE", help="A value the vault keeps; - reads it from stdin.")
]


@app.command()
def show(
    context: typer.Context,
    value: _Value,
    *,
    reveal: Reveal = False,
    purpose: Purpose = None,
    as_json: AsJson = False,
) -> None:
    """Show what the vault keeps under a value; guarded values only when they are revealed."""
    shown = showing(reveal=reveal, purpose=purpose).everywhere()
    with session_of(context).open() as shield:
        rows = summaries(shield, entities_of(shield, value_from(value)), shown)
        show_rows(rows, _COLUMNS, as_json=as_json)


@app.command()
def merge(
    context: typer.Context,
    kept: Annotated[str, typer.Argument(metavar="VALUE", help="The one to keep.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Another value of the same one.")],
) -> None:
    """Let two values be one person, place or thing from now on.

    Tokens that are out already keep restoring as they did.
    """
    with session_of(context).open() as shield:
        shield.vault.merge(_only(shield, kept), _only(shield, other))
    say("They are one from now on.")


@app.command()
def split(context: typer.Context, value: _Value) -> None:
    """Undo a merge: let this value, which was merged into another, be one of its own again."""
    with session_of(context).open() as shield:
        shield.vault.split(_merged(shield, value_from(value)))
    say("It is one of its own again.")


@app.command()
def erase(context: typer.Context, value: _Value, yes: Yes = False, as_json: AsJson = False) -> None:
    """Erase a value for good, everywhere, and certify it.

    Its tokens stay in chats and in the ledger and restore to nothing. The certificate on
    standard output never holds the value. Backups made before still do.
    """
    wanted = value_from(value)
    with session_of(context).open() as shield:
        found = entities_of(shield, wanted)
        _agree(found, yes=yes)
        certificate = shield.vault.erase([one.entity_id for one in found])
    typer.echo(certificate.as_json() if as_json else certificate.as_text().rstrip("\n"))
    say("It is erased.")


def entities_of(shield: "Shield", value: str) -> "list[EntitySummary]":
    """Return the entities a value belongs to.

    Raises:
        UnknownName: there is none; the sentence does not repeat the value.
    """
    found = shield.vault.entities.matching(value)
    if not found:
        raise UnknownName("The vault keeps nothing under that value; see: maskwell entity list.")
    return found


def _only(shield: "Shield", value: str) -> int:
    found = entities_of(shield, value)
    if len(found) > 1:
        kinds = ", ".join(one.entity_type.value for one in found)
        raise UsageError(f"That value stands for several entities ({kinds}); they stay apart.")
    return found[0].entity_id


def _merged(shield: "Shield", value: str) -> int:
    """Return the number of the one entity that was merged under this value into another."""
    found = [
        number
        for kept in entities_of(shield, value)
        for number, surface in shield.vault.entities.merged_into(kept.entity_id)
        if surface.casefold() == value.casefold()
    ]
    if len(found) != 1:
        raise UsageError(
            "Nothing was merged under exactly that value; give the value that was merged into "
            "another, as it was first seen."
        )
    return found[0]


def _agree(found: "list[EntitySummary]", *, yes: bool) -> None:
    if yes:
        return
    if not can_ask():
        raise UsageError("Erasing asks first; without a terminal give --yes.")
    kinds = ", ".join(one.entity_type.value for one in found)
    if not confirm(f"Erase this value ({kinds}) for good?", default=False):
        raise Interrupted("Nothing was erased.")
